"""Rows of the permission table about learning forums, their objects, and their forms for odd input."""

from __future__ import annotations

from typing import Any

from meetings.models import Forum, Lesson
from organizations.models import Province
from tests.factories import make_meeting

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("forum_list", "-", "safe",               "200  200  200  200  200  200  200  200  200"),
    ("forum_edit", "draft forum", "edit",     "302  404  404  404  404  404  404  404  200"),
    ("forum_edit", "network forum", "edit",   "302  404  403  403  403  403  403  403  200"),
    ("forum_review", "draft forum", "edit",   "302  404  404  404  404  404  404  404  200"),
    ("forum_review", "network forum", "edit", "302  404  403  403  403  403  403  403  200"),
    ("lesson_add", "draft forum", "edit",     "302  404  404  404  404  404  404  404  200"),
    ("lesson_add", "network forum", "edit",   "302  404  403  403  403  403  403  403  200"),
    ("lesson_edit", "draft lesson", "edit",   "302  404  404  404  404  404  404  404  200"),
    ("lesson_edit", "network lesson", "edit", "302  404  403  403  403  403  403  403  200"),
    ("lesson_move", "network lesson", "post", "302  404  403  403  403  403  403  403  302"),
    ("lesson_remove", "draft lesson", "post", "302  404  404  404  404  404  404  404  302"),
    ("lesson_remove", "network lesson", "post", "302 404 403 403  403  403  403  403  302"),
]  # fmt: skip

FORMS: dict[str, dict[str, str]] = {
    "forum_edit": {
        "host_name": "เครือข่ายออมทรัพย์",
        "host_name_which": "",
        "speakers": "สมหมาย ทดสอบ · บัญชีครัวเรือน",
        "revision": "0",
    },
    "forum_review": {"intended": "รู้", "happened": "ได้รู้", "difference": "", "next_time": "ทำอีก", "revision": "0"},
    "lesson_add": {"text": "เริ่มจากของที่มี", "said_by": "", "reach": "group", "revision": "0"},
    "lesson_edit": {"text": "เริ่มจากของที่มี", "said_by": "ผู้เข้าร่วม", "reach": "", "revision": "0"},
}
ASKED_WITH = {name: "draft lesson" if name == "lesson_edit" else "draft forum" for name in FORMS}
BUTTONS = {"lesson_move", "lesson_remove"}


def objects(province: Province, *, hidden: str) -> dict[str, list[Any]]:
    """A forum in draft and one of the network, each with a lesson."""
    found: dict[str, list[Any]] = {}
    for word, text in (("draft", hidden), ("network", "อ่านได้")):
        meeting = make_meeting(province, title=f"เวที {text}", visibility=word, kind="forum")
        forum = Forum.objects.create(meeting=meeting)
        lesson = Lesson.objects.create(forum=forum, text=f"บทเรียน {text}")
        found |= {f"{word} forum": [meeting.pk], f"{word} lesson": [lesson.pk]}
    return found
