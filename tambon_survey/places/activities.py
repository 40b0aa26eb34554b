"""What a place does well: each activity once, as the last round that has it tells it, and a picture if there is one."""

from __future__ import annotations

from organizations.models import Tambon, User, Zone
from tambon_survey.models import Activity

SHOWN = 12


def activities(area: Tambon | Zone, viewer: User) -> list[Activity]:
    """One query, one row more than are shown; `photo` is the key of a picture, `photo_count` how many there are."""
    found = Activity.objects.visible_to(viewer).within(area).named().latest().with_photo().with_areas()
    return list(found.newest_first()[: SHOWN + 1])
