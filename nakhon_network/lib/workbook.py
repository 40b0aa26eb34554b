"""Sheets written to a file: XLSX with XlsxWriter row by row, CSV as a spreadsheet in Thailand opens it.

Rows are taken from generators and nothing is kept in memory: what does not fit waits in temporary files. A text is
always written as a text.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # comes without types
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # the same
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from nakhon_network.lib.columns import Part
from nakhon_network.lib.phones import format_phone

FONT, FONT_SIZE = "TH Sarabun New", 14
MOST_LETTERS = 32_000
# What a page holds at a size that can be read, in letters; wider sheets take several pages beside each other.
PAGE_WIDTH = 230
# Height of a line and of the tallest row, in points; columns from which on a text may take several lines.
_LINE, _TALLEST, _WRAPS_FROM = 21, 400, 18
_A4 = 9
_INK, _PAPER = "#1F2A37", "#E5EEF7"
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_")
_BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
# Also behind quotes already there, so that taking one quote away gives back exactly what was written.
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")

Row = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns and its rows, whose cells are ready (text, whole number or None).

    `code` names its CSV file. `held` columns stay in sight when one scrolls to the right; the last two of them stand on
    every page. The last `unprinted` columns, keys for programs, stay off paper.
    """

    code: str
    title: str
    parts: Sequence[Part]
    rows: Callable[[], Iterable[Row]]
    held: int = 0
    unprinted: int = 0

    @property
    def printed(self) -> int:
        """How many columns go on paper."""
        return len(self.parts) - self.unprinted


@dataclass(frozen=True)
class About:
    """What the file says of itself: its title on every page, and a line at each page's foot."""

    title: str
    foot: str
    author: str = ""


# ---- XLSX ------------------------------------------------------------------------------------------------------------
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Every cell is written in it, so that none needs a format of its own.
    "default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE, "valign": "top", "text_wrap": True},
}


# Other words are asked about and not refused: whoever reads the file knows more than one for each.
_PICKED = {"validate": "list", "error_type": "warning"}


class TextSheet(Worksheet):  # type: ignore[misc]  # comes without types
    """A sheet whose plain cells are written in one go; that is where most of the time goes.

    A text is always escaped here: XlsxWriter itself takes one that looks like its own markup for markup.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """A text or a number without a format of its own; everything else as XlsxWriter does it."""
        kind = cell.__class__.__name__
        if cell.format is not None or kind not in ("String", "Number"):
            super()._write_cell(row, col, cell)
        elif kind == "Number":
            self.fh.write(f'<c r="{_letters(col)}{row + 1}"><v>{cell.number}</v></c>')
        else:
            text = cell.string
            if "_x" in text:
                text = _LOOKS_ESCAPED.sub(r"_x005F\g<0>", text)
            if "&" in text or "<" in text or ">" in text:
                text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" t="inlineStr"><is><t{space}>{text}</t></is></c>')


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet], about: About) -> int:
    """Write a workbook; returns how many rows it has, headings left out."""
    book = Workbook(file, _OPTIONS)
    book.set_properties({"title": about.title, "subject": about.foot, "author": about.author})
    facts = {"font_name": FONT, "font_size": FONT_SIZE}
    head = book.add_format(
        {**facts, "bold": True, "text_wrap": True, "valign": "top", "bg_color": _PAPER, "font_color": _INK, "bottom": 1}
    )
    text = book.add_format({**facts, "num_format": "@", "valign": "top"})
    taken: set[str] = set()
    written = 0
    for sheet in sheets:
        page = book.add_worksheet(_tab(sheet.title, taken), worksheet_class=TextSheet)
        _set_up(page, sheet, about)
        written += _write_rows(page, sheet, head, text)
    book.close()
    return written


def _write_rows(page: Any, sheet: Sheet, head: Any, text: Any) -> int:
    widths = [part.width for part in sheet.parts]
    page.set_default_row(_LINE)
    page.set_row(0, _height(max(map(_lines, (part.heading for part in sheet.parts), widths), default=1)))
    for at, part in enumerate(sheet.parts):
        # What is typed into a column of telephone numbers keeps its zero.
        page.set_column(at, at, part.width, text if part.is_phone else None)
        page.write_string(0, at, part.heading, head)
    wrapping = [(at, width) for at, width in enumerate(widths) if width >= _WRAPS_FROM]
    number = 0
    for number, cells in enumerate(sheet.rows(), start=1):
        tall = max((_lines(cells[at], width) for at, width in wrapping), default=1)
        if tall > 1:
            page.set_row(number, _height(tall))
        _write_cells(page, number, cells)
    for at, part in enumerate(sheet.parts):
        if part.choices and number:
            page.data_validation(1, at, number, at, _PICKED | {"source": list(part.choices)})
    page.autofilter(0, 0, number, max(len(sheet.parts) - 1, 0))
    if sheet.unprinted:
        page.print_area(0, 0, number, sheet.printed - 1)
    return number


def _write_cells(page: Any, number: int, cells: Row) -> None:
    at = -1
    for cell in cells:
        at += 1
        kind = type(cell)
        if kind is str:
            if not cell.isprintable() or len(cell) > MOST_LETTERS:
                cell = writable(cell)
            if cell:
                page.write_string(number, at, cell)
        elif kind is int:
            page.write_number(number, at, cell)
        elif cell is not None:
            page.write_string(number, at, writable(str(cell)))


def _lines(cell: Any, width: int) -> int:
    """How many lines a cell takes, or a little more: Thai marks have no width of their own."""
    if type(cell) is not str or (len(cell) <= width and "\n" not in cell):
        return 1
    return sum(len(line) // width + 1 for line in cell.split("\n"))


def _height(lines: int) -> int:
    return min(lines * _LINE, _TALLEST)


def _set_up(page: Any, sheet: Sheet, about: About) -> None:
    page.freeze_panes(1, sheet.held)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    page.repeat_rows(0)
    if sheet.held:
        page.repeat_columns(max(sheet.held - 2, 0), sheet.held - 1)
    width = sum(part.width for part in sheet.parts[: sheet.printed])
    page.fit_to_pages(-(-width // PAGE_WIDTH), 0)
    page.set_header(f'&L&"{FONT}"{_page_text(about.title)}&R&"{FONT}"{_page_text(sheet.title)}')
    page.set_footer(f'&L&"{FONT}"{_page_text(about.foot, most=190)}&R&"{FONT}"&P / &N')


def _page_text(text: str, *, most: int = 100) -> str:
    """A text in a page's head or foot, where `&` begins a command and a digit after a font would be its size."""
    return " " + writable(text)[:most].replace("&", "&&")


