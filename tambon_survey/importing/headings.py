"""What each column of a table means: found from its heading, or told by a person, and remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy

from nakhon_network.lib.columns import Column, recognise, thai
from nakhon_network.lib.thai_text import loose_key, search_key
from tambon_survey.answers import NAME_OF, TOPICS
from tambon_survey.directory_resources import INCOMING, ORGANIZATIONS, SHEETS, home_columns
from tambon_survey.importing import directory_words
from tambon_survey.importing.links import DOWNWARD, LINKS, UPWARD
from tambon_survey.importing.tables import Cell
from tambon_survey.models import Topic
from tambon_survey.resources import SUBMISSIONS

# Where a heading may stand: above it there are titles and merged cells.
DEEPEST_HEADING = 15
FEWEST_KNOWN = 2
LONGEST_HEADING = 200
KEY, CODE, TAMBON, DISTRICT, DISTRICT_CODE = "id", "tambon_code", "tambon_name", "district_name", "district_code"
PLACE = (CODE, TAMBON, DISTRICT)
TABLES = (*TOPICS, SUBMISSIONS)
# How others head the columns that say which row this is; our own headings are those of the resources.
_ELSEWHERE: dict[str, tuple[str, ...]] = {
    KEY: ("row_key",),
    CODE: ("tambon_code", "code"),
    TAMBON: ("ชื่อตำบล", "ต.", "tambon"),
    DISTRICT: ("ชื่ออำเภอ", "อ.", "district"),
}
_SPELLINGS = {search_key(word): meaning for meaning, words in _ELSEWHERE.items() for word in words}
# What parts a group from its question in the names of Kobo (all of them) and of ODK (names alone).
_IN_A_GROUP = re.compile(r"(?P<group>.+)/(?P<name>[^/]+)|(?P<odk>[!-~]+)-(?P<odk_name>\w+)")
# Sheets of our own workbook that tell something and bring nothing in.
_ONLY_OUT = (gettext_lazy("Zone summary"), gettext_lazy("Review log"), gettext_lazy("Tasks"), gettext_lazy("Codebook"))


@dataclass(frozen=True)
class Layout:
    """How one table is read: what it holds (a topic, `submissions`, or "" to leave it out), which row its heading is
    (0 is the first), and what each column means: the code of a column of its resource, or "" to leave it out."""

    holds: str
    heading_row: int
    headings: tuple[str, ...]
    meanings: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The same for every table with these headings; what a remembered choice is found by."""
        joined = "\n".join([self.holds, *map(search_key, self.headings)])
        return hashlib.sha256(joined.encode()).hexdigest()[:32]

    @property
    def unread(self) -> list[str]:
        """Headings whose column nobody reads."""
        return [text for text, meaning in zip(self.headings, self.meanings, strict=True) if text and not meaning]

    @property
    def belongs_to_another(self) -> bool:
        """Whether a row says which row of another table it belongs to."""
        return not UPWARD.isdisjoint(self.meanings)

    @property
    def has_links(self) -> bool:
        """Whether rows of other tables may belong to its rows, or its rows to others."""
        return not LINKS.isdisjoint(self.meanings)

    @property
    def says_where(self) -> bool:
        """Whether a row says which tambon it is about, or which row of another table does."""
        return CODE in self.meanings or TAMBON in self.meanings or self.belongs_to_another

    @property
    def is_read(self) -> bool:
        """Whether its rows are looked at: they say where, and bring something in or tell others where they are."""
        if self.holds in INCOMING:
            whose = {"name"} if self.holds == ORGANIZATIONS else {"organization", "organization_id"}
            return bool(self.columns) and not {KEY, *whose}.isdisjoint(self.meanings)
        if self.holds == SUBMISSIONS:
            return self.says_where and (bool(self.columns) or not DOWNWARD.isdisjoint(self.meanings))
        about = any(one in self.meanings for one in (KEY, NAME_OF[self.holds]))
        return self.says_where and about and bool(self.columns)

    @property
    def columns(self) -> list[tuple[int, Column]]:
        """The columns that bring something in, by their number."""
        entered = {one.code: one for one in SHEETS[self.holds].entered()}
        return [(at, entered[meaning]) for at, meaning in enumerate(self.meanings) if meaning in entered]

    def at(self, meaning: str) -> int | None:
        """The column of a meaning."""
        return self.meanings.index(meaning) if meaning in self.meanings else None

    def with_meanings(self, chosen: Mapping[int, str]) -> Layout:
        """The same with some columns told by a person; what ties tables together is known by its heading alone."""
        told = (meaning if meaning in LINKS else chosen.get(at, meaning) for at, meaning in enumerate(self.meanings))
        return replace(self, meanings=tuple(told))


