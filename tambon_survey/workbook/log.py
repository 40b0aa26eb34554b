"""The sheets behind the answers: what the reviewers did, and the tasks that meetings gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Task
from nakhon_network.lib.columns import Column, Kind, model_column, parts_of, row_writer
from nakhon_network.lib.names import full_name
from nakhon_network.lib.workbook import Sheet
from organizations import access
from organizations.models import Province, User
from tambon_survey.models import Point, Step
from tambon_survey.workbook.scope import Scope

LOG, TASKS = "log", "tasks"
_PERSON = ("person__prefix", "person__first_name", "person__last_name", "username")


def _who(code: str, label: str) -> Column:
    return Column(code, code, Kind.TEXT, label, width=24)


def log_columns() -> tuple[Column, ...]:
    """One row a step; of a step that sent something back, one a point."""
    return (
        model_column(Step, "made_at", width=20),
        _who("made_by", _("who")),
        model_column(Step, "move", width=18),
        model_column(Step, "from_state", width=18),
        model_column(Step, "to_state", width=18),
        model_column(Step, "reason", width=34),
        model_column(Step, "fix_by"),
        model_column(Point, "topic", path="points__topic", width=18),
        model_column(Point, "row_name", path="points__row_name", width=22),
        model_column(Point, "text", path="points__text", width=40),
        model_column(Point, "reply", path="points__reply"),
        model_column(Point, "reply_text", path="points__reply_text", width=34),
        model_column(Point, "replied_at", path="points__replied_at", width=20),
        _who("replied_by", _("replied by")),
    )


def log_sheet(scope: Scope) -> Sheet:
    """The review log: every move of every tambon, the points it was sent back with and what was answered."""
    columns = log_columns()
    parts = [*scope.place_parts, *parts_of(columns, scope.style)]
    return Sheet(LOG, _("Review log"), parts, lambda: _log_rows(columns, scope), held=6)


def _log_rows(columns: tuple[Column, ...], scope: Scope) -> Iterator[list[Any]]:
    people = [f"{who}__{name}" for who in ("made_by", "points__replied_by") for name in _PERSON]
    paths = [column.path for column in columns if column.code not in ("made_by", "replied_by")]
    at_who, write = [column.code for column in columns].index("made_by"), row_writer(columns, scope.style)
    for portion in scope.portions():
        steps = Step.objects.filter(submission__in=portion).order_by("made_at", "pk", "points__pk")
        by_submission: dict[int, list[list[Any]]] = {}
        for key, *values in steps.values_list("submission", *people, *paths):
            made_by, replied_by, rest = _name(values[:4]), _name(values[4:8]), values[8:]
            cells = write([*rest[:at_who], made_by, *rest[at_who:], replied_by])
            by_submission.setdefault(key, []).append(cells)
        for key in portion:
            for cells in by_submission.get(key, ()):
                yield scope.places[key] + cells


def _name(parts: list[Any]) -> str:
    prefix, first, last, username = parts
    return full_name(prefix or "", first, last or "") if first else username or ""


# ---- tasks -----------------------------------------------------------------------------------------------------------
def task_columns() -> tuple[Column, ...]:
    """What a task says of itself, and to whom it was given."""
    return (
        Column("meeting", "meeting", Kind.TEXT, _("meeting"), width=34),
        Column("resolution", "resolution", Kind.TEXT, _("resolution"), width=14),
        model_column(Task, "text", width=46),
        Column("given_to", "given_to", Kind.TEXT, _("given to"), width=34),
        model_column(Task, "due_on"),
        Column("due_meeting", "due_meeting", Kind.TEXT, _("due by the meeting"), width=28),
        model_column(Task, "is_urgent", width=9),
        model_column(Task, "state"),
        model_column(Task, "outcome", width=34),
        model_column(Task, "reach"),
    )


def tasks_of(user: User, province: Province, *, within: Q | None = None) -> QuerySet[Task]:
    """The tasks of a province, from its meetings or without one, given to posts one works for, or to no post.

    Who manages the province gets all of them; for others what was given to posts elsewhere is left out.
    """
    seen = Task.objects.visible_to(user).filter(Q(meeting__province=province) | Q(province=province))
    reach = access.of(user)
    if not reach.may_manage(province):
        seen = seen.filter(reach.posts(prefix="post__") | Q(post=None, person=reach.person_id))
    found = Task.objects.filter(pk__in=seen.values("pk"))
    return (found.filter(within) if within is not None else found).with_facts().order_by("meeting__held_on", "pk")


def tasks_sheet(scope: Scope) -> Sheet:
    """The tasks given in the province's meetings; of a zone those of its posts."""
    zone = scope.narrowing.zone
    within = None
    if zone is not None:
        within = Q(post__zone=zone) | Q(post__district__zone=zone) | Q(post__tambon__district__zone=zone)
    found = tasks_of(scope.user, scope.round.province, within=within)
    columns = task_columns()
    return Sheet(
        TASKS,
        _("Tasks"),
        parts_of(columns, scope.style),
        lambda: task_rows(found, columns, scope.style),
        held=1,
    )


def task_rows(tasks: QuerySet[Task], columns: tuple[Column, ...], style: Any) -> Iterator[list[Any]]:
    """The tasks as cells."""
    write = row_writer(columns, style)
    for task in tasks:
        told = {
            "meeting": str(task.meeting or ""),
            "resolution": task.resolution.reference if task.resolution else "",
            "given_to": _given_to(task),
            "due_meeting": str(task.due_meeting) if task.due_meeting else "",
        }
        yield write([told[one.code] if one.code in told else getattr(task, one.code) for one in columns])


def _given_to(task: Task) -> str:
    if task.is_for_attendees:
        return _("everyone who attended")
    found = [str(one) for one in (task.post, task.organization, task.person) if one is not None]
    return " · ".join(found)
