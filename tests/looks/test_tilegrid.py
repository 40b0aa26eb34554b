"""The tile grid: where tiles, names, cells and the outlines of zones come to lie."""

from itertools import combinations

import pytest

from nakhon_network.style_samples import DISTRICTS, grid
from nakhon_network.tilegrid import (
    BREAK,
    TEXT_WIDTH,
    TILE_HEIGHT,
    TILE_WIDTH,
    Cell,
    Segment,
    Tile,
    build_grid,
    short_label,
)


def tile(row, col, *, zone=1, code="", name="สิชล", cells=0):
    squares = [Cell(code=f"{number}", name="กลาย") for number in range(cells)]
    return Tile(code=code or f"{row}{col}", name=name, row=row, col=col, zone_number=zone, cells=squares)


def shared_edge(one, other):
    """The edge between two placed tiles, or None when they do not touch along a side."""
    near_x, far_x = max(one.x, other.x), min(one.x, other.x) + TILE_WIDTH
    near_y, far_y = max(one.y, other.y), min(one.y, other.y) + TILE_HEIGHT
    if (near_x == far_x) == (near_y == far_y) or near_x > far_x or near_y > far_y:
        return None
    return Segment(near_x, near_y, far_x, far_y)


def test_neighbours_of_different_zones_get_exactly_one_border_and_others_none():
    province = grid()
    pairs = [(a, b, shared_edge(a, b)) for a, b in combinations(province.tiles, 2)]
    touching = [(a, b, edge) for a, b, edge in pairs if edge]
    assert len(touching) > len(DISTRICTS)
    for a, b, edge in touching:
        differ = a.tile.zone_number != b.tile.zone_number
        assert province.borders.count(edge) == (1 if differ else 0), (a.tile.name, b.tile.name)


def test_every_outer_edge_is_drawn_once():
    assert build_grid([tile(1, 1)]).borders == [
        Segment(0, 0, 0, TILE_HEIGHT),
        Segment(0, 0, TILE_WIDTH, 0),
        Segment(0, TILE_HEIGHT, TILE_WIDTH, TILE_HEIGHT),
        Segment(TILE_WIDTH, 0, TILE_WIDTH, TILE_HEIGHT),
    ]


def test_two_tiles_of_one_zone_have_six_outer_edges():
    assert len(build_grid([tile(1, 1), tile(1, 2)]).borders) == 6


def test_two_tiles_of_two_zones_have_an_edge_between_them_too():
    assert len(build_grid([tile(1, 1), tile(1, 2, zone=2)]).borders) == 7


def test_a_district_without_zone_is_outlined_against_its_neighbours():
    assert len(build_grid([tile(1, 1), tile(1, 2, zone=None)]).borders) == 7


def test_the_drawing_starts_at_its_first_used_row_and_column():
    placed = build_grid([tile(5, 3), tile(6, 4)])
    assert [(square.x, square.y) for square in placed.tiles] == [(0, 0), (TILE_WIDTH, TILE_HEIGHT)]
    assert (placed.width, placed.height) == (2 * TILE_WIDTH, 2 * TILE_HEIGHT)
    assert placed.view_box == "-5 -5 210 258"


def test_a_district_without_position_is_in_the_table_only():
    placed = build_grid([tile(1, 1, code="8001"), tile(None, None, code="8002")])
    assert [square.tile.code for square in placed.tiles] == ["8001"]
    assert [row.code for row in placed.rows] == ["8001", "8002"]


def test_without_any_position_nothing_is_drawn():
    placed = build_grid([tile(None, None)])
    assert placed.tiles == [] and placed.borders == [] and len(placed.rows) == 1


def test_no_districts_at_all():
    assert build_grid([]).rows == []


def test_rows_of_the_table_keep_the_order_given():
    tiles = [tile(1, 1, code="3", zone=2), tile(1, 2, code="1", zone=None), tile(1, 3, code="2", zone=1)]
    assert [row.code for row in build_grid(tiles).rows] == ["3", "1", "2"]


def test_two_districts_on_one_square_are_refused():
    with pytest.raises(ValueError, match="share a square"):
        build_grid([tile(1, 1, code="a"), tile(1, 1, code="b")])


@pytest.mark.parametrize("count", [1, 4, 5, 8, 9, 18, 19, 32])
def test_cells_stay_inside_their_tile_and_apart(count):
    (placed,) = build_grid([tile(1, 1, cells=count)]).tiles
    assert len(placed.cells) == count
    for cell in placed.cells:
        assert cell.x >= 0 and cell.x + cell.size <= TILE_WIDTH and cell.y + cell.size <= TILE_HEIGHT
    for one, other in combinations(placed.cells, 2):
        assert abs(one.x - other.x) >= one.size or abs(one.y - other.y) >= one.size


def test_more_cells_than_fit_are_left_to_the_table():
    placed = build_grid([tile(1, 1, cells=40)])
    assert len(placed.tiles[0].cells) == 32 and len(placed.rows[0].cells) == 40


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("เมืองนครศรีธรรมราช", "เมือง"),
        ("Mueang Nakhon Si Thammarat", "Mueang"),
        ("เฉลิมพระเกียรติ", f"เฉลิม{BREAK}พระเกียรติ"),
        ("ร่อนพิบูลย์", "ร่อนพิบูลย์"),
    ],
)
def test_short_label(name, label):
    assert short_label(name) == label


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("สิชล", ["สิชล"]),
        ("เฉลิมพระเกียรติ", ["เฉลิม", "พระเกียรติ"]),
        ("Chaloem Phra Kiat", ["Chaloem", "Phra Kiat"]),
        ("Sichon", ["Sichon"]),
    ],
)
def test_names_break_where_they_may(name, lines):
    (placed,) = build_grid([tile(1, 1, name=name)]).tiles
    assert [line.text for line in placed.lines] == lines


def test_a_line_too_long_is_squeezed_into_its_tile():
    (placed,) = build_grid([tile(1, 1, name="กกกกกกกกกกกก")]).tiles
    assert placed.lines[0].squeeze == TEXT_WIDTH


def test_marks_above_and_below_take_no_room():
    (placed,) = build_grid([tile(1, 1, name="ที่ญู้ปั้นน้ำ")]).tiles
    assert len(placed.lines) == 1
