"""Introductions counted by the quarter they were made in; a quarter of the calendar is one of the fiscal year too.

The fiscal year begins on 1 October and has the number of the year it ends in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_dates import SHORT_MONTHS, language_of_page
from tambon_survey.models import Introduction

_BE = 543


@dataclass
class Quarter:
    """One quarter and how many introductions stand in each state."""

    year: int
    number: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How an address names it: 2026-4."""
        return f"{self.year}-{self.number}"

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def label(self) -> str:
        """`ต.ค.–ธ.ค. 2549`."""
        language = language_of_page()
        months = SHORT_MONTHS[language]
        first, last = months[self.number * 3 - 3], months[self.number * 3 - 1]
        return f"{first}–{last} {_shown(self.year)}"

    @property
    def names(self) -> str:
        """`ไตรมาส 4/2549 · ปีงบประมาณ 1/2550`."""
        fiscal_year, fiscal = (self.year + 1, 1) if self.number == 4 else (self.year, self.number + 1)
        facts = {"number": self.number, "year": _shown(self.year), "fiscal": fiscal, "fiscal_year": _shown(fiscal_year)}
        return _("quarter %(number)s/%(year)s · fiscal %(fiscal)s/%(fiscal_year)s") % facts

    def cells(self) -> list[tuple[str, str, int]]:
        """(state, its label, how many), in the order of the states."""
        states = Introduction.State
        return [(state.value, str(state.label), self.counts.get(state.value, 0)) for state in states]


def _shown(year: int) -> int:
    return year if language_of_page() == "en" else year + _BE


def quarters_of(rows: Iterable[tuple[int, int, str, int]]) -> list[Quarter]:
    """Quarters from (year, quarter, state, count), in the same order."""
    found: dict[tuple[int, int], Quarter] = {}
    for year, number, state, count in rows:
        found.setdefault((year, number), Quarter(year, number)).counts[state] = count
    return list(found.values())
