"""Boards of a round: the province's and a zone's."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import access
from organizations.access import Level
from organizations.models import Zone
from tambon_survey import boards
from tambon_survey.deadlines import closing_words, meeting_words
from tambon_survey.models import Round, State, Submission, Topic
from tambon_survey.readiness import rule_in_words

MOST_TO_ACCEPT = 12


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The province board; whoever works for one zone sees the zone's, others their own tambon."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened().with_meeting(), pk=pk)
    reach, now = access.of(request.user), timezone.now()
    home = reach.home_area()
    if home is not None and home[0] == Level.ZONE:
        return zone_board(request, survey_round.pk, home[1])
    submissions = boards.submissions_of(survey_round, request.user)
    context = {
        "round": survey_round,
        "now": now,
        "tally": boards.tally(submissions, now=now),
        "closing": closing_words(survey_round.closes_at, now=now),
        "meeting": meeting_words(survey_round.planning_day, today=timezone.localdate(now)),
    }
    if not reach.may_manage(survey_round.province):
        return render(request, "tambon_survey/round_own.html", {**context, "lines": boards.lines(submissions, now=now)})
    by = boards.BY_READINESS if request.GET.get("by") == boards.BY_READINESS else boards.BY_STATE
    grid, legend = boards.grid_of(survey_round, submissions, by=by)
    zones = boards.zone_lines(survey_round, submissions, now=now)
    link = request.build_absolute_uri(survey_round.get_absolute_url())
    context |= {
        "by": by,
        "grid": grid,
        "legend": legend,
        "zones": zones,
        "to_accept": [one for one in submissions if one.state == State.APPROVED][:MOST_TO_ACCEPT],
        "received": sum(zone.received_at is not None for zone in zones),
        "message": _message(survey_round, submissions, title=survey_round.province.full_name, link=link, now=now),
    }
    return render(request, "tambon_survey/round_page.html", context)


@require_safe
def zone_board(request: HttpRequest, pk: int, zone: int) -> HttpResponse:
    """The tambon of one zone, those that need somebody first."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened().with_meeting(), pk=pk)
    found = get_object_or_404(Zone.objects.visible_to(request.user), pk=zone, province=survey_round.province_id)
    now = timezone.now()
    submissions = [
        one for one in boards.submissions_of(survey_round, request.user) if one.tambon.district.zone_id == found.pk
    ]
    zones = boards.zone_lines(survey_round, submissions, now=now)
    own = next(line for line in zones if line.zone.pk == found.pk)
    reach = access.of(request.user)
    context = {
        "round": survey_round,
        "zone": found,
        "own": own,
        "lines": boards.lines(submissions, now=now),
        "rule": _rule(survey_round),
        "may_review": reach.may_review(found),
        "may_manage": reach.may_manage(found),
        "closing": closing_words(survey_round.closes_at, now=now),
        "meeting": meeting_words(survey_round.planning_day, today=timezone.localdate(now)),
        "now": now,
        "crumbs": [(survey_round.name, survey_round.get_absolute_url())] if reach.may_manage(found) else [],
        "message": _message(
            survey_round, submissions, title=found.full_name, link=request.build_absolute_uri(own.url), now=now
        ),
    }
    return render(request, "tambon_survey/zone_board.html", context)


def _message(survey_round: Round, submissions: list[Submission], *, title: str, link: str, now: datetime) -> str:
    """For the group, while the round is open; nothing is asked of a closed one."""
    if not survey_round.is_open_at(now):
        return ""
    return boards.text_for_line(survey_round, submissions, title=title, link=link)


def _rule(survey_round: Round) -> list[tuple[str, str]]:
    return [(str(Topic(topic).label), words["met"]) for topic, words in rule_in_words(survey_round.rule).items()]
