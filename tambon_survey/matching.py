"""Who could help whom, by rules one can read: kind of help, theme, area, dates. Values only, no database.

A suggestion is an offer (or a body of the right kind, or a person who knows) beside somebody who looks for it, with
its reasons in words. What must hold: the same kind of help; a theme in common, or none named. What only orders: a
written offer before a body that merely is of the right kind, a shared theme, how near, who supports the tambon
already, how far, and what closes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nakhon_network.lib.thai_dates import format_medium, language_of_page

# Highest first, as `Place.keys`.
LEVELS = ("province", "zone", "district", "tambon")
SHARED, ANY, NOT_READ, OF_THE_KIND = range(4)
UNKNOWN, ELSEWHERE = len(LEVELS), len(LEVELS) + 1
EARTH_KM = 6371.0
GIVES = {
    "funding": gettext_lazy("gives money"),
    "knowledge": gettext_lazy("shares knowledge"),
    "place": gettext_lazy("is a place to learn"),
    "market": gettext_lazy("opens a market"),
    "other": gettext_lazy("offers something else"),
}
_WHOLE = {
    "province": gettext_lazy("works for the whole province"),
    "zone": gettext_lazy("works for the whole zone"),
    "district": gettext_lazy("works for the whole district"),
    "tambon": gettext_lazy("in the same tambon"),
}
_SAME = {
    "province": gettext_lazy("in the same province"),
    "zone": gettext_lazy("in the same zone"),
    "district": gettext_lazy("in the same district"),
    "tambon": gettext_lazy("in the same tambon"),
}


@dataclass(frozen=True)
class Place:
    """Where somebody is at home: (level, key) of the area and of all it lies in, highest first; and a point."""

    keys: tuple[tuple[str, str], ...]
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Theme:
    """A field of work: its name on the page, and (as written, as read) of each word that speaks of it."""

    code: str
    name: str
    words: tuple[tuple[str, str], ...] = ()

    def word_in(self, text: str) -> str:
        """The first of its words that `text` (in the strict form) says, as it is written; empty without one."""
        return next((written for written, read in self.words if read in text), "")


@dataclass(frozen=True)
class Seeker:
    """Who looks for help: which kinds, what the text says (strict form), the themes somebody chose, where."""

    key: str
    kinds: frozenset[str]
    text: str = ""
    themes: frozenset[str] = frozenset()
    place: Place | None = None


@dataclass(frozen=True)
class Candidate:
    """Who could give one kind of help. Without themes: meant for any, or not known when it is no written offer."""

    key: str
    kind: str
    themes: frozenset[str] = frozenset()
    place: Place | None = None
    until: date | None = None
    is_written: bool = True
    is_supporter: bool = False


@dataclass(frozen=True, order=True)
class Rank:
    """How suggestions are ordered, the best first."""

    unwritten: bool
    theme: int
    level: int
    beside: bool
    stranger: bool
    km: int
    until: date
    key: tuple[str, str]


@dataclass(frozen=True)
class Suggestion:
    """One who looks and one who has it, why they fit, and how well."""

    seeker: Seeker
    candidate: Candidate
    reasons: tuple[str, ...]
    rank: Rank


@dataclass(frozen=True)
class Nearness:
    """The lowest level both lie in (as a number, 0 the tambon), whether one's area contains the other, and how far."""

    rank: int
    contains: bool = False
    km: int | None = None

    def words(self) -> str:
        """As a reason; empty when nothing is known."""
        if self.rank == UNKNOWN:
            return ""
        if self.rank == ELSEWHERE:
            return _("outside the province")
        level = LEVELS[-1 - self.rank]
        said = str((_WHOLE if self.contains else _SAME)[level])
        far = not self.contains and self.rank and self.km
        return _("%(where)s, about %(km)s km away") % {"where": said, "km": self.km} if far else said


def suggest(seeker: Seeker, candidates: Iterable[Candidate], *, themes: Mapping[str, Theme]) -> list[Suggestion]:
    """The candidates that fit one who looks, the best first."""
    said = themes_said(seeker, themes)
    found = [judge(seeker, one, themes=themes, said=said) for one in candidates]
    return sorted((one for one in found if one is not None), key=lambda one: one.rank)


