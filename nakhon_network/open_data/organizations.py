"""Organizations: those that agreed; with a token all that stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nakhon_network.open_data.areas import area_id
from nakhon_network.open_data.kind import Kind, Record, Source
from organizations.models import Organization

PREFIX = "organization:"
# Where an area lies is not asked for: its own row is enough for its id.
_AT_HOME = ("province", "zone", "district", "tambon")


def _record(body: Organization, merged: dict[int, list[str]]) -> Record:
    return {
        "id": f"{PREFIX}{body.pk}",
        "name": body.name,
        "other_names": [body.short_name] if body.short_name else [],
        "classification": body.kind,
        "classification_label": body.get_kind_display(),
        "status": body.status,
        "area_id": area_id(body.area),
        "themes": sorted(theme.pk for theme in body.themes.all()),
        # What it says of itself goes out only where it agreed to that.
        "description": body.about if body.agreed_at else "",
        "is_published": body.agreed_at is not None,
        "is_sample": body.is_sample,
        "merged_ids": merged.get(body.pk, []),
    }


def _merged(rows: Sequence[Organization], reader: Any) -> dict[int, list[str]]:
    """The ids that lead to each of the rows now."""
    found: dict[int, list[str]] = {}
    gone = Organization.objects.open_before(reader).filter(merged_into__in=[one.pk for one in rows])
    for key, onward in gone.order_by("pk").values_list("pk", "merged_into"):
        found.setdefault(onward, []).append(f"{PREFIX}{key}")
    return found


def _leads_to(key: int, reader: Any) -> int | None:
    return Organization.objects.open_before(reader).filter(pk=key).values_list("merged_into", flat=True).first()


def _rows(reader: Any) -> Any:
    return Organization.objects.open_to(reader).select_related(*_AT_HOME).prefetch_related("themes")


ORGANIZATIONS = Kind(
    name="organizations",
    label=_("Organizations"),
    about=_("Bodies that agreed to be published; with a token every body of the directory. No contacts."),
    columns=(
        *("id", "name", "other_names", "classification", "classification_label", "status", "area_id", "themes"),
        *("description", "is_published", "is_sample", "merged_ids"),
    ),
    sources=(Source(PREFIX, _rows, _record, beside=_merged, leads_to=_leads_to),),
)
