"""One's own open tasks, for the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Expression, Subquery, Value
from django.db.models.functions import Coalesce

from meetings.models import Task
from meetings.tasks import TaskLine, task_lines
from organizations.models import User

SHOWN = 5


@dataclass(frozen=True)
class MyTasks:
    """The first few open tasks, those longest overdue first, and whether there are more."""

    lines: list[TaskLine]
    has_more: bool


def my_tasks(user: User, *, today: date) -> MyTasks | None:
    """What one was given and has still to do; None where that is nothing. One query."""
    found = list(Task.objects.given_to(user).open().with_facts().with_reading(user).soonest_first()[: SHOWN + 1])
    if not found:
        return None
    return MyTasks(lines=task_lines(found[:SHOWN], viewer=user, today=today), has_more=len(found) > SHOWN)


def overdue_tasks(user: User, *, today: date) -> Expression:
    """How many tasks of the meetings one may read are overdue, as a column of another query."""
    late = Task.objects.visible_to(user).overdue(today).order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(late.annotate(number=Count("pk")).values("number")), 0)
