"""What was typed into the box, as words to seek: each in its strict and its loose form, and what it is also called.

Synonyms are data (`synonyms.csv`): a line holds words of one meaning. Nothing is stored under them, so a changed line
is in force at once.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from nakhon_network.lib.names import split_name
from nakhon_network.lib.phones import PhoneProblem, parse_phone
from nakhon_network.lib.thai_text import arabic_digits, clean, loose_key, place_key, search_key

LONGEST = 100
MOST_WORDS = 8
MOST_FORMS = 6
# An abbreviation of so few letters stands for its word only where a typed word begins with it.
SHORT = 4
FEWEST_DIGITS = 4
_SYNONYMS = Path(__file__).with_name("synonyms.csv")
_BETWEEN_DIGITS = str.maketrans("", "", " -.()+")


@dataclass(frozen=True)
class Word:
    """One word: `strict` as it was typed, `loose` all loose forms it may stand in, its own first."""

    strict: str
    loose: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What is sought. All `words` must be found; `digits` of a telephone; `name` are the words without a prefix."""

    typed: str
    words: tuple[Word, ...] = ()
    digits: str = ""
    name: tuple[Word, ...] = ()
    was_cut: bool = False
    strict: str = field(default="")

    @property
    def names(self) -> tuple[str, ...]:
        """Loose forms of what something may be called that was typed whole: with the kind of a place and without."""
        without = "".join(word.loose[0] for word in self.words)
        return tuple(dict.fromkeys(name for name in (without, loose_key(self.typed)) if name))

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that can be sought."""
        return not self.words and not self.digits


def read_query(typed: str) -> Query:
    """The query in a text of any length and content."""
    kept = clean(arabic_digits(typed[:LONGEST]))
    words = _words(kept)
    person = split_name(kept)
    has_prefix = bool(person.prefix or person.form_of_address)
    return Query(
        typed=kept,
        words=words,
        digits=_digits(kept),
        name=_words(f"{person.first} {person.last}") if has_prefix else (),
        was_cut=len(typed) > LONGEST or len(kept.split()) > MOST_WORDS,
        strict=" ".join(word.strict for word in words),
    )


def _words(text: str) -> tuple[Word, ...]:
    """Words without the kind of a place before them; a kind that stands alone counts only where nothing else does."""
    parts = search_key(text).split(" ")[:MOST_WORDS]
    named = [part for part in parts if place_key(f"{part}ก") != "ก"]
    found = [_word(part) for part in named or parts]
    return tuple(word for word in dict.fromkeys(found) if word.loose)


def _word(part: str) -> Word:
    strict = place_key(part)
    if len(loose_key(strict)) < 2:
        strict = part  # ต.ค. is no place called ค
    own = loose_key(strict)
    return Word(strict, also_called(own) if own else ())


def also_called(loose: str) -> tuple[str, ...]:
    """The loose form itself, and with a synonym in place of one of its parts."""
    forms = [loose]
    for group in _groups():
        here = next((one for one in group if _stands_in(one, loose)), None)
        if here is not None:
            forms += [loose.replace(here, other, 1) for other in group if other != here]
    return tuple(dict.fromkeys(forms))[:MOST_FORMS]


def _stands_in(synonym: str, loose: str) -> bool:
    return loose.startswith(synonym) if len(synonym) <= SHORT else synonym in loose


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    """Loose forms of one meaning, the longest of each group first."""
    with _SYNONYMS.open(encoding="utf-8", newline="") as file:
        lines = [[loose_key(one) for one in line] for line in csv.reader(file)]
    return tuple(tuple(sorted(filter(None, line), key=len, reverse=True)) for line in lines)


def _digits(text: str) -> str:
    """The digits of a typed telephone number or of a part of one; nothing for any other text."""
    bare = text.translate(_BETWEEN_DIGITS)
    if not (bare.isascii() and bare.isdecimal() and len(bare) >= FEWEST_DIGITS):
        return ""
    try:
        return parse_phone(text).digits
    except PhoneProblem:
        return bare
