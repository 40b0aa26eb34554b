"""The meetings held in a place, the newest first."""

from __future__ import annotations

from meetings.models import Meeting
from organizations.models import Tambon, User, Zone

SHOWN = 5


def meetings_held(area: Tambon | Zone, viewer: User) -> list[Meeting]:
    """Those the reader may open; one query."""
    seen = Meeting.objects.visible_to(viewer)
    found = seen.held_in_zone(area) if isinstance(area, Zone) else seen.held_in(area)
    return list(found.newest_first()[:SHOWN])
