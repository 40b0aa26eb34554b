"""What a kind of open data is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from nakhon_network.open_data.masking import masked

Record = dict[str, Any]
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def _nothing(rows: Sequence[Any], reader: Any) -> None:
    """What most kinds read beside their rows."""


def _nowhere(key: Any, reader: Any) -> None:
    """Where most records lead that are not there: nowhere."""


@dataclass(frozen=True)
class Source:
    """One table behind a kind. `rows` are those a reader may read, `beside` is what one page of them needs besides.
    `leads_to` is the key of the row that took the place of another.

    An id is `prefix` and the primary key: a number, or an official code of `digits` digits.
    """

    prefix: str
    rows: Callable[[Any], QuerySet]
    record: Callable[[Any, Any], Record]
    digits: int = 0
    beside: Callable[[Sequence[Any], Any], Any] = _nothing
    leads_to: Callable[[Any, Any], Any] = _nowhere

    def key_of(self, wanted: str) -> Any:
        """The primary key in an id, or None where it is no id of this table."""
        text = wanted.removeprefix(self.prefix)
        if text == wanted:
            return None
        if self.digits:
            return text if re.fullmatch(rf"[0-9]{{{self.digits}}}", text, re.ASCII) else None
        return int(text) if _NUMBER.fullmatch(text) else None


@dataclass(frozen=True)
class Kind:
    """A kind of open data: its name in the address, what it is called and holds, its columns, its tables in order."""

    name: str
    label: Any
    about: Any
    columns: tuple[str, ...]
    sources: tuple[Source, ...]

    def record(self, source: Source, row: Any, beside: Any) -> Record:
        """What goes out of one row: every column, no text by which somebody could be reached."""
        found = source.record(row, beside)
        return {column: _cleaned(found[column]) for column in self.columns}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value
