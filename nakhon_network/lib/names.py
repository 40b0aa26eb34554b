"""Names of persons: prefix, first and last name, taken apart and put together."""

import re
from typing import NamedTuple

from nakhon_network.lib.thai_text import clean, sort_key

_TITLES = ("นาย", "นาง", "นางสาว", "น.ส.", "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "คุณหญิง", "ท่านผู้หญิง")
_NOBLE = ("หม่อมเจ้า", "หม่อมราชวงศ์", "หม่อมหลวง", "ม.จ.", "ม.ร.ว.", "ม.ล.")
_ARMY_RANKS = (
    *("พลเอก", "พลโท", "พลตรี", "พันเอก", "พันโท", "พันตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี"),
    *("จ่าสิบเอก", "จ่าสิบโท", "จ่าสิบตรี", "สิบเอก", "สิบโท", "สิบตรี", "พลทหาร"),
    *("พล.อ.", "พล.ท.", "พล.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.อ.", "ร.ท.", "ร.ต."),
    *("จ.ส.อ.", "จ.ส.ท.", "จ.ส.ต.", "ส.อ.", "ส.ท.", "ส.ต."),
)
_SEA_AND_AIR_RANKS = (
    *("พลเรือเอก", "พลเรือโท", "พลเรือตรี", "นาวาเอก", "นาวาโท", "นาวาตรี", "เรือเอก", "เรือโท", "เรือตรี"),
    *("พลอากาศเอก", "พลอากาศโท", "พลอากาศตรี", "นาวาอากาศเอก", "นาวาอากาศโท", "นาวาอากาศตรี"),
    *("เรืออากาศเอก", "เรืออากาศโท", "เรืออากาศตรี", "พันจ่าเอก", "พันจ่าโท", "พันจ่าตรี"),
    *("พล.ร.อ.", "พล.ร.ท.", "พล.ร.ต.", "พล.อ.อ.", "พล.อ.ท.", "พล.อ.ต.", "น.อ.", "น.ท.", "น.ต."),
    *("พ.จ.อ.", "พ.จ.ท.", "พ.จ.ต.", "พ.อ.อ.", "พ.อ.ท.", "พ.อ.ต.", "จ.อ.", "จ.ท.", "จ.ต."),
)
_POLICE_RANKS = (
    *("พลตำรวจเอก", "พลตำรวจโท", "พลตำรวจตรี", "พันตำรวจเอก", "พันตำรวจโท", "พันตำรวจตรี"),
    *("ร้อยตำรวจเอก", "ร้อยตำรวจโท", "ร้อยตำรวจตรี", "ดาบตำรวจ", "จ่าสิบตำรวจ"),
    *("สิบตำรวจเอก", "สิบตำรวจโท", "สิบตำรวจตรี"),
    *("พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต."),
    *("ด.ต.", "ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต."),
)
# A woman's rank is the rank and หญิง.
_RANKS = tuple(rank + ending for rank in (*_ARMY_RANKS, *_SEA_AND_AIR_RANKS, *_POLICE_RANKS) for ending in ("", "หญิง"))
_ACTING = ("ว่าที่ร้อยตรี", "ว่าที่ร้อยโท", "ว่าที่ร้อยเอก", "ว่าที่พันตรี", "ว่าที่ ร.ต.", "ว่าที่ ร.ท.", "ว่าที่ ร.อ.", "ว่าที่ พ.ต.")
_LEARNED = (
    *(
        "ศาสตราจารย์",
        "รองศาสตราจารย์",
        "ผู้ช่วยศาสตราจารย์",
        "ศ.",
        "รศ.",
        "ผศ.",
        "ดร.",
        "ศ.ดร.",
        "รศ.ดร.",
        "ผศ.ดร.",
    ),
    *("นายแพทย์", "แพทย์หญิง", "ทันตแพทย์", "ทันตแพทย์หญิง", "เภสัชกร", "เภสัชกรหญิง"),
    *("นพ.", "พญ.", "ทพ.", "ทพญ.", "ภก.", "ภญ.", "น.สพ.", "สพ.ญ."),
)
_RELIGIOUS = (
    *("พระ", "พระมหา", "พระครู", "พระครูปลัด", "พระครูสมุห์", "พระครูใบฎีกา", "พระครูสังฆรักษ์", "พระครูวินัยธร"),
    *("พระครูธรรมธร", "พระอธิการ", "พระอาจารย์", "พระปลัด", "พระสมุห์", "พระใบฎีกา", "สามเณร", "แม่ชี", "บาทหลวง"),
)
_FOREIGN = ("Mr.", "Mrs.", "Ms.", "Miss", "Dr.")

PREFIXES: tuple[str, ...] = (
    *_TITLES,
    *_NOBLE,
    *_RANKS,
    *_ACTING,
    *_LEARNED,
    *_RELIGIOUS,
    *_FOREIGN,
)
# Ranks and learned titles stand together: พ.ต.อ.ดร.
_SERVING = frozenset({*_RANKS, *_ACTING, *_LEARNED})
# How one speaks to somebody; never part of the legal name.
FORMS_OF_ADDRESS: tuple[str, ...] = ("คุณ", "อ.", "อาจารย์", "ครู", "น้อง", "พี่")


class NameParts(NamedTuple):
    """A full name taken apart; what is not there is empty. `form_of_address` is no legal prefix."""

    prefix: str
    first: str
    last: str
    form_of_address: str = ""


def _spelling(word: str) -> str:
    """A pattern for a prefix however its dots and spaces are typed.

    One dot at least is asked for, since สอ without any may well be a first name.
    """
    if word.isascii():
        return re.escape(word.rstrip(".")) + r"(?:\.| )"
    if "." not in word:
        return re.escape(word)
    acting, letters = "ว่าที่ ", word.removeprefix("ว่าที่ ")
    start = acting + "?" if letters != word else ""
    parts = [re.escape(part) for part in letters.rstrip(".").split(".")]
    if not word.endswith("."):
        return start + r"\. ?".join(parts)
    dotted = r"\.? ?".join(parts) + r"\."
    return f"{start}(?:{dotted}|" + r"\. ?".join(parts) + " )" if len(parts) > 1 else start + dotted


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches one of the words, the longest first, and then what can begin a name."""
    choice = "|".join(f"(?P<w{words.index(word)}>{_spelling(word)})" for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{choice}) ?(?=[ก-ฮเ-ไA-Za-z])", re.IGNORECASE)


_PREFIX = _any_of(PREFIXES)
_SECOND_PREFIX = _any_of(_LEARNED)
_ADDRESS = _any_of(FORMS_OF_ADDRESS)


def split_name(text: str) -> NameParts:
    """A typed full name in parts; the prefix as the list spells it; a monk may have no last name.

    The split is a proposal for a person to look at: นางนวล may be one name or two words.
    """
    rest = clean(text)
    prefix, rest = _taken(rest, pattern=_PREFIX, words=PREFIXES)
    if prefix in _SERVING:
        second, rest = _taken(rest, pattern=_SECOND_PREFIX, words=_LEARNED)
        prefix += second
    address = ""
    if not prefix:
        address, rest = _taken(rest, pattern=_ADDRESS, words=FORMS_OF_ADDRESS)
    first, _, last = rest.partition(" ")
    return NameParts(prefix, first, last, address)


def _taken(text: str, *, pattern: re.Pattern[str], words: tuple[str, ...]) -> tuple[str, str]:
    """The word of the list at the beginning of the text (or empty), and the text after it."""
    found = pattern.match(text)
    if not found or not found.lastgroup:
        return "", text
    return words[int(found.lastgroup[1:])], text[found.end() :]


def full_name(prefix: str, first: str, last: str) -> str:
    """The name as official papers write it: no space after a Thai prefix."""
    gap = " " if prefix.isascii() and prefix else ""
    return f"{prefix}{gap}{first} {last}".strip()


def person_sort_key(first: str, last: str) -> bytes:
    """Persons stand by first name, then last; the prefix does not count."""
    return sort_key(first) + b"\0" + sort_key(last)
