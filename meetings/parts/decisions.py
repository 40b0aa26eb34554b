"""A part of a meeting's page: goals, resolutions and tasks; and the agenda, which is read with the goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meetings.models import AgendaItem, Goal, Meeting, Resolution, Task
from meetings.outline import outline_of
from meetings.parts.agenda import headings_of
from meetings.tasks import TaskLine, task_lines
from organizations.models import User


@dataclass(frozen=True)
class Decided:
    """A resolution with one line for each order that follows from it, those with something to do first."""

    resolution: Resolution
    orders: list[TaskLine]

    @property
    def given(self) -> int:
        """How many tasks there are."""
        return sum(line.task.given for line in self.orders)  # type: ignore[attr-defined]

    @property
    def still_open(self) -> int:
        """How many of them are to do."""
        return sum(line.task.still_open for line in self.orders)  # type: ignore[attr-defined]


@dataclass
class Under:
    """A goal, an agenda item or nothing, and the resolutions under it; a withdrawn one is no result."""

    over: Goal | AgendaItem | None
    decided: list[Decided] = field(default_factory=list)

    @property
    def has_result(self) -> bool:
        """Whether a resolution stands."""
        return any(one.resolution.withdrawn_at is None for one in self.decided)


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/decisions.html and agenda.html need; three queries."""
    orders = _orders(meeting, viewer=viewer, today=today)
    aims, agenda = outline_of(meeting)
    goals = {goal.pk: Under(goal) for goal in aims}
    items: dict[int | None, Under] = {}
    resolutions = meeting.resolutions.select_related("meeting", "goal", "item").with_tambon_count()
    for resolution in resolutions:
        decided = Decided(resolution, orders.pop(resolution.pk, []))
        if resolution.goal_id is not None:
            goals[resolution.goal_id].decided.append(decided)
        else:
            items.setdefault(resolution.item_id, Under(resolution.item)).decided.append(decided)
    return {
        "headings": headings_of(agenda),
        "goals": list(goals.values()),
        "other_resolutions": sorted(items.values(), key=lambda one: one.over.position if one.over else 10**6),
        "other_orders": [line for lines in orders.values() for line in lines],
        "may_open_tasks": viewer.is_authenticated,
    }


def _orders(meeting: Meeting, *, viewer: User, today: date) -> dict[int | None, list[TaskLine]]:
    """Lines by the key of their resolution."""
    found: dict[int | None, list[TaskLine]] = {}
    tasks = Task.objects.of_meeting(meeting).with_reading(viewer).open_first().one_of_each_order().with_facts()
    for line in task_lines(tasks, viewer=viewer, today=today):
        found.setdefault(line.task.resolution_id, []).append(line)
    return found
