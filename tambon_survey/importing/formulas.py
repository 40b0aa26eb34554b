"""Cells of a workbook that hold a formula and no value: nobody worked it out yet, or it came to an error.

What reads the cells gives nothing for both, and nothing would clear an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # comes without types

NEVER = "="
CHUNK = 1024 * 1024
OVERLAP = 16 * 1024  # longer than a cell with the longest formula
# Without one of these a part of a sheet holds no formula and no error, as most do.
_SIGNS = (b't="e"', b"<f>", b"<f ", b":f>", b":f ")
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?P<facts>[^<>]*)>"
    rb"(?P<formula>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"(?:\s*<(?:\w+:)?v(?: ?/|>(?P<value>[^<]*)</(?:\w+:)?v)>)?\s*</(?:\w+:)?c>"
)
_WHERE = re.compile(rb'(?:^|\s)r="([A-Z]{1,3})([0-9]{1,7})"')


class NoValue(str):
    """A cell whose formula gives no value: `=` when it was never worked out, else the error as the sheet shows it."""

    __slots__ = ()


def without_value(path: Path) -> dict[str, dict[tuple[int, int], NoValue]]:
    """Such cells of a workbook that was let through: per sheet, by row and column from 0."""
    with ZipFile(path) as book:
        return {name: found for name, part in _sheets(book) if (found := dict(_gaps(book, part)))}


def _sheets(book: ZipFile) -> Iterator[tuple[str, str]]:
    """(name, entry of the archive) of each sheet."""
    listed = set(book.namelist())
    if "xl/_rels/workbook.xml.rels" not in listed:
        return
    parts = {one.get("Id"): one.get("Target", "") for one in fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    for one in fromstring(book.read("xl/workbook.xml")).iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
        part = str(PurePosixPath("/xl") / parts.get(key, "")).removeprefix("/")
        if part in listed:
            yield one.get("name", ""), part


def _gaps(book: ZipFile, part: str) -> Iterator[tuple[tuple[int, int], NoValue]]:
    rest = b""
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            if any(sign in text for sign in _SIGNS):
                yield from _gaps_in(text)
            rest = text[-OVERLAP:]


def _gaps_in(text: bytes) -> Iterator[tuple[tuple[int, int], NoValue]]:
    for cell in _CELL.finditer(text):
        is_error = b't="e"' in cell["facts"]
        is_text = b't="str"' in cell["facts"]  # it was worked out, and came to nothing
        is_open = cell["formula"] is not None and not cell["value"] and not is_text
        if (is_error or is_open) and (where := _WHERE.search(cell["facts"])):
            value = (cell["value"] or b"").decode(errors="replace") if is_error else NEVER
            yield (int(where[2]) - 1, _column(where[1])), NoValue(value or NEVER)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
