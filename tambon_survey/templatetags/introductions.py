"""What pages of lower apps say of introductions: they name the fragment and know no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from meetings.models import Task
from meetings.tasks import TaskLine
from organizations import access
from organizations.models import Organization, Tambon, User
from tambon_survey.activities import needs_of
from tambon_survey.models import Introduction

register = template.Library()
register.filter(needs_of)
SHOWN = 5


@register.simple_tag
def task_origins(lines: Iterable[TaskLine], user: User) -> dict[int, Introduction]:
    """Key of a task → the introduction it follows from, where the reader may know it: one query, none without such."""
    return _origins([line.task for line in lines], user)


@register.simple_tag
def task_origin(task: Task, user: User) -> Introduction | None:
    """The introduction a task follows from, where the reader may know it: one query, none for a task of a meeting."""
    return _origins([task], user).get(task.pk)


@register.filter
def of_task(origins: dict[int, Introduction], task: Task) -> Introduction | None:
    """The one of a task."""
    return origins.get(task.pk)


def _origins(tasks: Iterable[Task], user: User) -> dict[int, Introduction]:
    keys = [task.pk for task in tasks if task.meeting_id is None]
    if not keys:
        return {}
    seen = Introduction.objects.visible_to(user).following_to(keys).select_related("activity", "seeker", "partner")
    return {one.task_key: one for one in seen}


@register.inclusion_tag("tambon_survey/parts/introductions_here.html")
def tambon_introductions(tambon: Tambon, user: User) -> dict[str, Any]:
    """The newest introductions of a tambon's activities and bodies; nothing without one. One query."""
    found = Introduction.objects.visible_to(user).of_tambon(tambon).with_ends()
    return {"introductions": _shown(found), "most": SHOWN}


@register.inclusion_tag("tambon_survey/parts/introductions_here.html")
def organization_introductions(organization: Organization, user: User) -> dict[str, Any]:
    """A body's newest introductions from either side, and the way to what fits its offers. One query."""
    if access.of(user).home_area() is None:
        return {}
    found = Introduction.objects.visible_to(user).of_organization(organization).with_ends()
    return {"introductions": _shown(found), "most": SHOWN, "organization": organization}


def _shown(found: Any) -> list[Introduction]:
    return list(found[: SHOWN + 1])
