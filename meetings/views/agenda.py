"""The agenda of a meeting: its items, their order, what was said and decided under each."""

from __future__ import annotations

import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import agenda as actions
from meetings.forms.agenda import ApplyTemplateForm, ItemAddForm, ItemForm
from meetings.models import AgendaItem, AgendaTemplate, Meeting
from meetings.parts.agenda import headings_of
from meetings.views.meetings import CONFLICT, kept_meeting
from organizations import access
from organizations.conflicts import based_on, differences
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused, require


@require_safe
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda with everything that can be done to it."""
    meeting = kept_meeting(request, pk)
    context = {
        "meeting": meeting,
        "headings": headings_of(meeting.agenda.all()),
        "apply": ApplyTemplateForm(initial={"template": AgendaTemplate.objects.default()}),
    }
    return page(request, "meetings/agenda_edit.html", context)


@require_POST
def agenda_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the headings of a template."""
    meeting = kept_meeting(request, pk)
    form = ApplyTemplateForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Please choose a template of the list."))
        actions.apply_template(meeting, template=form.cleaned_data["template"], by=request.user)
    except Refused as why:
        return refused(request, why, resolve_url("agenda_edit", pk))
    return done(request, _("The agenda has the headings of the template."), resolve_url("agenda_edit", pk))


@require_http_methods(["GET", "POST"])
def agenda_item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new heading; with `under` in the address, a new matter of that heading."""
    meeting = kept_meeting(request, pk)
    heading = _heading(meeting, request.GET.get("under", ""))
    form = ItemAddForm(request.POST or None, under=heading)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(meeting, under=heading, by=request.user, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Added: %(item)s") % {"item": item.title}, resolve_url("agenda_edit", pk))
    return page(
        request, "meetings/agenda_item_add.html", {"meeting": meeting, "form": form, "heading": heading}, form=form
    )


def _heading(meeting: Meeting, typed: str) -> AgendaItem | None:
    """The heading of the meeting with that key, None where none is named; 404 for any other."""
    if not typed:
        return None
    key = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    return get_object_or_404(meeting.agenda.headings(), pk=key)


@require_http_methods(["GET", "POST"])
def agenda_item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: title, discussion, outcome. Who wrote on an older one gets 409 with both texts."""
    item = kept_item(request, pk)
    form = ItemForm(request.POST or None, instance=copy.copy(item))
    context = {"item": item, "meeting": item.meeting, "form": form}
    back = resolve_url("agenda_edit", item.meeting_id)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_item(form.instance, seen=form.cleaned_data["revision"], by=request.user)
        except Stale as why:
            form.add_error(None, why.sentence)
            now = kept_item(request, pk)
            based_on(form, now.revision)
            context["differences"] = differences(form, ItemForm(instance=now))
            answer = page(request, "meetings/agenda_item_edit.html", context, form=form)
            answer.status_code = CONFLICT
            return answer
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(item)s") % {"item": form.instance.title}, back)
    return page(request, "meetings/agenda_item_edit.html", context, form=form)


@require_POST
def agenda_item_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    item = kept_item(request, pk)
    back = resolve_url("agenda_edit", item.meeting_id) + f"#item-{item.pk}"
    direction = actions.DOWN if request.POST.get("direction") == "down" else actions.UP
    try:
        actions.move_item(item, direction=direction, by=request.user)
    except Refused as why:
        return refused(request, why, back)
    return done(request, _("Moved: %(item)s") % {"item": item.title}, back)


@require_POST
def agenda_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item away."""
    item = kept_item(request, pk)
    back = resolve_url("agenda_edit", item.meeting_id)
    try:
        actions.remove_item(item, by=request.user)
    except Refused as why:
        return refused(request, why, back)
    return done(request, _("Removed: %(item)s") % {"item": item.title}, back)


def kept_item(request: HttpRequest, pk: int) -> AgendaItem:
    """An item of a meeting whose record the user keeps: 404 where it is not seen, 403 where it is only read."""
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user), pk=pk)
    require(access.of(request.user).may_manage(item.meeting.province))
    return item