def _tab(title: str, taken: set[str]) -> str:
    """A name for the tab: at most 31 letters, without what a tab may not hold, each once."""
    name = _BAD_IN_NAMES.sub(" ", writable(title))[:31].strip() or "-"
    number = 2
    while name.lower() in taken:
        name, number = f"{name[:27]} {number}", number + 1
    taken.add(name.lower())
    return name


def writable(text: str) -> str:
    """The text without control characters, which no spreadsheet takes, and not longer than a cell."""
    return _UNWRITABLE.sub("", text)[:MOST_LETTERS]


# ---- CSV -------------------------------------------------------------------------------------------------------------
def write_csv(file: IO[bytes], sheet: Sheet) -> int:
    """Write one sheet as UTF-8 with a mark; returns how many rows it has.

    What a spreadsheet would take for a formula gets a quote before it; telephone numbers stand in groups, so that their
    zero is kept.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([part.heading for part in sheet.parts])
        phones = {at for at, part in enumerate(sheet.parts) if part.is_phone}
        written = 0
        for written, cells in enumerate(sheet.rows(), start=1):  # noqa: B007
            writer.writerow([_csv_cell(cell, is_phone=at in phones) for at, cell in enumerate(cells)])
        return written
    finally:
        text.flush()
        text.detach()


def _csv_cell(cell: Any, *, is_phone: bool) -> Any:
    if not isinstance(cell, str):
        return cell
    return guarded(format_phone(cell) if is_phone and cell.isdecimal() else writable(cell))


def guarded(text: str) -> str:
    """The text as CSV carries it: with a quote before what a spreadsheet would take for a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Back from `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


# ---- several files in one --------------------------------------------------------------------------------------------
def write_zip(file: IO[bytes], members: Iterable[tuple[str, Callable[[IO[bytes]], int]]]) -> int:
    """Write files, each by its own writer, into one zip; returns the rows of all."""
    written = 0
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, write in members:
            with TemporaryFile() as one:
                written += write(one)
                one.seek(0)
                with archive.open(name, "w") as member:
                    shutil.copyfileobj(one, member)
    return written
