"""The bodies of the directory as a file is held against them: what stands, who keeps it, what is like what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nakhon_network.lib.thai_text import loose_key
from organizations import access
from organizations.access import Access, Level
from organizations.forms.directory import area_key, area_of
from organizations.likeness import likeness
from organizations.models import Need, Offer, Organization, Province, User
from tambon_survey.directory_resources import NEEDS, OFFERS
from tambon_survey.importing.homes import HomeIndex
from tambon_survey.models.roster_rows import plain

NAMES = ("name", "short_name", "kind", "status", "about", "website", "source")
EXCHANGED: Mapping[str, tuple[str, ...]] = {
    OFFERS: ("kind", "text", "conditions", "starts_on", "ends_on"),
    NEEDS: ("kind", "text", "starts_on", "ends_on"),
}
MODELS: Mapping[str, type[Offer] | type[Need]] = {OFFERS: Offer, NEEDS: Need}
# From an organization to the province, the zone and the district it lies in, whichever its level.
_LINEAGE = (
    ("province", "zone__province", "district__province", "tambon__district__province"),
    ("zone", "district__zone", "tambon__district__zone"),
    ("district", "tambon__district"),
    ("tambon",),
)


@dataclass
class Body:
    """A body as it stands: its plain values, its home as `tambon:801217` ("" for none), and the areas it lies in."""

    key: str
    values: dict[str, Any]
    home: str
    within: tuple[Any, ...]
    is_kept: bool
    merged_into: int | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.values["name"])

    @property
    def label(self) -> str:
        """Name and home, for who has to choose."""
        place = home_label(self.home)
        return f"{self.name} · {place}" if place else self.name


def home_label(home: str) -> str:
    """A home in words; "" for none."""
    return place_name(area_of(home))


def place_name(area: Any) -> str:
    """An area in words, a tambon with its district: many are called alike."""
    if area is None:
        return ""
    return f"{area.full_name} {area.district.full_name}" if area.level == Level.TAMBON else str(area.full_name)


def within(area: Any) -> tuple[Any, ...]:
    """The keys of the province, zone, district and tambon that an area is or lies in; None where it is wider."""
    known = dict(area.lineage()) if area is not None else {}
    return tuple(known.get(level) for level in Level)


def home_of(area: Any) -> str:
    """The home as a plain value."""
    return area_key(area) if area is not None else ""


def is_near(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two homes may be one: of the same district, one within the other, or one of them not known."""
    return all(a is None or b is None or a == b for a, b in zip(one[:-1], other[:-1], strict=True))


@dataclass
class Bodies:
    """All that stands in the directory, and what one person may do with it."""

    reach: Access
    homes: HomeIndex
    choices: Mapping[str, str]
    by_key: dict[str, Body]
    by_name: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    by_likeness: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, province: Province, user: User, *, choices: Mapping[str, str]) -> Bodies:
        """A few queries, however many bodies there are."""
        made = cls(access.of(user), HomeIndex.of(province), choices, {one.key: one for one in _read(user)})
        for one in made.by_key.values():
            if one.merged_into is None:
                for name in {one.name, one.values["short_name"]} - {""}:
                    made.by_name[loose_key(name)].append(one)
                made.by_likeness[likeness(one.name)].append(one)
        return made

    def called(self, name: str) -> list[Body]:
        """Those whose own name reads the same."""
        key = loose_key(name)
        return [one for one in self.by_name.get(key, ()) if loose_key(one.name) == key]

    def like(self, name: str, place: tuple[Any, ...]) -> list[Body]:
        """Those nearby that may be the body of that name, by the rule of the form."""
        found = [*self.by_likeness.get(likeness(name), ()), *self.by_name.get(loose_key(name), ())]
        return [one for one in {one.key: one for one in found}.values() if is_near(one.within, place)]


def _read(user: User) -> Iterator[Body]:
    kept = set(Organization.objects.changeable_by(user).values_list("pk", flat=True))
    themes: dict[int, list[str]] = defaultdict(list)
    for key, theme in Organization.themes.through.objects.values_list("organization", "theme"):
        themes[key].append(theme)
    paths = [path for some in _LINEAGE for path in some]
    rows = Organization.objects.values_list("pk", "merged_into", *NAMES, *Level, *paths)
    for key, merged, *cells in rows.order_by("pk").iterator(chunk_size=2000):
        values = dict(zip(NAMES, cells, strict=False))
        own = zip(Level, cells[len(NAMES) :], strict=False)
        home = next((f"{level}:{one}" for level, one in own if one is not None), "")
        values["themes"] = sorted(themes.get(key, ()))
        lineage = _lineage(cells[len(NAMES) + len(Level) :])
        yield Body(str(key), values, home, lineage, key in kept, merged)


def _lineage(cells: Iterable[Any]) -> tuple[Any, ...]:
    rest = iter(cells)
    return tuple(next((one for one in [next(rest) for _path in some] if one is not None), None) for some in _LINEAGE)


@dataclass(frozen=True)
class Exchanged:
    """An offer or a need as it stands."""

    key: str
    body: str
    values: dict[str, Any]

    @property
    def reading(self) -> tuple[str, str]:
        """Its kind and its words, as they are compared."""
        return self.values["kind"], loose_key(self.values["text"])


def exchanged(holds: str) -> list[Exchanged]:
    """All offers or all needs."""
    model, names = MODELS[holds], EXCHANGED[holds]
    themes: dict[int, list[str]] = defaultdict(list)
    for key, theme in model.themes.through.objects.values_list(str(model._meta.model_name), "theme"):
        themes[key].append(theme)
    rows = model.objects.values_list("pk", "organization", *names).order_by("pk")
    return [
        Exchanged(
            str(key),
            str(body),
            {**dict(zip(names, map(plain, cells), strict=True)), "themes": sorted(themes.get(key, ()))},
        )
        for key, body, *cells in rows.iterator(chunk_size=2000)
    ]
