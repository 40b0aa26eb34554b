"""The directory's sheets: one definition of their columns, for export, import, template and codebook alike.

Bodies, one row each; beside them a sheet each of what they offer, what they need, how they stand to each other, and who
was introduced to whom. A row of those says whose it is by key and by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.columns import Column, Kind, model_column
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations.forms.directory import NeedForm, OfferForm, OrganizationForm
from organizations.models import Need, Offer, Organization, Province, Relation, Theme
from tambon_survey.models import Introduction
from tambon_survey.resources import RESOURCES, SheetResource, area_columns

ORGANIZATIONS, OFFERS, NEEDS, RELATIONS, INTRODUCTIONS = (
    "organizations",
    "offers",
    "needs",
    "relations",
    "introductions",
)
THEMES_APART = " · "
# From an area to the one it lies in.
_ABOVE = {"tambon": "district", "district": "zone"}
_APART = ("·", ",", ";", "\n")


class ThemesCellField(forms.Field):
    """Themes in one cell, by name or code, with a dot, a comma or a line between them; cleans to their codes."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> Any:
        """The codes in their order; ValidationError names what is no theme."""
        text = str(value or "")
        for mark in _APART[1:]:
            text = text.replace(mark, _APART[0])
        known = {_compared(name): one.pk for one in Theme.objects.in_order() for name in (one.pk, one.name_th)}
        said = [part.strip() for part in text.split(_APART[0]) if part.strip()]
        unknown = [part for part in said if _compared(part) not in known]
        if unknown:
            what = {"themes": ", ".join(unknown), "known": ", ".join(one.name_th for one in Theme.objects.in_order())}
            raise ValidationError(gettext("No theme is called %(themes)s. There are: %(known)s.") % what)
        return sorted({known[_compared(part)] for part in said})


def _compared(text: str) -> str:
    return loose_key(search_key(text))


# ---- columns ---------------------------------------------------------------------------------------------------------
def _themes() -> Column:
    return Column(
        "themes",
        "themes",
        Kind.TEXT,
        _("Themes"),
        _("Names of themes with a comma between them; those of the site."),
        field=ThemesCellField(),
        width=30,
    )


def _of(model: Any, form: Any, widths: Mapping[str, int]) -> tuple[Column, ...]:
    """Columns that are read by the boxes of a form and called as they are."""
    called = getattr(form.Meta, "labels", {})
    return tuple(
        model_column(
            model,
            name,
            field=form.base_fields[name],
            label=called.get(name, model._meta.get_field(name).verbose_name),
            width=width,
        )
        for name, width in widths.items()
    )


def _text(code: str, label: Any, width: int, help_text: Any = "") -> Column:
    return Column(code, code, Kind.TEXT, label, help_text, width=width)


def _key(code: str, label: Any) -> Column:
    return Column(code, code, Kind.KEY, label, width=11)


def home_columns() -> tuple[Column, ...]:
    """Where a body is at home: the narrowest area that the row names."""
    province = model_column(Province, "name_th", code="province_name", label=_("province"), width=18)
    return (province, *area_columns(""))


def home_values(area: Any, provinces: Mapping[str, str]) -> tuple[Any, ...]:
    """The cells of `home_columns`; the area with those it lies in read, `provinces` code → name."""
    known: dict[str, Any] = {}
    one = area
    while one is not None:
        known[one.level] = one
        one = getattr(one, _ABOVE.get(one.level, ""), None)
    province = dict(area.lineage())["province"] if area is not None else ""
    zone = known.get("zone")
    numbered = (zone.number, zone.name_th) if zone is not None else (None, "")
    named = [value for level in ("district", "tambon") for value in _code_and_name(known.get(level))]
    return (provinces.get(province, ""), *numbered, *named)


def _code_and_name(area: Any) -> tuple[str, str]:
    return (area.pk, area.name_th) if area is not None else ("", "")


def _whose() -> tuple[Column, ...]:
    return (
        _key("organization_id", _("organization key")),
        _text("organization", _("organization"), 34, _("Its name, or its key where several are called alike.")),
    )


