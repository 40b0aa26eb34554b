"""A part of a meeting's page: questions, answers, remarks."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.models import Meeting
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/discussion.html needs."""
    return {}
