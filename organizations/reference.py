"""Reference data: official codes and names from GeoThai, points, tile grid, and the default roles.

Loading is planned first and applied second: `plan_province` reads and compares, `apply_plan` writes. Names and codes:
GeoThai (CC BY 4.0). Points: see `data/ATTRIBUTION.txt`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import geothai
from django.db import transaction

from organizations.access import Authority, Level
from organizations.models import (
    AuditEntry,
    District,
    DistrictStatus,
    Post,
    Province,
    Role,
    Tambon,
    Theme,
    User,
    Zone,
)
from organizations.models.areas import Area
from organizations.models.audit import Verb, changes_between

DATA = Path(__file__).parent / "data"
WRITTEN = ("name_th", "name_en", "latitude", "longitude", "tile_row", "tile_column")
# Two districts of Nakhon Si Thammarat were minor districts (กิ่งอำเภอ) until this day.
MINOR_UNTIL = {"8021": date(2007, 9, 8), "8022": date(2007, 9, 8)}

ROLES = [
    # code, Thai name, English name, level, authority, seats, expected, holder shared
    ("provincial-team", "คณะทำงานระดับจังหวัด", "Provincial working group", Level.PROVINCE, Authority.MANAGE, None, True, True),
    ("academic-adviser", "ทีมที่ปรึกษาวิชาการ", "Academic adviser", Level.PROVINCE, Authority.READ, None, False, True),
    ("zone-representative", "ตัวแทนโซน", "Zone representative", Level.ZONE, Authority.REVIEW, 2, True, True),
    ("district-coordinator", "ผู้ประสานงานอำเภอ", "District coordinator", Level.DISTRICT, Authority.COORDINATE, 1, True, False),
    ("tambon-coordinator", "แกนประสานตำบล", "Tambon core coordinator", Level.TAMBON, Authority.COORDINATE, None, True, False),
    ("member", "ภาคี", "Member", Level.PROVINCE, Authority.READ, None, False, False),
]  # fmt: skip


@dataclass
class Plan:
    """What loading one province would do: rows to add, rows to change (row, {field: [old, new]}), rows left alone."""

    province: str
    added: list[Area] = field(default_factory=list)
    changed: list[tuple[Area, dict[str, list[Any]]]] = field(default_factory=list)
    same: int = 0
    unknown: list[Area] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing to write."""
        return not self.added and not self.changed


def read_csv(name: str) -> list[dict[str, str]]:
    """Rows of one of the project's own data files."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tidy_english(name: str) -> str:
    """Mend the source's capitals: Lan SaKa → Lan Saka, Tha yang → Tha Yang."""
    inner = re.sub(r"(?<=[a-z])[A-Z]", lambda match: match.group().lower(), name)
    return re.sub(r"(?<= )[a-z]", lambda match: match.group().upper(), inner)


def province_codes() -> list[str]:
    """DOPA codes of the 77 provinces."""
    return [province.code for province in geothai.provinces()]


def _official(code: str) -> Iterator[Area]:
    """The unsaved rows of one province as the sources have them. Raises KeyError for an unknown code."""
    found = geothai.province(code)
    if found is None:
        raise KeyError(code)
    points = {row["code"]: row for name in ("district_points", "tambon_points") for row in read_csv(name)}
    tiles = {row["district_code"]: row for row in read_csv("district_tilegrid")}
    yield Province(code=found.code, name_th=found.name_th, name_en=tidy_english(found.name_en))
    for district in geothai.districts(code):
        row = District(province_id=code, **_names(district), **_point(points.get(district.code)))
        if tile := tiles.get(district.code):
            row.tile_row, row.tile_column = int(tile["row"]), int(tile["col"])
        yield row
        for tambon in geothai.subdistricts(district.code):
            yield Tambon(district_id=district.code, **_names(tambon), **_point(points.get(tambon.code)))


def _names(row: Any) -> dict[str, str]:
    return {"code": row.code, "name_th": row.name_th, "name_en": tidy_english(row.name_en)}


def _point(row: dict[str, str] | None) -> dict[str, Decimal]:
    return {"latitude": Decimal(row["lat"]), "longitude": Decimal(row["lon"])} if row else {}


