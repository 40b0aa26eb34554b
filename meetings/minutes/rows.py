"""The rows that minutes are drawn up from: all of a meeting in eight queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from meetings.models import (
    AgendaItem,
    Attendance,
    Goal,
    Meeting,
    MeetingLink,
    MeetingPhoto,
    Minutes,
    Resolution,
    Task,
    TaskUpdate,
    Visibility,
)

_OPENNESS = [Visibility.DRAFT, Visibility.NETWORK, Visibility.PUBLIC]


@dataclass(frozen=True)
class Rows:
    """Everything one meeting's minutes are made of."""

    meeting: Meeting
    attendance: list[Attendance]
    agenda: list[AgendaItem]
    goals: list[Goal]
    resolutions: list[Resolution]
    tasks: list[Task]  # of this meeting
    arising: list[Task]  # open ones of earlier meetings
    adopted: list[Minutes]  # of other meetings, by this one
    next_meetings: list[Meeting]
    photos: list[MeetingPhoto]
    not_adopted: list[Meeting]  # earlier meetings of the chain whose minutes nobody adopted


def rows_of(meeting: Meeting) -> Rows:
    """Read what belongs into the minutes; of other meetings only what a reader of this one may know."""
    links = _links(meeting)
    earlier = _earlier(meeting, links)
    tasks = [_discreet(task, meeting) for task in _tasks(meeting, earlier)]
    minutes = list(_minutes(meeting, earlier))
    done = {one.meeting_id for one in minutes if one.state == Minutes.State.ADOPTED}
    continued = [link.earlier for link in links if link.later_id == meeting.pk and link.kind == "continues"]
    return Rows(
        meeting=meeting,
        attendance=list(meeting.attendance.with_facts().in_print_order()),
        agenda=list(meeting.agenda.all()),
        goals=list(meeting.goals.all()),
        resolutions=list(meeting.resolutions.standing()),
        tasks=[task for task in tasks if task.meeting_id == meeting.pk],
        arising=[task for task in tasks if _is_of_another(task, meeting)],
        adopted=[one for one in minutes if one.adopted_by_meeting_id == meeting.pk],
        next_meetings=[
            link.later for link in links if link.earlier_id == meeting.pk and _is_no_secret(link.later, meeting)
        ],
        photos=list(meeting.photos.kept().exclude(visibility=Visibility.DRAFT)),
        not_adopted=[one for one in continued if one.day is not None and one.pk not in done],
    )


def _is_of_another(task: Task, meeting: Meeting) -> bool:
    """Whether another meeting gave the task, one that every reader of this one may read."""
    return task.meeting is not None and task.meeting != meeting and _is_no_secret(task.meeting, meeting)


def _is_no_secret(other: Meeting, meeting: Meeting) -> bool:
    """Whether everybody who may read `meeting` may read `other` too."""
    return _OPENNESS.index(Visibility(other.visibility)) >= _OPENNESS.index(Visibility(meeting.visibility))


def _discreet(task: Task, meeting: Meeting) -> Task:
    """The task, due on the day of its meeting where that one's name is not for every reader; for reading only."""
    if task.due_meeting is not None and not _is_no_secret(task.due_meeting, meeting):
        task.due_on, task.due_meeting = task.due_meeting.day, None  # type: ignore[assignment]
    return task


def _links(meeting: Meeting) -> list[MeetingLink]:
    """All links of the province: the chain is as long as it is, and one query reads it."""
    found = MeetingLink.objects.filter(later__province=meeting.province_id)
    return list(found.select_related("earlier__series", "later__series"))


def _earlier(meeting: Meeting, links: list[MeetingLink]) -> set[int]:
    """Keys of all meetings that led to this one."""
    before: dict[int, list[int]] = defaultdict(list)
    for link in links:
        before[link.later_id].append(link.earlier_id)
    found: set[int] = set()
    asked = [meeting.pk]
    while asked:
        new = set(before[asked.pop()]) - found
        found |= new
        asked += new
    return found - {meeting.pk}


def _tasks(meeting: Meeting, earlier: set[int]) -> QuerySet[Task]:
    """Tasks of this meeting, and open ones of the chain, of the series before, or due at this meeting."""
    before = Q(meeting__in=earlier) | Q(due_meeting=meeting)
    if meeting.series_id and meeting.held_on:
        before |= Q(meeting__series=meeting.series_id, meeting__held_on__lt=meeting.held_on.to_iso())
    wanted = Q(meeting=meeting) & ~Q(state=Task.State.DROPPED) | before & Q(state=Task.State.OPEN)
    latest = TaskUpdate.objects.filter(task=OuterRef("pk")).values("text")[:1]
    found = Task.objects.filter(wanted).with_facts().select_related("resolution__meeting", "meeting__series")
    return found.annotate(latest=Subquery(latest)).order_by("meeting__held_on", "pk")


def _minutes(meeting: Meeting, earlier: set[int]) -> QuerySet[Minutes]:
    """Those this meeting adopted, and those of the meetings before, without their documents."""
    found = Minutes.objects.filter(Q(adopted_by_meeting=meeting) | Q(meeting__in=earlier))
    return found.select_related("meeting__series").defer("document").order_by("meeting__held_on", "pk")
