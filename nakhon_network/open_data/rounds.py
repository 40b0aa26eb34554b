"""Survey rounds: how many tambon were asked and how many came back. No answers, no tambon, no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Resolution
from nakhon_network.open_data.areas import CODED, zone_id
from nakhon_network.open_data.kind import Kind, Record, Source
from nakhon_network.open_data.meetings import MEETING, RESOLUTION
from organizations import access
from tambon_survey.models import Round, Submission
from tambon_survey.models.submissions import State

PREFIX = "round:"
COUNTS = ("asked", "sent", "approved")


@dataclass(frozen=True)
class Beside:
    """What a page of rounds needs: counts of each zone, which meetings and resolutions the reader may read."""

    zones: dict[int, list[dict[str, Any]]]
    meetings: set[int]
    resolutions: set[int]
    shows_zones: bool


def _beside(rows: Sequence[Round], reader: Any) -> Beside:
    """Three statements, whatever the number of rounds."""
    zones = defaultdict(list)
    for counted in _counted(rows):
        zones[counted["round"]].append(counted)
    meetings = Meeting.objects.visible_to(reader).filter(rounds_reported__in=[one.pk for one in rows])
    resolutions = Resolution.objects.visible_to(reader).filter(rounds__in=[one.pk for one in rows])
    return Beside(
        zones=zones,
        meetings=set(meetings.values_list("pk", flat=True)),
        resolutions=set(resolutions.values_list("pk", flat=True)),
        shows_zones=access.of(reader).is_member,
    )


def _counted(rows: Sequence[Round]) -> Any:
    """For each round and zone how many were asked, how many were sent and not sent back, and how many approved."""
    judged = [State.APPROVED, State.ACCEPTED]
    sent = Count("pk", filter=Q(state__in=[State.SUBMITTED, *judged]))
    expected = Submission.objects.expected().filter(round__in=[one.pk for one in rows])
    zones = expected.order_by("round", "tambon__district__zone").values("round", "tambon__district__zone")
    return zones.annotate(asked=Count("pk"), sent=sent, approved=Count("pk", filter=Q(state__in=judged)))


def _record(one: Round, beside: Beside) -> Record:
    zones = beside.zones.get(one.pk, [])
    meeting = one.planning_meeting_id if one.planning_meeting_id in beside.meetings else None
    resolution = one.resolution_id if one.resolution_id in beside.resolutions else None
    return {
        "id": f"{PREFIX}{one.pk}",
        "name": one.name,
        "area_id": f"{CODED}{one.province_id}",
        "start_date": timezone.localdate(one.opens_at).isoformat(),
        "end_date": timezone.localdate(one.closes_at).isoformat(),
        **{count: sum(zone[count] for zone in zones) for count in COUNTS},
        "zones": [_zone(zone) for zone in zones] if beside.shows_zones else None,
        "event_id": f"{MEETING}{meeting}" if meeting else None,
        "motion_id": f"{RESOLUTION}{resolution}" if resolution else None,
        "is_sample": one.is_sample,
    }


def _zone(counted: dict[str, Any]) -> Record:
    zone = counted["tambon__district__zone"]
    return {"area_id": zone_id(zone) if zone else None, **{count: counted[count] for count in COUNTS}}


def _rows(reader: Any) -> Any:
    """Closed rounds; the open one too for who reads what members read."""
    if access.of(reader).is_member:
        return Round.objects.opened()
    return Round.objects.closed_at(timezone.now())


ROUNDS = Kind(
    name="rounds",
    label=_("Survey rounds"),
    about=_("Totals of closed rounds in the whole province; with a token by zone, the open round too. No answers."),
    columns=(
        *("id", "name", "area_id", "start_date", "end_date", *COUNTS, "zones", "event_id", "motion_id", "is_sample"),
    ),
    sources=(Source(PREFIX, _rows, _record, beside=_beside),),
)
