"""How long there is left, in days and in words. A moment that closes something is not part of what it closes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nakhon_network.lib.thai_dates import bangkok_date
from nakhon_network.templatetags.thai import ago, thai_date

_A_LITTLE = timedelta(microseconds=1)


def last_day(closes_at: datetime) -> date:
    """The last day in Bangkok on which something can still be done; closing at midnight means the day before."""
    return bangkok_date(closes_at - _A_LITTLE)


def days_left(day: date, *, today: date) -> int:
    """Days from `today` to `day`: 0 on the day itself, negative after it."""
    return (day - today).days


def closing_words(closes_at: datetime, *, now: datetime) -> str:
    """`closes in 6 days (9 January 2550)`, `closes today`, `closed 3 days ago`."""
    day = last_day(closes_at)
    if now >= closes_at:
        return _("closed %(when)s") % {"when": ago(day)}
    days = days_left(day, today=bangkok_date(now))
    if days == 0:
        return _("closes today")
    if days == 1:
        return _("closes tomorrow")
    return ngettext("closes in %(count)s day (%(day)s)", "closes in %(count)s days (%(day)s)", days) % {
        "count": days,
        "day": thai_date(day),
    }


def meeting_words(day: date | None, *, today: date) -> str:
    """`planning meeting in 10 days (4 January 2550)`; empty when no day is set."""
    if day is None:
        return ""
    days = days_left(day, today=today)
    if days < 0:
        return _("planning meeting was on %(day)s") % {"day": thai_date(day)}
    if days == 0:
        return _("planning meeting today")
    return ngettext(
        "planning meeting in %(count)s day (%(day)s)", "planning meeting in %(count)s days (%(day)s)", days
    ) % {
        "count": days,
        "day": thai_date(day),
    }
