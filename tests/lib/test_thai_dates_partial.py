"""Rules of dates known in part, and of how long ago something was."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nakhon_network.lib.thai_dates import BANGKOK, DateProblem, PartialDate, ago

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=BANGKOK)

days = st.dates(date(1857, 1, 1), date(2199, 12, 31))
partial_dates = st.one_of(
    st.just(PartialDate()),
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@pytest.mark.parametrize(
    ("typed", "iso", "shown"),
    [
        ("25/12/2549", "2006-12-25", "25 ธันวาคม 2549"),
        ("ธ.ค. 2549", "2006-12", "ธันวาคม 2549"),
        ("เดือนธันวาคม พ.ศ. ๒๕๔๙", "2006-12", "ธันวาคม 2549"),
        ("12/2549", "2006-12", "ธันวาคม 2549"),
        ("2549-12", "2006-12", "ธันวาคม 2549"),
        ("2549", "2006", "พ.ศ. 2549"),
        ("ปี 2549", "2006", "พ.ศ. 2549"),
        ("ค.ศ. 2006", "2006", "พ.ศ. 2549"),
        ("ไม่ทราบ", "", ""),
        (" ", "", ""),
    ],
)
def test_a_date_may_be_known_in_part(typed: str, iso: str, shown: str) -> None:
    partial = PartialDate.parse(typed)
    assert (partial.to_iso(), partial.format()) == (iso, shown)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("49", "year_digits"),
        ("ธ.ค. 49", "year_digits"),
        ("13/2549", "no_such_day"),
        ("2300", "year_range"),
        ("เร็ว ๆ นี้", "invalid"),
        ("1/1/2743", "year_range"),
    ],
)
def test_a_partial_date_is_never_guessed(typed: str, code: str) -> None:
    with pytest.raises(DateProblem) as problem:
        PartialDate.parse(typed)
    assert problem.value.code == code


@pytest.mark.parametrize("parts", [(None, 1), (2006, None, 1), (2549,), (2006, 0), (2006, 2, 29)])
def test_an_impossible_partial_date_cannot_be_made(parts: tuple[int | None, ...]) -> None:
    with pytest.raises(DateProblem):
        PartialDate(*parts)


@given(partial_dates)
def test_a_partial_date_round_trips_stored_and_shown(partial: PartialDate) -> None:
    assert PartialDate.from_iso(partial.to_iso()) == partial
    assert PartialDate.parse(partial.format()) == partial
    if partial.year is None or partial.year >= 1900:
        assert PartialDate.parse(partial.format(language="en")) == partial


@given(partial_dates, partial_dates)
def test_partial_dates_sort_as_their_stored_texts_do(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (one.to_iso() < other.to_iso()) == (one.sort_value < other.sort_value)


def test_an_unknown_date_is_false() -> None:
    assert not PartialDate()
    assert PartialDate(2006)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=10), "10 days ago"),
        (timedelta(days=30), "30 days ago"),
        (timedelta(days=31), "1 month ago"),
        (timedelta(days=364), "11 months ago"),
        (timedelta(days=730), "2 years ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_fitting_unit(before: timedelta, said: str) -> None:
    with translation.override("en"):
        assert ago(NOW - before, NOW) == said


def test_a_mere_day_is_counted_in_days() -> None:
    with translation.override("en"):
        assert ago(date(2026, 3, 31), NOW) == "today"
        assert ago(date(2026, 3, 30), date(2026, 3, 31)) == "1 day ago"


def test_what_is_still_to_come_is_given_as_its_date() -> None:
    assert ago(date(2026, 4, 2), NOW) == "2 เมษายน 2569"
    assert ago(NOW + timedelta(hours=20), NOW) == "1 เมษายน 2569"
