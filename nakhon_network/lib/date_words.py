"""The words of dates in Thai and English, and the patterns that recognise them.

The patterns meet the strict form of `thai_text.search_key`, so digits are 0–9 and letters lower case.
"""

import re

from nakhon_network.lib.thai_text import loose_key

MONTHS = {
    "th": (
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
SHORT_MONTHS = {
    "th": ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
# Monday first, as `date.weekday()` counts.
WEEKDAYS = {
    "th": ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS = {
    "th": ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

# Ways people write the months besides the tables above.
_MONTHS_ALSO = {
    "มกรา": 1,
    "กุมภา": 2,
    "มีนา": 3,
    "เมษา": 4,
    "พฤษภา": 5,
    "มิถุนา": 6,
    "กรกฎา": 7,
    "กรกฏาคม": 7,
    "กรกฏา": 7,
    "สิงหา": 8,
    "กันยา": 9,
    "ตุลา": 10,
    "พฤศจิกา": 11,
    "ธันวา": 12,
    "Sept": 9,
}
_MONTH_NUMBERS = {loose_key(word): number for word, number in _MONTHS_ALSO.items()} | {
    loose_key(word): number
    for table in (MONTHS, SHORT_MONTHS)
    for words in table.values()
    for number, word in enumerate(words, start=1)
}

_WEEKDAY_NUMBERS = {"พฤหัส": 3, "พฤหัสฯ": 3} | {
    word.lower(): number
    for table in (WEEKDAYS, SHORT_WEEKDAYS)
    for words in table.values()
    for number, word in enumerate(words)
}
_WEEKDAY_CHOICE = "|".join(re.escape(word) for word in sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))

_ERA = r"(?:(?P<be>พ\.? ?ศ\.?|b\.?e\.?)|(?P<ce>ค\.? ?ศ\.?|c\.?e\.?|a\.?d\.?)) ?"
_YEAR = rf"(?:{_ERA})?(?P<year>[0-9]+)"
_MONTH_WORD = r"(?:เดือน ?)?(?P<month>[^0-9]{2,20}?)[ ,-]*"

OPENING = re.compile(rf"(?:(?:วัน ?)?(?P<weekday>{_WEEKDAY_CHOICE})[ ,.]*)?(?:(?:วัน)?ที่ ?)?")
DAY_FIRST = re.compile(rf"(?P<day>[0-9]{{1,2}}) ?(?P<mark>[/.-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=mark) ?{_YEAR}")
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
WORDED = re.compile(rf"(?P<day>[0-9]{{1,2}})[ -]?{_MONTH_WORD}{_YEAR}")
MONTH_AND_YEAR = re.compile(rf"(?:{_MONTH_WORD}|(?P<number>[0-9]{{1,2}}) ?[/.-] ?){_YEAR}")
YEAR_AND_MONTH = re.compile(r"(?P<year>[0-9]{4})[/.-](?P<number>[0-9]{1,2})")
YEAR_ALONE = re.compile(rf"(?:ปี ?)?{_YEAR}")
CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:(?P<mark>[.:])(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?"
    r" ?(?P<unit>น\.?|นาฬิกา)?"
)


def month_number(word: str) -> int | None:
    """1–12 for a month's name, short or long, Thai or English; None for anything else."""
    return _MONTH_NUMBERS.get(loose_key(word))


def weekday_number(word: str) -> int:
    """0 (Monday) to 6 for a weekday that `OPENING` found."""
    return _WEEKDAY_NUMBERS[word]
