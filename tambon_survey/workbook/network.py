"""The network's own sheets: posts and vacancies, people, the directory, meetings, resolutions, tasks, the codebook.

Each holds what the same person reads on the pages, of the areas they work for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting, Resolution, Series
from nakhon_network.lib.columns import Column, Kind, Style, model_column, parts_of, row_writer
from nakhon_network.lib.workbook import Sheet
from organizations import access
from organizations.models import (
    Contact,
    Need,
    Offer,
    Organization,
    OrganizationContact,
    Person,
    Post,
    Province,
    User,
)
from tambon_survey.directory import agencies_of
from tambon_survey.directory_resources import DIRECTORY, TITLES, IntroductionResource, RelationResource, contact_columns
from tambon_survey.models import Introduction
from tambon_survey.workbook.codebook import CODEBOOK, code_sheet, codes_of
from tambon_survey.workbook.directory import exchange_rows, organization_columns, organization_rows, relation_rows
from tambon_survey.workbook.introductions import introduction_values
from tambon_survey.workbook.log import task_columns, task_rows, tasks_of


@dataclass(frozen=True)
class NetworkScope:
    """One province as one person works in it."""

    province: Province
    user: User
    now: datetime
    style: Style = Style.LABELS
    contacts: bool = False

    def posts(self) -> Any:
        """The posts of the areas one works for, the highest first."""
        own = Post.objects.filter(access.of(self.user).posts())
        order = ("role__order", "zone__number", "district__sort_key", "tambon__district__sort_key", "tambon__sort_key")
        return own.of_province(self.province).with_areas().order_by(*order, "pk")

    def people(self) -> QuerySet[Person]:
        """Everyone with a post, now or before, in the areas one works for; for the province's staff also the others."""
        reach = access.of(self.user)
        found = Q(pk__in=Person.objects.filter(reach.posts(prefix="appointments__post__")).values("pk"))
        if reach.may_manage(self.province):
            found |= Q(appointments__isnull=True)
        seen = Person.objects.visible_to(self.user).values("pk")
        people = Person.objects.filter(found, pk__in=seen).standing()
        return people.with_posts_on(timezone.localdate(self.now), viewer=self.user).in_thai_order()

    def contact_rows(self) -> QuerySet[Contact]:
        """The contacts of these people that one may read."""
        return Contact.objects.visible_to(self.user).filter(person__in=self.people().order_by().values("pk"))

    def organizations(self) -> Any:
        """Those that support a tambon one works for, and those whose record one keeps; for staff all."""
        kept = Organization.objects.changeable_by(self.user).standing().values("pk")
        supporting = agencies_of(self.user).order_by().values("pk")
        return Organization.objects.filter(Q(pk__in=kept) | Q(pk__in=supporting)).in_thai_order()

    def organization_contact_rows(self) -> QuerySet[OrganizationContact]:
        """The contacts of these bodies that one may read."""
        seen: Any = OrganizationContact.objects.visible_to(self.user)
        return seen.filter(organization__in=self.organizations().order_by().values("pk"))

    def contacts_taken(self) -> int:
        """How many ways to reach somebody the sheets hold."""
        return self.contact_rows().count() + self.organization_contact_rows().count()


@dataclass(frozen=True)
class ToldSheet(Sheet):
    """A sheet with what the codebook says of it."""

    columns: tuple[Column, ...] = ()


def sheet_makers() -> dict[str, tuple[str, Callable[[NetworkScope], ToldSheet]]]:
    """Code → name and maker of every sheet, in the language of the page."""
    return {
        "posts": (_("Posts"), _posts),
        "vacancies": (_("Vacant posts"), _vacancies),
        "people": (_("People"), _people),
        **{code: (str(TITLES[code]), make) for code, make in _DIRECTORY.items()},
        "meetings": (_("Meetings"), _meetings),
        "resolutions": (_("Resolutions"), _resolutions),
        "tasks": (_("Tasks"), _tasks),
    }


def network_sheets(scope: NetworkScope, only: str = "") -> list[Sheet]:
    """The sheets in their order with the codebook behind them, or the one of that code."""
    made = [make(scope) for code, (_title, make) in sheet_makers().items() if only in ("", code)]
    codebook = code_sheet(lambda: (row for one in made for row in codes_of(one.title, one.columns)))
    return [*made, codebook] if only in ("", CODEBOOK) else [*made]


