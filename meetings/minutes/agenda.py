"""The agenda in the words of the minutes: each item with its matters, and what was decided under it."""

from __future__ import annotations

from collections import defaultdict

from meetings.minutes import words
from meetings.minutes.document import Decision, Item, Matter
from meetings.minutes.rows import Rows
from meetings.minutes.tasks import arising_matters, assignment_of, meeting_name, orders_of, reference_of
from meetings.models import AgendaItem, Meeting, Minutes, Resolution, Section, Task
from meetings.models.agenda import OFFICIAL_ITEMS


class _Agenda:
    """The rows sorted by where they belong."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.matters: dict[int, list[AgendaItem]] = defaultdict(list)
        self.of_goal: dict[int, list[Resolution]] = defaultdict(list)
        self.of_item: dict[int, list[Resolution]] = defaultdict(list)
        self.free: list[Resolution] = []
        self.tasks: dict[int | None, list[Task]] = defaultdict(list)
        for item in rows.agenda:
            if item.parent_id is not None:
                self.matters[item.parent_id].append(item)
        for resolution in rows.resolutions:
            resolution.meeting = rows.meeting
            if resolution.goal_id is not None:
                self.of_goal[resolution.goal_id].append(resolution)
            elif resolution.item_id is not None:
                self.of_item[resolution.item_id].append(resolution)
            else:
                self.free.append(resolution)
        kept = {resolution.pk for resolution in rows.resolutions}
        for task in rows.tasks:
            if task.resolution_id is None or task.resolution_id in kept:
                self.tasks[task.resolution_id].append(task)

    def headings(self) -> list[AgendaItem]:
        """The numbered items; those of the official form where there are none, or where one that is needed is not."""
        own = [item for item in self.rows.agenda if item.parent_id is None]
        known = {item.section for item in own}
        wanted = {Section.CONSIDER} if self.rows.goals or self.free else set()
        wanted |= {Section.ADOPT} if self.rows.adopted else set()
        wanted |= {Section.ARISING} if self.rows.arising else set()
        wanted |= {Section.OTHER} if self.rows.next_meetings or self.tasks[None] else set()
        lacking = [
            AgendaItem(section=section, title=title)
            for section, title in OFFICIAL_ITEMS
            if not own or section in wanted - known
        ]
        return own + lacking


def items_of(rows: Rows) -> tuple[Item, ...]:
    """The agenda items; what has a section of its own goes under the first item of that section."""
    agenda = _Agenda(rows)
    seen: set[str] = set()
    found = []
    for heading in agenda.headings():
        found.append(_item(agenda, heading, is_first=heading.section not in seen))
        seen.add(heading.section)
    return tuple(found)


def _item(agenda: _Agenda, heading: AgendaItem, *, is_first: bool) -> Item:
    own = tuple(_matter(agenda, matter) for matter in agenda.matters[heading.pk])
    matters, decisions = own, _decisions(agenda, heading)
    if is_first and heading.section == Section.ADOPT:
        matters = (*(_adopted(one) for one in agenda.rows.adopted), *own)
    elif is_first and heading.section == Section.ARISING:
        matters = (*arising_matters(agenda.rows), *own)
    elif is_first and heading.section == Section.CONSIDER:
        matters = (*_goals(agenda), *own)
        decisions = (*decisions, *(_resolved(agenda, one) for one in agenda.free))
    elif is_first and heading.section == Section.OTHER:
        matters = (*own, *_orders_alone(agenda), *_next_meetings(agenda.rows.next_meetings))
    return Item(heading.section, heading.title, heading.discussion, matters, decisions)


def _matter(agenda: _Agenda, matter: AgendaItem) -> Matter:
    return Matter(matter.title, discussion=matter.discussion, decisions=_decisions(agenda, matter))


def _decisions(agenda: _Agenda, item: AgendaItem) -> tuple[Decision, ...]:
    """The outcome of an item, and the resolutions made under it."""
    outcome = (Decision(item.outcome, item.outcome_text),) if item.outcome or item.outcome_text else ()
    return (*outcome, *(_resolved(agenda, one) for one in agenda.of_item[item.pk]))


def _goals(agenda: _Agenda) -> list[Matter]:
    return [
        Matter(
            goal.title,
            discussion=goal.discussion,
            decisions=tuple(_resolved(agenda, one) for one in agenda.of_goal[goal.pk]),
            is_goal=True,
        )
        for goal in agenda.rows.goals
    ]


def _resolved(agenda: _Agenda, resolution: Resolution) -> Decision:
    assigned = tuple(assignment_of(order) for order in orders_of(agenda.tasks[resolution.pk]))
    return Decision(resolution.strength, resolution.text, reference_of(resolution), assigned)


def _orders_alone(agenda: _Agenda) -> list[Matter]:
    """Orders that follow from no resolution, as a matter of their own."""
    orders = orders_of(agenda.tasks[None])
    if not orders:
        return []
    return [
        Matter(words.ORDERS, decisions=tuple(Decision("assigned", assigned=(assignment_of(one),)) for one in orders))
    ]


def _adopted(minutes: Minutes) -> Matter:
    """The minutes of an earlier meeting, by number and date, and that they were adopted."""
    meeting = minutes.meeting
    about = words.subject(str(meeting.series) if meeting.series else meeting.title)
    parts = [
        f"{words.TITLE}{about}",
        f"ครั้งที่ {meeting.number_text}" if meeting.number_text else "",
        f"เมื่อ{day}" if (day := words.day_if_known(meeting.held_on.to_iso())) else "",
        "(ฉบับแก้ไข)" if minutes.revision > 1 else "",
    ]
    return Matter(" ".join(part for part in parts if part), decisions=(Decision("adopted"),))


def _next_meetings(meetings: list[Meeting]) -> list[Matter]:
    if not meetings:
        return []
    facts = []
    for meeting in meetings:
        day = words.day_if_known(meeting.held_on.to_iso()) or "ยังไม่กำหนดวัน"
        facts.append((meeting_name(meeting), " ".join(part for part in (day, _place(meeting)) if part)))
    return [Matter(words.NEXT_MEETING, facts=tuple(facts))]


def _place(meeting: Meeting) -> str:
    return f"ณ {words.spelled_out(meeting.venue)}" if meeting.venue else ""
