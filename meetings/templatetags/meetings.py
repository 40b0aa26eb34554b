"""What the page of an area says of meetings. The area's page names the fragment and knows no more."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from meetings.models import Meeting
from meetings.places import held, tasks
from meetings.tasks import TaskLine
from organizations.models import Organization, Tambon, User, Zone

register = template.Library()


@register.inclusion_tag("meetings/parts/convened.html")
def meetings_convened(organization: Organization, user: User) -> dict[str, Any]:
    """The newest meetings the body convened that the reader may open. One query."""
    return {
        "meetings": list(Meeting.objects.visible_to(user).convened_by_body(organization).newest_first()[: held.SHOWN])
    }


@register.simple_tag
def meetings_held(area: Tambon | Zone, user: User) -> list[Meeting]:
    """The newest meetings held there that the reader may open. One query."""
    return held.meetings_held(area, user)


@register.simple_tag
def open_tasks(area: Tambon | Zone, user: User) -> list[TaskLine]:
    """What is still to do there. One query."""
    return tasks.open_tasks(area, user, today=timezone.localdate())
