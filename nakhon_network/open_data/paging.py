"""Pages of open data: in the order of the primary key, so that nothing is shown twice while rows are added.

A cursor says after which row a page begins. It is signed, so that nobody writes their own, and opens nothing: what may
be read is asked anew for every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import signing

from nakhon_network.open_data.kind import Kind, Record, Source

MOST, USUAL = 200, 100
_SALT = "open data cursor"


@dataclass(frozen=True)
class Position:
    """After which row a page begins: the place of its table in the kind, and its key."""

    table: int
    key: Any


@dataclass(frozen=True)
class Part:
    """One page: its records, and where the next one begins (None: this was the last)."""

    records: list[Record]
    onward: Position | None


def cursor_of(kind: Kind, position: Position) -> str:
    """The position as the reader gets it."""
    return signing.dumps([kind.name, position.table, position.key], salt=_SALT)


def position_of(kind: Kind, cursor: str) -> Position | None:
    """The position behind a cursor; None where it is none of ours or of another kind."""
    try:
        name, table, key = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Position(table, key) if name == kind.name and table < len(kind.sources) else None


def read_page(kind: Kind, *, reader: Any, after: Position | None, limit: int) -> Part:
    """At most `limit` records after a position. A table of the kind costs one statement and what its rows need."""
    found: list[tuple[int, Source, list[Any]]] = []
    room = limit + 1
    start = after.table if after else 0
    for at, source in enumerate(kind.sources[start:], start):
        rows = source.rows(reader).order_by("pk")
        if after is not None and at == after.table:
            rows = rows.filter(pk__gt=after.key)
        found.append((at, source, list(rows[:room])))
        room -= len(found[-1][2])
        if room == 0:
            break
    onward = None
    if room == 0:
        found[-1][2].pop()
        table, last = next((at, rows[-1]) for at, _source, rows in reversed(found) if rows)
        onward = Position(table, last.pk)
    return Part(list(_records(kind, found, reader)), onward)


def _records(kind: Kind, found: list[tuple[int, Source, list[Any]]], reader: Any) -> Iterator[Record]:
    for _at, source, rows in found:
        beside = source.beside(rows, reader) if rows else None
        for row in rows:
            yield kind.record(source, row, beside)


def read_one(kind: Kind, wanted: str, *, reader: Any) -> Record | None:
    """The record of an id; None where it is not there or not for this reader."""
    for source in kind.sources:
        key = source.key_of(wanted)
        row = source.rows(reader).filter(pk=key).first() if key is not None else None
        if row is not None:
            return kind.record(source, row, source.beside([row], reader))
    return None


def survivor_of(kind: Kind, wanted: str, *, reader: Any) -> str | None:
    """The id of the record that took the place of another, if the reader may read it."""
    for source in kind.sources:
        key = source.key_of(wanted)
        onward = source.leads_to(key, reader) if key is not None else None
        if onward is not None and source.rows(reader).filter(pk=onward).exists():
            return f"{source.prefix}{onward}"
    return None
