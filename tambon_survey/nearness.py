"""Areas as the rules of matching read them, and what lies near one, in the words of the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from organizations.access import Level
from organizations.models.areas import Area
from tambon_survey.matching import Place

AREAS = ("province", "zone", "district", "tambon__district")
_LEVELS = list(Level)


def place_of(area: Area | None) -> Place | None:
    """Where an area lies; None for none."""
    if area is None:
        return None
    keys = tuple((str(level), str(key)) for level, key in area.lineage())
    known = area.latitude is not None and area.longitude is not None
    return Place(keys, (float(area.latitude or 0), float(area.longitude or 0)) if known else None)


def areas_of(prefix: str) -> tuple[str, ...]:
    """What to read with a body so that its area and what that lies in ask nothing more."""
    return tuple(prefix + path for path in AREAS)


def nearest_first(rows: QuerySet[Any], area: Area | None, *, prefix: str = "") -> QuerySet[Any]:
    """Rows of bodies, those of the area's own tambon, district, zone and province first."""
    keys = dict(area.lineage()) if area is not None else {}
    whens = [
        When(_at(prefix, level, keys[level]), then=Value(rank))
        for rank, level in enumerate(reversed(_LEVELS))
        if level in keys
    ]
    order: Any = Case(*whens, default=Value(len(_LEVELS)), output_field=IntegerField()) if whens else Value(0)
    return rows.annotate(far=order).order_by("far", "pk")


def nearest_tambon_first(rows: QuerySet[Any], area: Area | None, *, prefix: str) -> QuerySet[Any]:
    """Rows of tambon, those that lie in the area or in the district, zone and province it is of, first."""
    keys = dict(area.lineage()) if area is not None else {}
    paths = {Level.TAMBON: "", Level.DISTRICT: "__district", Level.ZONE: "__district__zone"}
    whens = [
        When(Q(**{prefix + path: keys[level]}), then=Value(rank))
        for rank, (level, path) in enumerate(paths.items())
        if level in keys
    ]
    order: Any = Case(*whens, default=Value(len(_LEVELS)), output_field=IntegerField()) if whens else Value(0)
    return rows.annotate(far=order).order_by("far", "pk")


def _at(prefix: str, level: Level, key: Any) -> Q:
    """At home in an area of that level, or in one that it contains."""
    found = Q(**{f"{prefix}{level}": key})
    if level in (Level.ZONE, Level.PROVINCE):
        found |= Q(**{f"{prefix}district__{level}": key})
    if level == Level.PROVINCE:
        found |= Q(**{f"{prefix}zone__{level}": key})
    if level == Level.DISTRICT:
        return found | Q(**{f"{prefix}tambon__district": key})
    if level in (Level.ZONE, Level.PROVINCE):
        return found | Q(**{f"{prefix}tambon__district__{level}": key})
    return found
