"""The goals of a meeting: written down, put in order, removed while nothing hangs on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision, lock
from meetings.models import Goal
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

FACTS = ("title", "discussion")


def _facts(goal: Goal) -> dict[str, Any]:
    return {name: value for name, value in facts(goal).items() if name in FACTS}


@transaction.atomic
def save_goal(goal: Goal, *, seen: int | None = None, by: User | None) -> Goal:
    """Write a goal down as the last of its meeting, or change it; the same sent once more makes no second goal.

    Raises Refused when the minutes are adopted, Stale when somebody changed the goal since revision `seen`.
    """
    meeting = lock(goal.meeting)
    before: dict[str, Any] = {}
    if goal.pk:
        now = Goal.objects.get(pk=goal.pk)
        check_revision(now, seen=seen)
        before = _facts(now)
        goal.position, goal.revision = now.position, now.revision + 1
    else:
        known = meeting.goals.filter(title=goal.title, discussion=goal.discussion).first()
        if known is not None:
            return known
        goal.position = (meeting.goals.aggregate(last=Max("position"))["last"] or 0) + 1
    goal.save()
    changes = changes_between(before, _facts(goal))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, goal, by=by, changes=changes, concerns=[meeting])
    return goal


@transaction.atomic
def move_goal(goal: Goal, *, earlier: bool, by: User | None) -> None:
    """Change places with the goal before (`earlier`) or after; the first and the last stay where they are."""
    meeting = lock(goal.meeting)
    goals = list(meeting.goals.all())
    at = next((place for place, one in enumerate(goals) if one.pk == goal.pk), None)
    if at is None:
        raise Refused(_("Somebody removed this goal in the meantime."))
    to = at - 1 if earlier else at + 1
    if not 0 <= to < len(goals):
        return
    goals[at], goals[to] = goals[to], goals[at]
    for position, one in enumerate(goals, start=1):
        one.position = position
    Goal.objects.bulk_update(goals, ["position"])
    AuditEntry.objects.record(
        Verb.CHANGE, goal, by=by, changes={"position": [at + 1, to + 1]}, concerns=[meeting, goals[at]]
    )


@transaction.atomic
def remove_goal(goal: Goal, *, by: User | None) -> None:
    """Remove a goal that has no resolution, not even a withdrawn one; its words stay in the meeting's history."""
    meeting = lock(goal.meeting)
    found = meeting.goals.filter(pk=goal.pk).first()
    if found is None:
        return
    if found.has_resolution():
        raise Refused(_("Resolutions hang on this goal: move them to another goal first, or keep it."))
    changes = changes_between(_facts(found), {})
    AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, concerns=[meeting])
    found.delete()
