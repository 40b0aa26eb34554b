"""A part of a meeting's page: its papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.models import Attachment, Meeting
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/attachments.html needs. One query."""
    return {"attachments": list(Attachment.objects.visible_to(viewer).of_meeting(meeting))}
