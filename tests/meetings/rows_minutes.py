"""Rows of the permission table about minutes, and their objects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from meetings.actions import minutes as actions
from meetings.models import Meeting
from tests.factories import make_meeting

FORMS = ("print", "docx", "pdf")

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("minutes_page", "draft meeting", "safe", "404  404  404  404  404  404  404  404  200"),
    ("minutes_page", "network meeting", "safe", "404 404 200 200  200  200  200  200  200"),
    ("minutes_page", "public meeting", "safe", "200 200  200  200  200  200  200  200  200"),
    ("minutes_page", "network minutes", "safe", "404 404 200 200  200  200  200  200  200"),
    ("minutes_edit", "draft meeting", "edit", "302  404  404  404  404  404  404  404  200"),
    ("minutes_edit", "network meeting", "edit", "302 404 403  403  403  403  403  403  200"),
    ("minutes_edit", "public meeting", "edit", "302 403  403  403  403  403  403  403  200"),
    *((f"minutes_{form}", f"{who} meeting", "safe",
                                              "404  404  404  404  404  404  404  404  200")
      for form in FORMS for who in ("draft", "network", "public")),
    *((f"minutes_{form}", "draft minutes", "safe",
                                              "404  404  404  404  404  404  404  404  200") for form in FORMS),
    *((f"minutes_{form}", "network minutes", "safe",
                                              "404  404  200  200  200  200  200  200  200") for form in FORMS),
    *((f"minutes_{form}", "public minutes", "safe",
                                              "200  200  200  200  200  200  200  200  200") for form in FORMS),
    ("minutes_check", "draft dated", "post",  "302  404  404  404  404  404  404  404  302"),
    ("minutes_check", "network dated", "post", "302 404  403  403  403  403  403  403  302"),
    ("minutes_check", "public minutes", "post", "302 403 403  403  403  403  403  403  409"),
    ("minutes_circulate", "draft minutes", "post", "302 404 404 404 404  404  404  404  302"),
    ("minutes_circulate", "public minutes", "post", "302 403 403 403 403 403  403  403  302"),
    ("minutes_circulate", "public meeting", "post", "302 403 403 403 403 403  403  403  409"),
    ("minutes_adopt", "draft minutes", "post", "302 404  404  404  404  404  404  404  422"),
    ("minutes_adopt", "public minutes", "post", "302 403 403  403  403  403  403  403  422"),
    ("minutes_correct", "draft minutes", "post", "302 404 404 404  404  404  404  404  422"),
    ("minutes_correct", "public minutes", "post", "302 403 403 403 403  403  403  403  422"),
]  # fmt: skip


def objects(cast: SimpleNamespace, meetings: dict[str, Meeting], *, hidden: str) -> dict[str, list[Any]]:
    """Of each visibility a meeting with a day, and one whose minutes were sent round."""
    today, now = timezone.localdate(), timezone.now()
    found: dict[str, list[Any]] = {}
    for name, meeting in meetings.items():
        title = f"มีรายงาน {hidden}" if name == "draft" else "มีรายงาน"
        facts = {"title": title, "visibility": meeting.visibility, "held_on": "2006-12-25"}
        dated, issued = (make_meeting(meeting.province, **facts) for _number in range(2))
        actions.check_minutes(issued, by=cast.staff, today=today, now=now)
        actions.circulate(issued, by=cast.staff, today=today, now=now)
        found |= {f"{name} dated": [dated.pk], f"{name} minutes": [issued.pk]}
    return found
