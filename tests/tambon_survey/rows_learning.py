"""Rows of the permission table about stories and what is asked, their objects, and their forms for odd input."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from tambon_survey.models import Activity, Remark, StoryPhoto
from tests.factories import make_round, make_story, make_submission

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("story_list", "-", "safe",               "200  200  200  200  200  200  200  200  200"),
    ("story_add", "-", "edit",                "302  403  403  200  200  200  200  200  200"),
    ("story_page", "draft story", "safe",     "404  404  404  200  404  200  404  200  200"),
    ("story_page", "network story", "safe",   "404  404  200  200  200  200  200  200  200"),
    ("story_page", "public story", "safe",    "200  200  200  200  200  200  200  200  200"),
    ("story_page", "gone story", "safe",      "404  404  404  404  404  404  404  404  404"),
    ("story_edit", "draft story", "edit",     "302  404  404  200  404  200  404  200  200"),
    ("story_edit", "network story", "edit",   "302  404  403  200  403  200  403  200  200"),
    ("story_edit", "public story", "edit",    "302  403  403  403  403  403  403  200  200"),
    ("story_remove", "draft story", "edit",   "302  404  404  200  404  200  404  200  200"),
    ("story_remove", "public story", "edit",  "302  403  403  403  403  403  403  200  200"),
    ("story_photos", "draft story", "edit",   "302  404  404  200  404  200  404  200  200"),
    ("story_photos", "public story", "edit",  "302  403  403  403  403  403  403  200  200"),
    ("story_photos_edit", "draft story", "post", "302 404 404 302 404  302  404  302  302"),
    ("story_photo", "draft picture", "safe",  "404  404  404  200  404  200  404  200  200"),
    ("story_photo", "public picture", "safe", "200  200  200  200  200  200  200  200  200"),
    ("story_photo", "hidden picture", "safe", "404  404  404  200  404  200  404  200  200"),
    ("story_photo", "gone picture", "safe",   "404  404  404  404  404  404  404  404  404"),
    ("story_photo_remove", "draft picture", "post", "302 404 404 302 404 302 404 302  302"),
    ("story_photo_remove", "public picture", "post", "302 403 403 403 403 403 403 302 302"),
    ("story_remark", "draft story", "edit",   "302  404  404  200  404  200  404  200  200"),
    ("story_remark", "network story", "edit", "302  404  200  200  200  200  200  200  200"),
    ("story_remark", "public story", "edit",  "302  403  200  200  200  200  200  200  200"),
    ("activity_stories", "told activity", "safe", "302 404 404 200 404 200  404  200  200"),
    ("activity_remark", "told activity", "edit", "302 404 404 200 404 200   404  200  200"),
    ("remark_answer", "draft remark", "edit", "302  404  404  200  404  200  404  200  200"),
    ("remark_answer", "public remark", "edit", "302 403  200  200  200  200  200  200  200"),
    ("remark_answer", "activity remark", "edit", "302 404 404 200 404 200   404  200  200"),
    ("remark_settle", "public remark", "edit", "302 403  403  200  403  403  403  200  200"),
    ("remark_settle", "activity remark", "edit", "302 404 404 200 404 403   404  200  200"),
    ("remark_remove", "public remark", "edit", "302 403  403  200  403  403  403  200  200"),
]  # fmt: skip

STORY = {
    "kind": "story",
    "title": "กลุ่มออมทรัพย์",
    "text": "เริ่มจากสิบคน",
    "happened_on": "2549",
    "source_url": "",
    "licence": "",
    "credit": "",
    "tambon_name": "ปากแพรก",
    "tambon_name_which": "",
    "activity": "",
    "meeting": "",
    "tags": "ออม, กลุ่ม",
    "visibility": "network",
    "revision": "0",
}
FORMS: dict[str, dict[str, str]] = {
    "story_add": STORY,
    "story_edit": STORY,
    "story_remove": {"reason": "เจ้าของเรื่องขอ"},
    "story_photos": {"key": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11", "photos": "", "visibility": "network"},
    "story_remark": {"kind": "question", "text": "เริ่มอย่างไร", "author_name": ""},
    "activity_remark": {"kind": "question", "text": "เริ่มอย่างไร", "author_name": ""},
    "remark_answer": {"text": "เริ่มจากสิบคน", "author_name": ""},
    "remark_settle": {"state": "elsewhere", "where": "การประชุมครั้งต่อไป"},
    "remark_remove": {"reason": "ถามซ้ำ"},
}
ASKED_WITH = {
    "story_edit": "draft story",
    "story_remove": "draft story",
    "story_photos": "draft story",
    "story_remark": "draft story",
    "activity_remark": "told activity",
    "remark_answer": "draft remark",
    "remark_settle": "draft remark",
    "remark_remove": "draft remark",
}
BUTTONS = {"story_photos_edit", "story_photo_remove"}


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """A story of a zone-3 tambon of each visibility and one taken down, each with a public picture and a question;
    the public one has a hidden picture too. And an activity of the tambon, with a question."""
    home = places.tambons["801217"]
    found: dict[str, list[Any]] = {}
    for word in ("draft", "network", "public", "gone"):
        # A draft is read by who works for the tambon; what was taken down by nobody.
        title = f"เรื่อง {hidden}" if word == "gone" else "เรื่องที่อ่านได้"
        story = make_story(home, title=title, visibility="public" if word == "gone" else word)
        asked = Remark.objects.create(story=story, kind="question", state="open", text=title, written_by=cast.tambon)
        found |= {f"{word} story": [story.pk], f"{word} remark": [asked.pk], f"{word} picture": [_picture(story)]}
        if word == "gone":
            story.removed_at = story.written_at
            story.save()
        if word == "public":
            found["hidden picture"] = [_picture(story, visibility="draft")]
    submission = make_submission(make_round(places.province, name="รอบของเรื่องเล่า"), home)
    activity = Activity.objects.create(submission=submission, title="ออมทรัพย์")
    facts = {"kind": "question", "state": "open", "text": "เริ่มอย่างไร", "written_by": cast.tambon}
    asked = Remark.objects.create(activity=activity, **facts)
    return found | {"told activity": [activity.pk], "activity remark": [asked.pk]}


def _picture(story: Any, **fields: Any) -> Any:
    photo = StoryPhoto(story=story, **({"width": 1, "height": 1, "visibility": "public"} | fields))
    photo.file.save("x.jpg", ContentFile(b"x"), save=False)
    photo.save(force_insert=True)
    return photo.pk
