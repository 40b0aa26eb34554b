"""A part of a meeting's page: the minutes and how far they came."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.minutes.reading import chosen, revisions_for
from meetings.models import Meeting
from organizations import access
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/minutes.html needs. One query."""
    may_keep = access.of(viewer).may_manage(meeting.province)
    revisions = revisions_for(meeting, may_keep=may_keep)
    found = chosen(revisions, meeting, may_keep=may_keep)
    return {"minutes": found if found is not None and found.pk else None}
