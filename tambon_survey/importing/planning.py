"""What a file would change, row by row, before anything is written. Reads the database, writes nothing."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, partial
from itertools import chain, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column
from nakhon_network.lib.thai_text import loose_key
from organizations.models import Tambon, User
from tambon_survey.actions.entry import why_locked
from tambon_survey.answers import FIELDS, NAME_OF
from tambon_survey.importing import headings
from tambon_survey.importing.formulas import NEVER, NoValue
from tambon_survey.importing.headings import KEY, Layout, lay_out
from tambon_survey.importing.links import Parents
from tambon_survey.importing.places import PlaceIndex
from tambon_survey.importing.tables import MOST_COLUMNS, Cell, Table
from tambon_survey.models import ROSTERS, Round, Submission, Topic
from tambon_survey.models.roster_rows import plain
from tambon_survey.resources import RESOURCES, SUBMISSIONS

NEW, CHANGED, SAME, UNMATCHED, ERROR, FOREIGN = "new", "changed", "same", "unmatched", "error", "foreign"
# Of the directory alone: perhaps a body that is recorded already.
DOUBTFUL = "doubtful"
KINDS = (NEW, CHANGED, SAME, UNMATCHED, DOUBTFUL, ERROR, FOREIGN)
ROWS_AT_ONCE = 500
MOST_KEPT = 5000
LONGEST_SAID = 200
# Kinds that keep the whole file from being written.
STOPPING = frozenset({UNMATCHED, DOUBTFUL, ERROR, FOREIGN})
_WRITTEN_KEY = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Finding:
    """What becomes of one row of a table.

    `row` counts from 1 as the spreadsheet does; `revision` is that of the form it was compared with; `cells` maps a
    field to [old, new] as plain values (old is None in a new row); of a row that stops the file `text` says why.
    Of a doubtful row `perhaps` holds (key, what it is) of each body that it may mean.
    """

    sheet: str
    row: int
    kind: str
    holds: str = ""
    submission: int = 0
    revision: int = 0
    place: str = ""
    name: str = ""
    key: str = ""
    cells: dict[str, list[Any]] = field(default_factory=dict)
    text: str = ""
    column: str = ""
    suggestions: tuple[str, ...] = ()
    perhaps: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> list[Any]:
        """The shape a plan keeps; `Finding(*…)` reads it."""
        return list(vars(self).values())


@dataclass(frozen=True)
class Unreadable:
    """A cell that cannot be kept, and why."""

    text: str


@dataclass(frozen=True)
class Prepared:
    """A table with how it is read; the rows that were looked at for that are put back in front."""

    name: str
    layout: Layout | None
    rows: Iterator[list[Cell]]


def prepare(table: Table, among: tuple[str, ...] = headings.TABLES) -> Prepared:
    """Find out how a table is read, and what of `among` it holds."""
    first = list(islice(table.rows, headings.DEEPEST_HEADING))
    return Prepared(table.name, lay_out(table.name, first, among), chain(first, table.rows))


@dataclass
class Scope:
    """The submissions of a round that a person may fill in, and the places of its province."""

    round: Round
    places: PlaceIndex
    by_tambon: dict[str, Submission]
    expected: frozenset[str]
    now: datetime

    @classmethod
    def of(cls, survey_round: Round, user: User, *, now: datetime) -> Scope:
        """Three queries. The caller's own reach, nothing more."""
        tambons = Tambon.objects.in_province(survey_round.province).with_areas()
        asked = survey_round.submissions.expected()
        seen = Submission.objects.visible_to(user).of_round(survey_round).expected().with_areas()
        return cls(
            round=survey_round,
            places=PlaceIndex.of(tambons, province_name=survey_round.province.name_th),
            by_tambon={one.tambon_id: one for one in seen},
            expected=frozenset(asked.values_list("tambon", flat=True)),
            now=now,
        )

    def refusal(self, code: str) -> tuple[str, str]:
        """(kind, sentence) why nothing of a tambon may be written; ("", "") when it may."""
        own = self.by_tambon.get(code)
        if own is None:
            if code in self.expected:
                return FOREIGN, _("This tambon is not yours to fill in: a file holds your own tambon only.")
            return UNMATCHED, _("This round does not ask this tambon.")
        if not own.takes_answers_at(self.now):
            return ERROR, why_locked(own, self.now)
        return "", ""


