"""Rules of dates and times: read tolerantly, never guessed, printed in พ.ศ."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nakhon_network.lib import thai_dates
from nakhon_network.lib.thai_dates import DateProblem, PartialDate, TimeProblem, parse_date, parse_time
from nakhon_network.lib.thai_text import thai_digits
from tests.lib.arbitrary import any_text, unhurried

CHRISTMAS = date(2006, 12, 25)
FIRST, LAST = date(2400 - 543, 1, 1), date(2700 - 543, 12, 31)
SPELLINGS = {
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year + 543}",
    "dashes and zeros": lambda day: f"{day.day:02}-{day.month:02}-{day.year + 543}",
    "year first": lambda day: f"{day.year + 543}-{day.month:02}-{day.day:02}",
    "long": thai_dates.format_long,
    "short month": thai_dates.format_medium,
    "Thai digits": lambda day: thai_digits(thai_dates.format_long(day)),
    "official": thai_dates.format_official,
}


@pytest.mark.parametrize(
    "typed",
    [
        "25/12/2549",
        "25-12-2549",
        "25.12.2549",
        "25 / 12 / 2549",
        "25 ธ.ค. 2549",
        "25 ธค 2549",
        "25ธ.ค.2549",
        "25-ธ.ค.-2549",
        "25 ธันวาคม 2549",
        "25 ธันวา 2549",
        "25 ธันวาคม พ.ศ. 2549",
        "25 ธันวาคม พ.ศ.2549",
        "25 ธันวาคม พศ 2549",
        "25 ธันวาคม ค.ศ. 2006",
        "๒๕/๑๒/๒๕๔๙",
        "วันจันทร์ที่ 25 ธันวาคม 2549",
        "วันจันทร์ที่\u00a0๒๕\u00a0ธันวาคม\u00a0พ.ศ.\u00a0๒๕๔๙",
        "จ. 25 ธ.ค. 2549",
        "วันที่ 25 เดือนธันวาคม พ.ศ. 2549",
        "2006-12-25",
        "25/12/2006",
        "2549-12-25",
        "25 Dec 2549",
        "Monday, 25 December 2006",
        "  25\u200b/12/2549 ",
    ],
)
def test_every_spelling_of_the_house_is_read(typed: str) -> None:
    assert parse_date(typed) == thai_dates.ParsedDate(CHRISTMAS, weekday_matches=True)


@pytest.mark.parametrize("typed", ["25/12/49", "25 ธ.ค. 49", "49-12-25", "๒๕/๑๒/๔๙", "25 ธ.ค. 25490"])
def test_a_year_without_four_digits_is_refused_with_a_sentence_about_it(typed: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(typed)
    assert problem.value.code == "year_digits"
    with translation.override("en"):
        assert "four digits" in str(problem.value)


@pytest.mark.parametrize("typed", ["1/1/2399", "1/1/2201", "1/1/1899", "1 ม.ค. ค.ศ. 2549", "1 ม.ค. พ.ศ. 2006"])
def test_a_year_of_neither_era_is_refused(typed: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(typed)
    assert problem.value.code == "year_range"


@pytest.mark.parametrize("typed", ["29/02/2560", "31/4/2549", "12/25/2549", "0/1/2549", "2006-13-01"])
def test_a_day_that_the_calendar_lacks_is_refused(typed: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(typed)
    assert problem.value.code == "no_such_day"


@pytest.mark.parametrize("typed", ["", "พรุ่งนี้", "25 ธันวามคม 2549", "25/12", "25/12-2549", "25/12/2549 น.", "5" * 500])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(DateProblem) as problem:
        parse_date(typed)
    assert problem.value.code == "invalid"


def test_a_leap_day_is_judged_after_conversion() -> None:
    assert parse_date("29/02/2551").value == date(2008, 2, 29)


def test_a_wrong_weekday_is_read_and_told_of() -> None:
    assert parse_date("วันอังคารที่ 25 ธันวาคม 2549") == thai_dates.ParsedDate(CHRISTMAS, weekday_matches=False)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_day_of_three_centuries_round_trips(spelling: str) -> None:
    write = SPELLINGS[spelling]
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    assert [day for day in days if parse_date(write(day)) != thai_dates.ParsedDate(day)] == []


@unhurried
@given(any_text)
def test_nothing_but_a_date_problem_comes_of_any_text(text: str) -> None:
    for read in (parse_date, parse_time, PartialDate.parse, PartialDate.from_iso):
        with suppress(DateProblem):
            assert read(text) is not None


@pytest.mark.parametrize(
    ("form", "thai", "english"),
    [
        (thai_dates.format_long, "25 ธันวาคม 2549", "25 December 2006"),
        (thai_dates.format_medium, "25 ธ.ค. 2549", "25 Dec 2006"),
        (thai_dates.format_short, "25 ธ.ค. 49", "25 Dec 06"),
        (
            thai_dates.format_official,
            "วันจันทร์ที่ ๒๕\u00a0ธันวาคม\u00a0พ.ศ.\u00a0๒๕๔๙",
            "Monday 25\u00a0December\u00a02006",
        ),
    ],
)
def test_dates_are_printed_in_both_languages(form, thai: str, english: str) -> None:
    assert form(CHRISTMAS) == thai
    assert form(CHRISTMAS, language="en") == english


def test_the_buddhist_year_is_543_ahead() -> None:
    assert thai_dates.be_year(CHRISTMAS) == 2549


@pytest.mark.parametrize("typed", ["09.00 น.", "9.00", "09:00", "๙.๐๐ น.", "9 น.", "9.00น", "09:00:00"])
def test_times_are_read(typed: str) -> None:
    assert parse_time(typed) == time(9)


@pytest.mark.parametrize("typed", ["", "9", "24.00", "9.60", "9.5", "0900", "เก้าโมง"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(TimeProblem):
        parse_time(typed)


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_printed_time_is_read_as_itself(moment: time) -> None:
    assert parse_time(thai_dates.format_time(moment)) == moment
    assert parse_time(thai_dates.format_time(moment, language="en")) == moment


def test_a_time_is_printed_with_a_dot_and_its_unit() -> None:
    assert thai_dates.format_time(time(9)) == "09.00 น."


def test_half_past_midnight_in_bangkok_is_that_day() -> None:
    assert thai_dates.bangkok_date(datetime(2006, 12, 24, 17, 30, tzinfo=UTC)) == CHRISTMAS
    assert thai_dates.bangkok_date(datetime.fromisoformat("2006-12-25T00:30")) == CHRISTMAS


def test_dates_the_network_cannot_store_are_refused() -> None:
    assert thai_dates.check_bounds(date(1900, 1, 1)) == date(1900, 1, 1)
    assert thai_dates.check_bounds(date(2199, 12, 31)) == date(2199, 12, 31)
    for day in (date(1899, 12, 31), date(2200, 1, 1)):
        with pytest.raises(DateProblem):
            thai_dates.check_bounds(day)
