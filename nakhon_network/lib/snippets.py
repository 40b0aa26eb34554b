"""Where a text holds what was sought, and the piece of it to show: never a letter without its vowel or tone.

A text is taken in clusters: a consonant with its marks, the vowel written before it and those written behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from nakhon_network.lib.thai_text import ELLIPSIS, graphemes, loose_key, search_key

# A text in pieces, each with whether it was sought.
Marked = list[tuple[str, bool]]

_LEADING = frozenset("เแโใไ")
_FOLLOWING = frozenset("ะาๅ")
_CONSONANTS = frozenset(map(chr, range(ord("ก"), ord("ฮ") + 1)))
BEFORE = 20
LENGTH = 110


def clusters(text: str) -> list[str]:
    """The text in units that are read and cut as one; joined they give it back."""
    units: list[str] = []
    for unit in graphemes(text):
        last = units[-1] if units else ""
        led = last in _LEADING and unit[0] in _CONSONANTS
        if led or (unit[0] in _FOLLOWING and last and _is_syllable(last)):
            units[-1] += unit
        else:
            units.append(unit)
    return units


def _is_syllable(unit: str) -> bool:
    return unit[0] in _CONSONANTS or (unit[0] in _LEADING and len(unit) > 1)


@lru_cache(maxsize=8192)
def _key(unit: str, loose: bool) -> str:
    # The bars keep a blank from being stripped as the end of a text.
    return (loose_key if loose else search_key)(f"|{unit}|")[1:-1]


def marked_words(text: str, words: Sequence[Sequence[str]]) -> tuple[Marked, list[bool]]:
    """The text with every word marked, each in the first of its forms that is there; and which words are there."""
    units = clusters(text)
    strict, loose = ([_key(unit, is_loose) for unit in units] for is_loose in (False, True))
    hits, found = [False] * len(units), []
    for forms in words:
        own = next((one for form in forms if any(one := _hits(strict, loose, form))), None)
        found.append(own is not None)
        hits = [hit or new for hit, new in zip(hits, own or [False] * len(units), strict=True)]
    return joined(zip(units, hits, strict=True)), found


def _hits(strict: list[str], loose: list[str], form: str) -> list[bool]:
    for keys, wanted in ((strict, search_key(form)), (loose, loose_key(form))):
        if wanted and wanted in "".join(keys) and any(hits := _occurrences(keys, wanted)):
            return hits
    return []


def _occurrences(keys: list[str], wanted: str) -> list[bool]:
    """Which units belong to an occurrence of `wanted` in the joined keys."""
    line = "".join(keys)
    # For each letter of the line the number of the occurrence it belongs to, zero if to none.
    owner = [0] * len(line)
    start = line.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        owner[start:end] = [start + 1] * len(wanted)
        start = line.find(wanted, end)
    hits, at = [], 0
    for key in keys:
        # What has no key in this form (a space, a dot) is marked where an occurrence runs on over it.
        around = owner[at - 1 : at + 1] if 0 < at < len(line) else [0, 0]
        hits.append(any(owner[at : at + len(key)]) if key else around[0] == around[1] != 0)
        at += len(key)
    return hits


def joined(units: Iterable[tuple[str, bool]]) -> Marked:
    """Neighbouring units of the same kind as one piece."""
    pieces: Marked = []
    for unit, hit in units:
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + unit, hit)
        else:
            pieces.append((unit, hit))
    return pieces


def snippet(pieces: Marked, *, before: int = BEFORE, length: int = LENGTH) -> Marked:
    """At most `length` clusters around the first marked one, … where something was left out."""
    units = [(unit, hit) for piece, hit in pieces for unit in clusters(piece)]
    if len(units) <= length:
        return pieces
    first = next((at for at, (_unit, hit) in enumerate(units) if hit), 0)
    start = max(0, min(first - before, len(units) - length))
    end = start + length
    shown = [*([(ELLIPSIS, False)] if start else []), *units[start:end]]
    if end < len(units):
        shown.append((ELLIPSIS, False))
    return joined(shown)
