"""Who does what: the organisation chart, posts, and appointments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions import people as people_actions
from organizations.actions import posts as actions
from organizations.forms.posts import AppointForm, EndForm, OnDayForm, PersonFindForm
from organizations.history import history_of
from organizations.models import Appointment, Person, Post, Province, User
from organizations.overview import focus_on, post_counts
from organizations.problems import Refused
from organizations.views.answers import done, page, require

FOUND = 20


@dataclass(frozen=True)
class ChartRow:
    """One post of the chart: its holders are read; `may_appoint` when the viewer may fill it today."""

    post: Post
    may_appoint: bool


def _day(request: HttpRequest) -> tuple[OnDayForm, date]:
    form = OnDayForm(request.GET if request.GET.get("on") else None)
    chosen = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    return form, chosen or timezone.localdate()


@require_safe
def organization_chart(request: HttpRequest, code: str) -> HttpResponse:
    """Every post the user may see, by level, zone and district, with its holders on a day."""
    province = get_object_or_404(Province.objects.shown_to(request.user), pk=code)
    form, day = _day(request)
    is_today = day == timezone.localdate()
    rows = _chart_rows(request, province, day)
    names = {zone.pk: zone for zone in province.zones.all()}
    below = groupby((row for row in rows if not row.post.province_id), key=lambda row: row.post.zone_of_area)
    context = {
        "province": province,
        "form": form,
        "day": day,
        "is_today": is_today,
        "counts": post_counts(province, on=day, viewer=request.user),
        "sees_all": access.of(request.user).may_manage(province),
        "province_rows": [row for row in rows if row.post.province_id],
        "zones": [(names.get(key), _own_and_below(list(group))) for key, group in below],
    }
    return page(request, "organizations/organization_chart.html", context, form=form)


def _chart_rows(request: HttpRequest, province: Province, day: date) -> list[ChartRow]:
    """In the order of the chart; tambon in focus that day only; on another day than today posts of one's work only."""
    reach = access.of(request.user)
    is_today = day == timezone.localdate()
    focus = focus_on(province, day)
    seen = Post.objects.visible_to(request.user).of_province(province).in_the_chart()
    rows = []
    for post in seen.with_areas().with_holders_on(day):
        may_appoint = reach.may_appoint(post)
        known = is_today or may_appoint or reach.may_work_for(post.area)
        needed = post.role.is_expected or post.holders
        if known and needed and (post.tambon_id is None or post.tambon_id in focus):
            rows.append(ChartRow(post=post, may_appoint=may_appoint and is_today))
    return sorted(rows, key=lambda row: _chart_order(row.post))


def _chart_order(post: Post) -> tuple[int, bytes, int, bytes, int]:
    """Province; then zones by number, those without one last; a district's own post before its tambon's."""
    district = post.district or (post.tambon.district if post.tambon else None)
    zone = post.zone or (district.zone if district else None)
    number = 0 if post.province_id else zone.number if zone else 10_000
    district_key = bytes(district.sort_key) if district else b""
    tambon_key = bytes(post.tambon.sort_key) if post.tambon else b""
    return number, district_key, 1 if post.tambon_id else 0, tambon_key, post.role.order


def _own_and_below(rows: list[ChartRow]) -> tuple[list[ChartRow], list[ChartRow]]:
    """A zone's own posts, and those of its districts, each followed by its tambon's."""
    return [row for row in rows if row.post.zone_id], [row for row in rows if not row.post.zone_id]


@require_safe
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: who holds it on a day, and, for those who work there, who held it before."""
    form, day = _day(request)
    posts = Post.objects.visible_to(request.user).with_areas().with_holders_on(day)
    post = get_object_or_404(posts, pk=pk)
    reach = access.of(request.user)
    today = timezone.localdate()
    may_appoint = reach.may_appoint(post)
    works_here = reach.may_work_for(post.area) or may_appoint
    all_ever = _ever(post, request.user) if works_here else []
    context = {
        "post": post,
        "form": form,
        "day": day,
        "is_today": day == today,
        "is_full": post.seats is not None and len(post.holders) >= post.seats,
        "may_see_that_day": works_here or day == today,
        "works_here": works_here,
        "may_appoint": may_appoint,
        "may_open_area": reach.may_see(post.area),
        "all_ever": [(one, may_appoint and (one.ends_on is None or one.ends_on > today)) for one in all_ever],
        "history": history_of(post, viewer=request.user) if works_here else [],
    }
    return page(request, "organizations/post_page.html", context, form=form)


def _ever(post: Post, viewer: User) -> Iterable[Appointment]:
    """Everyone who held the post, with the resolutions that say so."""
    return post.appointments.select_related("person").with_resolutions(viewer=viewer)


@require_http_methods(["GET", "POST"])
def post_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Fills a seat with a person found by name or with a new one."""
    today = timezone.localdate()
    seen = Post.objects.visible_to(request.user).with_areas().with_holders_on(today)
    post = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_appoint(post))
    find = PersonFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    people = Person.objects.visible_to(request.user).standing().with_posts_on(today, viewer=request.user)
    found = people.matching(wanted).in_thai_order()[: FOUND + 1]
    form = AppointForm(request.POST or None, user=request.user, people=people)
    form.narrow_people(request.POST.get("person"), found=found[:FOUND])
    if request.method == "POST" and form.is_valid() and _appoint(request, post, form):
        _tell_what_is_odd(request, form)
        return done(request, _("Appointed: %(post)s") % {"post": post.title}, post)
    context = {
        "post": post,
        "find": find,
        "form": form,
        "q": wanted,
        "more_found": len(found) > FOUND,
        "same_name": getattr(form, "same_name", []),
    }
    return page(request, "organizations/post_appoint.html", context, form=form)


def _appoint(request: HttpRequest, post: Post, form: AppointForm) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            person = form.chosen_person()
            if person.pk is None:
                people_actions.save_person(person, by=request.user)
            actions.appoint(person, post=post, starts_on=data["starts_on"], source=data["source"], by=request.user)
    except Refused as why:
        form.add_error(None, why.sentence)
        return False
    return True


def _tell_what_is_odd(request: HttpRequest, form: AppointForm | EndForm) -> None:
    for warning in form.date_warnings().values():
        messages.warning(request, warning)


@require_http_methods(["GET", "POST"])
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an appointment; access ends with it, history stays."""
    seen = Appointment.objects.visible_to(request.user).with_areas().select_related("person")
    appointment = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_appoint(appointment.post))
    form = EndForm(request.POST or None, not_before=appointment.starts_on)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.end_appointment(appointment, ends_on=data["ends_on"], reason=data["reason"], by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            _tell_what_is_odd(request, form)
            return _ended(request, appointment)
    context = {
        "form": form,
        "appointment": appointment,
        "is_own": access.of(request.user).person_id == appointment.person_id,
    }
    return page(request, "organizations/appointment_end.html", context, form=form)


def _ended(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Back to the post, or home for who just gave up the right to see it."""
    access.forget(request.user)
    sentence = _("The appointment of %(person)s is ended. Its history stays.")
    may_return = access.of(request.user).may_appoint(appointment.post)
    to = appointment.post if may_return else resolve_url("home")
    return done(request, sentence % {"person": appointment.person.name}, to)
