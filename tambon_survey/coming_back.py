"""What came back for a planning meeting: the rounds that report to it, zone by zone, and what was left open before.

Counts by zone name nobody; whoever holds a post reads them, as they read the meeting. Boards and reports open only
for those who work for the zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from meetings.models import Meeting, MeetingLink, Minutes, Task
from meetings.tasks import TaskLine, task_lines
from organizations import access
from organizations.models import User, Zone
from tambon_survey.models import State, Submission, ZoneReport

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
    """One round as the meeting finds it; the address is empty for who works nowhere in its province."""

    name: str
    url: str
    is_sample: bool
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


def came_back(meeting: Meeting, user: User, *, before: Iterable[MeetingLink], today: date) -> CameBack | None:
    """Two queries; None for visitors, and for a meeting that plans nothing. `before`: links read `with_minutes`."""
    if meeting.kind != Meeting.Kind.PLANNING or not access.of(user).is_member:
        return None
    orders = task_lines(_left_open(meeting, user)[: ORDERS_SHOWN + 1], viewer=user, today=today)
    return CameBack(
        rounds=_rounds(meeting, user),
        orders=orders[:ORDERS_SHOWN],
        has_more_work=len(orders) > ORDERS_SHOWN,
        to_adopt=_to_adopt(before),
    )


def _rounds(meeting: Meeting, user: User) -> list[RoundBack]:
    """The opened rounds that report to the meeting, the last first, each with the zones of its province."""
    works_in = access.of(user).provinces()
    found: dict[int, RoundBack] = {}
    for zone in _zones(meeting, user):
        url = reverse("round_page", args=[zone.round]) if zone.province_id in works_in else ""
        back = found.setdefault(zone.round, RoundBack(zone.round_name, url, zone.round_is_sample, []))
        back.zones.append(_zone(zone))
    return list(found.values())


def _zones(meeting: Meeting, user: User) -> Iterable[Any]:
    """Each zone once for each round, with its counts, whether the report is in, and whether the reader may open it."""
    rounds = Zone.objects.filter(province__rounds__planning_meeting=meeting, province__rounds__opened_at__isnull=False)
    expected = Submission.objects.expected().filter(round=OuterRef("round"), tambon__district__zone=OuterRef("pk"))
    counted = expected.order_by().values("round")
    counts = {
        name: Subquery(counted.annotate(n=Count("pk", filter=Q(state__in=states))).values("n"))
        for name, states in (("received", SENT), ("returned", BACK), ("missing", MISSING))
    }
    return rounds.annotate(
        round=F("province__rounds"),
        round_name=F("province__rounds__name"),
        round_is_sample=F("province__rounds__is_sample"),
        is_received=Exists(ZoneReport.objects.received().filter(round=OuterRef("round"), zone=OuterRef("pk"))),
        may_open=Exists(Zone.objects.visible_to(user).filter(pk=OuterRef("pk"))),
        **counts,
    ).order_by(F("province__rounds__opens_at").desc(), "round", "number")


def _zone(zone: Any) -> ZoneBack:
    key = [zone.round, zone.pk]
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


def _to_adopt(before: Iterable[MeetingLink]) -> list[ToAdopt]:
    """The meetings that led here and whose minutes no meeting adopted yet; those that decided nothing need none."""
    read: Iterable[Any] = before
    return [
        ToAdopt(link.earlier, str(Minutes.State(link.minutes_state).label) if link.minutes_state else "")
        for link in read
        if link.minutes_state != Minutes.State.ADOPTED and (link.minutes_state or link.has_decided)
    ]
