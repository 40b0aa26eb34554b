"""Thai text: what is stored, how it is compared, sorted, cut and highlighted.

Pure functions over `str`; nothing here raises, whatever the text holds (NUL and lone surrogates included).
"""

import re
from collections.abc import Callable
from unicodedata import category

NO_BREAK_SPACE = "\u00a0"
ELLIPSIS = "…"
_JOINER = "\u200d"

_AA, _AM, _NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
_LEADING_VOWELS = "\u0e40-\u0e44"
_VOWEL_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47")
_TONES = "\u0e48-\u0e4b"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Characters that draw nothing: controls, lone surrogates, soft hyphen, joiners, fillers, bidi marks, tags.
_INVISIBLE_CLASS = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_CLASS}]+")
_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_BLANK = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_BLANKS = re.compile(f"[{_BLANK}]+")
_AROUND_LINE_END = re.compile(" ?\n ?")

_SARAS = f"(?:[{_AA}{_AM}][{_TONES}{_NIKHAHIT}]*)"
# One mark or sara alone is in order already, and so is what most syllables have: a vowel and its tone, a tone and ำ.
_IN_ORDER = f"(?:.|[{''.join(sorted(_VOWEL_MARKS))}][{_TONES}]|[{_TONES}]{_AM})(?![{_MARKS}{_AA}{_AM}])"
_TAIL = re.compile(f"(?!{_IN_ORDER})(?:[{_MARKS}]+{_SARAS}*|{_SARAS}+)")
# Thai and ASCII letters on one line: nothing invisible, and one kind of blank.
_USUAL = re.compile("[ -~\u0e01-\u0e3a\u0e3f-\u0e5b]*")
_REPEATED_MARK = re.compile(f"([{_MARKS}])\\1+")
_DROPPED_IN_LOOSE = re.compile("[\u0e47-\u0e4e .ฯ]")
_DROPPED_IN_SORTING = re.compile(r"[ .\-ฯๆ()]")
_LEADING_VOWEL_PAIR = re.compile(f"([{_LEADING_VOWELS}])([ก-ฮ])")
_SORTED_SECOND = re.compile("[\u0e47-\u0e4e]")
_PLACE_PREFIX = re.compile(r"(?:จังหวัด|จ\.|(?:กิ่ง ?)?(?:อำเภอ|อ\.)|ตำบล|ต\.) ?")
_DANGLING = re.compile(f"[{_LEADING_VOWELS}\\s]+\\Z")


def clean(text: str, *, multiline: bool = False) -> str:
    """The text as it is stored: what was typed, without invisible characters and misordered marks.

    With `multiline` line ends are kept (as `\\n`), else they become spaces. Never NFKC: it would split ำ.
    """
    if not _USUAL.fullmatch(text):
        text = _LINE_END.sub("\n" if multiline else " ", text)
        text = _BLANKS.sub(" ", text)
        text = _INVISIBLE.sub("", text)
    # For some a second time: an invisible character may have stood between two spaces.
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if multiline:
        text = _AROUND_LINE_END.sub("\n", text)
    text = text.replace("เเ", "แ")
    return _TAIL.sub(_in_order, text).strip(" \n")


def _in_order(tail: re.Match[str]) -> str:
    """The marks after a letter in writing order, with ํ and า joined to ำ."""
    typed = tail[0]
    if len(typed) == 1:
        return typed
    saras = "".join(letter for letter in typed if letter in (_AA, _AM))
    vowels = "".join(mark for mark in typed if mark in _VOWEL_MARKS)
    others = "".join(mark for mark in typed if mark not in saras and mark not in vowels)
    if not saras:
        return vowels + others
    circles = others.count(_NIKHAHIT)
    if circles and saras.startswith(_AA):
        saras, circles = _AM + saras[1:], circles - 1
    return vowels + others.replace(_NIKHAHIT, "") + _NIKHAHIT * circles + saras


