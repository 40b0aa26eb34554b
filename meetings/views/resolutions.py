"""Resolutions: the page of one, and what changes it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import resolutions as actions
from meetings.forms.resolutions import AppointmentFindForm, AppointmentsForm, ResolutionForm
from meetings.models import Resolution, Strength, Task
from meetings.tasks import task_lines
from meetings.views.keeping import kept, kept_meeting, stale
from nakhon_network.lib.thai_text import arabic_digits
from organizations import access
from organizations.forms.people import ReasonForm
from organizations.history import history_of
from organizations.models import Appointment, Person
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused

OFFERED = 20


@login_not_required
@require_safe
def resolution_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, where it comes from, and what follows from it."""
    resolution = get_object_or_404(Resolution.objects.visible_to(request.user).with_facts(), pk=pk)
    reach = access.of(request.user)
    may_keep = reach.may_manage(resolution.meeting.province)
    tasks = Task.objects.of_resolution(resolution).with_facts().with_reading(request.user).open_first()
    lines = task_lines(tasks, viewer=request.user, today=timezone.localdate())
    cited = resolution.appointments.visible_to(request.user).select_related("person").with_areas()
    context = {
        "resolution": resolution,
        "meeting": resolution.meeting,
        "may_keep": may_keep,
        "may_open_tasks": request.user.is_authenticated,
        "tasks": lines,
        "open_count": sum(line.task.state == Task.State.OPEN for line in lines),
        "lacks_task": resolution.strength == Strength.ASSIGNED and not lines and not resolution.withdrawn_at,
        "tambons": [(one, reach.may_see(one)) for one in resolution.tambons.with_areas().in_thai_order()],
        "appointments": cited,
        "history": history_of(resolution, viewer=request.user) if may_keep else [],
    }
    return page(request, "meetings/resolution_page.html", context)


@require_http_methods(["GET", "POST"])
def resolution_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new resolution, under a goal or an agenda item or on its own."""
    meeting = kept_meeting(request, pk)
    start = {name: key_of(request.GET.get(name)) for name in ("goal", "item")}
    return _edit(request, Resolution(meeting=meeting), "meetings/resolution_add.html", start=start)


def key_of(typed: str | None) -> str:
    """A key from the address, or nothing."""
    key = arabic_digits(typed or "")
    return key if key.isascii() and key.isdecimal() and len(key) < 19 else ""


@require_http_methods(["GET", "POST"])
def resolution_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, strength and place of a resolution; its number stays."""
    resolution = kept(request, Resolution.objects.visible_to(request.user).with_facts(), pk)
    return _edit(request, resolution, "meetings/resolution_edit.html", start={})


def _edit(request: HttpRequest, resolution: Resolution, template: str, *, start: dict[str, str]) -> HttpResponse:
    meeting = resolution.meeting
    form = ResolutionForm(request.POST or None, instance=resolution, meeting=meeting, initial=start)
    context = {"form": form, "resolution": resolution, "meeting": meeting}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = actions.save_resolution(
                form.instance, tambons=data["about"], seen=data["revision"], by=request.user
            )
        except Stale as why:
            now = Resolution.objects.with_facts().get(pk=resolution.pk)
            return stale(request, why, template, context, form=form, now=now)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(what)s") % {"what": saved.reference}, saved)
    return page(request, template, context, form=form)


@require_http_methods(["GET", "POST"])
def resolution_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraws a resolution, with a reason; nothing is deleted."""
    resolution = kept(request, Resolution.objects.visible_to(request.user).with_facts(), pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_resolution(resolution, reason=reason, now=timezone.now(), by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("The resolution is withdrawn. Its number and words stay."), resolution)
    context = {"form": form, "resolution": resolution, "open_count": resolution.tasks.open().count()}
    return page(request, "meetings/resolution_withdraw.html", context, form=form)


@require_http_methods(["GET", "POST"])
def resolution_appointments(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks the appointments a resolution made: those ticked before, and those of a person looked for."""
    resolution = kept(request, Resolution.objects.visible_to(request.user).with_facts(), pk)
    find = AppointmentFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    seen = Appointment.objects.visible_to(request.user)
    people = Person.objects.visible_to(request.user).standing().matching(wanted)
    newest = (seen.of_persons(people) if wanted else seen).latest_first()[:OFFERED]
    cited = list(resolution.appointments.all())
    typed = request.POST.getlist("appointments")[:200] if request.method == "POST" else []
    keys = {one.pk for one in [*newest, *cited]} | {int(key) for key in map(key_of, typed) if key}
    found = seen.of_keys(keys).select_related("person").with_areas().latest_first()
    offered = sorted(found, key=lambda one: one not in cited)
    form = AppointmentsForm(
        request.POST or None, offered=offered, initial={"appointments": [one.pk for one in cited], "seen": True}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["appointments"]
        try:
            actions.cite_appointments(resolution, appointments=chosen, by=request.user)
        except Refused as why:
            return refused(request, why, resolution)
        return done(request, _("Saved: %(what)s") % {"what": resolution.reference}, resolution)
    context = {"form": form, "find": find, "q": wanted, "resolution": resolution, "has_choice": bool(keys)}
    return page(request, "meetings/resolution_appointments.html", context, form=form)
