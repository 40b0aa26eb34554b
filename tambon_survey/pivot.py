"""Pivot-lite: zones, districts or tambon counted by topic, sector, state or readiness. Totals add up.

By state and readiness tambon are counted; by topic the entries of the rosters; by sector the supporting agencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Part
from nakhon_network.lib.workbook import Sheet
from organizations.models import District, Tambon, Zone
from organizations.models.areas import Area
from tambon_survey.answers import TOPICS
from tambon_survey.models import Readiness, Sector, State, Support, Topic
from tambon_survey.narrowing import NO_ZONE, UNTOLD, sector_label
from tambon_survey.workbook.scope import Scope

ZONE, DISTRICT, TAMBON = "zone", "district", "tambon"
ROWS = (ZONE, DISTRICT, TAMBON)
STATE, READINESS, TOPIC, SECTOR = "state", "readiness", "topic", "sector"
COLUMNS = (STATE, READINESS, TOPIC, SECTOR)
_PATHS = {ZONE: "tambon__district__zone", DISTRICT: "tambon__district", TAMBON: "tambon"}
_AREAS: dict[str, type[Area]] = {ZONE: Zone, DISTRICT: District, TAMBON: Tambon}


@dataclass(frozen=True)
class Figure:
    """A number and where it leads; "" where there is nothing to see."""

    number: int
    url: str


@dataclass(frozen=True)
class Head:
    """A column: its code, its word, its total."""

    code: str
    label: str
    total: Figure


@dataclass(frozen=True)
class Line:
    """A row: the place, what it lies in, its numbers and their sum. `url` opens the place one level deeper."""

    code: str
    name: str
    within: str
    url: str
    cells: list[Figure]
    total: Figure
    heads: list[str]

    @property
    def named(self) -> list[tuple[str, Figure]]:
        """Each number with the word of its column."""
        return list(zip(self.heads, self.cells, strict=True))


@dataclass(frozen=True)
class Pivot:
    """The whole table; every line's cells add up to its total, and so do the heads'."""

    rows: str
    columns: str
    counted: str
    heads: list[Head]
    lines: list[Line]
    total: Figure


def pivot(scope: Scope, *, rows: str, columns: str) -> Pivot:
    """Three or four queries, whatever the number of tambon."""
    kinds = _kinds(columns)
    numbers = _numbers(scope, rows, columns, list(kinds))
    areas = _areas(rows, numbers)
    forms = _forms(scope) if rows == TAMBON else {}
    lines = [
        _form_line(forms[key], areas[key], numbers[key], list(kinds.values()))
        if rows == TAMBON
        else _line(scope, rows, columns, kinds, key, numbers[key], areas.get(key))
        for key in _ordered(numbers, areas)
    ]
    totals = [sum(line.cells[at].number for line in lines) for at in range(len(kinds))]
    heads = [
        Head(code, label, _figure(scope, total, {columns: code}))
        for (code, label), total in zip(kinds.items(), totals, strict=True)
    ]
    return Pivot(rows, columns, _counted(columns), heads, lines, _figure(scope, sum(totals), {}))


def _kinds(columns: str) -> dict[str, str]:
    if columns == SECTOR:
        return {code: sector_label(code) for code in (*Sector.values, UNTOLD)}
    found: Any = {STATE: State, READINESS: Readiness, TOPIC: Topic}[columns]
    return {one.value: str(one.label) for one in found}


def _counted(columns: str) -> str:
    if columns == TOPIC:
        return _("Entries in the four lists")
    return _("Supporting agencies") if columns == SECTOR else _("Number of tambon")


# ---- numbers ---------------------------------------------------------------------------------------------------------
def _numbers(scope: Scope, rows: str, columns: str, codes: list[str]) -> dict[Any, list[int]]:
    """Key of each place → how many of each kind; places without any are there too."""
    path = _PATHS[rows]
    submissions = scope.submissions().order_by()
    if columns == SECTOR:
        return _sectors(submissions, path, codes)
    if columns == TOPIC:
        counts: dict[str, Any] = {f"n_{topic}": Sum(f"{topic}_rows") for topic in TOPICS}
    else:
        counts = {f"n_{code}": Count("pk", filter=Q(**{columns: code})) for code in codes}
    found = submissions.values(path).annotate(**counts)
    return {row[path]: [row[f"n_{code}"] or 0 for code in codes] for row in found}


def _sectors(submissions: Any, path: str, codes: list[str]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {key: [0] * len(codes) for key in submissions.values_list(path, flat=True).distinct()}
    supports = Support.objects.counted().filter(submission__in=submissions.values("pk"))
    place = f"submission__{path}"
    for key, sector, number in supports.order_by().values_list(place, "sector").annotate(number=Count("pk")):
        found[key][codes.index(sector or UNTOLD)] = number
    return found


# ---- places ----------------------------------------------------------------------------------------------------------
def _areas(rows: str, keys: Iterable[Any]) -> Mapping[Any, Any]:
    model: Any = _AREAS[rows]
    found = model.objects.filter(pk__in=[key for key in keys if key is not None])
    if rows == DISTRICT:
        found = found.select_related("zone").order_by(F("zone__number").asc(nulls_last=True), "sort_key")
    elif rows == TAMBON:
        found = found.select_related("district__zone")
        found = found.order_by(F("district__zone__number").asc(nulls_last=True), "district__sort_key", "sort_key")
    return {one.pk: one for one in found}


def _ordered(numbers: Mapping[Any, Any], areas: Mapping[Any, Any]) -> list[Any]:
    """The places in the order they are read in; those that lie in no zone last."""
    return [*areas, *(key for key in numbers if key is None)]


def _forms(scope: Scope) -> dict[Any, str]:
    """Tambon → the address of its form."""
    found = scope.submissions().values_list("tambon", "pk")
    return {tambon: reverse("submission_page", args=[key]) for tambon, key in found}


def _form_line(url: str, tambon: Tambon, numbers: list[int], heads: list[str]) -> Line:
    cells = [Figure(number, url if number else "") for number in numbers]
    total = Figure(sum(numbers), url)
    return Line(tambon.pk, tambon.full_name, _within(TAMBON, tambon), url, cells, total, heads)


def _line(
    scope: Scope, rows: str, columns: str, kinds: Mapping[str, str], key: Any, numbers: list[int], area: Any
) -> Line:
    place = {rows: NO_ZONE if key is None else str(key)}
    below = DISTRICT if rows == ZONE else TAMBON
    facts = {**scope.narrowing.facts(), **place, "rows": below, "columns": columns}
    return Line(
        code="" if area is None else str(area.number) if rows == ZONE else str(area.pk),
        name=_("without a zone") if area is None else area.full_name,
        within=_within(rows, area),
        url=f"{reverse('round_pivot', args=[scope.round.pk])}?{urlencode(facts)}",
        cells=[_figure(scope, number, {**place, columns: code}) for code, number in zip(kinds, numbers, strict=True)],
        total=_figure(scope, sum(numbers), place),
        heads=list(kinds.values()),
    )


def _within(rows: str, area: Any) -> str:
    if rows == ZONE or area is None:
        return ""
    district = area if rows == DISTRICT else area.district
    names = [district.full_name] if rows == TAMBON else []
    return " · ".join([*names, *([district.zone.full_name] if district.zone else [])])


def _figure(scope: Scope, number: int, facts: dict[str, str]) -> Figure:
    if not number:
        return Figure(number, "")
    wanted = urlencode({**scope.narrowing.facts(), **facts})
    return Figure(number, f"{reverse('round_tambon', args=[scope.round.pk])}?{wanted}")


# ---- as a sheet ------------------------------------------------------------------------------------------------------
def pivot_sheet(found: Pivot, *, title: str) -> Sheet:
    """The table exactly as seen, with codes beside the names."""
    names = {ZONE: _("zone"), DISTRICT: _("district"), TAMBON: _("tambon")}
    places = [Part(_("code"), 9), Part(names[found.rows], 28)]
    if found.rows != ZONE:
        places.append(Part(_("lies in"), 32))
    numbers = [Part(head.label, 14, is_number=True) for head in found.heads]
    parts = [*places, *numbers, Part(_("Total"), 12, is_number=True)]
    return Sheet("pivot", title, parts, lambda: _sheet_rows(found, len(places)), held=len(places))


def _sheet_rows(found: Pivot, places: int) -> Iterable[list[Any]]:
    for line in found.lines:
        place = [line.code, line.name, line.within][:places]
        yield [*place, *(cell.number for cell in line.cells), line.total.number]
    total = ["", _("Total"), ""][:places]
    yield [*total, *(head.total.number for head in found.heads), found.total.number]
