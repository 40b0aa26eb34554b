"""What the page of an area says of meetings. The area's page names the fragment and knows no more."""

from __future__ import annotations

from typing import Any

from django import template

from meetings.models import Meeting
from organizations.models import Tambon, User

register = template.Library()
SHOWN = 5


@register.inclusion_tag("meetings/parts/held_here.html")
def meetings_held(area: Tambon, user: User) -> dict[str, Any]:
    """The newest meetings held in the tambon that the reader may open. One query."""
    return {"meetings": list(Meeting.objects.visible_to(user).held_in(area).newest_first()[:SHOWN])}
