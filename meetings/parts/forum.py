"""A part of the page of a learning forum: host, themes, people who know, lessons, review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from meetings.models import Forum, Lesson, Meeting, Speaker
from organizations import access
from organizations.models import Theme, User

THEME, SPEAKER, LESSON = "theme", "speaker", "lesson"


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/forum.html needs: nothing for other kinds, else one query beside `with_host`.

    Names of people, and the review, are for the network; visitors read what the forum was about and what was learnt.
    """
    if meeting.kind != Meeting.Kind.FORUM:
        return {"is_forum": False}
    forum: Forum | None = getattr(meeting, "forum", None)
    named = access.of(viewer).is_member
    if forum is None:
        return {"is_forum": True, "forum": None, "named": named}
    found = _short_lists(forum)
    return {
        "is_forum": True,
        "forum": forum,
        "named": named,
        "themes": found[THEME],
        "speakers": found[SPEAKER],
        "lessons": [(lesson, _said_by(lesson, meeting, named=named)) for lesson in found[LESSON]],
        "prompts": forum.prompts() if named else [],
    }


def _short_lists(forum: Forum) -> dict[str, list[Any]]:
    """Themes, speakers and lessons in their order: three short lists in one question."""
    nothing, none = Value(""), Value(0)
    themes = forum.themes.order_by().values_list(Value(THEME), "order", none, "code", "name_th", "name_en", none)
    speakers = forum.speakers.order_by().values_list(
        Value(SPEAKER), "position", "pk", nothing, "name", "topic", Coalesce("person_id", none)
    )
    lessons = forum.lessons.order_by().values_list(Value(LESSON), "position", "pk", "reach", "text", "said_by", none)
    found: dict[str, list[Any]] = {THEME: [], SPEAKER: [], LESSON: []}
    for kind, _position, key, code, first, second, person in sorted(themes.union(speakers, lessons, all=True)):
        one: Any = Theme(code=code, name_th=first, name_en=second)
        if kind == SPEAKER:
            one = Speaker(pk=key, forum=forum, name=first, topic=second, person_id=person or None)
        elif kind == LESSON:
            one = Lesson(pk=key, forum=forum, text=first, said_by=second, reach=code)
        found[kind].append(one)
    return found


def _said_by(lesson: Lesson, meeting: Meeting, *, named: bool) -> str:
    """Who said it, as far as the reader learns it: by the rule of names written down beside comments."""
    if not lesson.said_by:
        return ""
    return lesson.said_by if named or meeting.source_url else _("a participant")
