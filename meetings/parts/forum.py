"""A part of the page of a learning forum: host, themes, people who know, lessons, review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Forum, Lesson, Meeting
from organizations import access
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/forum.html needs: nothing for other kinds, else four queries.

    Names of people, and the review, are for the network; visitors read what the forum was about and what was learnt.
    """
    if meeting.kind != Meeting.Kind.FORUM:
        return {"is_forum": False}
    forum = Forum.objects.select_related("host").of_meeting(meeting)
    named = access.of(viewer).is_member
    if forum is None:
        return {"is_forum": True, "forum": None, "named": named}
    forum.meeting = meeting
    return {
        "is_forum": True,
        "forum": forum,
        "named": named,
        "themes": forum.themes.in_order(),
        "speakers": list(forum.speakers.all()),
        "lessons": [(lesson, _said_by(lesson, meeting, named=named)) for lesson in forum.lessons.all()],
        "prompts": forum.prompts() if named else [],
    }


def _said_by(lesson: Lesson, meeting: Meeting, *, named: bool) -> str:
    """Who said it, as far as the reader learns it: by the rule of names written down beside comments."""
    if not lesson.said_by:
        return ""
    return lesson.said_by if named or meeting.source_url else _("a participant")
