"""A checked file as tables of plain cells. Runs in a child process with limits: a hostile file may end it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from zipfile import ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nakhon_network.lib.workbook import unguarded
from tambon_survey.importing.files import CSV, CSV_ZIP, FileProblem, is_csv
from tambon_survey.importing.formulas import NoValue, without_value

Cell: TypeAlias = str | int | float | bool | date | datetime | time | None
MOST_ROWS = 250_000
MOST_COLUMNS = 300
MOST_TABLES = 40
LONGEST_CELL = 32_767
DELIMITERS = ",;\t"
LINES_LOOKED_AT = 15


@dataclass
class Table:
    """One sheet: its name, and its rows from the top, read once; `rows` may be walked a single time."""

    name: str
    rows: Iterator[list[Cell]]


def read(path: Path, kind: str, *, name: str = "") -> list[Table]:
    """The tables of a file that `files.kind_of` has let through, in their order. Raises FileProblem.

    A CSV is called as the file was when it was sent: `name`.
    """
    if kind == CSV:
        return [Table(PurePosixPath(name or path.name).stem, _csv_rows(path.read_bytes()))]
    if kind == CSV_ZIP:
        with ZipFile(path) as archive:
            found = [(one.filename, archive.read(one)) for one in archive.infolist() if is_csv(one.filename)]
        _refuse_many(len(found))
        return [Table(PurePosixPath(name).stem, _csv_rows(content)) for name, content in found]
    return _sheets(path)


def _refuse_many(tables: int) -> None:
    if tables > MOST_TABLES:
        raise FileProblem(_("This file has too many sheets. Please keep only those to be read."))


def _sheets(path: Path) -> list[Table]:
    try:
        book = CalamineWorkbook.from_path(path)
        wanted = [one.name for one in book.sheets_metadata if _is_seen(one)]
        _refuse_many(len(wanted))
        sheets = [(name, book.get_sheet_by_name(name)) for name in wanted]
    except PasswordError:
        raise FileProblem(_("This file is locked with a password. Please save it without one.")) from None
    except (CalamineError, OSError, ValueError):
        raise FileProblem(_("This file is damaged. Please save it again and send the new one.")) from None
    for _name, sheet in sheets:
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            raise FileProblem(_far_too_many())
    gaps = without_value(path)
    return [Table(name, _rows(sheet, gaps.get(name, {}))) for name, sheet in sheets]


def _is_seen(sheet: Any) -> bool:
    """Whether it is a table that whoever sent the file saw: a chart and a hidden sheet are none."""
    return bool(sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible)


def _rows(sheet: CalamineSheet, gaps: Mapping[tuple[int, int], NoValue]) -> Iterator[list[Cell]]:
    first = sheet.start[1] if sheet.start else 0  # empty columns on the left are not there
    filled: dict[int, dict[int, NoValue]] = defaultdict(dict)
    for (number, column), gap in gaps.items():
        filled[number][column - first] = gap
    for number, row in enumerate(sheet.iter_rows()):
        cells = [_settled(cell) for cell in row]
        for at, gap in filled.get(number, {}).items():
            if 0 <= at < len(cells):
                cells[at] = gap
        yield cells


def _far_too_many() -> str | Promise:
    return _("A sheet has far more rows or columns than a survey. Please delete the empty ones.")


def _settled(cell: Any) -> Cell:
    """A cell without what a spreadsheet adds: whole numbers are int, a day without a time is a date, "" is None."""
    if isinstance(cell, timedelta):
        return str(cell)
    if cell == "":
        return None
    if type(cell) is float and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _csv_rows(content: bytes) -> Iterator[list[Cell]]:
    """Rows of a CSV in UTF-8 (with or without a mark) or Windows Thai, parted by comma, semicolon or tab."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp874")
        except UnicodeDecodeError:
            raise FileProblem(
                _("The letters of this file cannot be read. Please save it as CSV UTF-8, or as .xlsx.")
            ) from None
    first = "\n".join(text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT])
    delimiter = max(DELIMITERS, key=first.count)
    return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _bounded(rows: Iterator[list[str]]) -> Iterator[list[Cell]]:
    try:
        for number, row in enumerate(rows):
            if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise FileProblem(
                    _("A sheet has far more rows or columns than a survey. Please delete the empty ones.")
                )
            yield [unguarded(cell) or None for cell in row]
    except csv.Error:
        raise FileProblem(_("This file is damaged. Please save it again and send the new one.")) from None