def choices(holds: str) -> list[tuple[str, str]]:
    """(code, Thai heading) of all that a column of such a table may mean."""
    columns = SHEETS[holds].columns
    wanted = {*PLACE, KEY, *(column.code for column in SHEETS[holds].entered())}
    if holds in INCOMING:
        wanted |= {"organization", "organization_id", *(column.code for column in home_columns())}
    return [(column.code, column.heading) for column in columns if column.code in wanted]


def lay_out(name: str, first_rows: Sequence[Sequence[Cell]], among: tuple[str, ...] = TABLES) -> Layout | None:
    """How to read a table by its name and first rows; None when no row of it looks like a heading of one of `among`."""
    if name in map(thai, _ONLY_OUT):
        return None
    best: Layout | None = None
    best_score = FEWEST_KNOWN - 1
    for holds in directory_words.held_by(name) if among == INCOMING else _held_by(name) or TABLES:
        for number, row in enumerate(first_rows[:DEEPEST_HEADING]):
            headings = _texts(row, first_rows[number - 1] if number else ())
            meanings = _meanings(holds, headings)
            score = sum(meaning != "" for meaning in meanings)
            if score > best_score:
                best, best_score = Layout(holds, number, headings, meanings), score
    return best


def _texts(row: Sequence[Cell], above: Sequence[Cell]) -> tuple[str, ...]:
    """What a row says as headings. Where two rows were merged into one heading the upper one holds it."""
    padded = [*above, *[None] * (len(row) - len(above))]
    either = (cell if cell not in (None, "") else upper for cell, upper in zip(row, padded, strict=False))
    return tuple("" if cell is None else str(cell)[:LONGEST_HEADING] for cell in either)


def _held_by(name: str) -> tuple[str, ...]:
    """What a table may hold by its own name. The name of a form may say the word of a topic too, of all its answers."""
    key = loose_key(search_key(name))
    called = {loose_key(thai(topic.label)): topic.value for topic in Topic} | {loose_key(one): one for one in TABLES}
    for topic in TOPICS:  # the short name, as the headings of the answers have it
        called[loose_key(SHEETS[SUBMISSIONS].column(f"{topic}_answer").heading.partition(":")[0])] = topic
    held = [holds for word, holds in called.items() if word in key][:1]
    return (*held, SUBMISSIONS) if held else ()


def _meanings(holds: str, headings: Sequence[str]) -> tuple[str, ...]:
    """Per heading its column; of two that mean the same the first is read."""
    whole = recognise(SHEETS[holds].columns, headings)
    tails = [_within_group(one, headings) for one in headings]
    known = recognise(SHEETS[holds].columns, tails)
    found: list[str] = []
    for heading, tail, column in zip(headings, tails, (a or b for a, b in zip(whole, known, strict=True)), strict=True):
        meaning = column[0].code if column else _known_elsewhere(holds, heading) or _known_elsewhere(holds, tail)
        found.append("" if meaning in found else meaning)
    return tuple(found)


def _known_elsewhere(holds: str, heading: str) -> str:
    key = search_key(heading)
    if holds in INCOMING:
        return directory_words.SPELLINGS[holds].get(key, "")
    return key if key in LINKS else _SPELLINGS.get(key, "")


def _within_group(heading: str, headings: Sequence[str]) -> str:
    """The question's own name: data files write its group before it, `coordinators/name`.

    Of a question with several answers they write `needs` and beside it a column for each answer, `needs/people`:
    what follows a heading of the table is an answer and names nothing.
    """
    parts = _IN_A_GROUP.fullmatch(heading)
    if parts is None or parts["group"] in headings:
        return ""
    return parts["name"] or parts["odk_name"]
