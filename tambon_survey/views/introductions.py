"""Introductions: recorded, told how they went, followed by work, and their register."""

from __future__ import annotations

import copy
import uuid
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.tasks import task_lines
from organizations import access
from organizations.conflicts import based_on, differences
from organizations.history import history_of
from organizations.models import Need, Person, Post
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused, require
from tambon_survey.actions import introductions as actions
from tambon_survey.activities import introductions_of, rounds_of, tasks_from
from tambon_survey.forms.introductions import FollowUpForm, IntroduceForm, IntroductionListForm, MoveForm
from tambon_survey.models import Activity, Introduction
from tambon_survey.partners import Partner, partners_of_activity, partners_of_needs
from tambon_survey.permits import may_follow, may_introduce_for
from tambon_survey.problems import Impossible
from tambon_survey.quarters import quarters_of
from tambon_survey.views.activities import purpose_of, shared_activity
from tambon_survey.views.exports import answer
from tambon_survey.workbook.files import CSV, XLSX
from tambon_survey.workbook.introductions import introductions_workbook

PER_PAGE = 50
CONFLICT = 409


# ---- recording -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def introduction_add(request: HttpRequest, pk: uuid.UUID, to: str) -> HttpResponse:
    """Records that an activity was introduced to one of its suggestions."""
    activity = shared_activity(request, pk)
    require(access.of(request.user).may_work_for(activity.submission.tambon))
    known = introductions_of(rounds_of(activity), request.user)
    kinds, today = activity.kinds_looked_for, timezone.localdate()
    with translation.override(settings.LANGUAGE_CODE):  # the reasons are kept in Thai, as all history is
        found = partners_of_activity(activity, kinds=kinds, viewer=request.user, today=today, known=known, to=to)
    return _introduce(request, activity, _only(found), purpose=purpose_of(activity))


