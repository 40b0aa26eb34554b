"""Meetings, and what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Resolution
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.open_data.areas import CODED
from nakhon_network.open_data.kind import Kind, Record, Source
from nakhon_network.open_data.organizations import PREFIX as ORGANIZATION
from organizations.models import Organization

MEETING, RESOLUTION = "meeting:", "resolution:"


def _day(held_on: PartialDate | None) -> str | None:
    """ISO 8601, shorter where the day or the month is not known."""
    return (held_on.to_iso() or None) if held_on else None


def _open_bodies(keys: set[int | None], reader: Any) -> set[int]:
    """Which of some bodies are in the open data of this reader."""
    return set(Organization.objects.open_to(reader).of_keys(keys - {None}).values_list("pk", flat=True))


def _convenors(rows: Sequence[Meeting], reader: Any) -> set[int]:
    return _open_bodies({one.convened_by_id for one in rows}, reader)


def _convenors_of_their_meetings(rows: Sequence[Resolution], reader: Any) -> set[int]:
    return _open_bodies({one.meeting.convened_by_id for one in rows}, reader)


def _body(meeting: Meeting, known: set[int]) -> str | None:
    return f"{ORGANIZATION}{meeting.convened_by_id}" if meeting.convened_by_id in known else None


def _meeting(meeting: Meeting, bodies: set[int]) -> Record:
    return {
        "id": f"{MEETING}{meeting.pk}",
        "name": meeting.title,
        "identifier": meeting.number_text,
        "classification": meeting.kind,
        "classification_label": meeting.get_kind_display(),
        "description": meeting.purpose,
        "start_date": _day(meeting.held_on),
        "end_date": meeting.ends_on.isoformat() if meeting.ends_on else None,
        "start_time": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else None,
        "end_time": f"{meeting.ends_at:%H:%M}" if meeting.ends_at else None,
        "location": meeting.venue,
        "area_id": f"{CODED}{meeting.venue_tambon_id}" if meeting.venue_tambon_id else None,
        "organization_id": _body(meeting, bodies),
        "organizer": meeting.convened_by.name if meeting.convened_by else "",
        "head_count": meeting.head_count,
        "head_count_is_approximate": meeting.head_count_is_approximate,
        "visibility": meeting.visibility,
        "source": meeting.source_url,
        "source_licence": meeting.source_licence,
        "is_sample": meeting.is_sample,
    }


def _resolution(one: Resolution, bodies: set[int]) -> Record:
    return {
        "id": f"{RESOLUTION}{one.pk}",
        "identifier": one.reference,
        "text": one.text,
        "classification": one.strength,
        "classification_label": one.get_strength_display(),
        "date": _day(one.meeting.held_on),
        "event_id": f"{MEETING}{one.meeting_id}",
        "organization_id": _body(one.meeting, bodies),
        "area_ids": sorted(f"{CODED}{tambon.pk}" for tambon in one.tambons.all()),
        "is_withdrawn": one.withdrawn_at is not None,
    }


def _shown(queryset: Any, reader: Any) -> Any:
    """Public ones, with a token the network's too; drafts never."""
    return queryset.visible_to(reader)


MEETINGS = Kind(
    name="meetings",
    label=_("Meetings"),
    about=_("Public meetings: day, place, convenor, number of people; with a token those of the network too."),
    columns=(
        *("id", "name", "identifier", "classification", "classification_label", "description"),
        *("start_date", "end_date", "start_time", "end_time", "location", "area_id", "organization_id", "organizer"),
        *("head_count", "head_count_is_approximate", "visibility", "source", "source_licence", "is_sample"),
    ),
    sources=(
        Source(
            MEETING,
            lambda reader: _shown(Meeting.objects.select_related("convened_by", "series"), reader),
            _meeting,
            beside=_convenors,
        ),
    ),
)
RESOLUTIONS = Kind(
    name="resolutions",
    label=_("Resolutions"),
    about=_("What these meetings decided, how firm it is, and which tambon it is about."),
    columns=(
        *("id", "identifier", "text", "classification", "classification_label", "date", "event_id"),
        *("organization_id", "area_ids", "is_withdrawn"),
    ),
    sources=(
        Source(
            RESOLUTION,
            lambda reader: _shown(Resolution.objects.with_facts().prefetch_related("tambons"), reader),
            _resolution,
            beside=_convenors_of_their_meetings,
        ),
    ),
)
