"""What each column of a table means: found from its heading, or told by a person, and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from nakhon_network.lib.thai_text import loose_key, search_key
from tambon_survey.answers import FIELDS, TOPICS
from tambon_survey.importing.tables import Cell
from tambon_survey.models import ROSTERS, Submission, Topic

# Where a heading may stand: above it there are titles and merged cells.
DEEPEST_HEADING = 15
FEWEST_KNOWN = 2
HEAD = ""
KEY, CODE, TAMBON, DISTRICT, INDEX, PARENT = "row_key", "tambon_code", "tambon", "district", "_index", "_parent_index"
PLACE = (CODE, TAMBON)
# How places and keys are headed in sheets of our own and of others; the strict form of each is compared.
PLACE_HEADINGS: dict[str, tuple[str, ...]] = {
    KEY: ("รหัสแถว", "row key", "row_key", "_uuid_row"),
    CODE: ("รหัสตำบล", "tambon code", "tambon_code", "code"),
    TAMBON: ("ตำบล", "tambon", "ชื่อตำบล", "tambon_name"),
    DISTRICT: ("อำเภอ", "district", "ชื่ออำเภอ", "district_name"),
    INDEX: ("_index",),
    PARENT: ("_parent_index",),
}


@dataclass(frozen=True)
class Layout:
    """How one table is read: its topic (`HEAD` for one row a tambon, None to leave it out), the row of its heading
    (0 is the first), and per column what it means ("" to leave it out)."""

    topic: str | None
    heading_row: int
    headings: tuple[str, ...]
    meanings: tuple[str, ...]

    @property
    def signature(self) -> str:
        """The same for every table with these headings; what a remembered choice is found by."""
        joined = "\n".join(map(search_key, self.headings))
        return hashlib.sha256(f"{self.topic}\n{joined}".encode()).hexdigest()[:32]

    @property
    def unknown(self) -> list[str]:
        """Headings whose column nobody reads."""
        return [text for text, meaning in zip(self.headings, self.meanings, strict=True) if text and not meaning]

    def at(self, meaning: str) -> int | None:
        """The column of a meaning."""
        return self.meanings.index(meaning) if meaning in self.meanings else None

    def with_meanings(self, chosen: Mapping[int, str]) -> Layout:
        """The same with some columns told by a person."""
        meanings = tuple(chosen.get(number, meaning) for number, meaning in enumerate(self.meanings))
        return Layout(self.topic, self.heading_row, self.headings, meanings)


def meanings_of(topic: str) -> dict[str, str]:
    """Field → its heading in the language of the page, for every column a table of this topic may have."""
    if topic == HEAD:
        names = ["informant", "manner", *(f"{one}_{part}" for one in TOPICS for part in ("answer", "remark"))]
        return {name: _heading(Submission, name) for name in names}
    return {name: _heading(ROSTERS[Topic(topic)], name) for name in FIELDS[topic]}


def _heading(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _known(topic: str) -> dict[str, str]:
    """Strict form of a heading (Thai, English, field name) → field."""
    found: dict[str, str] = {}
    for language in ("en", "th"):
        with translation.override(language):
            for name, heading in meanings_of(topic).items():
                found[search_key(heading)] = found[search_key(name)] = name
    for meaning, spellings in PLACE_HEADINGS.items():
        found |= dict.fromkeys(map(search_key, spellings), meaning)
    return found


def _names_of_topics() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("en", "th"):
        with translation.override(language):
            found |= {loose_key(str(topic.label)): topic.value for topic in Topic}
    return found | {loose_key(topic): topic for topic in TOPICS}


def lay_out(name: str, first_rows: Sequence[Sequence[Cell]]) -> Layout | None:
    """How to read a table by its name and first rows; None when no row of it looks like a heading."""
    named = next((topic for key, topic in _names_of_topics().items() if key in loose_key(search_key(name))), None)
    best: Layout | None = None
    best_score = 0
    for topic in (named,) if named is not None else (*TOPICS, HEAD):
        known = _known(topic)
        for number, row in enumerate(first_rows[:DEEPEST_HEADING]):
            headings = tuple(_text(cell) for cell in row)
            meanings = _meanings(headings, known)
            score = sum(meaning != "" for meaning in meanings)
            if score > best_score:
                best, best_score = Layout(topic, number, headings, meanings), score
    return best if best_score >= FEWEST_KNOWN else None


def _meanings(headings: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Per heading its field; of two columns that mean the same the first is read."""
    found: list[str] = []
    for heading in headings:
        # Data files of collecting tools write the group before the question: coordinators/name.
        meaning = known.get(search_key(heading)) or known.get(search_key(heading.rpartition("/")[2]), "")
        found.append("" if meaning in found else meaning)
    return tuple(found)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
