"""The files themselves: a workbook, one sheet as CSV, or several files in a zip."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.workbook import About, Sheet, write_csv, write_xlsx, write_zip
from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import Zone
from organizations.problems import Refused
from tambon_survey.answers import TOPICS
from tambon_survey.models import Topic
from tambon_survey.workbook.codebook import codebook_sheet
from tambon_survey.workbook.log import log_sheet, tasks_sheet
from tambon_survey.workbook.rosters import roster_sheet, tambon_sheet
from tambon_survey.workbook.scope import Scope, file_title, foot_of
from tambon_survey.workbook.summary import summary_sheet

XLSX, CSV, ZONES = "xlsx", "csv", "zones"
CONTENT_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
}
# One file at a time in a server process, so that the others go on answering pages; as many rows as take half a minute.
_TURN = threading.BoundedSemaphore(1)
PATIENCE_SECONDS = 20
MOST_ROWS = 300_000
# Rows that take about a second; only more than that is worth a word beforehand.
ROWS_A_SECOND = 10_000
_BAD_IN_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Made:
    """A file that was made: what it is called, what it is, how many rows it has. Whoever takes it closes `file`."""

    file: IO[bytes]
    name: str
    rows: int

    @property
    def content_type(self) -> str:
        """The type of the file, by its ending."""
        return CONTENT_TYPES[self.name[self.name.rindex(".") :]]


def round_sheets(scope: Scope, only: str = "") -> list[Sheet]:
    """The sheets of a round's workbook in their order, or the one of that code."""
    made: dict[str, Callable[[Scope], Sheet]] = {
        "zones": summary_sheet,
        "submissions": tambon_sheet,
        **{topic: partial(roster_sheet, topic) for topic in TOPICS},
        "log": log_sheet,
        "tasks": tasks_sheet,
        "codebook": codebook_sheet,
    }
    return [make(scope) for code, make in made.items() if only in ("", code)]


def sheet_names() -> list[tuple[str, str]]:
    """Code and name of every sheet of a round's workbook, in the language of the page."""
    topics = [(topic, str(Topic(topic).label)) for topic in TOPICS]
    ends = [("log", _("Review log")), ("tasks", _("Tasks")), ("codebook", _("Codebook"))]
    return [("zones", _("Zone summary")), ("submissions", _("Tambon")), *topics, *ends]


def make_round_file(scope: Scope, *, kind: str, only: str = "", zones: Sequence[Zone] = ()) -> Made:
    """The file that was asked for; Refused when it would be too large or the server makes another one."""
    if scope.row_count() > MOST_ROWS:
        raise Refused(_("That is more than one file holds. Please choose one zone."))
    with translation.override("th"):
        about = About(scope.title, foot_of(scope, made=str(thai_datetime(scope.now))), scope.user.label)
        title = file_title(scope)
        if kind == ZONES:
            members = [(f"{file_name(zone.full_name)}.xlsx", _zone_writer(scope.of_zone(zone))) for zone in zones]
            return _made(f"{title}.zip", lambda file: write_zip(file, members))
        return make_file(round_sheets(scope, only), about, kind=kind, title=title)


def _zone_writer(scope: Scope) -> Callable[[IO[bytes]], int]:
    about = About(scope.title, foot_of(scope, made=str(thai_datetime(scope.now))), scope.user.label)
    return lambda file: write_xlsx(file, round_sheets(scope), about)


def make_file(sheets: Sequence[Sheet], about: About, *, kind: str, title: str) -> Made:
    """Sheets as a workbook; as CSV when it is one sheet, as a zip of such files when there are several."""
    if kind != CSV:
        return _made(f"{title}.xlsx", lambda file: write_xlsx(file, sheets, about))
    if len(sheets) == 1:
        return _made(f"{title} {sheets[0].title}.csv", lambda file: write_csv(file, sheets[0]))
    members = [(f"{one.code}.csv", partial(write_csv, sheet=one)) for one in sheets]
    return _made(f"{title}.zip", lambda file: write_zip(file, members))


def _made(name: str, write: Callable[[IO[bytes]], int]) -> Made:
    with _in_turn(), translation.override("th"), ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        rows = write(file)
        stack.pop_all()  # whoever takes the file closes it
    file.seek(0)
    return Made(file, file_name(name), rows)


def file_name(name: str) -> str:
    """The name without what no folder takes."""
    return _BAD_IN_FILES.sub(" ", name).strip()[:150]


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _TURN.acquire(timeout=PATIENCE_SECONDS):
        raise Refused(_("The server is making another file just now. Please try again in a minute."))
    try:
        yield
    finally:
        _TURN.release()
