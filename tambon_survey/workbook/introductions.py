"""The register of introductions as a sheet: bodies and activities by name, no person and no contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column, Style, parts_of, row_writer
from nakhon_network.lib.workbook import About, Sheet
from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import User
from tambon_survey.directory_resources import IntroductionResource
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
    """What an introduction says of itself, persons left out."""
    return tuple(column for column in IntroductionResource.columns if column.code != "created_by")


def introduction_rows(rows: QuerySet[Introduction], columns: tuple[Column, ...]) -> Iterator[list[Any]]:
    """The introductions as cells."""
    write = row_writer(columns, Style.BOTH)
    return (write(introduction_values(one, columns)) for one in rows)


def introduction_values(one: Introduction, columns: tuple[Column, ...]) -> list[Any]:
    """An introduction, one value a column; a person who knows is not named."""
    told = {
        "seeker": str(one.activity or one.seeker),
        "partner": str(one.partner or _("a person who knows")),
        "tambon": one.tambon.full_name if one.tambon else "",
        "created_by": one.created_by.label if one.created_by else "",
    }
    return [told.get(column.code, getattr(one, column.code)) for column in columns]
