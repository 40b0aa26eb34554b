"""Who does what: the organisation chart, posts, and appointments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions import people as people_actions
from organizations.actions import posts as actions
from organizations.forms.posts import AppointForm, EndForm, OnDayForm, PersonFindForm
from organizations.history import history_of
from organizations.models import Appointment, Person, Post, Province, Zone
from organizations.overview import focus_on, post_counts
from organizations.problems import Refused
from organizations.views.answers import done, page, require

FOUND = 20


def _day(request: HttpRequest) -> tuple[OnDayForm, date]:
    form = OnDayForm(request.GET if "on" in request.GET else None)
    chosen = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    return form, chosen or timezone.localdate()


@require_safe
def organization_chart(request: HttpRequest, code: str) -> HttpResponse:
    """Every post the user may see, by level, zone and district, with its holders on a day."""
    province = get_object_or_404(Province.objects.shown_to(request.user), pk=code)
    form, day = _day(request)
    focus = focus_on(province, day)
    seen = Post.objects.visible_to(request.user).of_province(province).expected()
    posts = [
        post
        for post in seen.with_areas().with_holders_on(day).order_by("role__order", "pk")
        if post.tambon_id is None or post.tambon_id in focus
    ]
    zones = list(province.zones.all())
    context = {
        "province": province,
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "counts": post_counts(province, on=day, viewer=request.user),
        "province_posts": [post for post in posts if post.province_id],
        "zones": [(zone, _zone_rows(zone, posts)) for zone in [*zones, None]],
    }
    return page(request, "organizations/organization_chart.html", context, form=form)


def _zone_rows(zone: Zone | None, posts: list[Post]) -> list[Post]:
    """A zone's own posts, then each district's followed by its tambon's, in Thai order."""
    key = zone.pk if zone else None
    below = [post for post in posts if post.province_id is None and post.zone_of_area == key]
    return sorted(below, key=_chart_order)


def _chart_order(post: Post) -> tuple[Any, ...]:
    if post.zone_id:
        return (0, b"", 0, b"")
    if post.district_id:
        return (1, bytes(post.district.sort_key), 0, b"")
    return (1, bytes(post.tambon.district.sort_key), 1, bytes(post.tambon.sort_key))


@require_safe
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: who holds it on a day, and, for those who work there, who held it before."""
    form, day = _day(request)
    posts = Post.objects.visible_to(request.user).with_areas().with_holders_on(day)
    post = get_object_or_404(posts, pk=pk)
    reach = access.of(request.user)
    works_here = reach.may_work_for(post.area) or reach.may_appoint(post)
    context = {
        "post": post,
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "may_appoint": reach.may_appoint(post),
        "may_open_area": reach.may_see(post.area),
        "all": post.appointments.select_related("person") if works_here else [],
        "history": history_of(post) if works_here else [],
    }
    return page(request, "organizations/post_page.html", context, form=form)


@require_http_methods(["GET", "POST"])
def post_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Fills a seat with a person found by name or with a new one."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_areas(), pk=pk)
    require(access.of(request.user).may_appoint(post))
    find = PersonFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    people = Person.objects.visible_to(request.user).standing()
    found = people.matching(wanted).in_thai_order() if wanted else people.none()
    form = AppointForm(request.POST or None, user=request.user, people=people if request.POST else found)
    if request.method == "POST":
        form.narrow_people(request.POST.get("person"))
        if form.is_valid() and _appoint(request, post, form):
            return done(request, _("Appointed: %(post)s") % {"post": post.title}, post)
    context = {
        "post": post,
        "find": find,
        "form": form,
        "q": wanted,
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


@require_http_methods(["GET", "POST"])
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an appointment; access ends with it, history stays."""
    seen = Appointment.objects.visible_to(request.user).with_areas().select_related("person")
    appointment = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_appoint(appointment.post))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.end_appointment(appointment, ends_on=data["ends_on"], reason=data["reason"], by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            sentence = _("The appointment of %(person)s is ended. Its history stays.")
            return done(request, sentence % {"person": appointment.person.name}, appointment.post)
    return page(request, "organizations/appointment_end.html", {"form": form, "appointment": appointment}, form=form)
