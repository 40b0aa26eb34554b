"""A part of a meeting's page: where a meeting comes from and what it leads to."""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings.models import Meeting, MeetingLink
from organizations.models import User


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/chain.html needs: links to those before and after, by their day. One query."""
    links = MeetingLink.objects.around(meeting).visible_to(viewer).with_minutes()
    before: list[MeetingLink] = []
    after: list[MeetingLink] = []
    for link in links:
        (before if link.later_id == meeting.pk else after).append(link)
    return {
        "links_before": sorted(before, key=lambda link: (link.earlier.held_on.sort_value, link.pk)),
        # What has no day yet comes last: it is still ahead.
        "links_after": sorted(after, key=lambda link: (not link.later.held_on, link.later.held_on.sort_value, link.pk)),
    }
