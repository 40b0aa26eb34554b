"""A part of a meeting's page: when, where, how many, by whom, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import Facilitation, Meeting, Visibility
from organizations import access
from organizations.models import User

# Who may read it → state and icon of the badge, what it means.
SHOWN_TO = {
    Visibility.DRAFT: ("draft", "pencil", _("Only who keeps the record can open this page.")),
    Visibility.NETWORK: ("submitted", "users", _("Everybody with a post in the network can read this page.")),
    Visibility.PUBLIC: ("approved", "globe", _("Everybody can read this page, without signing in.")),
}


@dataclass(frozen=True)
class Reading:
    """Who may read the meeting, as a badge and a sentence."""

    state: str
    icon: str
    label: str
    sentence: str


def reading_of(meeting: Meeting) -> Reading:
    """Who may read it, in words."""
    state, icon, sentence = SHOWN_TO[Visibility(meeting.visibility)]
    return Reading(state, icon, meeting.get_visibility_display(), str(sentence))


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/facts.html needs. Two queries."""
    team: dict[str, list[str]] = {}
    for one in meeting.facilitation.all():
        team.setdefault(one.role, []).append(one.name)
    tambon = meeting.venue_tambon
    return {
        "reading": reading_of(meeting),
        "team": [(label, team[role]) for role, label in Facilitation.Role.choices if role in team],
        "tags": list(meeting.tags.all()),
        "may_open_venue": tambon is not None and access.of(viewer).may_see(tambon),
    }