def arabic_digits(text: str) -> str:
    """The text with ๐–๙ written 0–9."""
    return text.translate(_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0–9 written ๐–๙; for official papers, applied last and never to codes or addresses."""
    return text.translate(_THAI)


def search_key(text: str) -> str:
    """The strict form, in which spellings that look alike are equal; of what is stored and of the query.

    Never longer than the text, so that the key of what fits a column fits its own: İ alone would become two letters.
    """
    key = _REPEATED_MARK.sub(r"\1", arabic_digits(clean(text)))
    return key.replace(_NIKHAHIT + _AM, _AM).replace("İ", "i").lower()


def loose_key(text: str) -> str:
    """The loose form: the strict one also without tone marks, ็ ์ ํ ๎, spaces, dots and ฯ."""
    return search_key(_DROPPED_IN_LOOSE.sub("", search_key(text)))


def place_key(text: str) -> str:
    """The strict form of a place name without a leading จังหวัด, อำเภอ, กิ่งอำเภอ, ตำบล or their abbreviations.

    A prefix with nothing after it is kept. เทศบาล is part of a name and stays.
    """
    key = search_key(text)
    prefix = _PLACE_PREFIX.match(key)
    return key[prefix.end() :] or key if prefix else key


def place_keys(text: str, *, province_name: str) -> tuple[str, ...]:
    """The place keys a typed name may mean, best first: `อ.เมือง` is first of all เมือง + the province."""
    key = place_key(text)
    return (key + place_key(province_name), key) if key == "เมือง" else (key,)


def sort_key(text: str) -> bytes:
    """The key whose binary order is Thai dictionary order: letters, NUL, then the marks of each letter.

    Bytes, for PostgreSQL text cannot hold NUL. Agrees with ICU's `th` on the country's place names.
    """
    letters = _DROPPED_IN_SORTING.sub("", search_key(text))
    letters = _LEADING_VOWEL_PAIR.sub(r"\2\1", letters)
    primary: list[str] = []
    secondary: list[str] = []
    for letter in letters:
        if not _SORTED_SECOND.match(letter):
            primary.append(letter)
            secondary.append("")
        elif primary:
            secondary[-1] += letter
    return "".join([*primary, "\0", *(marks or "0" for marks in secondary)]).encode()


def graphemes(text: str) -> list[str]:
    """The text in units a reader sees as one: a letter with its marks; ำ stays with its consonant."""
    units: list[str] = []
    for letter in text:
        kind = category(letter)
        joins = letter in (_AM, _JOINER) or kind.startswith("M")
        # A joiner makes one picture of two emoji, but leaves letters apart.
        if units and units[-1] != "\n" and (joins or (kind == "So" and units[-1].endswith(_JOINER))):
            units[-1] += letter
        else:
            units.append(letter)
    return units


def truncate(text: str, length: int) -> str:
    """At most `length` graphemes, the last of them … if something was cut; no leading vowel dangles."""
    units = graphemes(text)
    if len(units) <= length:
        return text
    if length < 1:
        return ""
    return _DANGLING.sub("", "".join(units[: length - 1])) + ELLIPSIS


def highlight_spans(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in segments, each with whether it matches the query; joined they give the text back.

    Matches in the strict form, or if there is none in the loose form; never splits a grapheme.
    """
    units = _compared_units(text)
    for form in (search_key, loose_key):
        hits = _hits(units, form(query), form=form)
        if any(hits):
            return _joined(units, hits)
    return [(text, False)] if text else []


def _compared_units(text: str) -> list[str]:
    """Graphemes, put together wherever `clean` mends across two of them: each has a key of its own."""
    units: list[str] = []
    last = ""
    for unit in graphemes(text):
        seen = _INVISIBLE.sub("", _BLANKS.sub(" ", _LINE_END.sub(" ", unit)))
        if units and (not last or not seen or _mended_together(last, seen)):
            units[-1] += unit
            last += seen
        else:
            units.append(unit)
            last = seen
    return units


def _mended_together(before: str, after: str) -> bool:
    """Whether `clean` would change something across the border of two graphemes."""
    if after == " ":
        return before == " "
    if after.startswith(_AA):
        return _NIKHAHIT in before or len(after) > 1
    if after.startswith("เ"):
        return before == "เ"
    return after.startswith(_AM) or category(after[0]).startswith("M")


def _hits(units: list[str], wanted: str, *, form: Callable[[str], str]) -> list[bool]:
    """For each unit, whether it belongs to an occurrence of `wanted` in the joined keys."""
    # The bars keep a blank from being stripped as the end of a text.
    keys = [form(f"|{unit}|")[1:-1] for unit in units]
    line = "".join(keys)
    # For each letter of the line the number of the occurrence it belongs to, zero if to none.
    occurrence = [0] * len(line)
    start = line.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        occurrence[start:end] = [start + 1] * len(wanted)
        start = line.find(wanted, end)
    hits: list[bool] = []
    at = 0
    for key in keys:
        # What has no key in this form (a space, a dot) is marked where an occurrence runs on over it.
        around = occurrence[at - 1 : at + 1] if 0 < at < len(line) else [0, 0]
        hits.append(any(occurrence[at : at + len(key)]) if key else around[0] == around[1] != 0)
        at += len(key)
    return hits


def _joined(units: list[str], hits: list[bool]) -> list[tuple[str, bool]]:
    """Neighbouring units of the same kind as one segment."""
    spans: list[tuple[str, bool]] = []
    for unit, hit in zip(units, hits, strict=True):
        if spans and spans[-1][1] == hit:
            spans[-1] = (spans[-1][0] + unit, hit)
        else:
            spans.append((unit, hit))
    return spans