@require_http_methods(["GET", "POST"])
def need_introduce(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Records that a body was introduced to one who offers what it looks for."""
    need = get_object_or_404(Need.objects.select_related("organization__tambon__district__province"), pk=pk)
    require(may_introduce_for(request.user, need.organization))
    known = list(Introduction.objects.visible_to(request.user).sought_by(need.organization))
    with translation.override(settings.LANGUAGE_CODE):
        told = partners_of_needs([need], viewer=request.user, today=timezone.localdate(), known=known, to=to)
    return _introduce(request, need, _only(told[0][1]), purpose=need.text)


def _only(found: list[Partner]) -> Partner:
    if not found:
        raise Http404
    return found[0]


def _introduce(request: HttpRequest, seeker: Activity | Need, partner: Partner, *, purpose: str) -> HttpResponse:
    start = {"purpose": purpose, "made_on": timezone.localdate()}
    form = IntroduceForm(request.POST if request.method == "POST" else None, initial=start)
    context = {"form": form, "partner": partner, "seeker": seeker, "known": partner.introduced}
    status = 0
    if request.method == "POST" and form.is_valid():
        other = actions.Other(
            kind=partner.kind,
            partner=partner.organization,
            expert=partner.person,
            offer=partner.offer,
            reasons=partner.reasons,
        )
        try:
            made = actions.introduce(seeker, to=other, by=request.user, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, why.sentence)
            status = CONFLICT
        else:
            return done(request, _("The introduction is recorded. Now tell both of each other."), made)
    response = page(request, "tambon_survey/introduction_add.html", context, form=form)
    response.status_code = status or response.status_code
    return response


# ---- one introduction ------------------------------------------------------------------------------------------------
def _seen(request: HttpRequest, pk: int) -> Introduction:
    found = Introduction.objects.visible_to(request.user).with_ends().with_areas()
    return get_object_or_404(found, pk=pk)


@require_safe
def introduction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was introduced to whom, why they fit, how it went, and what is still to do."""
    introduction = _seen(request, pk)
    may = may_follow(request.user, introduction)
    tasks = tasks_from(introduction, request.user).with_facts().with_reading(request.user)
    expert = introduction.expert
    context = {
        "introduction": introduction,
        "may_follow": may,
        "knows_expert": expert is None or Person.objects.known_to(request.user).contains(expert),
        "tasks": task_lines(tasks.open_first(), viewer=request.user, today=timezone.localdate()),
        "history": history_of(introduction, viewer=request.user) if may else [],
    }
    return page(request, "tambon_survey/introduction_page.html", context)


@require_http_methods(["GET", "POST"])
def introduction_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Says how an introduction went; of two who write at once the second sees both."""
    introduction = _seen(request, pk)
    require(may_follow(request.user, introduction))
    form = MoveForm(request.POST or None, instance=copy.copy(introduction))
    context = {"form": form, "introduction": introduction}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = {name: data[name] for name in ("state", "outcome", "reach")}
        try:
            actions.move(introduction, **told, seen=data["revision"], by=request.user)
        except (Stale, Impossible) as why:
            form.add_error(None, why.sentence)
            return _conflict(request, form, introduction, context)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("What came of it is written down."), introduction)
    return page(request, "tambon_survey/introduction_move.html", context, form=form)


def _conflict(
    request: HttpRequest, form: MoveForm, introduction: Introduction, context: dict[str, Any]
) -> HttpResponse:
    now = Introduction.objects.get(pk=introduction.pk)
    fresh = MoveForm(instance=now)
    form.fields["state"].choices = fresh.fields["state"].choices
    based_on(form, now.revision)
    context |= {"differences": differences(form, fresh)}
    response = page(request, "tambon_survey/introduction_move.html", context, form=form)
    response.status_code = CONFLICT
    return response


@require_http_methods(["GET", "POST"])
def introduction_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives work that follows from an introduction."""
    introduction = _seen(request, pk)
    require(may_follow(request.user, introduction))
    receivers = _receivers(request, introduction)
    form = FollowUpForm(request.POST or None, receivers=receivers, since=introduction.made_on)
    if request.method == "POST" and form.is_valid():
        order, today = form.to_order(), timezone.localdate()
        actions.follow_up(introduction, to=form.receiver, order=order, today=today, by=request.user)
        return done(request, _("The task is given. It stands in the list of tasks."), introduction)
    context = {"form": form, "introduction": introduction}
    return page(request, "tambon_survey/introduction_follow_up.html", context, form=form)


def _receivers(request: HttpRequest, introduction: Introduction) -> dict[str, tuple[str, Any]]:
    """Oneself, the posts in the line of the place, and the bodies that were introduced."""
    found: dict[str, tuple[str, Any]] = {"me": (_("myself"), request.user.person)}
    posts = Post.objects.visible_to(request.user).in_line_of(introduction.place).with_areas()
    found |= {f"post-{post.pk}": (post.title, post) for post in posts}
    bodies = [one for one in (introduction.partner, introduction.seeker) if one is not None]
    return found | {f"body-{body.pk}": (body.name, body) for body in bodies}


# ---- the register ----------------------------------------------------------------------------------------------------
@require_safe
def introduction_list(request: HttpRequest) -> HttpResponse:
    """All introductions one may read, counted by quarter, narrowed by state, quarter, kind and zone."""
    require(access.of(request.user).home_area() is not None)
    seen = Introduction.objects.visible_to(request.user)
    quarters = quarters_of(seen.by_quarter())
    form = IntroductionListForm(request.GET, quarters=quarters, province=settings.HOME_PROVINCE)
    rows = form.narrow(seen).with_ends()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "is_narrowed": form.is_narrowed,
        "quarters": quarters,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
    }
    return page(request, "tambon_survey/introduction_list.html", context)


@require_safe
def introductions_file(request: HttpRequest) -> HttpResponseBase:
    """The same list as a workbook or CSV: no contacts, no persons' names."""
    require(access.of(request.user).home_area() is not None)
    seen = Introduction.objects.visible_to(request.user)
    form = IntroductionListForm(request.GET, quarters=quarters_of(seen.by_quarter()), province=settings.HOME_PROVINCE)
    rows = form.narrow(seen).with_ends()
    kind = CSV if request.GET.get("file") == CSV else XLSX
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return answer(introductions_workbook(rows, kind=kind, by=request.user, now=timezone.now()))
    except Refused as why:
        return refused(request, why, "introduction_list")
