"""Annexes that apps above this one add to minutes, e.g. the state of a survey; they register a source at start."""

from __future__ import annotations

from collections.abc import Callable

from meetings.minutes.document import Annex
from meetings.models import Lesson, Meeting

Source = Callable[[Meeting], list[Annex]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source` for annexes whenever minutes are drawn up; call it in `AppConfig.ready`. Once each."""
    if source not in _sources:
        _sources.append(source)


def annexes_of(meeting: Meeting) -> list[Annex]:
    """The lessons of a forum, then what all sources add to its minutes in the order they registered."""
    own = _lessons(meeting) if meeting.kind == Meeting.Kind.FORUM else []
    return own + [annex for source in _sources for annex in source(meeting)]


def _lessons(meeting: Meeting) -> list[Annex]:
    """What was learnt, without who said it: minutes are read by everybody. One query."""
    lessons = Lesson.objects.of_meeting(meeting)
    rows = tuple((lesson.text, lesson.get_reach_display()) for lesson in lessons)
    return [Annex(title="บทเรียนจากเวที", columns=("บทเรียน", "ผลถึงระดับ"), rows=rows)] if rows else []
