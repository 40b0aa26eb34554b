"""Rows of the permission table about discussions and calendars, and their objects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from meetings.models import CalendarFeed, Meeting
from tests.factories import make_comment

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("question_list", "-", "safe",            "200  200  200  200  200  200  200  200  200"),
    ("comment_add", "draft meeting", "edit",  "302  404  404  404  404  404  404  404  200"),
    ("comment_add", "network meeting", "edit", "302 404  200  200  200  200  200  200  200"),
    ("comment_add", "public meeting", "edit", "302  403  200  200  200  200  200  200  200"),
    ("question_answer", "draft question", "edit", "302 404 404 404 404 404  404  404  200"),
    ("question_answer", "network question", "edit", "302 404 200 200 200 200 200 200  200"),
    ("question_answer", "public question", "edit", "302 403 200 200 200 200 200  200  200"),
    ("question_settle", "draft question", "edit", "302 404 404 404 404 404  404  404  200"),
    ("question_settle", "network question", "edit", "302 404 403 200 403 403 403 403  200"),
    ("question_settle", "public question", "edit", "302 403 403 200 403 403 403  403  200"),
    ("comment_remove", "draft question", "edit", "302 404 404 404 404 404   404  404  200"),
    ("comment_remove", "network question", "edit", "302 404 403 200 403 403 403  403  200"),
    ("comment_remove", "public question", "edit", "302 403 403 200 403 403  403  403  200"),
    ("meeting_calendar", "draft day", "safe", "404  404  404  404  404  404  404  404  200"),
    ("meeting_calendar", "network day", "safe", "404 404 200  200  200  200  200  200  200"),
    ("meeting_calendar", "public day", "safe", "200 200  200  200  200  200  200  200  200"),
    ("calendar_feed", "calendar", "safe",     "200  200  200  200  200  200  200  200  200"),
    ("calendar_settings", "-", "safe",        "302  200  200  200  200  200  200  200  200"),
    ("calendar_renew", "-", "post",           "302  302  302  302  302  302  302  302  302"),
    ("calendar_revoke", "-", "post",          "302  302  302  302  302  302  302  302  302"),
]  # fmt: skip


def objects(cast: SimpleNamespace, meetings: dict[str, Meeting], *, hidden: str) -> dict[str, list[Any]]:
    """A question of the zone-3 tambon about each meeting, each once more with a day, and a member's calendar."""
    found: dict[str, list[Any]] = {"calendar": [CalendarFeed.objects.create(user=cast.member).secret]}
    for name, meeting in meetings.items():
        title = f"มีวัน {hidden}" if name == "draft" else "มีวัน"
        dated = Meeting.objects.create(
            province=meeting.province, title=title, visibility=meeting.visibility, held_on="2007-01-04"
        )
        found |= {f"{name} question": [make_comment(meeting, by=cast.tambon).pk], f"{name} day": [dated.pk]}
    return found
