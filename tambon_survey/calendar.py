"""Deadlines of the survey as events of a calendar file."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Event

from meetings.calendar import Link, event
from nakhon_network.lib.thai_dates import BANGKOK
from organizations import access
from organizations.access import Level
from organizations.models import User
from tambon_survey.models import Round, Submission

MOST_ROUNDS = 10


def deadline_events(user: User, *, link: Link, now: datetime) -> list[Event]:
    """When rounds that are open where the account works must be sent and close; for those who fill in, what only
    single tambon have: a day to mend, more time. Two queries."""
    home = access.of(user).home_area()
    if home is None:
        return []
    rounds = list(Round.objects.visible_to(user).opened().closing_after(now).newest_first()[:MOST_ROUNDS])
    found = [one for survey_round in rounds for one in _round_events(survey_round, link=link, now=now)]
    if home[0] in (Level.TAMBON, Level.DISTRICT):
        own = Submission.objects.visible_to(user).with_own_deadline().expected().unsent().with_areas()
        found += [one for submission in own for one in _own_events(submission, link=link, now=now)]
    return found


def _round_events(survey_round: Round, *, link: Link, now: datetime) -> list[Event]:
    url = link(survey_round.get_absolute_url())
    moments = {
        "on-time": (survey_round.on_time_by, _("Last moment to send on time: %(round)s")),
        "closing": (survey_round.closes_at, _("The survey closes: %(round)s")),
    }
    if survey_round.on_time_by == survey_round.closes_at:
        del moments["on-time"]
    return [
        event(
            which,
            survey_round.pk,
            sentence % {"round": survey_round.name},
            starts=moment.astimezone(BANGKOK),
            ends=None,
            url=url,
            now=now,
        )
        for which, (moment, sentence) in moments.items()
    ]


def _own_events(submission: Submission, *, link: Link, now: datetime) -> list[Event]:
    url, tambon = link(submission.get_absolute_url()), submission.tambon.full_name
    found = []
    if submission.fix_by is not None:
        title, day = _("Mend and send again: %(tambon)s") % {"tambon": tambon}, submission.fix_by
        found.append(event("mend", submission.pk, title, starts=day, ends=day + timedelta(days=1), url=url, now=now))
    until = submission.extended_until
    if until is not None and until > now:
        title = _("More time ends: %(tambon)s") % {"tambon": tambon}
        starts = until.astimezone(BANGKOK)
        found.append(event("more-time", submission.pk, title, starts=starts, ends=None, url=url, now=now))
    return found
