"""Annexes that apps above this one add to minutes, e.g. the state of a survey; they register a source at start."""

from __future__ import annotations

from collections.abc import Callable

from meetings.minutes.document import Annex
from meetings.models import Meeting

Source = Callable[[Meeting], list[Annex]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source` for annexes whenever minutes are drawn up; call it in `AppConfig.ready`. Once each."""
    if source not in _sources:
        _sources.append(source)


def annexes_of(meeting: Meeting) -> list[Annex]:
    """What all sources add to the minutes of this meeting, in the order they registered."""
    return [annex for source in _sources for annex in source(meeting)]
