"""What a meeting decided: written down with a number that stays, changed, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision, lock
from meetings.models import Meeting, Resolution, Task
from organizations.models import Appointment, AuditEntry, Tambon, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@transaction.atomic
def save_resolution(
    resolution: Resolution, *, tambons: Iterable[Tambon] = (), seen: int | None = None, by: User | None
) -> Resolution:
    """Write a resolution down under the next number of its meeting, or change it.

    The same sent once more makes no second resolution. Raises Refused when the minutes are adopted or the resolution
    is withdrawn, Stale when somebody changed it since revision `seen`.
    """
    meeting = lock(resolution.meeting)
    tambons = list(tambons)
    before: dict[str, Any] = {}
    if resolution.pk:
        now = _current(meeting, resolution)
        check_revision(now, seen=seen)
        before = facts(now) | {"about": _names(now.tambons.all())}
        resolution.revision, resolution.number = now.revision + 1, now.number
    else:
        known = _written_already(meeting, resolution)
        if known is not None:
            return known
        resolution.number = (meeting.resolutions.aggregate(last=Max("number"))["last"] or 0) + 1
    resolution.save()
    resolution.tambons.set(tambons)
    changes = changes_between(before, facts(resolution) | {"about": _names(tambons)})
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, resolution, by=by, changes=changes, concerns=[meeting])
    return resolution


def _current(meeting: Meeting, resolution: Resolution) -> Resolution:
    found = meeting.resolutions.select_related("goal", "item").get(pk=resolution.pk)
    if found.withdrawn_at is not None:
        raise Refused(_("This resolution was withdrawn: it stays as it is. Write a new one instead."))
    return found


def _written_already(meeting: Meeting, resolution: Resolution) -> Resolution | None:
    return (
        meeting.resolutions.standing()
        .filter(text=resolution.text, strength=resolution.strength, goal=resolution.goal, item=resolution.item)
        .first()
    )


def _names(tambons: Iterable[Tambon]) -> str:
    return ", ".join(sorted(tambon.full_name for tambon in tambons))


@transaction.atomic
def withdraw_resolution(resolution: Resolution, *, reason: str, now: datetime, by: User | None) -> Resolution:
    """Withdraw a resolution: its number and words stay, and what is still to do of its tasks is dropped with it.

    Raises Refused when the minutes are adopted. Withdrawing once more changes nothing.
    """
    meeting = lock(resolution.meeting)
    found = meeting.resolutions.get(pk=resolution.pk)
    if found.withdrawn_at is not None:
        return found
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = now, by, reason
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    tasks = list(found.tasks.open().select_for_update(of=("self",)))
    closed = {"state": Task.State.DROPPED, "outcome": reason, "closed_at": now, "closed_by": by}
    found.tasks.filter(pk__in=[task.pk for task in tasks]).update(**closed)
    AuditEntry.objects.record(Verb.REMOVE, found, by=by, reason=reason, concerns=[meeting, *tasks])
    return found


@transaction.atomic
def cite_appointments(resolution: Resolution, *, appointments: Iterable[Appointment], by: User | None) -> Resolution:
    """Say which appointments the resolution made; raises Refused as `save_resolution` does."""
    meeting = lock(resolution.meeting)
    found = _current(meeting, resolution)
    wanted = list(appointments)
    before = set(found.appointments.all())
    if before == set(wanted):
        return found
    found.appointments.set(wanted)
    changes = {"cited": [_cited(before), _cited(wanted)]}
    posts = {appointment.post for appointment in [*before, *wanted]}
    AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes=changes, concerns=[meeting, *posts])
    return found


def _cited(appointments: Iterable[Appointment]) -> str | None:
    return ", ".join(sorted(str(appointment) for appointment in appointments)) or None
