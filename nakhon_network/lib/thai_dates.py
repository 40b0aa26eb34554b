"""Dates and times as people in Thailand write them: read tolerantly, never guessed, printed in พ.ศ.

All other modules hold Gregorian dates and aware datetimes; the Buddhist Era (CE + 543) lives here.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import total_ordering
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib import date_words
from nakhon_network.lib.date_words import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from nakhon_network.lib.thai_text import NO_BREAK_SPACE, search_key, thai_digits

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = [
    "BANGKOK",
    "END_OF_DATES",
    "FIRST_DATE",
    "MONTHS",
    "SHORT_MONTHS",
    "SHORT_WEEKDAYS",
    "WEEKDAYS",
    "DateProblem",
    "ParsedDate",
    "PartialDate",
    "TimeProblem",
    "ago",
    "bangkok_date",
    "be_year",
    "check_bounds",
    "format_long",
    "format_medium",
    "format_official",
    "format_short",
    "format_time",
    "language_of_page",
    "parse_date",
    "parse_time",
    "settle_cell_date",
]

BANGKOK = ZoneInfo("Asia/Bangkok")
FIRST_DATE = date(1900, 1, 1)
END_OF_DATES = date(2200, 1, 1)
_BE_OFFSET = 543
_FIRST_BE_YEAR, _CE_YEARS = 2400, range(1900, 2201)
_LONGEST = 100
_UNKNOWN_WORDS = frozenset({"", "-", "ไม่ทราบ", "ไม่รู้", "unknown"})
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_INVALID = _("Please give a date such as 25 Dec 2549.")
_YEAR_DIGITS = _("Please give the year in four digits, such as 25 Dec 2549.")
_YEAR_RANGE = _("Please check the year: give a Buddhist year such as 2549, or a CE year such as 2006.")
_NO_SUCH_DAY = _("There is no such day in the calendar. Please check the day, the month and the year.")
_OUT_OF_BOUNDS = _("Please check the year: the date must fall between 2443 and 2742 BE (1900 and 2199 CE).")
_INVALID_TIME = _("Please give a time such as 09.00.")


class DateProblem(ValueError):
    """A date that cannot be read; `message` says to the person what to do, `code` is for programs."""

    def __init__(self, message: "str | _StrPromise", *, code: str = "invalid") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class TimeProblem(DateProblem):
    """A time of day that cannot be read."""


@dataclass(frozen=True)
class ParsedDate:
    """A date as read, and whether the weekday written beside it (if any) is the right one."""

    value: date
    weekday_matches: bool = True


def parse_date(text: str) -> ParsedDate:
    """The date a person wrote, in any spelling of the house; DateProblem with a sentence if none fits.

    Years from 2400 are Buddhist, 1900 to 2200 CE; a two-digit year is refused: its century would be a guess.
    """
    key = _key(text)
    opening = date_words.OPENING.match(key)
    rest = key[opening.end() :] if opening else key
    for pattern in (date_words.YEAR_FIRST, date_words.DAY_FIRST, date_words.WORDED):
        if found := pattern.fullmatch(rest):
            break
    else:
        raise DateProblem(_INVALID)
    value = _calendar_day(_year(found), _month(found["month"]), int(found["day"]))
    weekday = opening["weekday"] if opening else None
    return ParsedDate(value, weekday is None or date_words.weekday_number(weekday) == value.weekday())


def _key(text: str) -> str:
    """The strict form of what was typed; far too long a text is no date."""
    if len(text) > _LONGEST:
        raise DateProblem(_INVALID)
    return search_key(text)


def _year(found: re.Match[str]) -> int:
    """The CE year of a match, by its era if one is written and else by its size."""
    groups = found.groupdict()
    if len(found["year"]) != 4:
        raise DateProblem(_YEAR_DIGITS, code="year_digits")
    number = int(found["year"])
    if number >= _FIRST_BE_YEAR and not groups.get("ce"):
        return number - _BE_OFFSET
    if number in _CE_YEARS and not groups.get("be"):
        return number
    raise DateProblem(_YEAR_RANGE, code="year_range")


def _month(word: str) -> int:
    """1–12 for a month's name or number."""
    number = int(word) if word.isdecimal() else date_words.month_number(word)
    if number is None:
        raise DateProblem(_INVALID)
    return number


def _calendar_day(year: int, month: int, day: int) -> date:
    """The day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        raise DateProblem(_NO_SUCH_DAY, code="no_such_day") from None


def check_bounds(value: date) -> date:
    """The date itself if it is from 1900 to 2199 CE, what the network stores; else DateProblem."""
    if not FIRST_DATE <= value < END_OF_DATES:
        raise DateProblem(_OUT_OF_BOUNDS, code="out_of_bounds")
    return value


def settle_cell_date(value: date) -> date:
    """A date that a spreadsheet program already made of what was typed, put right if its year was Buddhist.

    Excel takes 25/12/2549 for the year 2549 CE; by the same rule as in text, years from 2400 are Buddhist.
    """
    if value.year < _FIRST_BE_YEAR:
        return value
    return _calendar_day(value.year - _BE_OFFSET, value.month, value.day)


def bangkok_date(value: date | datetime) -> date:
    """The day in Bangkok; a datetime without a zone is taken for Bangkok's own."""
    if isinstance(value, datetime):
        return (value.astimezone(BANGKOK) if value.tzinfo else value).date()
    return value


def be_year(value: date) -> int:
    """The Buddhist year."""
    return value.year + _BE_OFFSET


def language_of_page() -> str:
    """`en` under English, else `th`, the language of the house."""
    return "en" if (get_language() or "").startswith("en") else "th"