def _sheet(code: str, columns: tuple[Column, ...], scope: NetworkScope, rows: Callable[[], Iterable[Any]]) -> ToldSheet:
    """Rows are tuples of values, one a column."""
    write = row_writer(columns, scope.style)
    title = sheet_makers()[code][0]
    keys = 1 if columns[-1].code == "id" else 0
    parts = parts_of(columns, scope.style)
    return ToldSheet(code, title, parts, lambda: map(write, rows()), held=1, unprinted=keys, columns=columns)


def _text(code: str, label: str, width: int = 20) -> Column:
    return Column(code, code, Kind.TEXT, label, width=width)


def _number(code: str, label: str) -> Column:
    return Column(code, code, Kind.NUMBER, label, width=9)


# ---- posts and people ------------------------------------------------------------------------------------------------
def _post_columns() -> tuple[Column, ...]:
    return (
        _text("role", _("role"), 26),
        _text("area", _("area"), 34),
        _number("zone", _("zone number")),
        _number("seats", _("seats")),
        _number("vacancies", _("vacant seats")),
    )


def _post_values(post: Post) -> tuple[Any, ...]:
    district = post.district or (post.tambon.district if post.tambon else None)
    zone = post.zone or (district.zone if district else None)
    return (post.role.name, post.area.full_name, zone.number if zone else None, post.seats, post.vacancies)


def _posts(scope: NetworkScope) -> ToldSheet:
    columns = (
        *_post_columns(),
        _text("holder", _("holder"), 28),
        Column("since", "since", Kind.DATE, _("from")),
        *_contact_columns(scope),
    )
    return _sheet("posts", columns, scope, lambda: _holders(scope))


def _holders(scope: NetworkScope) -> Iterator[tuple[Any, ...]]:
    """A row a holder; a post that nobody holds has a row of its own."""
    reached = _reached(scope)
    nothing = tuple("" for _one in _contact_columns(scope))
    for post in scope.posts().with_holders_on(timezone.localdate(scope.now)):
        for held in post.holders:  # type: ignore[attr-defined]
            reach = reached[held.person_id] if scope.contacts else ()
            yield (*_post_values(post), held.person.name, held.starts_on, *reach)
        if not post.holders:  # type: ignore[attr-defined]
            yield (*_post_values(post), _("vacant"), None, *nothing)


def _vacancies(scope: NetworkScope) -> ToldSheet:
    posts = scope.posts().expected().with_holders_on(timezone.localdate(scope.now))
    return _sheet("vacancies", _post_columns(), scope, lambda: (_post_values(one) for one in posts if one.vacancies))


def _people(scope: NetworkScope) -> ToldSheet:
    names = ("prefix", "first_name", "last_name", "nickname", "form_of_address")
    columns = (
        *(model_column(Person, name, width=22 if name.endswith("_name") else 12) for name in names),
        _text("posts", _("posts"), 46),
        *_contact_columns(scope),
    )
    return _sheet("people", columns, scope, lambda: _person_rows(names, scope))


def _person_rows(names: tuple[str, ...], scope: NetworkScope) -> Iterator[tuple[Any, ...]]:
    reached = _reached(scope)
    for person in scope.people():
        held = "\n".join(one.post.title for one in person.held)  # type: ignore[attr-defined]
        reach = reached[person.pk] if scope.contacts else ()
        yield (*(getattr(person, name) for name in names), held, *reach)


def _contact_columns(scope: NetworkScope) -> tuple[Column, ...]:
    return contact_columns() if scope.contacts else ()


def _reached(scope: NetworkScope) -> dict[int, tuple[str, ...]]:
    """Key of a person → the ways to reach them that one may read, kind by kind."""
    return _by_kind((one.person_id, one) for one in (scope.contact_rows() if scope.contacts else ()))


