"""Work is given to somebody, and what was given is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from meetings.actions.keeping import lock
from meetings.models import Meeting, Resolution, Task
from organizations.models import AuditEntry, Organization, Person, Post, Province, Role, Tambon, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@dataclass(frozen=True)
class Order:
    """What is to be done until when; `key` is the client's UUID, by which a second sending is known."""

    key: UUID
    text: str
    resolution: Resolution | None = None
    due_on: date | None = None
    due_meeting: Meeting | None = None
    is_urgent: bool = False


@dataclass(frozen=True)
class EveryPost:
    """Every post of a role in the meeting's province."""

    role: Role


@dataclass(frozen=True)
class EveryoneWhoAttended:
    """All on the lists of those present and attending."""


Receiver = Post | Person | Organization | EveryPost | EveryoneWhoAttended


@transaction.atomic
def give(meeting: Meeting, *, to: Receiver, order: Order, today: date, by: User | None) -> list[Task]:
    """Give work: one task for each seat of a post, for each person, or one for all; the same order once only.

    Raises Refused when the minutes are adopted, the resolution was withdrawn, or nobody is there to be given it.
    """
    meeting = lock(meeting)
    given = list(meeting.tasks.filter(order=order.key))
    if given:
        return given
    _check(meeting, order)
    common: dict[str, Any] = {
        "meeting": meeting,
        "resolution": order.resolution,
        "order": order.key,
        "text": order.text,
        "due_on": order.due_on,
        "due_meeting": order.due_meeting,
        "is_urgent": order.is_urgent,
        "created_by": by,
    }
    tasks = [Task.objects.create(**common, **receiver) for receiver in _receivers(meeting, to, today=today)]
    if not tasks:
        raise Refused(_("There is no such post yet, so nobody can be given the work."))
    changes = {name: pair for name, pair in changes_between({}, facts(tasks[0])).items() if pair[1] is not False}
    concerns = [meeting, *tasks, *([order.resolution] if order.resolution else [])]
    AuditEntry.objects.record(Verb.ADD, tasks[0], by=by, changes=changes, concerns=concerns)
    return tasks


@transaction.atomic
def give_apart(
    area: Province | Tambon,
    *,
    to: Post | Person | Organization,
    order: Order,
    about: Model,
    today: date,
    by: User | None,
) -> list[Task]:
    """Give work that no meeting gave but comes from `about`: one task for each seat; the same order once only."""
    tambon = area if isinstance(area, Tambon) else None
    province = area.district.province if isinstance(area, Tambon) else area
    given = list(Task.objects.filter(order=order.key, province=province))
    if given:
        return given
    common: dict[str, Any] = {
        "province": province,
        "tambon": tambon,
        "order": order.key,
        "text": order.text,
        "due_on": order.due_on,
        "is_urgent": order.is_urgent,
        "created_by": by,
    }
    tasks = [Task.objects.create(**common, **receiver) for receiver in _receivers_apart(to, today=today)]
    changes = {name: pair for name, pair in changes_between({}, facts(tasks[0])).items() if pair[1] is not False}
    concerns = [about, *tasks, *([tambon] if tambon is not None else [])]
    AuditEntry.objects.record(Verb.ADD, tasks[0], by=by, changes=changes, concerns=concerns)
    return tasks


def _receivers_apart(to: Post | Person | Organization, *, today: date) -> list[dict[str, Any]]:
    if isinstance(to, Person):
        return [{"person": to}]
    if isinstance(to, Organization):
        return [{"organization": to}]
    return [seat for post in Post.objects.filter(pk=to.pk).with_holders_on(today) for seat in _seats(post)]


def _check(meeting: Meeting, order: Order) -> None:
    resolution = order.resolution
    if resolution is not None and not meeting.resolutions.standing().filter(pk=resolution.pk).exists():
        raise Refused(_("This resolution was withdrawn: no work follows from it."))


def _receivers(meeting: Meeting, to: Receiver, *, today: date) -> list[dict[str, Any]]:
    if isinstance(to, Person):
        return [{"person": to}]
    if isinstance(to, Organization):
        return [{"organization": to}]
    if isinstance(to, EveryoneWhoAttended):
        return _attendees(meeting)
    posts = Post.objects.filter(pk=to.pk) if isinstance(to, Post) else _posts_of(meeting, to.role)
    return [seat for post in posts.with_holders_on(today) for seat in _seats(post)]


def _posts_of(meeting: Meeting, role: Role) -> Any:
    return Post.objects.of_province(meeting.province).filter(role=role).order_by("pk")


def _seats(post: Post) -> Iterable[dict[str, Any]]:
    """One for each seat, with who holds it today; a post without a limit of seats has one for all its holders."""
    if post.seats is None:
        return [{"post": post}]
    held = [{"post": post, "person": appointment.person} for appointment in post.holders]
    return held + [{"post": post}] * (post.seats - len(held))


def _attendees(meeting: Meeting) -> list[dict[str, Any]]:
    """One for each person on the lists, and one for all whose name is not on record."""
    came = list(meeting.attendance.came().select_related("person").order_by("roll", "position", "pk"))
    known = [{"person": one.person} for one in came if one.person is not None]
    others = not came or len(known) < len(came)
    return known + ([{"is_for_attendees": True}] if others else [])


@transaction.atomic
def change_task(task: Task, *, by: User | None) -> Task:
    """Put right what is to be done and until when; for each task of an order on its own.

    Raises Refused when the minutes are adopted or the task is closed.
    """
    concerns = [lock(task.meeting)] if task.meeting is not None else []
    now = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if now.state != Task.State.OPEN:
        raise Refused(_("This task is closed. Reopen it first."))
    fields = ["text", "resolution", "due_on", "due_meeting", "is_urgent"]
    before = {name: value for name, value in facts(now).items() if name in fields}
    task.save(update_fields=fields)
    changes = changes_between(before, {name: value for name, value in facts(task).items() if name in fields})
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, task, by=by, changes=changes, concerns=concerns)
    return task
