"""The province at a glance: districts as tiles on a grid, zones outlined. Pure: no database, no HTML.

Lengths are user units of one drawing; a tile is 100 wide. At 360 px a unit is about half a pixel.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

TILE_WIDTH = 100
TILE_HEIGHT = 124
MARGIN = 5
TEXT_SIZE = 21
TEXT_WIDTH = 88
CELLS_TOP = 77
CELLS_WIDTH = 88
# Columns of cells that fit a tile, with the number of cells they hold at square pitch.
CELL_COLUMNS = ((4, 8), (6, 18), (8, 32))
BREAK = "\u200b"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One tambon inside a tile; `state` is a word such as `focus`, `draft` or `ready`."""

    code: str
    name: str
    state: str = "focus"


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One district. `row` and `col` count from 1; without them it is in the table only. `url` is "" if it is closed."""

    code: str
    name: str
    short_name: str = ""
    row: int | None = None
    col: int | None = None
    zone_number: int | None = None
    url: str = ""
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One line of a tile's name, centred at x. `squeeze` is the length to fit it into, or None when it fits."""

    text: str
    x: float
    y: float
    squeeze: int | None


@dataclass(frozen=True)
class PlacedCell:
    """A tambon's square."""

    cell: Cell
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class PlacedTile:
    """A district's rectangle with everything in it."""

    tile: Tile
    x: float
    y: float
    lines: list[Line]
    cells: list[PlacedCell]
    width: float = TILE_WIDTH
    height: float = TILE_HEIGHT


@dataclass(frozen=True, order=True)
class Segment:
    """A straight piece of a zone's outline."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Grid:
    """The drawing (empty `tiles`: draw nothing) and `rows`, every district for the table, in the order given."""

    width: float
    height: float
    tiles: list[PlacedTile]
    borders: list[Segment]
    rows: list[Tile]

    @property
    def view_box(self) -> str:
        """The value of the SVG attribute, with room for the outline's own width."""
        return f"{-MARGIN} {-MARGIN} {self.width + 2 * MARGIN} {self.height + 2 * MARGIN}"


def build_grid(tiles: Iterable[Tile]) -> Grid:
    """Place the tiles; two on one square raise ValueError."""
    rows = list(tiles)
    squares: dict[tuple[int, int], Tile] = {}
    for tile in rows:
        if tile.row is None or tile.col is None:
            continue
        if (tile.row, tile.col) in squares:
            raise ValueError(f"{tile.code} and {squares[tile.row, tile.col].code} share a square")
        squares[tile.row, tile.col] = tile
    if not squares:
        return Grid(width=0, height=0, tiles=[], borders=[], rows=rows)
    top, left = min(row for row, _ in squares), min(col for _, col in squares)
    squares = {(row - top, col - left): tile for (row, col), tile in squares.items()}
    return Grid(
        width=(max(col for _, col in squares) + 1) * TILE_WIDTH,
        height=(max(row for row, _ in squares) + 1) * TILE_HEIGHT,
        tiles=[_place(tile, row, col) for (row, col), tile in sorted(squares.items())],
        borders=sorted(set(_borders(squares))),
        rows=rows,
    )


def short_label(name: str) -> str:
    """A district's name as a tile shows it: "เมือง" for the capital's, and a break in the one longer than a line."""
    for word in ("เมือง", "Mueang "):
        if name.startswith(word) and len(name) > len(word):
            return word.strip()
    return name.replace("พระเกียรติ", f"{BREAK}พระเกียรติ")


def _place(tile: Tile, row: int, col: int) -> PlacedTile:
    x, y = col * TILE_WIDTH, row * TILE_HEIGHT
    texts = _lines(tile.short_name or short_label(tile.name))
    baselines = (57,) if len(texts) == 1 else (43, 66)
    lines = [
        Line(text, x + TILE_WIDTH / 2, y + baseline, TEXT_WIDTH if _text_width(text) > TEXT_WIDTH else None)
        for text, baseline in zip(texts, baselines, strict=True)
    ]
    return PlacedTile(tile, x, y, lines, list(_cells(tile.cells, x, y)))


def _cells(cells: list[Cell], x: float, y: float) -> Iterator[PlacedCell]:
    columns, most = next((fit for fit in CELL_COLUMNS if fit[1] >= len(cells)), CELL_COLUMNS[-1])
    pitch = CELLS_WIDTH / columns
    size = round(pitch * 0.88, 2)
    shown = cells[:most]
    for number, cell in enumerate(shown):
        row, column = divmod(number, columns)
        in_row = min(columns, len(shown) - row * columns)
        start = x + (TILE_WIDTH - (in_row - 1) * pitch - size) / 2
        yield PlacedCell(cell, round(start + column * pitch, 2), round(y + CELLS_TOP + row * pitch, 2), size)


def _lines(label: str) -> list[str]:
    """One line if it fits; else two, broken where the label allows it."""
    if BREAK not in label and _text_width(label) <= TEXT_WIDTH:
        return [label]
    mark = BREAK if BREAK in label else " "
    words = label.split(mark)
    if len(words) == 1:
        return [label]
    joiner = "" if mark == BREAK else " "
    ways = [(joiner.join(words[:cut]), joiner.join(words[cut:])) for cut in range(1, len(words))]
    return list(min(ways, key=lambda way: max(map(_text_width, way))))


def _text_width(text: str) -> float:
    """An estimate, a little generous: marks above and below take no room."""
    wide = sum(unicodedata.category(character) != "Mn" for character in text)
    return wide * TEXT_SIZE * 0.6


def _borders(squares: dict[tuple[int, int], Tile]) -> Iterator[Segment]:
    """Every edge between two zones, and between a tile and no tile."""
    for (row, col), tile in squares.items():
        corners = [(col, row), (col + 1, row), (col + 1, row + 1), (col, row + 1), (col, row)]
        neighbours = [(row - 1, col), (row, col + 1), (row + 1, col), (row, col - 1)]
        for (start, end), square in zip(pairwise(corners), neighbours, strict=True):
            neighbour = squares.get(square)
            if neighbour is None or neighbour.zone_number != tile.zone_number:
                (x1, y1), (x2, y2) = sorted((start, end))
                yield Segment(x1 * TILE_WIDTH, y1 * TILE_HEIGHT, x2 * TILE_WIDTH, y2 * TILE_HEIGHT)
