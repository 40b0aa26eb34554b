"""Rounds: the list, the plan, and opening one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.history import history_of
from organizations.models import Province
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from tambon_survey import readiness
from tambon_survey.actions import rounds as actions
from tambon_survey.forms.rounds import RoundForm
from tambon_survey.models import Round, Topic


@dataclass(frozen=True)
class RoundLine:
    """A round as the list shows it: planned, open or closed, and the days from today to its opening or closing."""

    round: Round
    state: str
    days: int
    may_manage: bool


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round of the provinces one works in, the newest first; planned ones for who manages."""
    reach = access.of(request.user)
    require(bool(reach.provinces()))
    now = timezone.now()
    rounds = (
        Round.objects.visible_to(request.user).select_related("province", "follows", "planning_meeting").newest_first()
    )
    provinces = [one for one in Province.objects.visible_to(request.user) if reach.may_manage(one)]
    context = {
        "lines": [_line(one, now, may_manage=reach.may_manage(one.province)) for one in rounds],
        "managed": provinces,
    }
    return page(request, "tambon_survey/round_list.html", context)


def _line(survey_round: Round, now: datetime, *, may_manage: bool) -> RoundLine:
    state = survey_round.state_at(now)
    next_moment = survey_round.opens_at if state == "planned" else survey_round.closes_at
    days = (timezone.localdate(next_moment) - timezone.localdate(now)).days
    return RoundLine(survey_round, state, days, may_manage)


@require_http_methods(["GET", "POST"])
def round_add(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a round of the province."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    form = RoundForm(
        request.POST or None, instance=Round(province=province), today=timezone.localdate(), viewer=request.user
    )
    if request.method == "POST" and form.is_valid() and _save(request, form):
        url = resolve_url("round_edit", form.instance.pk)
        return done(request, _("Planned: %(name)s. Check it below, then open it.") % {"name": form.instance}, url)
    return page(request, "tambon_survey/round_add.html", {"form": form, "province": province}, form=form)


@require_http_methods(["GET", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a round; of a planned one also what opening it will do, and the button that does it."""
    survey_round = managed_round(request, pk)
    now = timezone.now()
    form = RoundForm(request.POST or None, instance=survey_round, today=timezone.localdate(now), viewer=request.user)
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return done(request, _("Saved: %(name)s") % {"name": form.instance}, resolve_url("round_edit", pk))
    kept = managed_round(request, pk)  # the form has put what was typed into its own
    context = {
        "form": form,
        "round": kept,
        "province": kept.province,
        "opening": actions.opening(kept, now=now) if kept.opened_at is None else None,
        "rule": _rule_lines(kept),
        "history": history_of(kept, viewer=request.user),
    }
    return page(request, "tambon_survey/round_edit.html", context, form=form)


def _save(request: HttpRequest, form: RoundForm) -> bool:
    try:
        actions.save_round(form.instance, by=request.user)
    except Refused as why:
        form.add_error(None, why.sentence)
        return False
    for warning in form.date_warnings().values():
        messages.warning(request, warning)
    return True


def _rule_lines(survey_round: Round) -> list[tuple[str, str, str]]:
    """Topic, what makes it met, what makes it weak, in words."""
    words = readiness.rule_in_words(survey_round.rule or readiness.DEFAULT_RULE)
    return [(str(topic.label), words[topic]["met"], words[topic]["weak"]) for topic in Topic]


@require_POST
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a planned round now."""
    survey_round = managed_round(request, pk)
    try:
        opened = actions.open_round(survey_round, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, resolve_url("round_edit", pk))
    count = opened.submissions.count()
    sentence = ngettext(
        "The round is open: %(count)s tambon is asked.", "The round is open: %(count)s tambon are asked.", count
    )
    return done(request, sentence % {"count": count}, resolve_url("round_expected", pk))


def managed_round(request: HttpRequest, pk: int) -> Round:
    """A round the user may change: 404 where it is not seen, 403 where it is only read."""
    seen = Round.objects.visible_to(request.user).select_related("province", "follows", "planning_meeting")
    survey_round = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_manage(survey_round.province))
    return survey_round
