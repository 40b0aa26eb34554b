"""What is still to do for a place: given to its posts or its bodies, or following from a resolution about it."""

from __future__ import annotations

from datetime import date

from meetings.models import Task
from meetings.tasks import TaskLine, task_lines
from organizations.models import Tambon, User, Zone

SHOWN = 6


def open_tasks(area: Tambon | Zone, viewer: User, *, today: date) -> list[TaskLine]:
    """One line of each order, those due first on top; one query, one line more than are shown."""
    found = Task.objects.visible_to(viewer).open()
    here = found.in_zone(area) if isinstance(area, Zone) else found.for_tambon(area)
    shown = here.one_of_each_order().soonest_first().with_reading(viewer).with_facts()[: SHOWN + 1]
    return task_lines(shown, viewer=viewer, today=today)
