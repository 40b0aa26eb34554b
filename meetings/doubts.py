"""What is allowed of a meeting but deserves a second look, in words. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_dates import PartialDate, be_year

FAR_APART = 10  # years between a meeting and the nearest of those it belongs to
FAR_AHEAD = timedelta(days=2 * 365)
ROUND_NUMBER, FROM = 10, 20  # 20, 30, 50 people: hardly ever counted one by one


def doubts_of_day(
    day: PartialDate,
    *,
    today: date,
    has_happened: bool,
    written_on: date | None = None,
    neighbours: Iterable[tuple[str, PartialDate]] = (),
) -> list[str]:
    """Sentences about a day that may be mistyped: 2569 where 2549 was meant.

    `has_happened`: something is recorded that only a past meeting has. `neighbours`: (name, day) of the meetings it
    belongs to.
    """
    found: list[str] = []
    if day.year is None:
        return found
    earliest = date(day.year, day.month or 1, day.day or 1)
    if earliest > today and has_happened:
        found.append(
            _("The day %(day)s lies ahead, yet what happened is recorded already. Is the year %(year)s right?")
            % {"day": day, "year": be_year(earliest)}
        )
    elif earliest > today + FAR_AHEAD:
        found.append(_("The day %(day)s is more than two years ahead. Is the year right?") % {"day": day})
    if written_on is not None and earliest > written_on:
        found.append(
            _("The report was written before the day of the meeting (%(day)s). Is the year right?") % {"day": day}
        )
    known = [(abs(other.year - day.year), name, other) for name, other in neighbours if other.year is not None]
    years, name, other = min(known, default=(0, "", day), key=lambda one: one[0])
    if years > FAR_APART:
        found.append(
            _("%(years)s years lie between this day and %(meeting)s (%(day)s). Is the year right?")
            % {"years": years, "meeting": name, "day": other}
        )
    return found


def doubts_of_count(head_count: int | None, *, is_approximate: bool, named: int) -> list[str]:
    """Sentences about a number of people; `named`: how many the lists of the meeting name as there."""
    if head_count is None:
        return []
    if head_count < named:
        return [
            _("%(count)s people are counted, but the lists name %(named)s who were there.")
            % {"count": head_count, "named": named}
        ]
    if not is_approximate and head_count != named and head_count >= FROM and head_count % ROUND_NUMBER == 0:
        return [
            _("Were there exactly %(count)s people? If not, tick “approximately” beside the number.")
            % {"count": head_count}
        ]
    return []