def findings(tables: Iterable[Prepared], scope: Scope, *, batch: uuid.UUID) -> Iterator[Finding]:
    """Every row of every table that is read, those that others belong to first; `batch` makes the keys of rows that
    bring none."""
    walk = _Walk()
    known = [(table, table.layout) for table in tables if table.layout is not None and table.layout.is_read]
    for table, layout in sorted(known, key=lambda one: one[1].belongs_to_another):
        yield from _TableReader(table.name, layout, scope, walk, batch).findings(table.rows)


@dataclass
class _Walk:
    """What is remembered from one table of a file to the next: places of rows, and where an entry was met already."""

    parents: Parents = field(default_factory=Parents)
    used: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)


class RowReader:
    """What the cells of one table say, row by row."""

    def __init__(self, name: str, layout: Layout) -> None:
        self.name, self.layout = name, layout
        self.at = {meaning: at for at, meaning in enumerate(layout.meanings) if meaning}
        self.columns = [(at, column, _CellReader(column)) for at, column in layout.columns]

    def below_heading(self, rows: Iterable[list[Cell]], names: Collection[str]) -> Iterator[tuple[int, list[Cell]]]:
        """Number and cells of each row below the heading in which a column of `names` says something."""
        telling = [at for meaning, at in self.at.items() if meaning in names]
        for number, cells in enumerate(rows, start=1):
            if number > self.layout.heading_row + 1 and any(
                cells[at] not in (None, "") for at in telling if at < len(cells)
            ):
                yield number, cells

    def compare(self, finding: Finding, cells: list[Cell], now: dict[str, Any] | None, *, clears: bool) -> Finding:
        """What differs from what stands; an empty cell clears only where the row was told by its key or code."""
        for at, column, read in self.columns:
            cell = cells[at] if at < len(cells) else None
            if (cell is None or cell == "") and not (clears and now is not None):
                continue
            value = read[cell]
            if isinstance(value, Unreadable):
                finding.column = self.layout.headings[at]
                return self.stopped(finding, ERROR, value.text)
            old = None if now is None else now[column.code]
            if now is None or not _alike(old, value):
                finding.cells[column.code] = [old, value]
        if now is None:
            finding.kind = NEW
        elif finding.cells:
            finding.kind = CHANGED
        return finding

    def stopped(self, finding: Finding, kind: str, text: str) -> Finding:
        """The finding as one that keeps the file out."""
        finding.kind, finding.text, finding.cells = kind, text, {}
        return finding

    def said(self, cells: list[Cell], meaning: str) -> str:
        """The text of the cell of a meaning, no longer than names and keys are; "" when there is none."""
        at = self.at.get(meaning, MOST_COLUMNS)
        cell = cells[at] if at < len(cells) else None
        return "" if cell is None else str(cell).strip()[:LONGEST_SAID]