def _shown_year(value: date, language: str) -> int:
    return value.year if language == "en" else be_year(value)


def format_long(value: date, *, language: str = "th") -> str:
    """`25 ธันวาคม 2549`, or `25 December 2006`."""
    return f"{value.day} {MONTHS[language][value.month - 1]} {_shown_year(value, language)}"


def format_medium(value: date, *, language: str = "th") -> str:
    """`25 ธ.ค. 2549`, or `25 Dec 2006`."""
    return f"{value.day} {SHORT_MONTHS[language][value.month - 1]} {_shown_year(value, language)}"


def format_short(value: date, *, language: str = "th") -> str:
    """`25 ธ.ค. 49`, or `25 Dec 06`: for tables only, `parse_date` refuses it."""
    return f"{value.day} {SHORT_MONTHS[language][value.month - 1]} {_shown_year(value, language) % 100:02}"


def format_official(value: date, *, language: str = "th") -> str:
    """`วันจันทร์ที่ ๒๕ ธันวาคม พ.ศ. ๒๕๔๙`; day, month and year never part at a line end."""
    weekday = WEEKDAYS[language][value.weekday()]
    if language == "en":
        return f"{weekday} {format_long(value, language='en').replace(' ', NO_BREAK_SPACE)}"
    day = f"{value.day} {MONTHS['th'][value.month - 1]} พ.ศ. {be_year(value)}"
    return f"วัน{weekday}ที่ {thai_digits(day).replace(' ', NO_BREAK_SPACE)}"


def parse_time(text: str) -> time:
    """A time of day from `09.00 น.`, `9.00`, `09:00` or `9 น.`; TimeProblem with a sentence if it is none."""
    found = date_words.CLOCK.fullmatch(search_key(text)) if len(text) <= _LONGEST else None
    if not found or not (found["minute"] or found["unit"]):
        raise TimeProblem(_INVALID_TIME)
    try:
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise TimeProblem(_INVALID_TIME) from None


def format_time(value: time, *, language: str = "th") -> str:
    """`09.00 น.`, or `09:00`."""
    return f"{value:%H:%M}" if language == "en" else f"{value:%H.%M} น."


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, to the month, to the year, or not at all (no year); Gregorian.

    Sorted with the less exact before the more exact; the ISO texts sort the same way.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if (self.month is not None and self.year is None) or (self.day is not None and self.month is None):
            raise DateProblem(_INVALID)
        if self.year is None:
            return
        if not _FIRST_BE_YEAR - _BE_OFFSET <= self.year < END_OF_DATES.year:
            raise DateProblem(_YEAR_RANGE, code="year_range")
        _calendar_day(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `2549`, `พ.ศ. 2549`, `ธ.ค. 2549`, `12/2549`, any whole date; empty or `ไม่ทราบ` is unknown."""
        key = _key(text)
        if key in _UNKNOWN_WORDS:
            return cls()
        if found := date_words.YEAR_ALONE.fullmatch(key):
            return cls(_year(found))
        for pattern in (date_words.MONTH_AND_YEAR, date_words.YEAR_AND_MONTH):
            if found := pattern.fullmatch(key):
                return cls(_year(found), _month(found["number"] or found["month"]))
        whole = parse_date(text).value
        return cls(whole.year, whole.month, whole.day)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """From the stored form: `2006-12-25`, `2006-12`, `2006`, or empty for unknown."""
        if not text:
            return cls()
        found = _ISO.fullmatch(text)
        if not found:
            raise DateProblem(_INVALID)
        return cls(*(int(part) if part else None for part in found.groups()))

    def to_iso(self) -> str:
        """The stored form; see `from_iso`."""
        return "-".join(f"{part:02}" for part in self.sort_value if part)

    @property
    def sort_value(self) -> tuple[int, int, int]:
        """Year, month, day; zero for what is not known."""
        return (self.year or 0, self.month or 0, self.day or 0)

    def format(self, *, language: str = "th") -> str:
        """`25 ธันวาคม 2549`, `ธันวาคม 2549`, `พ.ศ. 2549`; empty if unknown. `parse` reads all of them."""
        if self.year is None:
            return ""
        if self.month is None:
            return str(self.year) if language == "en" else f"พ.ศ. {self.year + _BE_OFFSET}"
        whole = format_long(date(self.year, self.month, self.day or 1), language=language)
        return whole if self.day else whole.partition(" ")[2]

    def __bool__(self) -> bool:
        return self.year is not None

    def __lt__(self, other: object) -> bool:
        return self.sort_value < other.sort_value if isinstance(other, PartialDate) else NotImplemented

    def __str__(self) -> str:
        return self.format(language=language_of_page())


def ago(then: date | datetime, now: date | datetime) -> str:
    """How long before `now`, in the language of the page: `10 days ago`; for what is to come, its date."""
    if isinstance(then, datetime) and isinstance(now, datetime):
        seconds = (_aware(now) - _aware(then)).total_seconds()
        if -60 < seconds < 24 * 3600:
            return _ago_today(max(int(seconds), 0) // 60)
    day, today = bangkok_date(then), bangkok_date(now)
    if day > today:
        return format_long(day, language=language_of_page())
    days = (today - day).days
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if days == 0:
        return gettext("today")
    if months < 1:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if months < 12:
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    return ngettext("%(count)d year ago", "%(count)d years ago", months // 12) % {"count": months // 12}


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=BANGKOK)


def _ago_today(minutes: int) -> str:
    """Less than a day, in minutes or hours."""
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    return ngettext("%(count)d hour ago", "%(count)d hours ago", minutes // 60) % {"count": minutes // 60}
