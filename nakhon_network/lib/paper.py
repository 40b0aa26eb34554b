"""A paper as a value: sheets of blocks, in words. One value, drawn twice.

`templates/typesetting/paper.typ` makes the PDF of it and `templates/components/paper.html` the print page, so that both
say the same. Every `kind` names the block for the two drawers; texts are texts, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nakhon_network.tilegrid import Grid


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3."""

    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph, line ends kept; `tone` is "", muted, strong or notice."""

    text: str
    tone: str = ""
    kind: str = "text"


@dataclass(frozen=True)
class Facts:
    """Labels and values; an empty value is shown as a dash."""

    rows: list[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Listing:
    """Points one under the other: (what it is, what else is said of it)."""

    items: list[tuple[str, str]]
    kind: str = "listing"


@dataclass(frozen=True)
class Column:
    """A column of a table; `share` is its part of the width beside the others'."""

    label: str
    share: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that is chosen from: `options` are (label, chosen)."""

    text: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """Rows under headings; with `is_to_fill` rows are high enough to write in. The first column names the row."""

    caption: str
    columns: list[Column]
    rows: list[list[Cell]]
    is_to_fill: bool = False
    kind: str = "table"

    @property
    def rows_with_columns(self) -> list[list[tuple[Column, Cell]]]:
        """Each cell beside its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Part:
    """A part of a bar: from `x`, `width` wide, of 100."""

    code: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Bar:
    """One bar of a chart, in words at its left."""

    label: str
    parts: list[Part]


@dataclass(frozen=True)
class Bars:
    """Bars of one length each, parted by kind; `legend` is (code, label)."""

    title: str
    legend: list[tuple[str, str]]
    bars: list[Bar]
    kind: str = "bars"

    @property
    def bars_in_words(self) -> list[tuple[Bar, str]]:
        """Each bar with what it says: `ready 3, nearly ready 1`."""
        names = dict(self.legend)
        return [(one, ", ".join(f"{names[part.code]} {part.count}" for part in one.parts)) for one in self.bars]


@dataclass(frozen=True)
class Tiles:
    """Districts as tiles, tambon as squares; `legend` is (state, label)."""

    title: str
    grid: Grid
    legend: list[tuple[str, str]]
    kind: str = "tiles"


@dataclass(frozen=True)
class Choices:
    """One line to choose from: (label, chosen)."""

    label: str
    options: list[tuple[str, bool]]
    kind: str = "choices"


@dataclass(frozen=True)
class Box:
    """A box of a card: chosen from, or written on so many `lines`; a `wide` one takes a whole row."""

    label: str
    text: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)
    wide: bool = False
    lines: int = 1

    @property
    def blanks(self) -> range:
        """One for each line."""
        return range(self.lines)


@dataclass(frozen=True)
class Card:
    """Boxes that belong together, kept on one page."""

    title: str
    boxes: list[Box]
    kind: str = "card"


@dataclass(frozen=True)
class Code:
    """A picture to scan (`svg` for paper, `src` for a page) and what it opens."""

    svg: str
    src: str
    caption: str
    kind: str = "code"


Block = Heading | Text | Facts | Listing | Table | Bars | Tiles | Choices | Card | Code


@dataclass(frozen=True)
class Sheet:
    """What begins on a page of its own; `key` tells sheets apart on the print page."""

    key: str
    title: str
    lead: str
    blocks: list[Block]


@dataclass(frozen=True)
class Paper:
    """The whole; `foot` stands at the foot of every page, before "page n/N" (`page_word` is the word for page)."""

    title: str
    foot: str
    page_word: str
    sheets: list[Sheet]
    language: str = "th"


def bar(label: str, counts: Iterable[tuple[str, int]]) -> Bar:
    """A bar parted by how many there are of each code; kinds without any take no room."""
    found = [(code, count) for code, count in counts if count]
    total, parts, x = sum(count for _code, count in found), [], 0.0
    for code, count in found:
        width = 100 * count / total
        parts.append(Part(code, count, round(x, 3), round(width, 3)))
        x += width
    return Bar(label, parts)


def cells(*texts: str) -> list[Cell]:
    """A row of plain cells."""
    return [Cell(text) for text in texts]