def contact_columns() -> tuple[Column, ...]:
    """One column a kind, for who may have them and asks for them."""
    columns = (
        Column("phone", "phone", Kind.PHONE, _("telephone"), width=15),
        _text("line", _("LINE"), 16),
        _text("email", _("e-mail"), 24),
        _text("other", _("other ways to reach them"), 24),
    )
    return tuple(replace(column, is_contact=True) for column in columns)


class OrganizationResource(SheetResource):
    """A row a body, known by its key; else by its name and where it is at home."""

    columns = (
        *_of(Organization, OrganizationForm, {"name": 44, "short_name": 16, "kind": 20, "status": 12}),
        *home_columns(),
        _themes(),
        *_of(Organization, OrganizationForm, {"about": 44, "website": 24, "source": 24}),
        Column("tambon_count", "tambon_count", Kind.NUMBER, _("tambon it supports"), width=9),
        *contact_columns(),
        _key("id", _("organization key")),
    )

    class Meta:
        model = Organization
        fields = ()
        import_id_fields = ("id",)


class OfferResource(SheetResource):
    """A row an offer, known by its key; else by whose it is, its kind and its words."""

    columns = (
        *_whose(),
        *_of(Offer, OfferForm, {"kind": 16, "text": 44, "conditions": 40, "starts_on": 14, "ends_on": 14}),
        _themes(),
        _key("id", _("row key")),
    )

    class Meta:
        model = Offer
        fields = ()
        import_id_fields = ("id",)


class NeedResource(SheetResource):
    """A row a need, known as an offer is."""

    columns = (
        *_whose(),
        *_of(Need, NeedForm, {"kind": 16, "text": 44, "starts_on": 14, "ends_on": 14}),
        _themes(),
        _key("id", _("row key")),
    )

    class Meta:
        model = Need
        fields = ()
        import_id_fields = ("id",)


class RelationResource(SheetResource):
    """A row a relation, read from its first end. It only goes out."""

    columns = (
        *_whose(),
        model_column(Relation, "kind", width=18),
        _key("other_id", _("key of the other organization")),
        _text("other", _("other organization"), 34),
        model_column(Relation, "starts_on", width=14),
        model_column(Relation, "ends_on", width=14),
        model_column(Relation, "note", width=34),
        _key("id", _("row key")),
    )

    class Meta:
        model = Relation
        fields = ()


class IntroductionResource(SheetResource):
    """A row an introduction: bodies and activities by name. It only goes out."""

    columns = (
        _text("seeker", _("who looks for it"), 34),
        _text("partner", _("partner"), 34),
        model_column(Introduction, "kind", width=16),
        _text("tambon", _("tambon"), 20),
        model_column(Introduction, "purpose", width=40),
        model_column(Introduction, "made_on"),
        model_column(Introduction, "state", width=14),
        model_column(Introduction, "outcome", width=40),
        model_column(Introduction, "reach"),
        _text("created_by", _("introduced by"), 24),
    )

    class Meta:
        model = Introduction
        fields = ()


DIRECTORY: Mapping[str, type[SheetResource]] = {
    ORGANIZATIONS: OrganizationResource,
    OFFERS: OfferResource,
    NEEDS: NeedResource,
    RELATIONS: RelationResource,
    INTRODUCTIONS: IntroductionResource,
}
# Those that may come back in, a body before what hangs on it.
INCOMING = (ORGANIZATIONS, OFFERS, NEEDS)
SHEETS: Mapping[str, type[SheetResource]] = {**RESOURCES, **DIRECTORY}


TITLES: Mapping[str, Any] = {
    ORGANIZATIONS: _("Organizations"),
    OFFERS: _("What they offer"),
    NEEDS: _("What they look for"),
    RELATIONS: _("Relations between organizations"),
    INTRODUCTIONS: _("Introductions"),
}


def themes_text(themes: Iterable[Theme]) -> str:
    """The cell of some themes."""
    return THEMES_APART.join(one.name_th for one in themes)
