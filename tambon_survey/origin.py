"""From a round to the resolution that ordered it and the meeting it reports to, and from those back to their rounds."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.models import Meeting, Resolution
from organizations.models import User
from tambon_survey.models import Round


@dataclass(frozen=True)
class Origin:
    """Where a round comes from and where it goes, as far as the reader may open it."""

    resolution: Resolution | None
    planning_meeting: Meeting | None


def origin_of(survey_round: Round, user: User) -> Origin:
    """One query for each of the two that the round names."""
    order, heard = survey_round.resolution_id, survey_round.planning_meeting_id
    resolutions, meetings = Resolution.objects.visible_to(user).with_facts(), Meeting.objects.visible_to(user)
    return Origin(
        resolution=resolutions.filter(pk=order).first() if order else None,
        planning_meeting=meetings.filter(pk=heard).first() if heard else None,
    )


def rounds_of(resolution: Resolution, user: User) -> list[Round]:
    """The opened rounds that a resolution ordered and the reader may open, the newest first: one query."""
    return list(Round.objects.visible_to(user).opened().ordered_by_resolution(resolution).newest_first())
