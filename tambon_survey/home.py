"""What the survey puts on a person's home page: their own tambon, or the round as their area has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from organizations.access import Level
from organizations.models import District, Province, Tambon, User, Zone
from organizations.models.areas import Area
from tambon_survey import boards
from tambon_survey.activities import needs_of, waiting_in
from tambon_survey.boards import Line, Tally, ZoneLine
from tambon_survey.deadlines import closing_words, meeting_words
from tambon_survey.models import Activity, Point, Round, State, Submission
from tambon_survey.moves import EDITABLE
from tambon_survey.reading import place_on_form
from tambon_survey.todo import Todo, todo_of

FIRST_LINES = 8


@dataclass(frozen=True)
class OwnForm:
    """One tambon a person fills in: what to do next, and the points it was sent back with, each with its place."""

    submission: Submission
    todo: Todo
    points: list[tuple[Point, str]]


@dataclass(frozen=True)
class SurveyHome:
    """The round a person is in, from where they stand; parts that are not theirs are empty."""

    round: Round
    closing: str
    meeting: str
    tally: Tally
    forms: list[OwnForm]
    lines: list[Line]
    zones: list[ZoneLine]
    own_zone: ZoneLine | None
    waiting: list[tuple[Activity, list[tuple[str, str]]]]

    @property
    def received(self) -> int:
        """How many zones sent their report."""
        return sum(zone.received_at is not None for zone in self.zones)


def survey_home(user: User, area: Area, survey_round: Round | None, *, now: datetime) -> SurveyHome | None:
    """At most five queries, whatever the number of tambon; None while no round was ever opened here."""
    if survey_round is None:
        return None
    submissions = boards.submissions_of(survey_round, user)
    above = isinstance(area, Zone | Province)
    zones = boards.zone_lines(survey_round, submissions, now=now) if above else []
    ordered = boards.lines(submissions, now=now)
    return SurveyHome(
        round=survey_round,
        closing=closing_words(survey_round.closes_at, now=now),
        meeting=meeting_words(survey_round.planning_day, today=timezone.localdate(now)),
        tally=boards.tally(submissions, now=now),
        forms=_forms(user, [line.submission for line in ordered], now=now) if area.level == Level.TAMBON else [],
        lines=[] if area.level in (Level.TAMBON, Level.PROVINCE) else ordered[:FIRST_LINES],
        zones=zones if isinstance(area, Province) else [],
        own_zone=next((line for line in zones if isinstance(area, Zone) and line.zone.pk == area.pk), None),
        waiting=_waiting(area),
    )


def _waiting(area: Area) -> list[tuple[Activity, list[tuple[str, str]]]]:
    """Activities of a coordinator's own place that look for help nobody was asked for, each with its needs."""
    return [(one, needs_of(one)) for one in waiting_in(area)] if isinstance(area, Tambon | District) else []


def _forms(user: User, submissions: list[Submission], *, now: datetime) -> list[OwnForm]:
    """The forms of a tambon's people; the points of those that were sent back: one query for each of these."""
    found = []
    for one in sorted(submissions, key=lambda one: one.state not in EDITABLE):
        points = list(Point.objects.of(one).open()) if one.state == State.RETURNED else []
        places = [(point, place_on_form(one, point.topic, str(point.row or ""), "")) for point in points]
        found.append(OwnForm(one, todo_of(user, one, points=len(points), now=now), places))
    return found
