"""Organizations: those that agreed; with a token all that stand."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from nakhon_network.open_data.areas import area_id
from nakhon_network.open_data.kind import Kind, Record, Source
from organizations.models import Organization

PREFIX = "organization:"
# Where an area lies is not asked for: its own row is enough for its id.
_AT_HOME = ("province", "zone", "district", "tambon")


def _record(body: Organization, _beside: None) -> Record:
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
    }


def _rows(reader: Any) -> Any:
    return Organization.objects.open_to(reader).select_related(*_AT_HOME).prefetch_related("themes")


ORGANIZATIONS = Kind(
    name="organizations",
    label=_("Organizations"),
    about=_("Bodies that agreed to be published; with a token every body of the directory. No contacts."),
    columns=(
        *("id", "name", "other_names", "classification", "classification_label", "status", "area_id", "themes"),
        *("description", "is_published", "is_sample"),
    ),
    sources=(Source(PREFIX, _rows, _record),),
)
