"""The register of introductions as a sheet: bodies and activities by name, no person and no contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column, Kind, Style, model_column, parts_of, row_writer
from nakhon_network.lib.workbook import About, Sheet
from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import User
from tambon_survey.models import Introduction
from tambon_survey.workbook.files import Made, make_file


def introductions_workbook(rows: QuerySet[Introduction], *, kind: str, by: User, now: datetime) -> Made:
    """The rows as a workbook or one CSV; Refused when the server makes another file."""
    title = _("Introductions")
    columns = introduction_columns()
    parts = parts_of(columns, Style.BOTH)
    sheet = Sheet("introductions", title, parts, lambda: introduction_rows(rows, columns), held=1)
    foot = _("As of %(when)s") % {"when": thai_datetime(now)}
    return make_file([sheet], About(title, foot, by.label), kind=kind, title=title)


def introduction_columns() -> tuple[Column, ...]:
    """What an introduction says of itself."""
    return (
        Column("seeker", "seeker", Kind.TEXT, _("who looks for it"), width=34),
        Column("partner", "partner", Kind.TEXT, _("partner"), width=34),
        model_column(Introduction, "kind", width=16),
        Column("tambon", "tambon", Kind.TEXT, _("tambon"), width=20),
        model_column(Introduction, "purpose", width=40),
        model_column(Introduction, "made_on"),
        model_column(Introduction, "state", width=14),
        model_column(Introduction, "outcome", width=40),
        model_column(Introduction, "reach"),
    )


def introduction_rows(rows: QuerySet[Introduction], columns: tuple[Column, ...]) -> Iterator[list[Any]]:
    """The introductions as cells."""
    write = row_writer(columns, Style.BOTH)
    for one in rows:
        told = {
            "seeker": str(one.activity or one.seeker),
            "partner": str(one.partner or _("a person who knows")),
            "tambon": one.tambon.full_name if one.tambon else "",
        }
        yield write([told.get(column.code, getattr(one, column.code)) for column in columns])
