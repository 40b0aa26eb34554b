"""A part of a meeting's page: when, where, how many, by whom, in words; and how far its minutes came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from meetings.minutes.reading import chosen
from meetings.models import Facilitation, Meeting, Minutes, Visibility
from nakhon_network.lib.thai_dates import PartialDate
from organizations import access
from organizations.models import User

TEAM, TAG, MINUTES = "team", "tag", "minutes"
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
    """What templates/meetings/parts/facts.html and minutes.html need. One query."""
    team: dict[str, list[str]] = {}
    tags: list[tuple[str, str]] = []
    revisions: list[Minutes] = []
    for kind, key, number, name, day in _short_lists(meeting):
        if kind == TEAM:
            team.setdefault(key, []).append(name)
        elif kind == TAG:
            tags.append((key, name))
        else:
            adopting = Meeting(title=name, held_on=PartialDate.from_iso(day or "")) if name else None
            revisions.append(Minutes(meeting=meeting, state=key, revision=number, adopted_by_meeting=adopting))
    tambon = meeting.venue_tambon
    return {
        "minutes": _minutes(meeting, revisions, viewer=viewer),
        "reading": reading_of(meeting),
        "team": [(label, team[role]) for role, label in Facilitation.Role.choices if role in team],
        "tags": tags,
        "may_open_venue": tambon is not None and access.of(viewer).may_see(tambon),
    }


def _minutes(meeting: Meeting, revisions: list[Minutes], *, viewer: User) -> Minutes | None:
    """The revision this reader gets, if any was started."""
    may_keep = access.of(viewer).may_manage(meeting.province)
    newest_first = sorted(revisions, key=lambda one: -one.revision)
    readable = newest_first if may_keep else [one for one in newest_first if one.is_issued]
    return chosen(readable, meeting, may_keep=may_keep) if readable else None


def _short_lists(meeting: Meeting) -> list[tuple[str, str, int, str, str]]:
    """(TEAM, role, position, name, ""), (TAG, key, 0, name, "") and (MINUTES, state, revision, title and day of the
    meeting that adopted them) in order: three short lists in one question."""
    nothing, text = Value(""), CharField()
    team = meeting.facilitation.order_by().values_list(Value(TEAM), "role", "position", "name", nothing)
    tags = meeting.tags.order_by().values_list(Value(TAG), "key", Value(0), "name", nothing)
    adopted_by = Coalesce("adopted_by_meeting__title", nothing, output_field=text)
    adopted_on = Coalesce(Cast("adopted_by_meeting__held_on", text), nothing)
    minutes = meeting.minutes.order_by().values_list(Value(MINUTES), "state", "revision", adopted_by, adopted_on)
    return sorted(team.union(tags, minutes, all=True))
