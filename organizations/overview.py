"""The province at a glance, as values for the pages that draw it: a handful of queries whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nakhon_network.tilegrid import Cell, Grid, Tile, build_grid
from organizations import access
from organizations.access import Level
from organizations.models import District, FocusTambon, Post, Province, Tambon, User


@dataclass(frozen=True)
class PostCount:
    """How many of the expected holders one level has."""

    level: str
    label: str
    filled: int
    expected: int | None


@dataclass(frozen=True)
class Overview:
    """What everybody may know of a province: zones, districts, focus tambon."""

    grid: Grid
    zone_count: int
    district_count: int
    focus: frozenset[str]
    has_sample: bool

    @property
    def focus_count(self) -> int:
        """How many focus tambon there are."""
        return len(self.focus)


def overview(province: Province, *, on: date, viewer: User) -> Overview:
    """Districts as tiles with their focus tambon of the day; only districts the viewer may open carry a link."""
    periods = FocusTambon.objects.of_province(province).in_force(on).select_related("tambon")
    focus = defaultdict(list)
    for period in sorted(periods, key=lambda period: bytes(period.tambon.sort_key)):
        focus[period.tambon.district_id].append(period)
    districts = list(District.objects.filter(province=province).select_related("zone").in_thai_order())
    reach = access.of(viewer)
    return Overview(
        grid=build_grid(_tile(district, focus[district.pk], reach) for district in districts),
        zone_count=len({district.zone_id for district in districts if district.zone_id}),
        district_count=len(districts),
        focus=frozenset(period.tambon_id for rows in focus.values() for period in rows),
        has_sample=any(period.is_sample for rows in focus.values() for period in rows),
    )


def _tile(district: District, periods: list[FocusTambon], reach: access.Access) -> Tile:
    return Tile(
        code=district.pk,
        name=district.name,
        row=district.tile_row,
        col=district.tile_column,
        zone_number=district.zone.number if district.zone else None,
        url=district.get_absolute_url() if reach.may_see(district) else "",
        cells=[Cell(code=period.tambon_id, name=period.tambon.name) for period in periods],
    )


def focus_on(province: Province, day: date) -> set[str]:
    """Codes of the province's focus tambon on `day`."""
    return set(Tambon.objects.in_focus(day).in_province(province).values_list("pk", flat=True))


def post_counts(province: Province, *, on: date, viewer: User, focus: Collection[str] | None = None) -> list[PostCount]:
    """Filled and expected holders at the four levels, of the posts the viewer may see.

    A zone's seats count one by one; a tambon counts once when it has a coordinator, focus tambon only (`focus`: their
    codes, where the caller has them).
    """
    seen = Post.objects.visible_to(viewer).of_province(province).expected()
    posts = list(seen.select_related("role").with_number_held_on(on))
    focus = focus_on(province, on) if focus is None else focus
    counts = []
    for level in Level:
        wanted = [post for post in posts if post.role.level == level]
        if level == Level.TAMBON:
            wanted = [post for post in wanted if post.tambon_id in focus]
        limited = level != Level.PROVINCE
        filled = sum(min(post.held, post.seats or 1) if limited else post.held for post in wanted)
        expected = sum(post.seats or 1 for post in wanted) if limited else None
        counts.append(PostCount(level=level, label=str(level.label), filled=filled, expected=expected))
    return counts
