"""A part of a meeting's page: its photos."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.models import Meeting
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/files.html needs: the photos this reader may see. One query."""
    return {"photos": list(meeting.photos.visible_to(viewer))}
