"""What a round looks like from above: counts, gaps and the tambon that need somebody now. A handful of queries.

Filled, reviewed and ready are three measures: how many topics have an answer (computed), what people decided (the
state), what the round's rule says of the answers. They are counted apart and never derived from one another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_datetime
from nakhon_network.tilegrid import Cell, Grid, Tile, build_grid
from organizations.models import District, User, Zone
from tambon_survey.answers import TOPICS
from tambon_survey.models import Readiness, Round, State, Submission, Topic, Verdict

SETTLED = (State.APPROVED, State.ACCEPTED)
BY_STATE, BY_READINESS = "state", "readiness"


@dataclass(frozen=True)
class Tallied:
    """One kind counted: its code, its word, how many."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Gap:
    """One topic: how many tambon meet the rule, meet it weakly, or lack it."""

    topic: str
    label: str
    met: int
    weak: int
    missing: int


@dataclass(frozen=True)
class Tally:
    """A set of submissions counted; `states` and `readiness` each add up to `expected`."""

    expected: int
    states: list[Tallied]
    readiness: list[Tallied]
    gaps: list[Gap]
    filled: int
    settled: int
    waiting: int
    late: int
    overdue: int

    @property
    def approved(self) -> int:
        """How many wait for the province."""
        return next(one.count for one in self.states if one.code == State.APPROVED)


def tally(submissions: Iterable[Submission], *, now: datetime) -> Tally:
    """Count what the columns of the submissions say; no query. `filled` counts tambon with all four topics answered."""
    found = list(submissions)
    states, ready = Counter(one.state for one in found), Counter(one.readiness for one in found)
    return Tally(
        expected=len(found),
        states=[Tallied(state.value, str(state.label), states[state.value]) for state in State],
        readiness=[Tallied(level.value, str(level.label), ready[level.value]) for level in Readiness],
        gaps=[_gap(topic, found) for topic in TOPICS],
        filled=sum(one.filled == len(TOPICS) for one in found),
        settled=sum(states[state.value] for state in SETTLED),
        waiting=states[State.SUBMITTED.value],
        late=sum(one.is_late for one in found),
        overdue=sum(one.is_overdue_at(now) for one in found),
    )


def _gap(topic: str, submissions: list[Submission]) -> Gap:
    verdicts = Counter(getattr(one, f"{topic}_verdict") for one in submissions)
    met, weak, missing = (verdicts[level.value] for level in (Verdict.MET, Verdict.WEAK, Verdict.MISSING))
    return Gap(topic, str(Topic(topic).label), met, weak, missing)


# ---- one zone -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One tambon on a board: what it waits for in words; the smaller `urgency`, the sooner it needs somebody."""

    submission: Submission
    need: str
    urgency: int
    topics: list[tuple[str, str, int]]
    takes_answers: bool


def lines(submissions: Iterable[Submission], *, now: datetime) -> list[Line]:
    """The tambon in the order in which they need somebody: to review, overdue, to chase, settled."""
    found = [_line(one, now) for one in submissions]
    return sorted(found, key=lambda line: (line.urgency, bytes(line.submission.tambon.sort_key)))


def _line(submission: Submission, now: datetime) -> Line:
    need, urgency = _need(submission, now)
    topics = [
        (str(Topic(topic).label), getattr(submission, f"{topic}_verdict"), getattr(submission, f"{topic}_rows"))
        for topic in TOPICS
    ]
    return Line(submission, need, urgency, topics, submission.takes_answers_at(now))


def _need(submission: Submission, now: datetime) -> tuple[str, int]:
    today, state = timezone.localdate(now), submission.state
    if state == State.SUBMITTED:
        return _("waits for your zone's review"), 0
    if state == State.RETURNED:
        late = submission.fix_by is not None and submission.fix_by < today
        return (_("sent back, and the day to mend has passed"), 1) if late else (_("sent back, being mended"), 4)
    if state in SETTLED:
        return (_("nothing to do"), 6) if state == State.ACCEPTED else (_("waits for the province"), 5)
    if submission.is_overdue_at(now):
        return _("should have been sent already"), 2
    return (_("nobody has begun"), 3) if state == State.NOT_STARTED else (_("being filled in"), 4)


