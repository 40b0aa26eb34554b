"""Introductions: one who looks is brought together with one who has, it is said how it went, and work follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision
from meetings.actions.tasks import Order, give_apart
from meetings.models import Task
from organizations.actions.directory import lock_organizations
from organizations.models import AuditEntry, Need, Offer, Organization, Person, Post, User
from organizations.models.audit import Verb, changes_between
from organizations.problems import Refused
from tambon_survey.activities import rounds_of
from tambon_survey.models import Activity, FollowUp, Introduction
from tambon_survey.models.introductions import MOVES
from tambon_survey.problems import Impossible


@dataclass(frozen=True)
class Other:
    """Who is introduced to whoever looks: a body (perhaps by one of its offers) or a person; for which kind of help."""

    kind: str
    partner: Organization | None = None
    expert: Person | None = None
    offer: Offer | None = None
    reasons: tuple[str, ...] = ()


@transaction.atomic
def introduce(
    seeker: Activity | Need, *, to: Other, purpose: str, made_on: date, by: User | None, is_sample: bool = False
) -> Introduction:
    """Write down that one who looks was introduced to one who has it.

    The same sent twice is one. Raises Refused when the two were introduced for this before and it has not failed, or
    when a body was merged or the offer removed meanwhile.
    """
    if isinstance(seeker, Activity):
        ends = _ends_of_activity(seeker)
        _locked_bodies(to)
    else:
        ends = _ends_of_need(seeker, to)
    _refuse_a_gone_offer(to)
    told = {"purpose": purpose, "made_on": made_on, "created_by": by}
    for known in _before(ends, to):
        if all(getattr(known, name) == value for name, value in told.items()):
            return known
        raise Refused(_("The two were introduced for this already. Say there how it went."))
    others = {"kind": to.kind, "partner": to.partner, "expert": to.expert, "offer": to.offer}
    made = Introduction.objects.create(**ends, **others, **told, reasons=list(to.reasons), is_sample=is_sample)
    facts = {"kind": made.kind, "purpose": purpose, "made_on": made_on.isoformat(), "state": made.state}
    AuditEntry.objects.record(Verb.ADD, made, by=by, changes=changes_between({}, facts), concerns=_concerned(made))
    return made


def _ends_of_activity(activity: Activity) -> dict[str, Model | None]:
    found = Activity.objects.select_for_update(of=("self",)).with_areas().get(pk=activity.pk)
    if found.is_removed:
        raise Refused(_("This activity was taken out of the survey."))
    tambon = found.submission.tambon
    return {"activity": found, "tambon": tambon, "province": tambon.district.province}


def _ends_of_need(need: Need, to: Other) -> dict[str, Model | None]:
    body = _locked_bodies(to, need.organization_id)[need.organization_id]
    return {"seeker": body, "tambon": body.tambon, "province": _province_of(body)}


def _locked_bodies(to: Other, *seekers: int) -> dict[int, Organization]:
    """Both ends as far as they are bodies, locked in one order; Refused when one was merged meanwhile."""
    return lock_organizations(*seekers, *([to.partner.pk] if to.partner else []))


def _refuse_a_gone_offer(to: Other) -> None:
    """The offer is read again now that nobody removes it or moves it to another body."""
    if to.offer and not Offer.objects.select_for_update().filter(pk=to.offer.pk, organization=to.partner).exists():
        raise Refused(_("This offer was removed meanwhile."))


def _province_of(body: Organization) -> Model:
    area = body.area
    if area is None:
        raise Refused(_("Say first where this organization is at home."))
    district = getattr(area, "district", None)
    return getattr(district or area, "province", None) or area


def _before(ends: dict[str, Model | None], to: Other) -> Iterable[Introduction]:
    """What stands between the two for this kind of help; of an activity in whatever round."""
    same = Introduction.objects.that_stand().filter(kind=to.kind, partner=to.partner, expert=to.expert)
    activity = ends.get("activity")
    if isinstance(activity, Activity):
        return same.of_activities([one.pk for one in rounds_of(activity)])[:1]
    return same.filter(seeker=ends["seeker"])[:1]


def _concerned(introduction: Introduction) -> list[Model]:
    activity = introduction.activity
    ends = (activity, introduction.seeker, introduction.partner, introduction.expert, introduction.tambon)
    return [one for one in (*ends, activity.submission if activity else None) if one is not None]


@transaction.atomic
def move(
    introduction: Introduction, *, state: str, outcome: str, reach: str, seen: int | None = None, by: User | None
) -> Introduction:
    """Say how it went. The same twice is once.

    Raises Impossible where `state` does not follow, Refused when a failure has no reason or a reach no agreement, and
    Stale when somebody wrote since revision `seen`.
    """
    found = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
    before = {"state": found.state, "outcome": found.outcome, "reach": found.reach}
    after = {"state": state, "outcome": outcome, "reach": reach}
    if before == after:
        return found
    check_revision(found, seen=seen)
    if state not in MOVES[found.state]:
        raise Impossible(_("That does not follow from where this introduction stands."))
    if state == Introduction.State.FAILED and not outcome:
        raise Refused(_("Say why it did not work out: others learn from it."))
    if reach and state != Introduction.State.AGREED:
        raise Refused(_("How far a result reaches is said of what was agreed."))
    for name, value in after.items():
        setattr(found, name, value)
    found.revision += 1
    found.save(update_fields=[*after, "revision"])
    changes = changes_between(before, after)
    AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes=changes, concerns=_concerned(found))
    return found


@transaction.atomic
def follow_up(
    introduction: Introduction, *, to: Post | Person | Organization, order: Order, today: date, by: User | None
) -> list[Task]:
    """Give work that follows from an introduction: it stands in the register of tasks. The same order once only."""
    found = Introduction.objects.select_for_update(of=("self",)).select_related("province").get(pk=introduction.pk)
    area = found.tambon or found.province
    tasks = give_apart(area, to=to, order=order, about=found, today=today, by=by)
    for task in tasks:
        FollowUp.objects.get_or_create(task=task, defaults={"introduction": found})
    return tasks
