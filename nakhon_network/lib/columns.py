"""Columns of sheets, defined once and used both ways: a stored value to cells, a cell to a value.

A column is headed in Thai and known by its code too. Values leave as Thai labels, as codes, or as both; a date leaves
as text in พ.ศ. with its ISO form beside it. Cells are read by the form field a person's typing goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from nakhon_network.lib.thai_dates import (
    BANGKOK,
    DateProblem,
    PartialDate,
    bangkok_date,
    format_medium,
    format_time,
    settle_cell_date,
)
from nakhon_network.lib.thai_text import search_key

YES, NO = "ใช่", "ไม่ใช่"
_TICKED = frozenset({search_key(word) for word in (YES, "yes", "y", "true", "1", "x", "✓", "✔", "มี", "on")})
_NOT_TICKED = frozenset({search_key(word) for word in (NO, "no", "n", "false", "0", "-", "", "ไม่มี", "ไม่", "off")})
_CODE_SUFFIX, _ISO_SUFFIX = gettext_noop("%(column)s (code)"), gettext_noop("%(column)s (ISO)")


class Kind(StrEnum):
    """What a column holds."""

    KEY = "key"
    TEXT = "text"
    PHONE = "phone"
    NUMBER = "number"
    PLACE = "place"
    TICK = "tick"
    CHOICE = "choice"
    PARTIAL_DATE = "partial_date"
    DATE = "date"
    MOMENT = "moment"


KIND_NAMES = {
    Kind.KEY: gettext_lazy("key, not to be changed"),
    Kind.TEXT: gettext_lazy("text"),
    Kind.PHONE: gettext_lazy("telephone number"),
    Kind.NUMBER: gettext_lazy("whole number"),
    Kind.PLACE: gettext_lazy("place in the list, from 1"),
    Kind.TICK: gettext_lazy("yes or no"),
    Kind.CHOICE: gettext_lazy("one of a list"),
    Kind.PARTIAL_DATE: gettext_lazy("date, month or year"),
    Kind.DATE: gettext_lazy("date"),
    Kind.MOMENT: gettext_lazy("date and time"),
}


class Style(StrEnum):
    """How headings and choices are written."""

    LABELS = "labels"
    CODES = "codes"
    BOTH = "both"


Render = Callable[[Any], Any]


class Part(NamedTuple):
    """One column of a written sheet: `render` makes a cell of a stored value, None where the value is the cell.

    `choices` are what a person who fills in the sheet picks from.
    """

    heading: str
    width: int
    is_number: bool = False
    render: Render | None = None
    is_phone: bool = False
    choices: tuple[str, ...] = ()


def thai(words: Any) -> str:
    """A lazy text in Thai, the language of every sheet."""
    with translation.override("th"):
        return str(words)


@dataclass(frozen=True)
class Column:
    """One column. `path` leads from the sheet's rows to the value; without a `field` the column is only read out.

    A column with `is_contact` says how to reach somebody: it is left out wherever contacts are not wanted or not
    allowed. `code` is unique within a sheet, and so is the heading.
    """

    code: str
    path: str
    kind: Kind
    label: Any
    help_text: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    field: forms.Field | None = None
    is_contact: bool = False
    width: int = 14

    # ---- out --------------------------------------------------------------------------------------------------------
    @property
    def heading(self) -> str:
        """The Thai heading."""
        return thai(self.label)

    def heading_with(self, suffix: str) -> str:
        """The heading of the column beside it, which holds the code or the ISO date."""
        with translation.override("th"):
            return _(suffix) % {"column": self.label}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code → Thai label of what may be chosen."""
        return {code: thai(label) for code, label in self.choices}

    def parts(self, style: Style = Style.LABELS) -> list[Part]:
        """The columns this one becomes in a sheet of that style."""
        named = self.code if style == Style.CODES else self.heading
        if self.kind in _DATES:
            text, iso = _DATES[self.kind]
            beside = f"{self.code}.iso" if style == Style.CODES else self.heading_with(_ISO_SUFFIX)
            return [Part(named, self.width, False, text), Part(beside, 11, False, iso)]
        if self.kind == Kind.CHOICE and style != Style.CODES:
            shown = Part(named, self.width, False, _from(self.labels), choices=self._picked(self.labels.values()))
            code = Part(self.heading_with(_CODE_SUFFIX), 11)
            return [shown, code] if style == Style.BOTH else [shown]
        if self.kind == Kind.TICK:
            said = {True: 1, False: 0} if style == Style.CODES else {True: YES, False: NO}
            return [Part(named, self.width, style == Style.CODES, _from(said), choices=self._picked(said.values()))]
        is_number = self.kind in (Kind.NUMBER, Kind.PLACE)
        return [Part(named, self.width, is_number, _PLAIN.get(self.kind), self.kind == Kind.PHONE)]

    def _picked(self, words: Iterable[Any]) -> tuple[str, ...]:
        return tuple(map(str, words)) if self.field is not None else ()

    @cached_property
    def names(self) -> dict[str, str]:
        """Every heading a sheet may have for it, as compared → "value", "code" or "iso"."""
        found = {search_key(name): "value" for name in (self.heading, self.code)}
        if self.kind == Kind.CHOICE:
            found[search_key(self.heading_with(_CODE_SUFFIX))] = "code"
        if self.kind in _DATES:
            found |= {search_key(name): "iso" for name in (self.heading_with(_ISO_SUFFIX), f"{self.code}.iso")}
        return found

    # ---- in ---------------------------------------------------------------------------------------------------------
    def read(self, cell: Any) -> Any:
        """The value a cell means, as the form field gives it; ValidationError with a sentence for the person."""
        field: Any = self.field
        reader: Callable[[Any], Any] = self._readers.get(self.kind, as_text)
        return field.clean(reader(cell))

    @cached_property
    def _readers(self) -> Mapping[Kind, Callable[[Any], Any]]:
        return {
            Kind.TICK: _tick,
            Kind.CHOICE: self._choice,
            Kind.PARTIAL_DATE: _day,
            Kind.DATE: _day,
            Kind.MOMENT: _day,
        }

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {search_key(name): code for code, label in self.labels.items() for name in (label, code)}

    def _choice(self, cell: Any) -> str:
        key = search_key(as_text(cell))
        if not key:
            return ""
        try:
            return self._codes[key]
        except KeyError:
            known = ", ".join(self.labels.values())
            raise ValidationError(_("Please give one of: %(choices)s.") % {"choices": known}, code="invalid") from None


