"""Who came, and the photos: their rows of the permission table, their forms, and what both are asked with."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from meetings.models import Attendance, Meeting, MeetingPhoto

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("attendance_edit", "draft meeting", "edit", "302 404 404 404 404  404  404  404  200"),
    ("attendance_edit", "public meeting", "edit", "302 403 403 403 403 403  403  403  200"),
    ("attendance_mark", "draft meeting", "post", "302 404 404 404 404  404  404  404  422"),
    ("attendance_mark", "public meeting", "post", "302 403 403 403 403 403  403  403  422"),
    ("attendance_arrange", "draft meeting", "post", "302 404 404 404 404 404 404 404  302"),
    ("attendance_arrange", "public meeting", "post", "302 403 403 403 403 403 403 403 302"),
    ("attendance_line", "draft line", "edit", "302  404  404  404  404  404  404  404  200"),
    ("attendance_line", "network line", "edit", "302 404 403  403  403  403  403  403  200"),
    ("attendance_remove", "draft line", "post", "302 404 404  404  404  404  404  404  302"),
    ("attendance_remove", "network line", "post", "302 404 403 403 403  403  403  403  302"),
    ("expected_posts_edit", "draft meeting", "edit", "302 404 404 404 404 404 404 404 200"),
    ("expected_posts_edit", "public meeting", "edit", "302 403 403 403 403 403 403 403 200"),
    ("sign_in_sheet", "draft meeting", "safe", "302 404  404  404  404  404  404  404  200"),
    ("sign_in_sheet", "public meeting", "safe", "302 403 403  403  403  403  403  403  200"),
    ("meeting_photos", "draft meeting", "edit", "302 404 404  404  404  404  404  404  200"),
    ("meeting_photos", "public meeting", "edit", "302 403 403 403  403  403  403  403  200"),
    ("meeting_photos_edit", "draft meeting", "post", "302 404 404 404 404 404 404 404 302"),
    ("meeting_photos_edit", "public meeting", "post", "302 403 403 403 403 403 403 403 302"),
    ("meeting_photo", "draft photo", "safe",  "404  404  404  404  404  404  404  404  200"),
    ("meeting_photo", "network photo", "safe", "404 404  200  200  200  200  200  200  200"),
    ("meeting_photo", "public photo", "safe", "200  200  200  200  200  200  200  200  200"),
    ("meeting_photo_remove", "draft photo", "post", "302 404 404 404 404 404  404  404  302"),
    ("meeting_photo_remove", "public photo", "post", "302 403 403 403 403 403 403 403  302"),
]  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "attendance_edit": {"roll": "attending", "names": "นายสมชาย ใจดี · กลุ่ม", "another": ""},
    "attendance_mark": {"seat": "1-1", "mark": "present", "reason": "", "name": "นายแทน ทดสอบ"},
    "attendance_line": {"roll": "attending", "name": "นายสมชาย ใจดี", "duty": "", "post": "", "reason": ""},
    "expected_posts_edit": {"role": "zone-representative", "which": "these", "posts": "1"},
    "meeting_photos": {"key": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11", "photos": "", "visibility": "network"},
    "meeting_photos_edit": {"up": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11", "save": "1"},
    "attendance_arrange": {"up": "1", "down": "1"},
}
ASKED_WITH = {
    "attendance_edit": "draft meeting",
    "attendance_mark": "draft meeting",
    "attendance_arrange": "draft meeting",
    "attendance_line": "draft line",
    "expected_posts_edit": "draft meeting",
    "meeting_photos": "draft meeting",
    "meeting_photos_edit": "draft meeting",
}
# Forms that stand on the page of another address, so that theirs takes a POST only.
ONLY_SENT = {"attendance_mark", "attendance_arrange", "meeting_photos_edit"}
BUTTONS = {"attendance_remove", "meeting_photo_remove"}


def objects(*meetings: Meeting, hidden: str) -> dict[str, list[Any]]:
    """A line and a photo of the visibility of each meeting; the draft's line bears the hidden name."""
    found: dict[str, list[Any]] = {}
    for meeting in meetings:
        name = hidden if meeting.visibility == "draft" else "นายผู้มา ประชุม"
        line = Attendance.objects.create(meeting=meeting, roll="attending", name=name)
        photo = MeetingPhoto(meeting=meeting, width=1, height=1, visibility=meeting.visibility)
        photo.file.save("x.jpg", ContentFile(b"x"))
        found |= {f"{meeting.visibility} line": [line.pk], f"{meeting.visibility} photo": [photo.pk]}
    return found