class _TableReader(RowReader):
    """One walk over one table of answers."""

    def __init__(self, name: str, layout: Layout, scope: Scope, walk: _Walk, batch: uuid.UUID) -> None:
        super().__init__(name, layout)
        self.scope, self.walk, self.batch = scope, walk, batch
        self.is_roster = layout.holds != SUBMISSIONS
        self.has_links, self.is_main = layout.has_links, not layout.belongs_to_another
        self.known = self._roster_rows() if self.is_roster else self._submissions()
        self.refusals = cache(scope.refusal)
        self.elsewhere: set[str] = set()

    # ---- what stands ----------------------------------------------------------------------------------------------
    def _submissions(self) -> dict[str, tuple[int, bool, dict[str, Any]]]:
        names = [column.code for _at, column, _reader in self.columns]
        return {
            str(one.pk): (one.pk, False, {name: getattr(one, name) for name in names})
            for one in self.scope.by_tambon.values()
        }

    def _roster_rows(self) -> dict[str, tuple[int, bool, dict[str, Any]]]:
        names = FIELDS[self.layout.holds]
        rows = ROSTERS[Topic(self.layout.holds)].objects.of_round(self.scope.round)
        mine = {one.pk for one in self.scope.by_tambon.values()}
        found = rows.values_list("id", "submission", "is_removed", *names).iterator(chunk_size=2000)
        return {
            str(key): (submission, removed, dict(zip(names, map(plain, cells), strict=True)))
            for key, submission, removed, *cells in found
            if submission in mine
        }

    @cached_property
    def by_name(self) -> dict[tuple[int, str], list[str]]:
        """The keys of the rows that stand, by form and name."""
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for key, (submission, removed, values) in self.known.items():
            if not removed:
                found[submission, loose_key(str(values[NAME_OF[self.layout.holds]] or ""))].append(key)
        return found

    # ---- rows -----------------------------------------------------------------------------------------------------
    def findings(self, rows: Iterable[list[Cell]]) -> Iterator[Finding]:
        """One finding for each row below the heading that says something; of a roster, more than where it is."""
        names = {KEY, *FIELDS[self.layout.holds]} if self.is_roster else set(self.at)
        below = self.below_heading(rows, names)
        while some := list(islice(below, ROWS_AT_ONCE)):
            if self.is_roster and KEY in self.at:
                self._look_elsewhere(self.said(cells, KEY) for _number, cells in some)
            for number, cells in some:
                yield self._finding(number, cells)

    def _look_elsewhere(self, said: Iterable[str]) -> None:
        """Which of these keys are rows of forms outside the scope."""
        unknown = [key for key in map(_key, said) if key and key not in self.known]
        if unknown:
            rows = ROSTERS[Topic(self.layout.holds)].objects.filter(pk__in=unknown)
            self.elsewhere = set(map(str, rows.values_list("pk", flat=True)))

    def _finding(self, number: int, cells: list[Cell]) -> Finding:
        finding = Finding(self.name, number, SAME, self.layout.holds)
        if any(cells[len(self.layout.headings) :]):
            text = _("This row has more cells than there are headings. Put text that holds a comma in quotes.")
            return self.stopped(finding, ERROR, text)
        code = self._place(finding, cells)
        if not code:
            return finding
        kind, sentence = self.refusals(code)
        if kind in (FOREIGN, UNMATCHED):
            return self.stopped(finding, kind, sentence)
        form = self.scope.by_tambon[code]
        finding.submission, finding.revision = form.pk, form.revision
        compared = self._compared(finding, cells)
        # A row that says what stands may stay in the file, whatever the state of its form.
        return self.stopped(compared, kind, sentence) if kind and compared.kind in (NEW, CHANGED) else compared

    def _compared(self, finding: Finding, cells: list[Cell]) -> Finding:
        if self.is_roster:
            return self._roster_row(finding, cells)
        finding.key = str(finding.submission)
        if any(cells[at] not in (None, "") for at, _column, _read in self.columns if at < len(cells)):
            self._use(finding)
        if finding.kind == ERROR:
            return finding
        return self._compare(finding, cells, clears=bool(self.said(cells, headings.CODE)))

    def _place(self, finding: Finding, cells: list[Cell]) -> str:
        """The code of the row's tambon, its own or that of the row it belongs to; "" once the finding says why not."""
        said = (
            self.said(cells, headings.CODE),
            self.said(cells, headings.TAMBON),
            self.said(cells, headings.DISTRICT) or self.said(cells, headings.DISTRICT_CODE),
        )
        if self.has_links:
            if not self.is_main and not any(said):
                above = self.walk.parents.find(partial(self.said, cells))
                if above is None:
                    self.stopped(finding, UNMATCHED, _("The answer that this row belongs to is not in the file."))
                    return ""
                said = above
            self.walk.parents.keep(said, partial(self.said, cells), table=self.name, is_main=self.is_main)
        code, tambon, district = said
        found = self.scope.places.find(code=code, tambon=tambon, district=district)
        finding.place = " ".join(part for part in (tambon or code, district) if part)
        if not found.code:
            self.stopped(finding, UNMATCHED, found.reason)
            finding.suggestions = found.suggestions
            return ""
        finding.place = self.scope.places.known[found.code].full_name
        return found.code

    def _roster_row(self, finding: Finding, cells: list[Cell]) -> Finding:
        name_field = NAME_OF[self.layout.holds]
        finding.name = self.said(cells, name_field)
        said = self.said(cells, KEY)
        key, problem = self._key_of(finding, said)
        if problem:
            return self.stopped(finding, ERROR, problem)
        finding.key = key
        if self._use(finding).kind == ERROR:
            return finding
        if key not in self.known and not finding.name:
            label = RESOURCES[self.layout.holds].column(name_field).label
            return self.stopped(finding, ERROR, _("A new row needs this: %(column)s.") % {"column": label})
        return self._compare(finding, cells, clears=bool(said))

    def _use(self, finding: Finding) -> Finding:
        """Stops a second row about one entry."""
        sheet, row = self.walk.used.setdefault((finding.holds, finding.key), (finding.sheet, finding.row))
        if (sheet, row) == (finding.sheet, finding.row):
            return finding
        text = _("%(sheet)s, row %(row)s is about the same entry. Keep one of the two.") % {"sheet": sheet, "row": row}
        return self.stopped(finding, ERROR, text)

    def _key_of(self, finding: Finding, said: str) -> tuple[str, str]:
        """(key of the row, why it cannot be told): by its own key, else by its name within the tambon."""
        if said:
            key = _key(said)
            if not key:
                return "", _("“%(key)s” is no key of a row. Leave the column empty for a new row.") % {"key": said[:60]}
            if key in self.known:
                submission, removed, _values = self.known[key]
                if submission != finding.submission:
                    return "", _("This row belongs to another tambon. Leave its key empty to enter it anew.")
                if removed:
                    return "", _("This row was removed from the form. Leave its key empty to enter it anew.")
            elif key in self.elsewhere:
                return "", _("This row belongs to another form. Leave its key empty to enter it anew.")
            return key, ""
        named = self.by_name.get((finding.submission, loose_key(finding.name)), []) if finding.name else []
        if len(named) > 1:
            return "", _("The form has several rows of this name. Use a sheet with the keys of the rows.")
        made = uuid.uuid5(self.batch, f"{self.name}:{finding.row}")
        return (named[0] if named else str(made)), ""

    def _compare(self, finding: Finding, cells: list[Cell], *, clears: bool) -> Finding:
        _submission, _removed, now = self.known.get(finding.key, (0, False, None))
        return self.compare(finding, cells, now, clears=clears)


