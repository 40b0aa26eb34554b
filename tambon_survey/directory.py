"""Agencies and the tambon they support, as one person may see them: a few queries, whatever the size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from organizations import access
from organizations.access import Level
from organizations.likeness import likeness
from organizations.models import Organization, Tambon, User
from tambon_survey.models import Round, Support


@dataclass(frozen=True)
class MatrixRow:
    """One tambon: for each agency of the matrix what it does there ("" for nothing), and the agencies it has alone."""

    tambon: Tambon
    cells: list[tuple[Organization, str]]
    alone: list[tuple[Organization, str]]


@dataclass(frozen=True)
class Matrix:
    """Tambon × agency of one round; `agencies` support more than one tambon, `unnamed` rows have no record yet."""

    agencies: list[Organization]
    rows: list[MatrixRow]
    unnamed: int


def supporting(user: User) -> Q:
    """Supports of the tambon one works for, from the side of an organization."""
    seen = access.of(user).areas(Level.TAMBON, prefix="supports__submission__tambon__")
    return seen & Q(supports__is_removed=False)


def agencies_of(user: User) -> QuerySet[Organization]:
    """Agencies that support a tambon one works for, with `tambon_count`, in Thai order."""
    tambon = Count("supports__submission__tambon", distinct=True, filter=supporting(user))
    return Organization.objects.standing().annotate(tambon_count=tambon).filter(tambon_count__gt=0).in_thai_order()


def alike(agencies: Iterable[tuple[int, str]]) -> dict[int, list[int]]:
    """Key → keys of others that may be the same agency, from (key, name) of all that are looked at."""
    groups: dict[str, list[int]] = defaultdict(list)
    for key, name in agencies:
        groups[likeness(name)].append(key)
    return {key: [one for one in group if one != key] for group in groups.values() if len(group) > 1 for key in group}


def matrix(survey_round: Round, *, viewer: User) -> Matrix:
    """Which agency does what in which tambon of a round, as far as `viewer` sees; one query."""
    supports = list(
        Support.objects.visible_to(viewer)
        .kept()
        .of_round(survey_round)
        .select_related("organization", "submission__tambon__district__zone")
        .in_order()
    )
    cells: dict[tuple[str, int], list[str]] = defaultdict(list)
    agencies: dict[int, Organization] = {}
    tambons: dict[str, Tambon] = {}
    for support in supports:
        tambon = support.submission.tambon
        if support.organization is not None:
            tambons[tambon.pk], agencies[support.organization.pk] = tambon, support.organization
            cells[tambon.pk, support.organization.pk].append(support.kind)
    ordered = sorted(agencies.values(), key=lambda agency: (bytes(agency.sort_key), agency.pk))
    reach = Counter(agency for _tambon, agency in cells)
    shared = [agency for agency in ordered if reach[agency.pk] > 1]
    rows = [
        MatrixRow(
            tambon,
            [(agency, _cell(cells.get((tambon.pk, agency.pk)))) for agency in shared],
            [(one, _said(cells[tambon.pk, one.pk])) for one in ordered if _is_alone(cells, reach, tambon, one)],
        )
        for tambon in sorted(tambons.values(), key=lambda tambon: bytes(tambon.sort_key))
    ]
    return Matrix(shared, rows, sum(support.organization is None for support in supports))


def _is_alone(
    cells: dict[tuple[str, int], list[str]], reach: Counter[int], tambon: Tambon, agency: Organization
) -> bool:
    return reach[agency.pk] == 1 and (tambon.pk, agency.pk) in cells


def _cell(kinds: list[str] | None) -> str:
    return "" if kinds is None else f"✓ {_said(kinds)}".strip()


def _said(kinds: list[str]) -> str:
    return ", ".join(kind for kind in kinds if kind)
