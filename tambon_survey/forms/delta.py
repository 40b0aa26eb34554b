"""What one save of a section brings, read and checked before any transaction opens.

A delta is what a browser sends when a section changed: cells by row, rows gone or come back, the new order, the head.
It is read from JSON, and from a plain form where no script runs; both enter by the same door (`actions.entry`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nakhon_network.lib.form_fields import LARGEST_INTEGER
from tambon_survey.answers import FIELDS
from tambon_survey.forms.entry import CELLS, HEAD, TOPIC

HEAD_SECTION = "head"
SECTIONS = (HEAD_SECTION, *FIELDS)
MOST_ROWS = 100
MOST_CELLS = 2000


class Malformed(ValueError):
    """The delta is not of the right shape; `str()` is a sentence for the person."""


@dataclass
class Delta:
    """One save: `rows` maps a row's UUID to its changed cells, as values of the form fields.

    `errors` maps a place to why what was typed there cannot be kept. A place is `"<row>.<field>"`, or `".<field>"` for
    the head of the section. `follows` maps rows to what goes back together with their cells, by column; no browser
    sends it.
    """

    mutation: uuid.UUID
    base: int
    section: str
    head: dict[str, Any] = field(default_factory=dict)
    rows: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    removed: set[uuid.UUID] = field(default_factory=set)
    restored: set[uuid.UUID] = field(default_factory=set)
    confirmed: set[uuid.UUID] = field(default_factory=set)
    order: list[uuid.UUID] | None = None
    follows: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def row_ids(self) -> set[uuid.UUID]:
        """Every row it speaks of."""
        return {*self.rows, *self.removed, *self.restored, *self.confirmed, *(self.order or ())}


def read(payload: Any) -> Delta:
    """A delta from the JSON a browser sends; Malformed when it is none. Cells that do not hold are in `errors`."""
    found = _mapping(payload)
    section = found.get("section")
    if section not in SECTIONS:
        raise Malformed(_not_understood())
    delta = Delta(mutation=_key(found.get("mutation")), base=_revision(found.get("base")), section=section)
    for name, raw in _mapping(found.get("head", {})).items():
        _take_head(delta, str(name), raw)
    _take_rows(delta, found)
    if section == HEAD_SECTION and delta.row_ids:
        raise Malformed(_not_understood())
    return delta


def _take_rows(delta: Delta, found: dict[str, Any]) -> None:
    rows = {row: _mapping(cells) for row, cells in _mapping(found.get("rows", {})).items()}
    _refuse_too_many(len(rows), sum(map(len, rows.values())))
    for row, cells in rows.items():
        for name, raw in cells.items():
            _take_cell(delta, _key(row), str(name), raw)
    for name in ("removed", "restored", "confirmed"):
        setattr(delta, name, set(_keys(found.get(name, []))))
    if found.get("order") is not None:
        delta.order = list(dict.fromkeys(_keys(found["order"])))


def read_form(data: Mapping[str, Any], *, section: str) -> Delta:
    """The same from a plain form: head fields by name, cells as `<row>.<field>`, every box of the section in it.

    `rows` names the rows the form showed, in their order, since a box without a tick sends nothing.
    """
    if section not in SECTIONS:
        raise Malformed(_not_understood())
    getlist = getattr(data, "getlist", lambda name: [data[name]] if name in data else [])
    shown = [_key(row) for row in getlist("rows")]
    _refuse_too_many(len(shown), len(data))
    payload: dict[str, Any] = {
        "section": section,
        "mutation": data.get("mutation"),
        "base": data.get("base"),
        "head": {name: data.get(name, "") for name in (HEAD if section == HEAD_SECTION else TOPIC)},
        "rows": {},
        "removed": getlist("remove"),
        "confirmed": getlist("confirm"),
    }
    if section != HEAD_SECTION:
        payload["rows"] = {
            str(row): {name: data.get(f"{row}.{name}", "") for name in FIELDS[section]}
            for row in shown
            if str(row) not in payload["removed"] and _says_something(data, row, section)
        }
        payload["order"] = _arranged(payload["rows"], shown, up=data.get("up"), copy=data.get("copy"))
    return read(payload)


def _arranged(rows: dict[str, Any], shown: list[uuid.UUID], *, up: str | None, copy: str | None) -> list[str]:
    """The order of the screen, after the button that moved a row up or copied it."""
    order = [row for row in map(str, shown) if row in rows]
    if up in order and (at := order.index(up)) > 0:
        order[at - 1], order[at] = order[at], order[at - 1]
    if copy in order:
        twin = str(uuid.uuid4())
        rows[twin] = dict(rows[copy])
        order.insert(order.index(copy) + 1, twin)
    return order


def _says_something(data: Mapping[str, Any], row: uuid.UUID, section: str) -> bool:
    """A blank row that nobody filled in is no row, unless the server knows it already."""
    filled = any(str(data.get(f"{row}.{name}", "")).strip() for name in FIELDS[section])
    return filled or f"{row}.known" in data


def _take_head(delta: Delta, name: str, raw: Any) -> None:
    fields = HEAD if delta.section == HEAD_SECTION else TOPIC
    if name not in fields:
        raise Malformed(_not_understood())
    try:
        delta.head[name] = fields[name].clean(_text(raw))
    except ValidationError as why:
        delta.errors[f".{name}"] = " ".join(why.messages)


def _take_cell(delta: Delta, row: uuid.UUID, name: str, raw: Any) -> None:
    fields = CELLS.get(delta.section, {})
    if name not in fields:
        raise Malformed(_not_understood())
    try:
        delta.rows.setdefault(row, {})[name] = fields[name].clean(_text(raw))
    except ValidationError as why:
        delta.errors[f"{row}.{name}"] = " ".join(why.messages)


def _text(raw: Any) -> Any:
    """Only what a box of a form can hold goes on to the fields."""
    if raw is None or isinstance(raw, bool | str):
        return raw
    if isinstance(raw, int | float):
        return str(raw)
    raise Malformed(_not_understood())


def _key(raw: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(raw))
    except ValueError:
        raise Malformed(_not_understood()) from None


def _keys(raw: Any) -> list[uuid.UUID]:
    if not isinstance(raw, list):
        raise Malformed(_not_understood())
    _refuse_too_many(len(raw), 0)
    return [_key(one) for one in raw]


def _revision(raw: Any) -> int:
    text = str(raw)
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) > LARGEST_INTEGER:
        raise Malformed(_not_understood())
    return int(text)


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Malformed(_not_understood())
    return raw


def _refuse_too_many(rows: int, cells: int) -> None:
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise Malformed(
            _("A list holds at most %(count)s rows. Please join similar ones, or send the rest to your zone.")
            % {"count": MOST_ROWS}
        )


def _not_understood() -> str:
    return _("This page is older than the form on the server. Please reload it; what you typed stays on this device.")