class _CellReader:
    """The plain values of the cells of one column; what is said again is worked out once."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.known: dict[Any, Any] = {}

    def __getitem__(self, cell: Cell) -> Any:
        key = cell if type(cell) is str else (type(cell), cell)  # 1, 1.0 and True are one key
        if key not in self.known:
            if len(self.known) == MOST_KEPT:
                self.known.clear()
            self.known[key] = self._read(cell)
        return self.known[key]

    def _read(self, cell: Cell) -> Any:
        if isinstance(cell, NoValue):
            return Unreadable(_why_no_value(cell))
        try:
            return plain(self.column.read(cell))
        except ValidationError as why:
            return Unreadable(" ".join(why.messages))


def _why_no_value(cell: NoValue) -> str:
    if cell == NEVER:
        return _("This formula was never worked out. Open the file in Excel or LibreOffice, save it and send it again.")
    return _("The formula gives %(error)s and no value. Put the value itself in its place.") % {"error": cell}


def _alike(old: Any, new: Any) -> bool:
    """Nothing and an empty text are the same answer."""
    return (old in (None, "") and new in (None, "")) or old == new


def _key(text: str) -> str:
    """A UUID as it is compared; "" for what is none."""
    if _WRITTEN_KEY.fullmatch(text):
        return text
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
