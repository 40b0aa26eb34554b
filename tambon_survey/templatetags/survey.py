"""What pages of lower apps say of the survey: they name the fragment and know no more."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, MeetingLink, Resolution
from organizations import access
from organizations.forms.directory import area_key
from organizations.models import Organization, Tambon, User, Zone
from tambon_survey.coming_back import came_back
from tambon_survey.mentions import SHOWN, mentions
from tambon_survey.models import Activity, Round, Story, WrittenName
from tambon_survey.origin import Origin, origin_of, rounds_of
from tambon_survey.places import activities, rounds, supporters
from tambon_survey.places.rounds import RoundLine
from tambon_survey.places.supporters import Supporter
from tambon_survey.unlinked import MOST, how_many

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


@register.inclusion_tag("tambon_survey/parts/named_in_surveys.html")
def named_in_surveys(organization: Organization, user: User) -> dict[str, Any]:
    """Where surveys name a body, as far as the reader works there, and the names that lead to it. Two queries."""
    found = mentions(organization, user)
    names = WrittenName.objects.visible_to(user).leading_to(organization).with_area().newest_first()
    return {"mentions": found, "names": names[:SHOWN] if found else [], "most": SHOWN}


@register.inclusion_tag("tambon_survey/parts/unlinked_here.html")
def unlinked_here(user: User, area: Tambon | None = None) -> dict[str, Any]:
    """How many names in approved surveys wait for their record, and the way to them. Two queries."""
    reach = access.of(user)
    may_say = reach.may_work_for(area) if area is not None else reach.may_add_organization
    waiting = how_many(user, area=area) if may_say else 0
    url = reverse("unlinked_list")
    return {
        "waiting": waiting,
        "has_more": waiting >= MOST,
        "url": f"{url}?area={area_key(area)}" if area is not None else url,
    }