def plan_province(code: str) -> Plan:
    """Compare one province's official data with what is stored; writes nothing. Raises KeyError for an unknown code."""
    plan = Plan(province=code)
    stored: dict[tuple[Level, str], Area] = {}
    for model in (Province, District, Tambon):
        rows = model.objects.filter(pk__startswith=code)
        stored |= {(model.level, row.pk): row for row in rows}
    for row in _official(code):
        known = stored.pop((row.level, row.pk), None)
        if known is None:
            plan.added.append(row)
            continue
        changes = changes_between(_written(known), _written(row))
        if changes:
            for name in changes:
                setattr(known, name, getattr(row, name))
            plan.changed.append((known, changes))
        else:
            plan.same += 1
    plan.unknown = list(stored.values())
    return plan


def _written(row: Area) -> dict[str, str | None]:
    values = {name: getattr(row, name, None) for name in WRITTEN}
    return {name: None if value is None else str(value) for name, value in values.items()}


@transaction.atomic
def apply_plan(plan: Plan, *, by: User | None = None) -> None:
    """Write a plan: bulk for new rows (one audit entry for the province), one entry for each changed row."""
    models: list[Any] = [Province, District, Tambon]
    for model in models:
        rows = [row for row in plan.added if isinstance(row, model)]
        for row in rows:
            row.refresh_keys()
        model.objects.bulk_create(rows, batch_size=500)
    for row, changes in plan.changed:
        row.save()
        AuditEntry.objects.record(Verb.CHANGE, row, by=by, changes=changes)
    _add_statuses(plan.added)
    if plan.added:
        province = Province.objects.get(pk=plan.province)
        count = {"rows": [None, len(plan.added)]}
        AuditEntry.objects.record(Verb.LOAD, province, by=by, changes=count, reason="GeoThai")


def _add_statuses(rows: Iterable[Area]) -> None:
    kinds = DistrictStatus.Kind
    statuses = []
    for district in rows:
        if not isinstance(district, District):
            continue
        until = MINOR_UNTIL.get(district.pk)
        first = kinds.MINOR if until else kinds.FULL
        statuses.append(DistrictStatus(district=district, kind=first))
        if until:
            source = "พระราชกฤษฎีกาตั้งอำเภอ พ.ศ. 2550"
            statuses.append(DistrictStatus(district=district, kind=kinds.FULL, since=until, source=source))
    DistrictStatus.objects.bulk_create(statuses)


def ensure_roles() -> None:
    """Make the default roles that are missing; those that exist are left as the network changed them."""
    known = set(Role.objects.values_list("code", flat=True))
    for order, (code, name_th, name_en, level, authority, seats, expected, shared) in enumerate(ROLES):
        if code not in known:
            Role.objects.create(
                code=code,
                name_th=name_th,
                name_en=name_en,
                level=level,
                authority=authority,
                seats=seats,
                is_expected=expected,
                holder_is_shared=shared,
                order=order,
            )


def ensure_themes() -> None:
    """Make the fields of work that are missing; those that exist are left as the network changed them."""
    known = set(Theme.objects.values_list("code", flat=True))
    for order, row in enumerate(read_csv("themes")):
        if row["code"] not in known:
            words = row["words"].replace("|", "\n")
            names = {"name_th": row["name_th"], "name_en": row["name_en"]}
            Theme.objects.create(code=row["code"], words=words, order=order, **names)


def ensure_zones(province: Province) -> None:
    """Make the default zones (an assumption) of a province that has none and put its districts into them."""
    if province.zones.exists():
        return
    for row in read_csv("zones_default"):
        if not row["district_code"].startswith(province.pk):
            continue
        names = {"name_th": row["zone_th"], "name_en": row["zone_en"]}
        zone, _ = Zone.objects.get_or_create(province=province, number=int(row["zone_no"]), defaults=names)
        District.objects.filter(pk=row["district_code"]).update(zone=zone)


@transaction.atomic
def ensure_posts(province: Province) -> int:
    """Make the posts that roles expect in the province's areas and that are missing; returns how many.

    Tambon posts are made for the focus tambon only, past and present.
    """
    ensure_roles()
    focus = Tambon.objects.filter(district__province=province, focus_periods__isnull=False).distinct()
    levels: list[Iterable[Area]] = [[province], province.zones.all(), province.districts.all(), focus]
    return sum(Post.objects.make_expected(areas) for areas in levels)