# ---- one value to one cell -------------------------------------------------------------------------------------------
def _from(table: Mapping[Any, Any]) -> Render:
    return lambda value: table.get(value, value)


def _day_text(value: date | None) -> str:
    return format_medium(value) if value else ""


def _day_iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _moment_text(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.astimezone(BANGKOK)
    return f"{format_medium(bangkok_date(value))} {format_time(local.time())}"


def _moment_iso(value: datetime | None) -> str:
    return f"{value.astimezone(BANGKOK):%Y-%m-%dT%H:%M}" if value else ""


def _partial(value: Any) -> PartialDate:
    return value if isinstance(value, PartialDate) else PartialDate.from_iso(value or "")


@lru_cache(maxsize=4096)
def _partial_text(value: Any) -> str:
    return _partial(value).format()


def _partial_iso(value: Any) -> str:
    return value or "" if isinstance(value, str) else _partial(value).to_iso()


# A place is stored from 0 on and read from 1 on.
_PLAIN: dict[Kind, Render] = {Kind.KEY: str, Kind.PLACE: lambda value: value + 1}
_DATES: dict[Kind, tuple[Render, Render]] = {
    Kind.PARTIAL_DATE: (_partial_text, _partial_iso),
    Kind.DATE: (_day_text, _day_iso),
    Kind.MOMENT: (_moment_text, _moment_iso),
}


# ---- one cell to what a person could have typed ----------------------------------------------------------------------
def as_text(cell: Any) -> str:
    """A cell as text: a whole number without its `.0`, nothing for an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _tick(cell: Any) -> bool:
    key = search_key(as_text(cell))
    if key in _TICKED or key in _NOT_TICKED:
        return key in _TICKED
    raise ValidationError(_("Please give “%(yes)s” or “%(no)s”.") % {"yes": YES, "no": NO}, code="invalid")


def _day(cell: Any) -> Any:
    if not isinstance(cell, date):
        return as_text(cell)
    try:
        return settle_cell_date(bangkok_date(cell))
    except DateProblem as problem:
        raise ValidationError(problem.message, code=problem.code) from problem


# ---- a sheet ---------------------------------------------------------------------------------------------------------
def parts_of(columns: Iterable[Column], style: Style) -> list[Part]:
    """The columns of a written sheet."""
    return [part for column in columns for part in column.parts(style)]


def row_writer(columns: Sequence[Column], style: Style) -> Callable[[Sequence[Any]], list[Any]]:
    """What turns the values of a row, one a column, into its cells, one a part."""
    plan = [(at, part.render) for at, column in enumerate(columns) for part in column.parts(style)]
    if all(render is None for _at, render in plan):
        return list

    def write(values: Sequence[Any]) -> list[Any]:
        return [values[at] if render is None else render(values[at]) for at, render in plan]

    return write


def recognise(columns: Iterable[Column], headings: Iterable[Any]) -> list[tuple[Column, str] | None]:
    """For each heading the column it names, and which part of it ("value", "code" or "iso"); None for others."""
    known = {name: (column, part) for column in columns for name, part in column.names.items()}
    return [known.get(search_key(as_text(one))) for one in headings]


def model_column(model: Any, name: str, *, path: str = "", field: forms.Field | None = None, **more: Any) -> Column:
    """The column of a model's field: heading, help, type and choices are the field's own."""
    found = model._meta.get_field(name)
    facts: dict[str, Any] = {
        "code": name,
        "path": path or name,
        "kind": _kind_of(name, found),
        "label": found.verbose_name,
        "help_text": found.help_text,
        "choices": tuple((str(code), label) for code, label in found.flatchoices),
        "field": field,
    }
    return Column(**{**facts, **more})


def _kind_of(name: str, found: Any) -> Kind:
    if found.primary_key:
        return Kind.KEY
    if found.choices:
        return Kind.CHOICE
    if name == "phone":
        return Kind.PHONE
    kind = {
        "BooleanField": Kind.TICK,
        "PartialDateField": Kind.PARTIAL_DATE,
        "BoundedDateField": Kind.DATE,
        "DateField": Kind.DATE,
        "DateTimeField": Kind.MOMENT,
    }.get(type(found).__name__)
    if kind is None and "Integer" in type(found).__name__:
        return Kind.NUMBER
    return kind or Kind.TEXT