def fitting(candidate: Candidate, seekers: Iterable[Seeker], *, themes: Mapping[str, Theme]) -> list[Suggestion]:
    """The other way: those who look for what one has, the best first."""
    found = [judge(one, candidate, themes=themes, said=themes_said(one, themes)) for one in seekers]
    return sorted((one for one in found if one is not None), key=lambda one: one.rank)


def themes_said(seeker: Seeker, themes: Mapping[str, Theme]) -> dict[str, str]:
    """Code → the word that speaks of it in the text; empty for a theme that somebody chose."""
    said = {code: word for code, theme in themes.items() if (word := theme.word_in(seeker.text))}
    return said | dict.fromkeys(seeker.themes & set(themes), "")


def judge(
    seeker: Seeker, candidate: Candidate, *, themes: Mapping[str, Theme], said: Mapping[str, str]
) -> Suggestion | None:
    """The suggestion with its reasons; None where kind or theme do not fit."""
    if candidate.kind not in seeker.kinds:
        return None
    shared = [code for code in said if code in candidate.themes]
    if candidate.themes and said and not shared:
        return None
    near = nearness(seeker.place, candidate.place)
    reasons = (
        _kind_in_words(candidate),
        _themes_in_words(candidate, shared, themes=themes, said=said),
        near.words(),
        _("supports this tambon already") if candidate.is_supporter else "",
        _until_in_words(candidate),
    )
    rank = Rank(
        unwritten=not candidate.is_written,
        theme=_theme_rank(candidate, shared),
        level=near.rank,
        beside=not near.contains,
        stranger=not candidate.is_supporter,
        km=near.km if near.km is not None else 10**6,
        until=candidate.until or date.max,
        key=(candidate.key, seeker.key),
    )
    return Suggestion(seeker, candidate, tuple(one for one in reasons if one), rank)


def _theme_rank(candidate: Candidate, shared: list[str]) -> int:
    if shared:
        return SHARED
    if candidate.themes:
        return NOT_READ
    return ANY if candidate.is_written else OF_THE_KIND


def _kind_in_words(candidate: Candidate) -> str:
    gives = str(GIVES[candidate.kind])
    return gives if candidate.is_written else _("%(gives)s by its kind, no offer is written down") % {"gives": gives}


def _themes_in_words(
    candidate: Candidate, shared: list[str], *, themes: Mapping[str, Theme], said: Mapping[str, str]
) -> str:
    if shared:
        return ", ".join(_shared_in_words(themes[code], said[code]) for code in shared)
    if candidate.themes:
        names = ", ".join(themes[code].name for code in sorted(candidate.themes) if code in themes)
        return _("meant for %(themes)s; no theme could be read from the text") % {"themes": names}
    return _("for any theme") if candidate.is_written else _("its themes are not known")


def _shared_in_words(theme: Theme, word: str) -> str:
    if not word:
        return _("works on %(theme)s, as is looked for") % {"theme": theme.name}
    return _("works on %(theme)s, for the text says “%(word)s”") % {"theme": theme.name, "word": word}


def _until_in_words(candidate: Candidate) -> str:
    if not candidate.is_written:
        return ""
    if candidate.until is None:
        return _("open without an end")
    return _("open until %(day)s") % {"day": format_medium(candidate.until, language=language_of_page())}


def nearness(seeker: Place | None, other: Place | None) -> Nearness:
    """How near two places lie to each other."""
    if seeker is None or other is None or not seeker.keys or not other.keys:
        return Nearness(UNKNOWN)
    km = _km(seeker.point, other.point)
    shared = [level for level, key in other.keys if (level, key) in seeker.keys]
    if not shared:
        return Nearness(ELSEWHERE, km=km)
    rank = len(LEVELS) - 1 - max(LEVELS.index(level) for level in shared)
    return Nearness(rank, contains=other.keys[-1] in seeker.keys, km=km)


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """The great circle between two points, in whole kilometres."""
    if one is None or other is None:
        return None
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)))
