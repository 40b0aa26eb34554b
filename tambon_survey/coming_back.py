"""What came back for a planning meeting: the rounds that report to it, zone by zone, and what was left open before.

Counts by zone name nobody; whoever holds a post reads them, as they read the meeting. Boards and reports open only
for those who work for the zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from meetings.models import Meeting, MeetingLink, Minutes, Resolution, Task
from meetings.tasks import TaskLine, task_lines
from organizations import access
from organizations.models import User, Zone
from tambon_survey.models import Round, State, Submission, ZoneReport

SENT = (State.SUBMITTED, State.APPROVED, State.ACCEPTED)
BACK = (State.RETURNED,)
MISSING = (State.NOT_STARTED, State.DRAFT)
ORDERS_SHOWN = 10


@dataclass(frozen=True)
class ZoneBack:
    """One zone of a round; addresses are empty for who may not open them."""

    zone: Zone
    is_received: bool
    received: int
    returned: int
    missing: int
    board_url: str
    report_url: str

    @property
    def expected(self) -> int:
        """How many tambon the round counts on here."""
        return self.received + self.returned + self.missing


@dataclass(frozen=True)
class RoundBack:
    """One round as the meeting finds it."""

    round: Round
    url: str
    zones: list[ZoneBack]

    @property
    def zones_received(self) -> int:
        """How many zones sent their report."""
        return sum(zone.is_received for zone in self.zones)


@dataclass(frozen=True)
class ToAdopt:
    """A meeting before whose minutes wait to be adopted; without a state they are not written yet."""

    meeting: Meeting
    state: str


@dataclass(frozen=True)
class CameBack:
    """Everything a planning meeting opens with."""

    rounds: list[RoundBack]
    orders: list[TaskLine]
    has_more_work: bool
    to_adopt: list[ToAdopt]

    def __bool__(self) -> bool:
        return bool(self.rounds or self.orders or self.to_adopt)


def came_back(meeting: Meeting, user: User, *, today: date) -> CameBack | None:
    """Three queries and one for each round; None for visitors, and for other kinds of meeting without a round."""
    reach = access.of(user)
    if not reach.is_member:
        return None
    rounds = list(Round.objects.opened().reported_to(meeting).newest_first().select_related("province"))
    if not rounds and meeting.kind != Meeting.Kind.PLANNING:
        return None
    orders = task_lines(_left_open(meeting, user)[: ORDERS_SHOWN + 1], viewer=user, today=today)
    return CameBack(
        rounds=[_round(one, user) for one in rounds],
        orders=orders[:ORDERS_SHOWN],
        has_more_work=len(orders) > ORDERS_SHOWN,
        to_adopt=_to_adopt(meeting, user),
    )


def _round(survey_round: Round, user: User) -> RoundBack:
    works_here = survey_round.province_id in access.of(user).provinces()
    return RoundBack(
        round=survey_round,
        url=survey_round.get_absolute_url() if works_here else "",
        zones=[_zone(survey_round, zone) for zone in _zones(survey_round, user)],
    )


def _zones(survey_round: Round, user: User) -> Iterable[Any]:
    """The province's zones with their counts, whether the report is in, and whether the reader may open them."""
    expected = Submission.objects.of_round(survey_round).expected().filter(tambon__district__zone=OuterRef("pk"))
    reports = ZoneReport.objects.filter(round=survey_round, zone=OuterRef("pk")).received()
    return Zone.objects.filter(province=survey_round.province_id).annotate(
        is_received=Exists(reports),
        may_open=Exists(Zone.objects.visible_to(user).filter(pk=OuterRef("pk"))),
        **{
            name: Subquery(
                expected.order_by()
                .values("tambon__district__zone")
                .annotate(n=Count("pk", filter=Q(state__in=states)))
                .values("n")
            )
            for name, states in (("received", SENT), ("returned", BACK), ("missing", MISSING))
        },
    )


def _zone(survey_round: Round, zone: Any) -> ZoneBack:
    key = [survey_round.pk, zone.pk]
    return ZoneBack(
        zone=zone,
        is_received=zone.is_received,
        received=zone.received or 0,
        returned=zone.returned or 0,
        missing=zone.missing or 0,
        board_url=reverse("zone_board", args=key) if zone.may_open else "",
        report_url=reverse("zone_report", args=key) if zone.may_open else "",
    )


def _left_open(meeting: Meeting, user: User):
    """Work still open that the meetings before gave, and what is due here: a task of each order, the soonest first."""
    before = MeetingLink.objects.filter(later=meeting).values("earlier")
    wanted = Q(meeting__in=before) | Q(due_meeting=meeting)
    found = Task.objects.visible_to(user).filter(wanted).with_reading(user).soonest_first()
    return found.one_of_each_order().filter(still_open__gt=0).with_facts()


def _to_adopt(meeting: Meeting, user: User) -> list[ToAdopt]:
    """The meetings that led here and whose minutes no meeting adopted yet; those that decided nothing need none."""
    newest = Minutes.objects.filter(meeting=OuterRef("pk")).latest_first().values("state")[:1]
    decided = Q(state__isnull=False) | Exists(Resolution.objects.standing().filter(meeting=OuterRef("pk")))
    before = Meeting.objects.visible_to(user).filter(links_onward__later=meeting).annotate(state=Subquery(newest))
    waiting = Q(state__isnull=True) | ~Q(state=Minutes.State.ADOPTED)
    found = before.filter(decided & waiting).newest_first()
    return [ToAdopt(one, str(Minutes.State(one.state).label) if one.state else "") for one in found]
