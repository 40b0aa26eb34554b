"""What a file would change in the directory, row by row. Reads the database, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_text import arabic_digits, loose_key
from organizations.likeness import likeness
from tambon_survey.directory_resources import INCOMING, ORGANIZATIONS, SHEETS
from tambon_survey.importing.bodies import (
    Bodies,
    Body,
    Exchanged,
    exchanged,
    home_label,
    home_of,
    is_near,
    place_name,
    within,
)
from tambon_survey.importing.files import FileProblem
from tambon_survey.importing.headings import KEY, Layout
from tambon_survey.importing.homes import COLUMNS, Home
from tambon_survey.importing.planning import (
    CHANGED,
    DOUBTFUL,
    ERROR,
    FOREIGN,
    NEW,
    SAME,
    UNMATCHED,
    Finding,
    Prepared,
    RowReader,
)
from tambon_survey.importing.tables import Cell

MOST_CHANGES = 5000
# Cells that are no columns of their own: where a body is at home, whose an offer or a need is.
HOME, WHOSE = "home", "organization"
ANOTHER = "new"
SHOWN_ALIKE = 5


def choice_key(finding: Finding) -> str:
    """What a choice about a row is found by: the file it is said of does not change."""
    return f"{finding.sheet}:{finding.row}"


@dataclass
class _Walk:
    """What the file said already: where each body and each of what hangs on it was met, and the new bodies by name."""

    used: dict[tuple[str, ...], Finding] = field(default_factory=dict)
    named: dict[str, list[Finding]] = field(default_factory=dict)
    alike: dict[str, list[tuple[Finding, tuple[Any, ...]]]] = field(default_factory=dict)

    def name(self, finding: Finding, name: str) -> None:
        """Remember a body for the rows that name it."""
        if name:
            self.named.setdefault(loose_key(name), []).append(finding)

    def use(self, finding: Finding, *key: str) -> str:
        """Why a second row about one thing stops; "" for the first."""
        first = self.used.setdefault(key, finding)
        if first is finding:
            return ""
        where = {"sheet": first.sheet, "row": first.row}
        return _("%(sheet)s, row %(row)s is about the same entry. Keep one of the two.") % where


def findings(tables: Iterable[Prepared], bodies: Bodies) -> Iterator[Finding]:
    """Every row of every table that is read, bodies before what hangs on them. Raises FileProblem for too many."""
    walk = _Walk()
    known = [(table, table.layout) for table in tables if table.layout is not None and table.layout.is_read]
    changes = 0
    for table, layout in sorted(known, key=lambda one: INCOMING.index(one[1].holds)):
        reader = _BodyReader if layout.holds == ORGANIZATIONS else _ExchangeReader
        for one in reader(table.name, layout, bodies, walk).findings(table.rows):
            changes += one.kind in (NEW, CHANGED)
            if changes > MOST_CHANGES:
                raise FileProblem(_("This file changes more than 5,000 rows. Please split it, and send one at a time."))
            yield one


class _Reader(RowReader):
    """One walk over one table of the directory."""

    def __init__(self, name: str, layout: Layout, bodies: Bodies, walk: _Walk) -> None:
        super().__init__(name, layout)
        self.bodies, self.walk = bodies, walk

    def findings(self, rows: Iterable[list[Cell]]) -> Iterator[Finding]:
        """One finding for each row that says something of its own."""
        names = {KEY, "name", *(column.code for _at, column, _read in self.columns)}
        for number, cells in self.below_heading(rows, names):
            yield self.finding(Finding(self.name, number, SAME, self.layout.holds), cells)

    def finding(self, finding: Finding, cells: list[Cell]) -> Finding:
        """What becomes of the row."""
        raise NotImplementedError

    def told(self, said: str) -> tuple[Body | None, str]:
        """(the body of a key, why there is none)."""
        body = self.bodies.by_key.get(arabic_digits(said))
        if body is None:
            return None, _("No organization has the key %(key)s. Leave it empty for a new one.") % {"key": said[:60]}
        if body.merged_into is not None:
            survivor = self.bodies.by_key.get(str(body.merged_into))
            told = {"name": survivor.label if survivor else "", "key": body.merged_into}
            return None, _("This record was merged into %(name)s (key %(key)s). Give that key instead.") % told
        return body, ""

    def needs(self, finding: Finding, code: str) -> Finding:
        """Stopped for a new row lacks a column."""
        label = SHEETS[self.layout.holds].column(code).label
        return self.stopped(finding, ERROR, _("A new row needs this: %(column)s.") % {"column": label})

    def foreign(self, finding: Finding) -> Finding:
        """Stopped for the record is kept by others."""
        return self.stopped(finding, FOREIGN, _("This record is kept by others: you read it and do not change it."))


class _BodyReader(_Reader):
    """The bodies."""

    def finding(self, finding: Finding, cells: list[Cell]) -> Finding:
        """By key, else by name and home; what is only like another body waits for a person's word."""
        finding.name, said = self.said(cells, "name"), self.said(cells, KEY)
        home = self.bodies.homes.find(partial(self.said, cells))
        finding.place = place_name(home.area) or home.typed
        body, problem = self.told(said) if said else (None, "")
        self.walk.name(finding, finding.name or (body.name if body else ""))
        if home.reason:
            finding.suggestions = home.suggestions
            return self.stopped(finding, UNMATCHED, home.reason)
        if problem:
            return self.stopped(finding, ERROR, problem)
        if not said and not finding.name:
            return self.needs(finding, "name")
        if not said:
            body = self._named(finding, home)
        finding.key = body.key if body is not None else ""
        own = (finding.key,) if body is not None else ("", loose_key(finding.name), home_of(home.area))
        if problem := self.walk.use(finding, ORGANIZATIONS, *own):
            return self.stopped(finding, ERROR, problem)
        return finding if finding.kind == DOUBTFUL else self._compared(finding, cells, body, home, clears=bool(said))

    def _named(self, finding: Finding, home: Home) -> Body | None:
        """The body of that name and home, or None for a new one; the finding says when only a person can tell."""
        same = [one for one in self.bodies.called(finding.name) if one.home == home_of(home.area)]
        if len(same) == 1:
            return same[0]
        place = within(home.area)
        alike = same or self.bodies.like(finding.name, place)
        chosen = self.bodies.choices.get(choice_key(finding), "")
        if chosen in {one.key for one in alike}:
            return self.bodies.by_key[chosen]
        likened = self.walk.alike.setdefault(likeness(finding.name), [])
        before = [one for one, where in likened if is_near(where, place)]
        if (alike or before) and chosen != ANOTHER:
            self._doubt(finding, alike, before)
            finding.perhaps = tuple((one.key, one.label) for one in alike[:SHOWN_ALIKE])
        likened.append((finding, place))
        return None

    def _doubt(self, finding: Finding, alike: list[Body], before: list[Finding] | None = None) -> None:
        rows = [_("%(sheet)s, row %(row)s") % {"sheet": one.sheet, "row": one.row} for one in before or ()]
        told = " · ".join([*(one.label for one in alike[:SHOWN_ALIKE]), *rows[:SHOWN_ALIKE]])
        self.stopped(finding, DOUBTFUL, _("Perhaps the same as: %(names)s") % {"names": told})

    def _compared(self, finding: Finding, cells: list[Cell], body: Body | None, home: Home, *, clears: bool) -> Finding:
        self.compare(finding, cells, body.values if body else None, clears=clears)
        if finding.kind == ERROR:
            return finding
        self._compare_home(finding, body, home, clears=clears)
        if body is not None and finding.kind == CHANGED and not body.is_kept:
            return self.foreign(finding)
        moves = HOME in finding.cells and home.area is not None
        if moves and not self.bodies.reach.may_see(home.area):
            return self.stopped(finding, FOREIGN, _("This place is not one you work for."))
        if clears and body is not None and "name" in finding.cells:
            return self._renamed(finding, body)
        return finding

    def _compare_home(self, finding: Finding, body: Body | None, home: Home, *, clears: bool) -> None:
        """Where it is at home. What the sheet has no column for stays as it is."""
        now, said = body.home if body is not None else "", home_of(home.area)
        level = now.partition(":")[0]
        can_say = not level or any(column in self.at for column in COLUMNS[level])
        is_wider = body is not None and home.area is not None and home.area.pk in body.within
        if said == now or (not can_say and (not said or is_wider)) or (not said and not clears):
            return
        finding.cells[HOME] = [[now, home_label(now)] if now else None, [said, place_name(home.area)] if said else None]
        finding.kind = CHANGED if body is not None else NEW

    def _renamed(self, finding: Finding, body: Body) -> Finding:
        """A new name that is like another body's waits for a word too."""
        alike = [one for one in self.bodies.like(finding.name, body.within) if one.key != body.key]
        if alike and self.bodies.choices.get(choice_key(finding)) != ANOTHER:
            self._doubt(finding, alike)
        return finding


