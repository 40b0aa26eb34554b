"""What becomes of a task: reports, an end with its reach, an end without one, and a second beginning.

None of it asks for the meeting's lock: minutes say what was given, and stay as they are when it is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Task, TaskUpdate
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused


def _lock(task: Task) -> Task:
    related = ("meeting", "tambon", "resolution__meeting")
    return Task.objects.select_for_update(of=("self",)).select_related(*related).get(pk=task.pk)


@transaction.atomic
def report(task: Task, *, text: str, by: User | None) -> TaskUpdate:
    """Add what happened; the same text once more from the same person is the same report."""
    found = _lock(task)
    last = found.updates.first()
    if last is not None and last.text == text and last.written_by == by:
        return last
    update = TaskUpdate.objects.create(task=found, text=text, written_by=by)
    AuditEntry.objects.record(Verb.ADD, update, by=by, concerns=[found])
    return update


@transaction.atomic
def finish(task: Task, *, outcome: str, reach: str, now: datetime, by: User | None) -> Task:
    """The task is done: with what outcome, and how far it reaches. Raises Refused when it is closed already."""
    return _close(task, Task.State.DONE, outcome=outcome, reach=reach, now=now, by=by)


@transaction.atomic
def drop(task: Task, *, reason: str, now: datetime, by: User | None) -> Task:
    """The task is given up; the reason stands where an outcome would. Raises Refused when it is closed already."""
    return _close(task, Task.State.DROPPED, outcome=reason, reach="", now=now, by=by)


def _close(task: Task, state: Task.State, *, outcome: str, reach: str, now: datetime, by: User | None) -> Task:
    found = _lock(task)
    if found.state == state and found.outcome == outcome and found.reach == reach:
        return found
    if found.state != Task.State.OPEN:
        raise Refused(_("This task is closed already: somebody wrote down its end before you."))
    found.state, found.outcome, found.reach, found.closed_at, found.closed_by = state, outcome, reach, now, by
    _save(found, before={"state": str(Task.State.OPEN)}, by=by)
    return found


@transaction.atomic
def reopen(task: Task, *, reason: str, by: User | None) -> Task:
    """Work on the task goes on; what stood as its outcome stays among the reports, and the reason with it."""
    found = _lock(task)
    if found.state == Task.State.OPEN:
        return found
    if found.outcome:
        ending = {"text": found.outcome, "written_at": found.closed_at, "written_by": found.closed_by}
        TaskUpdate.objects.create(task=found, **ending)
    TaskUpdate.objects.create(task=found, text=reason, written_by=by)
    before = {"state": found.state, "outcome": found.outcome, "reach": found.reach}
    found.state, found.outcome, found.reach, found.closed_at, found.closed_by = Task.State.OPEN, "", "", None, None
    _save(found, before=before, by=by, reason=reason)
    return found


def _save(task: Task, *, before: dict[str, Any], by: User | None, reason: str = "") -> None:
    task.save(update_fields=["state", "outcome", "reach", "closed_at", "closed_by"])
    after = {"state": task.state, "outcome": task.outcome, "reach": task.reach}
    changes = {
        name: [before.get(name) or None, value or None]
        for name, value in after.items()
        if (before.get(name) or "") != (value or "")
    }
    concerns = [one for one in (task.meeting, task.tambon) if one is not None]
    AuditEntry.objects.record(Verb.CHANGE, task, by=by, changes=changes, reason=reason, concerns=concerns)
