"""Provinces, zones, districts and tambon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.open_data.kind import Kind, Record, Source
from organizations.access import Level
from organizations.models import District, Province, Tambon, Zone
from organizations.models.areas import Area

CODED, ZONE = "th-", "zone:"


def area_id(area: Area | None) -> str | None:
    """The id of an area of any level."""
    if area is None:
        return None
    return zone_id(area.pk) if area.level == Level.ZONE else f"{CODED}{area.pk}"


def zone_id(key: int) -> str:
    """The id of a zone."""
    return f"{ZONE}{key}"


def _record(area: Any, parent: str | None, number: Any) -> Record:
    return {
        "id": area_id(area),
        "name": area.name_th,
        "name_en": area.name_en,
        "classification": str(area.level),
        "identifier": str(number),
        "parent_id": parent,
        "is_focus": None,
    }


def _province(area: Province, _beside: None) -> Record:
    return _record(area, None, area.pk)


def _zone(area: Zone, _beside: None) -> Record:
    return _record(area, f"{CODED}{area.province_id}", area.number)


def _district(area: District, _beside: None) -> Record:
    parent = zone_id(area.zone_id) if area.zone_id else f"{CODED}{area.province_id}"
    return _record(area, parent, area.pk)


def _focus(rows: Sequence[Tambon], _reader: Any) -> set[str]:
    """Which tambon of the page are in focus today."""
    found = Tambon.objects.in_focus(timezone.localdate()).filter(pk__in=[one.pk for one in rows])
    return set(found.values_list("pk", flat=True))


def _tambon(area: Tambon, focus: set[str]) -> Record:
    return _record(area, f"{CODED}{area.district_id}", area.pk) | {"is_focus": area.pk in focus}


AREAS = Kind(
    name="areas",
    label=_("Areas"),
    about=_("Provinces, zones, districts and tambon, what lies in what, and which tambon are in focus."),
    columns=("id", "name", "name_en", "classification", "identifier", "parent_id", "is_focus"),
    sources=(
        Source(CODED, lambda _reader: Province.objects.all(), _province, digits=2),
        Source(ZONE, lambda _reader: Zone.objects.all(), _zone),
        Source(CODED, lambda _reader: District.objects.all(), _district, digits=4),
        Source(CODED, lambda _reader: Tambon.objects.all(), _tambon, digits=6, beside=_focus),
    ),
)
