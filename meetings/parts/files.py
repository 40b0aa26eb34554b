"""A part of a meeting's page: its photos and its papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Value

from meetings.models import Attachment, Meeting, MeetingPhoto
from organizations.models import User

PHOTO, PAPER = "photo", "paper"


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/files.html and attachments.html need: what this reader may see. One query."""
    shared = ("position", "uploaded_at", "id", "original_name", "visibility")
    of_photo = (Value(PHOTO), "caption", Value(""), "width", "height")
    of_paper = (Value(PAPER), "title", "kind", "size", Value(0))
    photos = meeting.photos.visible_to(viewer).order_by().values_list(*shared, *of_photo)
    papers = meeting.attachments.visible_to(viewer).order_by().values_list(*shared, *of_paper)
    found: dict[str, list[Any]] = {PHOTO: [], PAPER: []}
    for _position, _when, key, name, visibility, what, title, kind, first, second in sorted(
        photos.union(papers, all=True)
    ):
        facts = {"id": key, "meeting": meeting, "original_name": name, "visibility": visibility}
        one = (
            MeetingPhoto(caption=title, width=first, height=second, **facts)
            if what == PHOTO
            else Attachment(title=title, kind=kind, size=first, **facts)
        )
        found[what].append(one)
    return {"photos": found[PHOTO], "attachments": found[PAPER]}
