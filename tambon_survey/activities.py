"""An activity over the rounds: one activity has a row in each, and what is known of it belongs to all of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import Task
from nakhon_network.lib.thai_text import search_key
from organizations import access
from organizations.models import District, Help, Tambon, User
from tambon_survey.matching import Seeker
from tambon_survey.models import Activity, Introduction
from tambon_survey.nearness import place_of

FIRST_WAITING = 3


def rounds_of(activity: Activity) -> list[Activity]:
    """The rows of one activity, the newest round first; itself among them. One query."""
    rows = list(Activity.objects.kept().of_tambon(activity.submission.tambon_id).select_related("submission__round"))
    by_key = {row.pk: row for row in rows}
    later = {row.carried_from: row for row in rows if row.carried_from}
    found = {activity.pk: activity}
    key = activity.carried_from
    while key is not None and key in by_key and key not in found:
        found[key] = by_key[key]
        key = by_key[key].carried_from
    key = activity.pk
    while key in later and later[key].pk not in found:
        found[later[key].pk] = later[key]
        key = later[key].pk
    return sorted(found.values(), key=lambda row: row.submission.round.opens_at, reverse=True)


def needs_of(activity: Activity) -> list[tuple[str, str]]:
    """(kind, label) of what an activity looks for."""
    return [(kind, str(Help(kind).label)) for kind in activity.kinds_looked_for]


def introductions_of(activities: Iterable[Activity], user: User) -> list[Introduction]:
    """The introductions of one activity's rows that the user may read. One query."""
    keys = [one.pk for one in activities]
    return list(Introduction.objects.visible_to(user).of_activities(keys).with_ends())


def waiting_in(area: Tambon | District) -> list[Activity]:
    """The first activities of newest approved surveys that look for help and were introduced to nobody: one query."""
    path = "submission__tambon" if isinstance(area, Tambon) else "submission__tambon__district"
    looking = Q()
    for kind in Help.values:
        looking |= ~Q(needs_other="") if kind == Help.OTHER else Q(**{f"needs_{kind}": True})
    same = Q(activity=OuterRef("pk")) | Q(activity=OuterRef("carried_from"))
    rows = Activity.objects.newest_judged().filter(looking, ~Exists(Introduction.objects.filter(same)), **{path: area})
    return list(rows.order_by("submission__tambon__sort_key", "position", "pk")[:FIRST_WAITING])


def tasks_from(introduction: Introduction, user: User) -> QuerySet[Task]:
    """The tasks that follow from an introduction and that the user may know."""
    return Task.objects.visible_to(user).filter(follow_up__introduction=introduction)


def seeker_of(activity: Activity, user: User) -> Seeker:
    """The activity as the rules read it; of one outside the user's reach only what is shared: title and needs."""
    whole = access.of(user).may_see(activity.submission.tambon)
    texts = (activity.title, activity.what, activity.next_step) if whole else (activity.title,)
    return Seeker(
        key=str(activity.pk),
        kinds=frozenset(activity.kinds_looked_for),
        text=search_key(" ".join(texts)),
        place=place_of(activity.submission.tambon),
    )
