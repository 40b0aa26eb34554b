"""Telephone numbers, LINE IDs and e-mails as they may stand in any text, table or file; found, and taken out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any

# Shorter ones are service numbers, or would be found inside other things.
SHORTEST_NUMBER = 9
SHORTEST_WORD = 4
MOST_BYTES = 60 * 1024 * 1024
_TELLING = re.compile(r"[0-9._@-]")
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_BETWEEN = r"[\s.()\-\u2010-\u2015]{0,3}"
# What stands before a name that is one only there: a LINE ID of letters alone may be an English word anywhere else.
_CALLED = r"(?:@|(?<![a-z])(?:line|id)|ไลน์|ไอดี|ติดต่อ)(?:\s?(?:id|ไอดี))?[\s:=.\-(\"'@]{0,3}"
_HOLD_NAMES = ("line", "value")
# Country code, or the leading 0, or neither where a spreadsheet dropped it.
_BEFORE = rf"\(?(?:(?:\+|00|๐๐)?[6๖]{_BETWEEN}[6๖]{_BETWEEN}(?:[0๐]{_BETWEEN})?|[0๐]{_BETWEEN})?"
# The same for a database: JSON may be stored with escapes, and not every dialect knows \s.
_BETWEEN_STORED = r"([ .()-]|\\u20[0-9a-f]{2}|[^0-9a-zA-Z๐-๙\\]){0,3}"


def _digit(one: str) -> str:
    return f"[{one}{_THAI[int(one)]}]"


def _stored(one: str) -> str:
    return f"({one}|{_THAI[int(one)]}|\\\\u0e5{one})"


@dataclass(frozen=True)
class Traces:
    """What to find: `numbers` are national digits with their 0, `words` LINE IDs and e-mails, `names` LINE IDs of Latin
    letters alone, which are found where a text says that they are one."""

    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    # What stands in a sentence where something was taken out.
    instead: str = field(default="", compare=False)

    @classmethod
    def of(cls, values: Iterable[str], *, instead: str = "") -> Traces:
        """Of values as they are stored: digits are numbers, the rest words or names.

        What is too short is left out, and so is a Thai word without a digit or a sign: it may be one of the language.
        """
        texts = {one.strip() for one in values if one}
        numbers = frozenset(one for one in texts if one.isascii() and one.isdigit() and len(one) >= SHORTEST_NUMBER)
        words = frozenset(
            one for one in texts if not one.isdigit() and len(one) >= SHORTEST_WORD and _TELLING.search(one)
        )
        names = frozenset(one.lower() for one in texts if one.isascii() and one.isalpha() and len(one) >= SHORTEST_WORD)
        return cls(numbers, words, names, instead)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words or self.names)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        digits = [
            r"(?<!\d)" + _BEFORE + _BETWEEN.join(_digit(one) for one in number.removeprefix("0")) + r"(?!\d)"
            for number in sorted(self.numbers)
        ]
        words = [rf"(?<![\w@.-]){re.escape(word)}(?![\w@-])" for word in sorted(self.words, key=len, reverse=True)]
        names = [rf"{_CALLED}{name}(?![\w@-])" for name in sorted(self.names, key=len, reverse=True)]
        return re.compile("|".join([*digits, *words, *names]) or r"(?!)", re.IGNORECASE)

    @property
    def stored(self) -> str:
        """A pattern for the database that finds every row that may hold one, and perhaps some that do not."""
        digits = [_BETWEEN_STORED.join(_stored(one) for one in number.removeprefix("0")) for number in self.numbers]
        words = [re.escape(word).replace("\\-", "-") for word in self.words | self.names]
        return "|".join(sorted([*digits, *words]))

    def stand_in(self, text: str) -> bool:
        """Whether the text holds one."""
        return bool(self._pattern.search(text))

    def out_of(self, value: Any) -> Any:
        """The value without them: text, or lists and maps of text; a text that was nothing else is empty."""
        if isinstance(value, str):
            return "" if self._pattern.fullmatch(value.strip()) else self._pattern.sub(self.instead, value)
        if isinstance(value, dict):
            return {name: self.out_of(self._unnamed(name, one)) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.out_of(one) for one in value]
        return value

    def _unnamed(self, name: str, value: Any) -> Any:
        """The value under a name of a map that holds LINE IDs, without one that is nothing but such a word."""
        if name.rpartition(".")[2] not in _HOLD_NAMES:
            return value
        if isinstance(value, list):
            return [self._unnamed(name, one) for one in value]
        return "" if isinstance(value, str) and value.strip().lower() in self.names else value

    def in_file(self, file: IO[bytes]) -> bool:
        """Whether a file of text, or a packed one of texts (XLSX, DOCX, ODS), holds one; no other kind is read."""
        if zipfile.is_zipfile(file):
            return any(self.stand_in(text) for text in _packed(file))
        file.seek(0)
        return any(self.stand_in(text) for text in _readings(file.read(MOST_BYTES)))


def _packed(file: IO[bytes]) -> Iterable[str]:
    left = MOST_BYTES
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as one:
                content = one.read(left)
            left -= len(content)
            yield from _readings(content)


def _readings(content: bytes) -> Iterable[str]:
    yield content.decode("utf-8", "ignore")
    yield content.decode("cp874", "ignore")
