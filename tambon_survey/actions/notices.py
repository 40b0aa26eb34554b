"""What people are told: the day before a round closes, and when something was sent back or approved. Each once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.thai_dates import bangkok_date
from nakhon_network.lib.thai_text import truncate
from nakhon_network.templatetags.thai import thai_date
from organizations import access
from organizations.models import Appointment, User
from tambon_survey.deadlines import days_left, last_day
from tambon_survey.models import Kind, Move, Notice, Round, State, Step, Submission

ATTEMPTS = 5
STILL_NEWS = timedelta(days=7)
LONGEST = 480
log = logging.getLogger("nakhon.survey")


@dataclass(frozen=True)
class Mailed:
    """How many e-mails went out and how many failed."""

    sent: int
    failed: int


class _People:
    """Who enters and who reviews, read once: account by area key."""

    def __init__(self, now: datetime) -> None:
        held = Appointment.objects.in_force(bangkok_date(now)).filter(person__user__is_active=True)
        self.entering: dict[tuple[str, object], set[int]] = defaultdict(set)
        enter = held.filter(access.coordinating(prefix="post__"))
        for tambon, district, user in enter.values_list("post__tambon", "post__district", "person__user"):
            self.entering["tambon" if tambon else "district", tambon or district].add(user)
        self.reviewing: dict[int, set[int]] = defaultdict(set)
        review = held.filter(access.reviewing(prefix="post__"), post__zone__isnull=False)
        for zone, user in review.values_list("post__zone", "person__user"):
            self.reviewing[zone].add(user)

    def of(self, submission: Submission) -> set[int]:
        """Accounts of those who fill in a tambon: its own coordinators and its district's."""
        tambon = submission.tambon
        return self.entering["tambon", tambon.pk] | self.entering["district", tambon.district_id]


def due_notices(now: datetime) -> list[Notice]:
    """What has to be told at `now` and was not told before, unsaved, in Thai."""
    with translation.override(settings.LANGUAGE_CODE):
        people = _People(now)
        found = [*_about_closing(now, people), *_tell_of_steps(now, people)]
    known = set(Notice.objects.filter(key__in={one.key for one in found}).values_list("user_id", "key"))
    return [one for one in found if (one.user_id, one.key) not in known]


