"""A part of a meeting's page: who came."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.models import Meeting
from meetings.rolls import counts_of, rolls_of
from organizations import access
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/attendance.html needs: names for the network, for others how many. One query."""
    named = access.of(viewer).is_member
    lines = meeting.attendance.all()
    rolls = rolls_of(lines.with_facts().in_print_order()) if named else counts_of(lines)
    return {"rolls": rolls, "has_names": named, "listed": sum(roll.count for roll in rolls)}
