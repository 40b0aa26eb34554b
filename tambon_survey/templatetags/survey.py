"""What pages of lower apps say of the survey: they name the fragment and know no more."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, MeetingLink, Resolution
from organizations import access
from organizations.models import Organization, Tambon, User, Zone
from tambon_survey.coming_back import came_back
from tambon_survey.models import Activity, Round, Story, Support
from tambon_survey.origin import Origin, origin_of, rounds_of
from tambon_survey.places import activities, rounds, supporters
from tambon_survey.places.rounds import RoundLine
from tambon_survey.places.supporters import Supporter

register = template.Library()
STORIES_SHOWN = 5


@register.simple_tag
def survey_rounds(area: Tambon | Zone, user: User) -> list[RoundLine]:
    """The rounds in which a place was asked, and what changed. One query."""
    return rounds.rounds(area, user)


@register.simple_tag
def activities_told(area: Tambon | Zone, user: User) -> list[Activity]:
    """Its activities, each once, with a picture. One query."""
    return activities.activities(area, user)


@register.simple_tag
def supporters_told(area: Tambon | Zone, user: User) -> list[Supporter]:
    """Who supports it. One query."""
    return supporters.supporters(area, user)


@register.inclusion_tag("tambon_survey/parts/origin.html")
def round_origin(survey_round: Round, user: User) -> dict[str, Any]:
    """What ordered the round and where it reports to, as links the reader may follow. At most two queries."""
    found: Origin = origin_of(survey_round, user)
    return {"round": survey_round, "resolution": found.resolution, "meeting": found.planning_meeting}


@register.inclusion_tag("tambon_survey/parts/rounds_ordered.html")
def rounds_ordered(resolution: Resolution, user: User) -> dict[str, Any]:
    """The rounds that a resolution ordered; nothing for who works with none of them. One query."""
    return {"rounds": rounds_of(resolution, user)}


@register.inclusion_tag("tambon_survey/parts/came_back.html")
def what_came_back(meeting: Meeting, user: User, before: list[MeetingLink]) -> dict[str, Any]:
    """What a planning meeting opens with, `before` linked to it; nothing for visitors. At most two queries."""
    today = timezone.localdate()
    return {"meeting": meeting, "back": came_back(meeting, user, before=before, today=today), "today": today}


@register.inclusion_tag("tambon_survey/parts/stories_here.html")
def stories_of(place: Tambon | Meeting, user: User) -> dict[str, Any]:
    """The newest stories of a tambon or a meeting that the reader may open, and the way to one more. One query."""
    seen = Story.objects.visible_to(user)
    reach = access.of(user)
    if isinstance(place, Tambon):
        stories, may_write = seen.of_tambon(place), reach.may_work_for(place)
        told_of, all_url = f"tambon={place.pk}", f"{reverse('story_list')}?tambon={place.pk}"
    else:
        stories, may_write = seen.of_meeting(place), reach.home_area() is not None
        told_of, all_url = f"meeting={place.pk}", ""
    found = list(stories.with_facts().newest_first()[: STORIES_SHOWN + 1])
    return {
        "stories": found[:STORIES_SHOWN],
        "told_of": told_of,
        "may_write": may_write,
        "all_url": all_url if len(found) > STORIES_SHOWN else "",
    }


@register.inclusion_tag("tambon_survey/parts/supports_of.html")
def supports_of(organization: Organization, user: User) -> dict[str, Any]:
    """The tambon a body supports, as their surveys say and as far as the reader works there. One query."""
    return {"supports": list(Support.objects.visible_to(user).of_agency(organization).with_areas())}


@register.inclusion_tag("tambon_survey/parts/unnamed_agencies.html", takes_context=True)
def unnamed_agencies(context: dict[str, Any], user: User) -> dict[str, Any]:
    """How many agencies of approved surveys have no record yet, and the button that gathers them; for staff."""
    waiting = Support.objects.visible_to(user).without_record().count() if access.of(user).is_staff else 0
    return {"waiting": waiting, "csrf_token": context.get("csrf_token")}
