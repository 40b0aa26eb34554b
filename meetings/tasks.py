"""Tasks as lists show them: who has the work, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Task
from organizations import access
from organizations.models import User


@dataclass(frozen=True)
class TaskLine:
    """One line: the task, who has it, the name that may be read beside a post, days past its day (0: none)."""

    task: Task
    who: str
    name: str
    overdue: int


def task_lines(tasks: Iterable[Task], *, viewer: User, today: date) -> list[TaskLine]:
    """Lines of tasks read `with_facts`, in the same order; asks the database nothing more."""
    return [task_line(task, viewer=viewer, today=today) for task in tasks]


def task_line(task: Task, *, viewer: User, today: date) -> TaskLine:
    """One line of a task read `with_facts`; of one read `one_of_each_order` it speaks of the whole order."""
    given = getattr(task, "given", 1)
    name = _name(task, viewer) if given == 1 else ""
    who = _whole_order(task, given) or _who(task, viewer)
    return TaskLine(task=task, who=who, name=name, overdue=task.days_overdue(today))


def _whole_order(task: Task, given: int) -> str:
    if given == 1:
        return ""
    if task.post is not None:
        seats = ngettext("%(count)s seat", "%(count)s seats", given) % {"count": given}
        return f"{task.post.role.name} ({seats})"
    return _("everyone who attended")


def _who(task: Task, viewer: User) -> str:
    if task.post is not None:
        return task.post.title
    if task.organization is not None:
        return str(task.organization)
    if task.person is not None:
        return task.person.name if access.of(viewer).is_member or _is_own(task, viewer) else _("one who attended")
    return _("everyone who attended")


def _is_own(task: Task, viewer: User) -> bool:
    return task.person_id == access.of(viewer).person_id


def _name(task: Task, viewer: User) -> str:
    """Who held the seat when the task was given, for those who may know who holds the post."""
    if task.post is None or task.person is None:
        return ""
    reach = access.of(viewer)
    known = _is_own(task, viewer) or (task.post.role.holder_is_shared and reach.is_member)
    area: Any = task.post.area
    return task.person.name if known or reach.may_work_for(area) else ""