@transaction.atomic
def make_notices(now: datetime) -> int:
    """Write what is due. Running it again, or twice at once, makes nothing twice. Returns how many were due."""
    found = due_notices(now)
    Notice.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def tell_of_steps(now: datetime) -> int:
    """Write what the latest returns and approvals have to say; returns how many."""
    with translation.override(settings.LANGUAGE_CODE):
        found = _tell_of_steps(now, _People(now))
    known = set(Notice.objects.filter(key__in={one.key for one in found}).values_list("user_id", "key"))
    fresh = [one for one in found if (one.user_id, one.key) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _about_closing(now: datetime, people: _People) -> Iterable[Notice]:
    for survey_round in Round.objects.open_at(now):
        moments = {"on-time": survey_round.on_time_by, "closing": survey_round.closes_at}
        if last_day(survey_round.on_time_by) == last_day(survey_round.closes_at):
            del moments["on-time"]
        for which, moment in moments.items():
            left = days_left(last_day(moment), today=bangkok_date(now))
            if now < moment and left <= 1:
                key = f"{which}-{survey_round.pk}-{last_day(moment).isoformat()}"
                yield from _unsent(survey_round, people, moment, which=which, key=key, now=now)
                yield from _to_review(survey_round, people, moment, key=f"review-{key}", now=now)


def _unsent(
    survey_round: Round, people: _People, moment: datetime, *, which: str, key: str, now: datetime
) -> Iterable[Notice]:
    by_user: dict[int, list[Submission]] = defaultdict(list)
    unsent = Submission.objects.of_round(survey_round).expected().unsent().with_areas().in_thai_order()
    for submission in unsent:
        for user in people.of(submission):
            by_user[user].append(submission)
    said = {
        "closing": _("%(round)s closes after %(day)s. Not sent yet: %(tambon)s."),
        "on-time": _("%(round)s: on time until %(day)s. Not sent yet: %(tambon)s."),
    }[which]
    for user, own in sorted(by_user.items()):
        names = ", ".join(one.tambon.full_name for one in own)
        text = said % {"round": survey_round.name, "day": thai_date(last_day(moment)), "tambon": names}
        url = reverse("submission_entry", args=[own[0].pk]) if len(own) == 1 else survey_round.get_absolute_url()
        yield _notice(survey_round, Kind.CLOSING, user=user, key=key, text=text, url=url, now=now)


def _to_review(survey_round: Round, people: _People, moment: datetime, *, key: str, now: datetime) -> Iterable[Notice]:
    waiting: dict[int, int] = defaultdict(int)
    sent = Submission.objects.of_round(survey_round).expected().awaiting_review()
    for zone in sent.values_list("tambon__district__zone", flat=True):
        waiting[zone] += 1
    for zone, number in waiting.items():
        facts = {"round": survey_round.name, "count": number, "day": thai_date(last_day(moment))}
        text = _("%(round)s: %(count)s tambon wait for your review. The deadline is %(day)s.") % facts
        url = reverse("zone_board", args=[survey_round.pk, zone])
        for user in sorted(people.reviewing[zone]):
            yield _notice(survey_round, Kind.REVIEW, user=user, key=f"{key}-{zone}", text=text, url=url, now=now)


def _tell_of_steps(now: datetime, people: _People) -> Iterable[Notice]:
    """Returns and approvals of the last days, to those who fill in the tambon, whoever made the step aside."""
    told = {Move.RETURN: Kind.RETURNED, Move.APPROVE: Kind.APPROVED}
    steps = Step.objects.filter(move__in=told, made_at__gt=now - STILL_NEWS, made_at__lte=now)
    found = []
    for step in steps.select_related("submission__round", "submission__tambon__district__zone").order_by("pk"):
        submission = step.submission
        text = _step_text(step)
        page = "submission_entry" if step.move == Move.RETURN else "submission_page"
        for user in sorted(people.of(submission) - {step.made_by_id}):
            url = reverse(page, args=[submission.pk])
            kind, key = told[Move(step.move)], f"step-{step.pk}"
            found.append(_notice(submission.round, kind, user=user, key=key, text=text, url=url, now=now))
    return found


def _step_text(step: Step) -> str:
    submission = step.submission
    facts = {"round": submission.round.name, "tambon": submission.tambon.full_name}
    if step.move == Move.APPROVE:
        return _("%(round)s: the zone approved the survey of %(tambon)s.") % facts
    if step.fix_by and submission.state == State.RETURNED:
        facts["day"] = thai_date(step.fix_by)
        return _("%(round)s: the survey of %(tambon)s was sent back to mend by %(day)s.") % facts
    return _("%(round)s: the survey of %(tambon)s was sent back to mend.") % facts


def _notice(survey_round: Round, kind: Kind, *, user: int, key: str, text: str, url: str, now: datetime) -> Notice:
    return Notice(
        user_id=user, round=survey_round, kind=kind, key=key, text=truncate(text, LONGEST)[:500], url=url, made_at=now
    )


def mail_notices(now: datetime, *, site: str) -> Mailed:
    """One e-mail for each notice that has none; what fails is tried again by a later run, at most five times.

    A notice is claimed in a transaction of its own before its e-mail leaves, and no lock is held while the mail
    server is spoken to: two runs at once send nothing twice. A run that dies in between loses that one e-mail; the
    line in the app is there.
    """
    sent = failed = 0
    waiting = Notice.objects.to_mail(since=now - STILL_NEWS, attempts=ATTEMPTS)
    for pk in list(waiting.values_list("pk", flat=True)):
        if not _claim(pk, now):
            continue
        notice = Notice.objects.select_related("user", "round").get(pk=pk)
        try:
            _mail(notice, site=site)
        except (SMTPException, OSError) as problem:
            Notice.objects.filter(pk=pk).update(mailed_at=None)
            log.warning("notice %s was not mailed: %s", pk, type(problem).__name__)
            failed += 1
        else:
            sent += 1
    return Mailed(sent, failed)


def _claim(pk: int, now: datetime) -> bool:
    free = Notice.objects.filter(pk=pk, mailed_at__isnull=True, mail_attempts__lt=ATTEMPTS)
    return bool(free.update(mailed_at=now, mail_attempts=F("mail_attempts") + 1))


def _mail(notice: Notice, *, site: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = f"{notice.get_kind_display()} · {notice.round.name}"
        closing = _("You get this e-mail because you hold a post in the network.")
        body = f"{notice.text}\n\n{site}{notice.url}\n\n{closing}\n"
    send_mail(subject, body, None, [notice.user.email])


@transaction.atomic
def mark_read(notices: Iterable[Notice], *, by: User, now: datetime) -> int:
    """Mark one's own notices as read; returns how many were unread."""
    keys = [notice.pk for notice in notices]
    return Notice.objects.for_user(by).unread().filter(pk__in=keys).update(read_at=now)
