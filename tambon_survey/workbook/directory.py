"""The rows of the directory's sheets: bodies, what they offer and need, how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from nakhon_network.lib.columns import Column
from organizations.models import Need, Offer, Organization, Province, Relation
from tambon_survey.directory_resources import OrganizationResource, home_values, themes_text

AT_ONCE = 2000


def organization_rows(
    found: QuerySet[Organization], *, supported: Mapping[int, int], reached: Mapping[int, tuple[str, ...]] | None
) -> Iterator[tuple[Any, ...]]:
    """Bodies, one value a column; `supported` how many tambon each supports, `reached` the ways to reach it, if asked.

    Read in portions, each with its areas and themes.
    """
    provinces = dict(Province.objects.values_list("pk", "name_th"))
    for one in found.with_area().prefetch_related("themes").iterator(chunk_size=AT_ONCE):  # type: ignore[attr-defined]
        yield (
            *(one.name, one.short_name, one.kind, one.status),
            *home_values(one.area, provinces),
            *(themes_text(one.themes.all()), one.about, one.website, one.source, supported.get(one.pk, 0)),
            *(reached[one.pk] if reached is not None else ()),
            one.pk,
        )


def organization_columns(*, contacts: bool) -> tuple[Column, ...]:
    """The columns of these rows."""
    return OrganizationResource.chosen(contacts=contacts)


def exchange_rows(model: type[Offer] | type[Need], found: QuerySet[Organization]) -> Iterator[tuple[Any, ...]]:
    """What these bodies offer or need."""
    rows = model.objects.filter(organization__in=found.order_by().values("pk")).select_related("organization")
    for one in rows.order_by("organization__sort_key", "pk").prefetch_related("themes").iterator(chunk_size=AT_ONCE):
        conditions = (one.conditions,) if isinstance(one, Offer) else ()
        yield (
            *(one.organization_id, one.organization.name, one.kind, one.text, *conditions),
            *(one.starts_on, one.ends_on, themes_text(one.themes.all()), one.pk),
        )


def relation_rows(found: QuerySet[Organization]) -> Iterator[tuple[Any, ...]]:
    """How these bodies stand to others, either end."""
    keys = set(found.order_by().values_list("pk", flat=True))
    for one in Relation.objects.with_other().order_by("organization__sort_key", "pk").iterator(chunk_size=AT_ONCE):
        if one.organization_id in keys or one.other_id in keys:
            yield (
                *(one.organization_id, one.organization.name, one.kind, one.other_id, one.other.name),
                *(one.starts_on, one.ends_on, one.note, one.pk),
            )
