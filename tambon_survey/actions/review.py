"""Sending answers to the zone, and what the zone and the province decide about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import Appointment, User
from organizations.problems import Refused
from tambon_survey import readiness, rules
from tambon_survey.actions.moving import locked_for, move
from tambon_survey.actions.naming import recall_names
from tambon_survey.answers import Answers
from tambon_survey.models import Move, Point, Snapshot, Step, Submission, Topic
from tambon_survey.problems import Blocked

# (topic, key of one of its rows or None, what to mend)
PointToMend = tuple[str, UUID | str | None, str]


@transaction.atomic
def submit(
    submission: Submission, *, replies: Mapping[int, tuple[str, str]], by: User | None, now: datetime
) -> Snapshot:
    """Send the answers to the zone: freeze them and answer the points they were sent back with.

    `replies` maps the key of each open point to (reply, explanation). Raises Refused when the time is over or a point
    is left without an answer, Blocked when a hard problem stands in the way, and what `locked_for` raises.
    """
    found = locked_for(submission, Move.SUBMIT, by=by)
    _refuse_out_of_time(found, now=now)
    answers = found.answers()
    hard = rules.hard(answers)
    if hard:
        raise Blocked(_("It cannot be sent yet: please mend what is listed here."), hard)
    _reply(found, replies, by=by, now=now)
    snapshot = _freeze(found, answers, by=by, now=now)
    if found.submitted_at is None:
        found.submitted_at, found.submitted_by = now, by
        found.save(update_fields=["submitted_at", "submitted_by"])
    move(found, Move.SUBMIT, by=by, now=now, snapshot=snapshot)
    submission.refresh_from_db()
    return snapshot


def _refuse_out_of_time(found: Submission, *, now: datetime) -> None:
    if found.takes_answers_at(now):
        return
    if found.dropped_at is not None:
        raise Refused(_("This tambon was taken off the list of the round: please ask the province."))
    if found.round.opened_at is None or now < found.round.opens_at:
        raise Refused(_("The round is not open yet."))
    raise Refused(
        _("Sending closed on %(when)s. Please ask your zone representative or the province for more time.")
        % {"when": thai_datetime(found.closes_at())}
    )


def _reply(found: Submission, replies: Mapping[int, tuple[str, str]], *, by: User | None, now: datetime) -> None:
    """Write the answers to the open points: every one of them, an explanation with its sentence."""
    points = list(Point.objects.of(found).open())
    for point in points:
        reply, text = replies.get(point.pk, ("", ""))
        if reply not in Point.Reply.values:
            raise Refused(_("Please say for each point whether it is mended or explained."))
        if reply == Point.Reply.EXPLAINED and not text.strip():
            raise Refused(_("Please write a sentence for each point that you explain."))
        point.reply, point.reply_text, point.replied_at, point.replied_by = reply, text, now, by
    Point.objects.bulk_update(points, ["reply", "reply_text", "replied_at", "replied_by"])


def _freeze(found: Submission, answers: Answers, *, by: User | None, now: datetime) -> Snapshot:
    last = found.snapshots.first()
    return Snapshot.objects.create(
        submission=found,
        number=last.number + 1 if last else 1,
        revision=found.revision,
        content=answers.to_json(),
        verdicts=readiness.judge(answers, rule=found.round.rule).to_json(),
        made_at=now,
        made_by=by,
    )


@transaction.atomic
def return_for_changes(
    submission: Submission, *, points: Sequence[PointToMend], fix_by: date, by: User | None, now: datetime
) -> Step:
    """Send the answers back with at least one point, each pinned to a topic or a row of what was sent.

    Raises Refused without a point, with one that is pinned to nothing sent, or with a day that has passed.
    """
    found = locked_for(submission, Move.RETURN, by=by)
    if not points:
        raise Refused(_("Please write at least one point: what should be mended?"))
    if fix_by < timezone.localdate(now):
        raise Refused(_("The day to mend by has passed: please choose today or a later day."))
    snapshot = found.snapshots.first()
    pinned = [_pinned(snapshot, *point) for point in points]
    step = move(found, Move.RETURN, by=by, now=now, fix_by=fix_by, snapshot=snapshot)
    for point in pinned:
        point.step = step
    Point.objects.bulk_create(pinned)
    submission.refresh_from_db()
    return step


def _pinned(snapshot: Snapshot | None, topic: str, row: UUID | str | None, text: str) -> Point:
    sent = Answers.from_json(snapshot.content) if snapshot else Answers()
    if topic not in Topic.values or not text.strip():
        raise Refused(_("Please choose for each point what it is about, and write what should be mended."))
    if row is None:
        return Point(topic=topic, text=text)
    answer = next(one for one in sent if one.topic == topic)
    for one in answer.rows:
        if one.id == str(row):
            return Point(topic=topic, row=one.id, row_name=answer.name_of(one), text=text)
    raise Refused(_("A point is about a row that is not in what was sent: please choose again."))


@transaction.atomic
def approve(submission: Submission, *, by: User | None, now: datetime) -> Step:
    """The zone says yes to what was sent; names in it that are known mean what they mean from now on.

    Raises Refused when `by` entered it alone and somebody else could judge.
    """
    found = locked_for(submission, Move.APPROVE, by=by)
    if by is not None and entered_alone(found, by=by) and _others_review(found, by=by, on=timezone.localdate(now)):
        raise Refused(
            _(
                "You entered this form alone, so somebody else must approve it: "
                "the other zone representative or the province."
            )
        )
    step = _decide(submission, found, Move.APPROVE, by=by, now=now)
    recall_names(found)
    return step


def entered_alone(submission: Submission, *, by: User) -> bool:
    """Whether every save that a person made is one of `by`."""
    return set(submission.saves.authors()) == {by.pk}


def _others_review(found: Submission, *, by: User, on: date) -> bool:
    """Whether somebody but `by` represents the zone that day."""
    zone = found.tambon.district.zone
    return zone is not None and Appointment.objects.reviewing(zone).in_force(on).exclude(person=by.person).exists()


@transaction.atomic
def accept(submission: Submission, *, by: User | None, now: datetime) -> Step:
    """The province takes what the zone approved; from then on the zone cannot reopen it."""
    found = locked_for(submission, Move.ACCEPT, by=by)
    return _decide(submission, found, Move.ACCEPT, by=by, now=now)


@transaction.atomic
def reopen(submission: Submission, *, reason: str, by: User | None, now: datetime) -> Step:
    """One step down: what was accepted is approved again, what was approved is to be judged again."""
    found = locked_for(submission, Move.REOPEN, by=by)
    return _decide(submission, found, Move.REOPEN, by=by, now=now, reason=reason)


def _decide(
    submission: Submission, found: Submission, what: str, *, by: User | None, now: datetime, reason: str = ""
) -> Step:
    step = move(found, what, by=by, now=now, reason=reason, snapshot=found.snapshots.first())
    submission.refresh_from_db()
    return step
