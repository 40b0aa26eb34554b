"""A part of a meeting's page: when, where, how many, by whom, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from meetings.models import Facilitation, Meeting, Visibility
from organizations import access
from organizations.models import User

TEAM, TAG = "team", "tag"
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
    """What templates/meetings/parts/facts.html needs. One query."""
    team: dict[str, list[str]] = {}
    tags: list[tuple[str, str]] = []
    for kind, key, _position, name in _team_and_tags(meeting):
        if kind == TEAM:
            team.setdefault(key, []).append(name)
        else:
            tags.append((key, name))
    tambon = meeting.venue_tambon
    return {
        "reading": reading_of(meeting),
        "team": [(label, team[role]) for role, label in Facilitation.Role.choices if role in team],
        "tags": tags,
        "may_open_venue": tambon is not None and access.of(viewer).may_see(tambon),
    }


def _team_and_tags(meeting: Meeting) -> list[tuple[str, str, int, str]]:
    """(TEAM, role, position, name) and (TAG, key, 0, name) in order: two short lists in one question."""
    team = meeting.facilitation.order_by().values_list(Value(TEAM), "role", "position", "name")
    tags = meeting.tags.order_by().values_list(Value(TAG), "key", Value(0), "name")
    return sorted(team.union(tags, all=True))
