"""Meetings and tasks as events of a calendar file (iCalendar, RFC 5545): Bangkok's clock, whole days without a time.

What is not known to the day is no event. An event keeps its identity as long as its row lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from meetings.models import Meeting, Task
from nakhon_network.lib.thai_dates import BANGKOK
from organizations.models import User

MEDIA_TYPE = "text/calendar; charset=utf-8"
MADE_BY = "-//Nakhon Network//Calendar//TH"
HOST = "nakhon-network"
# What a feed holds: what lies at most so far back, and never more than so many of one kind.
LOOKS_BACK = timedelta(days=366)
MOST = 300
Link = Callable[[str], str]


def event(
    kind: str,
    key: object,
    title: str,
    *,
    starts: date | datetime,
    ends: date | datetime | None,
    url: str,
    now: datetime,
) -> Event:
    """One event; a whole day where `starts` is a date (`ends` is then the day after the last)."""
    found = Event()
    found.add("uid", f"{kind}-{key}@{HOST}")
    found.add("dtstamp", now)
    found.add("summary", title)
    found.add("dtstart", starts)
    if ends is not None:
        found.add("dtend", ends)
    found.add("url", url)
    return found


def written(name: str, events: Iterable[Event]) -> bytes:
    """The file."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", BANGKOK.key)
    for one in events:
        calendar.add_component(one)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def meeting_event(meeting: Meeting, *, link: Link, now: datetime) -> Event | None:
    """A meeting whose day is known: title, place and address of its page, nobody's name. None for the others."""
    day = meeting.day
    if day is None:
        return None
    starts, ends = _span(meeting, day)
    found = event(
        "meeting",
        meeting.pk,
        meeting.title,
        starts=starts,
        ends=ends,
        url=link(str(meeting.get_absolute_url())),
        now=now,
    )
    found.add("sequence", meeting.revision)
    if place := _place(meeting):
        found.add("location", place)
    return found


def _span(meeting: Meeting, day: date) -> tuple[date | datetime, date | datetime | None]:
    """From and to: the clock where it is known when the meeting starts, else whole days; to is not part of it."""
    last = max(meeting.ends_on or day, day)
    if meeting.starts_at is None:
        return day, last + timedelta(days=1)
    starts = datetime.combine(day, meeting.starts_at, tzinfo=BANGKOK)
    if meeting.ends_at is None:
        return starts, None
    ends = datetime.combine(last, meeting.ends_at, tzinfo=BANGKOK)
    return starts, ends if ends > starts else None


def _place(meeting: Meeting) -> str:
    tambon = meeting.venue_tambon
    areas = f"{tambon.full_name} {tambon.district.full_name}" if tambon is not None else ""
    return " ".join(part for part in (meeting.venue, areas) if part)


def meeting_events(user: User, *, link: Link, now: datetime, today: date) -> list[Event]:
    """The meetings that an account may read, of the last year and to come: one query."""
    seen = Meeting.objects.visible_to(user).with_facts().from_day(today - LOOKS_BACK)
    found = [meeting_event(one, link=link, now=now) for one in seen.newest_first()[:MOST]]
    return [one for one in found if one is not None]


def task_events(user: User, *, link: Link, now: datetime) -> list[Event]:
    """The open tasks of an account that have a day: one query."""
    found = []
    for task in Task.objects.given_to(user).open().with_facts().newest_first()[:MOST]:
        day = task.due_day
        if day is not None:
            url = link(str(task.get_absolute_url()))
            found.append(event("task", task.pk, task.text, starts=day, ends=day + timedelta(days=1), url=url, now=now))
    return found
