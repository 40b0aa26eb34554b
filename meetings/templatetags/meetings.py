"""What the page of an area says of meetings. The area's page names the fragment and knows no more."""

from __future__ import annotations

from typing import Any

from django import template

from meetings.models import Meeting
from organizations.models import Organization, Tambon, User

register = template.Library()
SHOWN = 5


@register.inclusion_tag("meetings/parts/held_here.html")
def meetings_held(area: Tambon, user: User) -> dict[str, Any]:
    """The newest meetings held in the tambon that the reader may open. One query."""
    return {"meetings": list(Meeting.objects.visible_to(user).held_in(area).newest_first()[:SHOWN])}


@register.inclusion_tag("meetings/parts/convened.html")
def meetings_convened(organization: Organization, user: User) -> dict[str, Any]:
    """The newest meetings the body convened that the reader may open. One query."""
    return {"meetings": list(Meeting.objects.visible_to(user).convened_by_body(organization).newest_first()[:SHOWN])}
