"""Roster rows as HTML, fast: each roster's template is drawn once a language with marks where values stand.

The same drawing with empty values is the page's `<template>` for a new row, so that server and browser make the same
row. A page of sixty rows costs a few string joins instead of some thousand template nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import get_language

from nakhon_network.lib.marks import fill, mark, split
from nakhon_network.lib.phones import format_phone
from nakhon_network.lib.thai_dates import DateProblem, PartialDate
from tambon_survey.answers import FIELDS, NAME_OF, Row
from tambon_survey.forms.entry import CELLS, TickField

# Cells that belong together on the screen: the first opens the group.
_WIDE = {"what", "next_step"}


class CellMarks(NamedTuple):
    """One box of the row template: what it is and the marks of its parts."""

    name: str
    kind: str
    label: str
    help_text: str
    value: str
    checked: str
    options: list[tuple[str, str, str]]
    error: str
    invalid: str


def _cell(topic: str, name: str, model_help: str) -> CellMarks:
    field = CELLS[topic][name]
    kind = "text"
    if isinstance(field, TickField):
        kind = "tick"
    elif isinstance(field, forms.ChoiceField):
        kind = "choice"
    elif name in _WIDE:
        kind = "long"
    elif name in ("households", "people"):
        kind = "number"
    elif name == "phone":
        kind = "phone"
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return CellMarks(
        name=name,
        kind=kind,
        label=str(field.label),
        help_text=model_help,
        value=mark(f"value.{name}"),
        checked=mark(f"checked.{name}"),
        options=[(str(key), str(label), mark(f"selected.{name}.{key}")) for key, label in choices],
        error=mark(f"error.{name}"),
        invalid=mark(f"invalid.{name}"),
    )


@lru_cache(maxsize=16)
def _pieces(topic: str, _language: str) -> list[str]:
    """The row template of a topic, split at its marks: text, mark, text, mark, …, text."""
    cells = [_cell(topic, name, str(CELLS[topic][name].help_text)) for name in FIELDS[topic]]
    marks = {name: mark(name) for name in ("id", "called", "open", "waits", "origin", "known", "photos")}
    html = render_to_string("tambon_survey/roster_row.html", {"topic": topic, "cells": cells, "mark": marks})
    return split(html)


def draw(
    topic: str, row: Row, *, values: Mapping[str, str], errors: Mapping[str, str], extra: Mapping[str, str]
) -> str:
    """One row. `values` are boxes as typed (by field), `errors` sentences by field, `extra` what is not a box."""
    filled = dict(extra)
    for name, value in values.items():
        if value:
            filled[f"value.{name}"] = escape(value)
            filled[f"checked.{name}"] = " checked"
            filled[f"selected.{name}.{value}"] = " selected"
    for name, sentence in errors.items():
        about = f"row-{escape(row.id)}-{name}-error"
        filled[f"error.{name}"] = f'<span class="field__errors" id="{about}" data-error>{escape(sentence)}</span>'
        filled[f"invalid.{name}"] = f' aria-invalid="true" aria-describedby="{about}"'
    filled["id"], filled["called"] = escape(row.id), escape(values.get(NAME_OF[topic], ""))
    return fill(_pieces(topic, get_language() or ""), filled)


def blank(topic: str, key: str = "") -> str:
    """An empty row: the page's `<template>`, and with a key the row added where no script runs."""
    return draw(topic, Row(key, {}), values={}, errors={}, extra={"open": " open"})


def shown(topic: str, name: str, value: Any) -> str:
    """A stored cell as its box shows it; "on" for a tick."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if name == "phone":
        return format_phone(value) if value else ""
    if name == "since":
        try:
            return str(PartialDate.from_iso(value))
        except DateProblem:
            return str(value)
    return str(value)


def shown_row(topic: str, row: Row) -> dict[str, str]:
    """All boxes of a row."""
    return {name: shown(topic, name, row[name]) for name in FIELDS[topic]}