class _ExchangeReader(_Reader):
    """What bodies offer, or what they need."""

    def __init__(self, name: str, layout: Layout, bodies: Bodies, walk: _Walk) -> None:
        super().__init__(name, layout, bodies, walk)
        stands = exchanged(layout.holds)
        self.by_key = {one.key: one for one in stands}
        self.by_reading = {(one.body, *one.reading): one for one in reversed(stands)}
        self.readers = {column.code: (at, read) for at, column, read in self.columns}

    def finding(self, finding: Finding, cells: list[Cell]) -> Finding:
        """By key, else by whose it is, its kind and its words."""
        finding.name, said = self.said(cells, "text"), self.said(cells, KEY)
        stands = self.by_key.get(arabic_digits(said)) if said else None
        if said and stands is None:
            why = _("No row of the directory has the key %(key)s. Leave it empty for a new one.")
            return self.stopped(finding, ERROR, why % {"key": said[:60]})
        whose, body, problem = self._whose(finding, cells, stands)
        if problem:
            return self.stopped(finding, ERROR, problem)
        kind, text = self._read(cells, "kind"), self._read(cells, "text")
        if stands is None:
            stands = self.by_reading.get((whose, kind, loose_key(text)))
        own = (stands.key,) if stands is not None else (whose, kind, loose_key(text))
        if problem := self.walk.use(finding, finding.holds, *own):
            return self.stopped(finding, ERROR, problem)
        finding.key = stands.key if stands is not None else ""
        for code, value in (("kind", kind), ("text", text)) if stands is None else ():
            if not value:
                return self.needs(finding, code)
        return self._compared(finding, cells, stands, [whose, finding.place], body, clears=bool(said))

    def _compared(
        self,
        finding: Finding,
        cells: list[Cell],
        stands: Exchanged | None,
        whose: list[str],
        body: Body | None,
        *,
        clears: bool,
    ) -> Finding:
        self.compare(finding, cells, stands.values if stands is not None else None, clears=clears)
        if finding.kind in (NEW, CHANGED) and body is not None and not body.is_kept:
            return self.foreign(finding)
        told = {
            **(stands.values if stands is not None else {}),
            **{name: new for name, (_o, new) in finding.cells.items()},
        }
        if told.get("starts_on") and told.get("ends_on") and told["ends_on"] < told["starts_on"]:
            return self.stopped(finding, ERROR, _("The last day must not lie before the first."))
        if finding.kind == NEW:
            finding.cells[WHOSE] = [None, whose]
        return finding

    def _read(self, cells: list[Cell], code: str) -> str:
        """The value of a cell as text; "" for none or one that cannot be read, which the comparison tells."""
        at, read = self.readers.get(code, (len(cells), None))
        value = read[cells[at]] if read is not None and at < len(cells) else None
        return value if isinstance(value, str) else self.said(cells, code)

    def _whose(self, finding: Finding, cells: list[Cell], stands: Exchanged | None) -> tuple[str, Body | None, str]:
        """(key of the body or of the row that brings it, the body if it stands, why neither can be told)."""
        key, name = self.said(cells, "organization_id"), self.said(cells, WHOSE)
        if key or (stands is not None and not name):
            body, problem = self.told(key or (stands.body if stands is not None else ""))
            finding.place = body.name if body is not None else name
            return (body.key if body is not None else ""), body, problem or self._of_another(stands, body)
        finding.place = name
        brought = self.walk.named.get(loose_key(name), []) if name else []
        known = self.bodies.by_name.get(loose_key(name), []) if not brought else []
        if len(brought) + len(known) > 1:
            return "", None, _("Several organizations are called %(name)s: give the key.") % {"name": name}
        if not brought and not known:
            return (
                "",
                None,
                _("No organization of the directory or of this file is called “%(name)s”.") % {"name": name},
            )
        body = known[0] if known else self.bodies.by_key.get(brought[0].key)
        return (body.key if body is not None else choice_key(brought[0])), body, self._of_another(stands, body)

    def _of_another(self, stands: Exchanged | None, body: Body | None) -> str:
        if stands is None or (body is not None and body.key == stands.body):
            return ""
        return _("This row belongs to another organization. Leave its key empty to enter it anew.")