def text_for_line(survey_round: Round, submissions: Iterable[Submission], *, title: str, link: str) -> str:
    """A message to paste into a group: who is missing, until when, where. No names of persons, no numbers."""
    unsent = [one for one in submissions if one.state in (State.NOT_STARTED, State.DRAFT)]
    returned = [one for one in submissions if one.state == State.RETURNED]
    said = [f"{survey_round.name} · {title}"]
    if unsent:
        said.append(_("Not sent yet (%(count)s):") % {"count": len(unsent)} + f" {_names(unsent)}")
    if returned:
        said.append(_("Sent back to mend (%(count)s):") % {"count": len(returned)} + f" {_names(returned)}")
    if not unsent and not returned:
        said.append(_("Everything is in. Thank you."))
    else:
        said.append(_("Please send by %(when)s") % {"when": thai_datetime(survey_round.on_time_by)})
    return "\n".join([*said, link])


def _names(submissions: list[Submission]) -> str:
    return " ".join(one.tambon.name_th for one in submissions)


# ---- the province -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ZoneLine:
    """One zone of a round: its counts and whether its report is in."""

    zone: Zone
    url: str
    report_url: str
    received_at: datetime | None
    tally: Tally


def zone_lines(survey_round: Round, submissions: Iterable[Submission], *, now: datetime) -> list[ZoneLine]:
    """Every zone of the province with its share of `submissions`: one query."""
    by_zone = defaultdict(list)
    for one in submissions:
        by_zone[one.tambon.district.zone_id].append(one)
    received = Max("survey_reports__submitted_at", filter=Q(survey_reports__round=survey_round))
    return [
        ZoneLine(
            zone=zone,
            url=reverse("zone_board", args=[survey_round.pk, zone.pk]),
            report_url=reverse("zone_report", args=[survey_round.pk, zone.pk]),
            received_at=zone.received_at,
            tally=tally(by_zone[zone.pk], now=now),
        )
        for zone in Zone.objects.filter(province=survey_round.province_id).annotate(received_at=received)
    ]


def grid_of(survey_round: Round, submissions: Iterable[Submission], *, by: str) -> tuple[Grid, list[tuple[str, str]]]:
    """The districts as tiles, each tambon a square by state or readiness, and the legend: one query."""
    cells = defaultdict(list)
    for one in sorted(submissions, key=lambda one: bytes(one.tambon.sort_key)):
        state = one.readiness if by == BY_READINESS else one.state
        cells[one.tambon.district_id].append(Cell(code=one.tambon_id, name=one.tambon.name, state=state))
    districts = District.objects.filter(province=survey_round.province_id).select_related("zone").in_thai_order()
    kinds: Any = Readiness if by == BY_READINESS else State
    return build_grid(_tile(survey_round, one, cells[one.pk]) for one in districts), [
        (kind.value, str(kind.label)) for kind in kinds
    ]


def _tile(survey_round: Round, district: District, cells: list[Cell]) -> Tile:
    return Tile(
        code=district.pk,
        name=district.name,
        row=district.tile_row,
        col=district.tile_column,
        zone_number=district.zone.number if district.zone else None,
        url=reverse("zone_board", args=[survey_round.pk, district.zone_id]) if district.zone_id else "",
        cells=cells,
    )


# ---- the round people are in ---------------------------------------------------------------------------------------
def current_round(user: User, *, now: datetime) -> Round | None:
    """The round that concerns a person now, with its province: the newest open, else the last opened. One query."""
    seen = Round.objects.visible_to(user).opened().with_meeting().select_related("province")
    return seen.filter(Q(closes_at__gt=now)).newest_first().first() or seen.newest_first().first()


def submissions_of(survey_round: Round, user: User) -> list[Submission]:
    """The submissions of a round that a person works with, areas and last author read: one query."""
    seen = Submission.objects.visible_to(user).of_round(survey_round).expected()
    return as_read(seen.in_thai_order(), survey_round)


def as_read(submissions: QuerySet[Submission], survey_round: Round) -> list[Submission]:
    """Submissions of one round with all that a line of a board says: one query."""
    found = list(submissions.select_related("tambon__district__zone", "saved_by__person"))
    for one in found:
        one.round = survey_round
    return found
