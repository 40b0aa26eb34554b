"""Rules of dates in spreadsheets."""

from datetime import date, datetime

import pytest

from nakhon_network.lib.sheets import BuddhistDateWidget
from nakhon_network.lib.thai_dates import DateProblem

CHRISTMAS = date(2006, 12, 25)


@pytest.mark.parametrize(
    "cell",
    [
        "25/12/2549",
        "25 ธ.ค. 2549",
        "2006-12-25",
        CHRISTMAS,
        datetime.fromisoformat("2006-12-25"),
        date(2549, 12, 25),
        datetime.fromisoformat("2549-12-25"),
    ],
)
def test_a_cell_is_read_by_the_rule_of_the_house(cell: object) -> None:
    assert BuddhistDateWidget().clean(cell) == CHRISTMAS


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_an_empty_cell_is_no_date(cell: object) -> None:
    assert BuddhistDateWidget().clean(cell) is None


@pytest.mark.parametrize("cell", ["25/12/49", "12/25/2549", 39076, "1/1/2743", date(2552, 2, 29), date(1899, 12, 31)])
def test_a_cell_is_never_guessed(cell: object) -> None:
    with pytest.raises(DateProblem):
        BuddhistDateWidget().clean(cell)


def test_a_date_is_written_so_that_it_can_be_read_again() -> None:
    shown = BuddhistDateWidget().render(CHRISTMAS)
    assert shown == "25 ธ.ค. 2549"
    assert BuddhistDateWidget().clean(shown) == CHRISTMAS
    assert BuddhistDateWidget().render(None) == ""


def test_a_native_date_is_written_where_it_is_asked_for() -> None:
    assert BuddhistDateWidget(coerce_to_string=False).render(CHRISTMAS) == CHRISTMAS
    assert BuddhistDateWidget().render(CHRISTMAS, force_native_type=True) == CHRISTMAS
