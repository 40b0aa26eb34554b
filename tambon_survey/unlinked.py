"""Names of bodies that approved surveys write and the directory does not know yet, as one person may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakhon_network.lib.names import split_name
from organizations import access
from organizations.forms.directory import area_key
from organizations.models import Tambon, User
from tambon_survey.models import Activity, Submission, Support, WrittenName
from tambon_survey.models.written_names import PATHS, BodyNamingQuerySet

if TYPE_CHECKING:
    from organizations.access import Area

    Naming = Support | Activity

# The word in an address → the roster whose rows name bodies.
ROSTERS: dict[str, type[Support] | type[Activity]] = {"agencies": Support, "groups": Activity}
PAGE_SIZE = 25
PLACES = 5
# Of what is counted for a button, no more than this; of where one name is written, no more than that.
MOST = 100
WRITTEN = 30


@dataclass(frozen=True)
class Place:
    """One tambon that writes the name, and the address of the page about it there."""

    tambon: Tambon
    url: str


@dataclass(frozen=True)
class NameLine:
    """A name as one of its rows spells it, how many rows write it in how many tambon, and the first of these."""

    name: str
    rows: int
    tambons: int
    places: list[Place] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where is said what it means."""
        return self.places[0].url if self.places else ""

    @property
    def more(self) -> int:
        """How many tambon are not listed."""
        return self.tambons - len(self.places)

    @property
    def is_like_a_person(self) -> bool:
        """Whether it begins as a person's name does."""
        return looks_like_a_person(self.name)


@dataclass(frozen=True)
class Written:
    """One row that writes a name: how, where, in which roster and round, and about what."""

    name: str
    about: str
    submission: Submission
    is_group: bool
    url: str


@dataclass(frozen=True)
class Scope:
    """An area in which a name may mean one body: its key, the area, and what it holds in words."""

    key: str
    area: Area
    label: str
    rows: int


def looks_like_a_person(name: str) -> bool:
    """Whether a name begins with a form that belongs before a person's."""
    return bool(split_name(name).prefix)


def url_of(row: Naming) -> str:
    """The page on which is said what the name in a row means."""
    return reverse("unlinked_name", args=[_roster(row), row.pk])


def _roster(row: Naming) -> str:
    return next(word for word, model in ROSTERS.items() if isinstance(row, model))


def name_in(row: Naming) -> str:
    """The body's name as the row writes it."""
    return str(getattr(row, row.record_named_in))


def undecided(roster: str, viewer: User, *, area: Area | None = None, words: str = "") -> BodyNamingQuerySet:
    """Rows of one roster that name what nobody has said anything about."""
    found: BodyNamingQuerySet = ROSTERS[roster].objects.visible_to(viewer).undecided()
    if area is not None:
        found = found.in_area(area)
    return found.called_like(words) if words else found


def how_many(viewer: User, *, area: Area | None = None) -> int:
    """How many names wait, each once, up to `MOST`; of an area by one query, else by two that end early."""
    rows = [undecided(roster, viewer, area=area) for roster in ROSTERS]
    if area is not None:
        agencies, groups = (one.order_by().values("body_key") for one in rows)
        return int(agencies.union(groups)[:MOST].count())
    return min(MOST, len({name for one in rows for name in one.names(most=MOST)}))


def lines(rows: BodyNamingQuerySet, number: str | None) -> Page:
    """One page of the names in some rows; three queries."""
    found = Paginator(rows.by_name(), PAGE_SIZE).get_page(number)
    counted = list(found.object_list)
    places: dict[str, dict[str, Place]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for row in rows.of_names([one["body_key"] for one in counted], places=PLACES):
        tambon = row.submission.tambon
        places[row.body_key].setdefault(tambon.pk, Place(tambon, url_of(row)))
        spelled.setdefault(row.body_key, name_in(row))
    found.object_list = [_line(one, spelled, places) for one in counted]
    return found


def _line(counted: dict[str, Any], spelled: dict[str, str], places: dict[str, dict[str, Place]]) -> NameLine:
    key = counted["body_key"]
    return NameLine(spelled.get(key, key), counted["rows"], counted["tambons"], list(places[key].values()))


def _alike(row: Naming, viewer: User) -> list[BodyNamingQuerySet]:
    """Of each roster the rows that write the name of a row and mean what it means: nothing yet, or the same body."""
    found = [model.objects.visible_to(viewer).called(row.body_key) for model in ROSTERS.values()]
    if row.organization is None:
        return [rows.undecided() for rows in found]
    return [rows.naming().of_body(row.organization) for rows in found]


def written(row: Naming, viewer: User) -> list[Written]:
    """Where the name of a row is written, its own tambon first; two queries, one row more than are shown."""
    found: list[Written] = []
    for rows in _alike(row, viewer):
        ordered = rows.with_areas().order_by("submission__tambon__sort_key", "pk")
        found += [_written(one) for one in ordered[: WRITTEN + 1]]
    own = row.submission.tambon_id
    return sorted(found, key=lambda one: one.submission.tambon_id != own)[: WRITTEN + 1]


def _written(row: Naming) -> Written:
    about = row.title if isinstance(row, Activity) else row.kind
    return Written(name_in(row), about, row.submission, isinstance(row, Activity), url_of(row))


def scopes(row: Naming, viewer: User) -> list[Scope]:
    """The areas for which the viewer may say what the name of a row means, narrowest first; three queries at most.

    Where it means a body already, these are the areas narrower than the one for which that was said.
    """
    tambon = row.submission.tambon
    district = tambon.district
    areas = [area for area in (tambon, district, district.zone, district.province) if area is not None]
    if row.organization is not None:
        word = WrittenName.objects.in_tambon(row.body_key, tambon).first()
        areas = areas[: [area.level for area in areas].index(word.level)] if word is not None else []
    reach = access.of(viewer)
    mine = [area for area in areas if reach.may_work_for(area)]
    rows: dict[str, int] = defaultdict(int)
    tambons: dict[str, int] = defaultdict(int)
    for found in _alike(row, viewer) if mine else ():
        counted = found.aggregate(**_counts(mine))
        for area in mine:
            rows[area.level] += counted[f"{area.level}_rows"]
            tambons[area.level] = max(tambons[area.level], counted[f"{area.level}_tambons"])
    return [
        Scope(area_key(area), area, _said(area, rows[area.level], tambons[area.level]), rows[area.level])
        for area in mine
    ]


def _counts(areas: Iterable[Area]) -> dict[str, Count]:
    found = {}
    for area in areas:
        inside = Q(**{PATHS[area.level]: area.pk})
        found[f"{area.level}_rows"] = Count("pk", filter=inside)
        found[f"{area.level}_tambons"] = Count("submission__tambon", filter=inside, distinct=True)
    return found


def _said(area: Area, rows: int, tambons: int) -> str:
    if isinstance(area, Tambon):
        written = ngettext("written %(count)s time", "written %(count)s times", rows) % {"count": rows}
        return _("only in %(area)s: %(written)s") % {"area": area.full_name, "written": written}
    where = ngettext("written in %(count)s tambon", "written in %(count)s tambon", tambons) % {"count": tambons}
    return _("everywhere in %(area)s: %(written)s") % {"area": area.full_name, "written": where}
