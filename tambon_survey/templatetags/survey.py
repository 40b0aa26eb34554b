"""What the page of an area says of the round people work on. The area's page names the fragment and knows no more."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from organizations.models import Tambon, User, Zone
from tambon_survey.boards import current_round
from tambon_survey.models import Submission

register = template.Library()


@register.inclusion_tag("tambon_survey/parts/area_standing.html")
def survey_standing(area: Tambon | Zone, user: User) -> dict[str, Any]:
    """The tambon's submission, or the way to the zone's board; nothing without a round. At most two queries."""
    survey_round = current_round(user, now=timezone.now())
    if survey_round is None:
        return {}
    if isinstance(area, Zone):
        return {"round": survey_round, "zone": area}
    seen = Submission.objects.visible_to(user).of_round(survey_round).expected()
    return {"round": survey_round, "submission": seen.filter(tambon=area).first()}