def _by_kind(contacts: Iterable[tuple[int, Contact | OrganizationContact]]) -> dict[int, tuple[str, ...]]:
    """Of (key of whose it is, contact): key → the ways to reach them, one text a kind."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, contact in contacts:
        shown = contact.value if contact.kind == Contact.Kind.PHONE and not contact.extension else contact.shown_value
        found[key][contact.kind].append(shown)
    told = {key: tuple(", ".join(ways[kind]) for kind in Contact.Kind.values) for key, ways in found.items()}
    return defaultdict(lambda: ("",) * len(Contact.Kind.values), told)


# ---- the directory ---------------------------------------------------------------------------------------------------
def _organizations(scope: NetworkScope) -> ToldSheet:
    columns = organization_columns(contacts=scope.contacts)

    def rows() -> Iterator[tuple[Any, ...]]:
        supporting: Any = agencies_of(scope.user)
        counts = dict(supporting.values_list("pk", "tambon_count"))
        reached = _by_kind((one.organization_id, one) for one in scope.organization_contact_rows())
        return organization_rows(scope.organizations(), supported=counts, reached=reached if scope.contacts else None)

    return _sheet("organizations", columns, scope, rows)


def _offers(scope: NetworkScope) -> ToldSheet:
    return _sheet("offers", DIRECTORY["offers"].columns, scope, lambda: exchange_rows(Offer, scope.organizations()))


def _needs(scope: NetworkScope) -> ToldSheet:
    return _sheet("needs", DIRECTORY["needs"].columns, scope, lambda: exchange_rows(Need, scope.organizations()))


def _relations(scope: NetworkScope) -> ToldSheet:
    return _sheet("relations", RelationResource.columns, scope, lambda: relation_rows(scope.organizations()))


def _introductions(scope: NetworkScope) -> ToldSheet:
    columns = IntroductionResource.columns
    found = Introduction.objects.visible_to(scope.user).filter(province=scope.province).with_ends()
    return _sheet("introductions", columns, scope, lambda: (introduction_values(one, columns) for one in found))


_DIRECTORY = {
    "organizations": _organizations,
    "offers": _offers,
    "needs": _needs,
    "relations": _relations,
    "introductions": _introductions,
}


# ---- meetings, resolutions, tasks ------------------------------------------------------------------------------------
def _meetings(scope: NetworkScope) -> ToldSheet:
    own = ("number", "number_year", "held_on", "ends_on", "kind", "format", "venue", "head_count", "visibility")
    wide = {"venue": 26, "purpose": 40, "summary": 46}
    columns = (
        model_column(Meeting, "title", width=44),
        model_column(Series, "name", code="series", path="series__name", label=_("series"), width=26),
        *(model_column(Meeting, name, width=wide.get(name, 14)) for name in (*own, "purpose", "summary")),
    )
    found = Meeting.objects.visible_to(scope.user).filter(province=scope.province).order_by("held_on", "pk")
    return _sheet("meetings", columns, scope, lambda: found.values_list(*(column.path for column in columns)))


def _resolutions(scope: NetworkScope) -> ToldSheet:
    columns = (
        _text("reference", _("number"), 14),
        _text("meeting", _("meeting"), 40),
        model_column(Resolution, "strength"),
        model_column(Resolution, "text", width=60),
        model_column(Resolution, "withdrawn_at", width=20),
    )
    seen = Resolution.objects.visible_to(scope.user).filter(meeting__province=scope.province)
    found = seen.with_facts().order_by("meeting__held_on", "meeting", "number")
    return _sheet("resolutions", columns, scope, lambda: map(_resolution_values, found))


def _resolution_values(one: Resolution) -> tuple[Any, ...]:
    return (one.reference, str(one.meeting), one.strength, one.text, one.withdrawn_at)


def _tasks(scope: NetworkScope) -> ToldSheet:
    columns = task_columns()
    found = tasks_of(scope.user, scope.province)
    title = sheet_makers()["tasks"][0]
    rows = partial(task_rows, found, columns, scope.style)
    return ToldSheet("tasks", title, parts_of(columns, scope.style), rows, held=1, columns=columns)


def titles() -> list[tuple[str, str]]:
    """Code and name of every sheet, for a form."""
    return [*((code, title) for code, (title, _make) in sheet_makers().items()), (CODEBOOK, _("Codebook"))]
