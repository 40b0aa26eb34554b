"""The other way: what the network knows of that fits the offers of one body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from organizations import access
from organizations.models import Need, Organization, User
from tambon_survey import matching
from tambon_survey.activities import seeker_of
from tambon_survey.matching import Suggestion
from tambon_survey.models import Activity, Introduction
from tambon_survey.nearness import areas_of, nearest_first, nearest_tambon_first
from tambon_survey.partners import (
    BY_KIND,
    bodies_read,
    need_as_seeker,
    offers_in_force,
    offers_read,
    themes_known,
)
from tambon_survey.permits import may_introduce_for

MOST_ACTIVITIES, MOST_NEEDS, SHOWN = 1000, 500, 50


@dataclass(frozen=True)
class Match:
    """An activity or a body's need that fits an offer, and whether it was introduced before, or may be by the user."""

    suggestion: Suggestion
    activity: Activity | None = None
    need: Need | None = None
    introduced: Introduction | None = None
    may_introduce: bool = False

    @property
    def to(self) -> str:
        """How an address names the offer."""
        return self.suggestion.candidate.key

    @property
    def kind(self) -> str:
        """The kind of help."""
        return self.suggestion.candidate.kind

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why they fit."""
        return self.suggestion.reasons


def matches_of(organization: Organization, *, viewer: User, today: date) -> list[Match]:
    """What fits the offers of a body (or its kind), the best first, those introduced already last: eight queries."""
    candidates = offers_read(offers_in_force(matching.GIVES, today).filter(organization=organization))
    kind = BY_KIND.get(organization.kind)  # type: ignore[call-overload]
    if kind and organization.merged_into_id is None and all(one.kind != kind for one, _row in candidates.values()):
        candidates |= bodies_read([organization])
    kinds = sorted({candidate.kind for candidate, _row in candidates.values()})
    if not kinds:
        return []
    activities = {str(one.pk): one for one in _activities(kinds, organization)}
    needs = {f"need-{one.pk}": one for one in _needs(kinds, organization, today)}
    seekers = [seeker_of(one, viewer) for one in activities.values()]
    seekers += [need_as_seeker(one) for one in needs.values()]
    best: dict[tuple[str, str], Suggestion] = {}
    themes = themes_known()
    for candidate, _row in candidates.values():
        for one in matching.fitting(candidate, seekers, themes=themes):
            at = (one.seeker.key, candidate.kind)
            best[at] = min(best.get(at, one), one, key=lambda suggestion: suggestion.rank)
    before = _introduced(organization, viewer)
    found = [
        _match(one, activities.get(one.seeker.key), needs.get(one.seeker.key), before, viewer=viewer)
        for one in sorted(best.values(), key=lambda one: one.rank)
    ]
    return sorted(found, key=lambda match: match.introduced is not None)[:SHOWN]


def _activities(kinds: list[str], organization: Organization) -> list[Activity]:
    wanted = Q()
    for kind in kinds:
        wanted |= Q(pk__in=Activity.objects.looking_for(kind).values("pk"))
    rows = Activity.objects.newest_judged().filter(wanted).with_areas()
    return list(nearest_tambon_first(rows, organization.area, prefix="submission__tambon")[:MOST_ACTIVITIES])


def _needs(kinds: list[str], organization: Organization, today: date) -> list[Need]:
    rows = Need.objects.in_force(today).filter(kind__in=kinds, organization__merged_into__isnull=True)
    rows = rows.exclude(organization=organization).select_related("organization", *areas_of("organization__"))
    near = nearest_first(rows.prefetch_related("themes"), organization.area, prefix="organization__")
    return list(near[:MOST_NEEDS])


Before = dict[tuple[str, str], Introduction]


def _introduced(organization: Organization, viewer: User) -> Before:
    """(who looks for it, kind) → the introduction to this body that stands, for all rounds of an activity."""
    before: Before = {}
    seen = Introduction.objects.visible_to(viewer).that_stand().filter(partner=organization)
    for one in seen.select_related("activity"):
        if one.activity is not None:
            for key in _rows_of(one.activity):
                before[key, one.kind] = one
        else:
            before[f"body-{one.seeker_id}", one.kind] = one
    return before


def _rows_of(activity: Activity) -> list[str]:
    """The key of an activity's row, and that of its row in the round before."""
    return [str(key) for key in (activity.pk, activity.carried_from) if key is not None]


def _match(
    suggestion: Suggestion, activity: Activity | None, need: Need | None, before: Before, *, viewer: User
) -> Match:
    kind = suggestion.candidate.kind
    if activity is not None:
        known = next((before[key, kind] for key in _rows_of(activity) if (key, kind) in before), None)
        may = access.of(viewer).may_work_for(activity.submission.tambon)
        return Match(suggestion, activity=activity, introduced=known, may_introduce=may and known is None)
    assert need is not None  # a seeker is one of the two
    known = before.get((f"body-{need.organization_id}", kind))
    may = may_introduce_for(viewer, need.organization)
    return Match(suggestion, need=need, introduced=known, may_introduce=may and known is None)
