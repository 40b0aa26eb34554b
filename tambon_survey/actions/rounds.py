"""Planning and opening a round, whom it counts on, and more time for single tambon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, Post, Province, Tambon, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused
from tambon_survey.actions.carry_over import begin
from tambon_survey.models import Round, State, Submission
from tambon_survey.readiness import DEFAULT_RULE

# What a plan may still change; once the round is opened only the second line, and closing only to a later moment.
PLAN = {"follows", "opens_at"}
ALWAYS = {
    "name",
    "ordered_by",
    "resolution",
    "on_time_by",
    "closes_at",
    "planning_meeting",
    "planning_meeting_on",
}
NAMED = 5


@dataclass(frozen=True)
class Opening:
    """What opening a round now would do: which tambon it would ask, and the sentences that speak against it."""

    tambons: list[Tambon]
    obstacles: list[str]


@transaction.atomic
def save_round(survey_round: Round, *, by: User | None) -> Round:
    """Plan a round, or change one.

    Raises Refused when the followed round is not an opened one of the province, when an opened round would get another
    opening or predecessor or would close earlier, or would be open together with another, or when its resolution or
    planning meeting is another province's.
    """
    old = Round.objects.select_for_update(of=("self",)).get(pk=survey_round.pk) if survey_round.pk else None
    before = facts(old) if old else {}
    _check_follows(survey_round)
    _check_meetings(survey_round)
    if old is None:
        survey_round.created_by = by
        survey_round.save()
    else:
        if old.opened_at is not None:
            _check_opened(old, survey_round)
        survey_round.save(update_fields=ALWAYS if old.opened_at is not None else ALWAYS | PLAN)
    survey_round.refresh_from_db()  # moments are compared as they are stored, in one time zone
    changes = changes_between(before, facts(survey_round))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, survey_round, by=by, changes=changes, concerns=[survey_round.province])
    return survey_round


def _check_follows(survey_round: Round) -> None:
    earlier = survey_round.follows
    if earlier is None:
        return
    of_another = earlier.province_id != survey_round.province_id or earlier.pk == survey_round.pk
    if of_another or earlier.opened_at is None:
        raise Refused(_("Only an earlier round of this province can be surveyed again. Choose another one."))


def _check_meetings(survey_round: Round) -> None:
    order, heard = survey_round.resolution, survey_round.planning_meeting
    named = [one for one in (order.meeting if order is not None else None, heard) if one is not None]
    if any(one.province_id != survey_round.province_id for one in named):
        raise Refused(_("A round is ordered by and reports to meetings of its own province. Choose another one."))


def _check_opened(old: Round, new: Round) -> None:
    if any(getattr(old, name) != getattr(new, name) for name in ("province_id", "follows_id", "opens_at")):
        raise Refused(_("The round is opened: what it surveys again and its opening stay as they are."))
    if new.closes_at < old.closes_at:
        raise Refused(_("An opened round cannot close earlier than was announced. Choose the same day or a later one."))
    others = Round.objects.opened().filter(province=old.province_id).exclude(pk=old.pk)
    if new.closes_at > old.closes_at:
        meanwhile = others.filter(opens_at__lt=new.closes_at, closes_at__gt=old.closes_at).first()
        if meanwhile is not None:
            sentence = _("The round %(name)s would be open at the same time. Give single tambon more time instead.")
            raise Refused(sentence % {"name": meanwhile.name})


def opening(survey_round: Round, *, now: datetime) -> Opening:
    """What opening the round at `now` would do, for the page that asks before."""
    asked = Tambon.objects.in_province(survey_round.province).in_focus(timezone.localdate(now))
    tambons = list(asked.select_related("district__zone").in_thai_order())
    return Opening(tambons, _obstacles(survey_round, tambons, now))


def _obstacles(survey_round: Round, tambons: list[Tambon], now: datetime) -> list[str]:
    found = []
    if survey_round.opened_at is not None:
        found.append(_("This round is opened already."))
    if survey_round.closes_at <= now:
        found.append(_("The round would be closed already. Put its closing on a day to come, then open it."))
    other = survey_round.province.rounds.open_at(now).exclude(pk=survey_round.pk).first()
    if other is not None:
        found.append(_("The round %(name)s is open. Open the next one after it has closed.") % {"name": other.name})
    if not tambons:
        found.append(_("There is no focus tambon today. Choose the focus tambon first, then open the round."))
    homeless = sorted({one.district for one in tambons if one.district.zone is None}, key=lambda one: one.pk)
    if homeless:
        names = " ".join(district.full_name for district in homeless[:NAMED])
        more = " …" if len(homeless) > NAMED else ""
        found.append(_("Put these districts into a zone first: %(names)s") % {"names": names + more})
    return found


@transaction.atomic
def open_round(survey_round: Round, *, by: User | None, now: datetime) -> Round:
    """Ask the focus tambon of the day of `now`: freezes the rule, makes their submissions, carries earlier rows over.

    Raises Refused when something speaks against it (`opening`).
    """
    province = Province.objects.select_for_update().get(pk=survey_round.province_id)
    survey_round = Round.objects.select_for_update(of=("self",)).select_related("province").get(pk=survey_round.pk)
    planned = opening(survey_round, now=now)
    if planned.obstacles:
        raise Refused(planned.obstacles[0])
    old = survey_round.opens_at
    survey_round.opens_at = min(old, now)
    survey_round.opened_at, survey_round.opened_by = now, by
    survey_round.rule = survey_round.rule or DEFAULT_RULE
    survey_round.save(update_fields={"opens_at", "opened_at", "opened_by", "rule"})
    begin(survey_round, planned.tambons)
    changes: dict[str, list[Any]] = {"opened_at": [None, now.isoformat()], "tambons": [None, len(planned.tambons)]}
    if survey_round.opens_at != old:
        changes["opens_at"] = [old.isoformat(), now.isoformat()]
    AuditEntry.objects.record(Verb.CHANGE, survey_round, by=by, changes=changes, concerns=[province])
    return survey_round


@transaction.atomic
def add_expected(survey_round: Round, *, tambon: Tambon, reason: str, by: User | None) -> Submission:
    """Count on one more tambon of the province; one that was dropped comes back with all it had.

    Raises Refused when the round is not opened, the tambon lies elsewhere, has no zone, or is expected already.
    """
    survey_round = Round.objects.select_for_update(of=("self",)).select_related("province").get(pk=survey_round.pk)
    if survey_round.opened_at is None:
        raise Refused(_("The round is not opened yet: it will ask the focus tambon of the day it opens."))
    if tambon.district.province_id != survey_round.province_id:
        raise Refused(_("That tambon belongs to another province."))
    if tambon.district.zone_id is None:
        raise Refused(_("Put these districts into a zone first: %(names)s") % {"names": tambon.district.full_name})
    submission = survey_round.submissions.select_for_update(of=("self",)).filter(tambon=tambon).first()
    dropped_at = submission.dropped_at if submission is not None else None
    if submission is None:
        submission = begin(survey_round, [tambon], added_reason=reason)[0]
    elif dropped_at is None:
        raise Refused(_("%(tambon)s is expected in this round already.") % {"tambon": tambon.full_name})
    else:
        submission.dropped_at, submission.dropped_by, submission.added_reason = None, None, reason
        submission.save(update_fields={"dropped_at", "dropped_by", "added_reason"})
    Post.objects.make_expected([tambon])
    changes: dict[str, list[Any]] = {"dropped_at": [dropped_at.isoformat(), None]} if dropped_at else {}
    _record(Verb.ADD, submission, by=by, changes=changes, reason=reason)
    return submission


@transaction.atomic
def drop_expected(submission: Submission, *, reason: str, by: User | None, now: datetime | None = None) -> Submission:
    """Count on a tambon no longer; what it answered stays, and `add_expected` brings it back.

    Raises Refused when it was dropped already or the zone has approved it.
    """
    submission = _locked(submission)
    if submission.dropped_at is not None:
        raise Refused(_("%(tambon)s is not expected in this round.") % {"tambon": submission.tambon.full_name})
    if submission.state in {State.APPROVED, State.ACCEPTED}:
        raise Refused(_("The zone has approved this tambon: it stays. Reopen the submission first if that was wrong."))
    submission.dropped_at, submission.dropped_by = now or timezone.now(), by
    submission.save(update_fields={"dropped_at", "dropped_by"})
    changes = {"dropped_at": [None, submission.dropped_at.isoformat()]}
    _record(Verb.REMOVE, submission, by=by, changes=changes, reason=reason)
    return submission


@transaction.atomic
def extend(submission: Submission, *, until: datetime, reason: str, by: User | None, now: datetime) -> Submission:
    """Let one tambon answer after the round has closed, up to, not including, `until`.

    Raises Refused when `until` lies before now or before the round's closing, or the tambon is not expected.
    """
    submission = _locked(submission)
    if submission.dropped_at is not None:
        raise Refused(_("%(tambon)s is not expected in this round.") % {"tambon": submission.tambon.full_name})
    if until <= now:
        raise Refused(_("That moment has passed. Choose a later one."))
    if until <= submission.round.closes_at:
        raise Refused(_("The round itself is open until then. Choose a moment after its closing."))
    old = submission.extended_until
    submission.extended_until = until
    submission.save(update_fields={"extended_until"})
    changes = {"extended_until": [old.isoformat() if old else None, until.isoformat()]}
    _record(Verb.CHANGE, submission, by=by, changes=changes, reason=reason)
    return submission


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).with_areas().get(pk=submission.pk)


def _record(verb: Verb, submission: Submission, *, by: User | None, changes: dict[str, list[Any]], reason: str) -> None:
    """On the pages of the submission, its round and its tambon."""
    about = [submission.round, submission.tambon]
    AuditEntry.objects.record(verb, submission, by=by, changes=changes, reason=reason, concerns=about)
