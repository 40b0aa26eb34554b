"""Tasks in the words of the minutes: who, what, until when."""

from __future__ import annotations

from meetings.minutes import words
from meetings.minutes.document import Annex, Assignment, Matter
from meetings.minutes.rows import Rows
from meetings.models import Meeting, Resolution, Task
from organizations.models import Post

OPEN_RESOLUTIONS = "มติที่ยังต้องดำเนินการ"


def orders_of(tasks: list[Task]) -> list[list[Task]]:
    """The tasks of one order together, in the order they were given."""
    found: dict[object, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.order, []).append(task)
    return list(found.values())


def assignment_of(order: list[Task]) -> Assignment:
    """One order in words."""
    return Assignment(who=who_of(order), text=order[0].text, due=due_of(order[0]))


def who_of(order: list[Task]) -> str:
    """Who an order was given to: a role with its areas once, persons and organizations by name, or everyone."""
    if any(task.is_for_attendees for task in order):
        return words.EVERYONE
    posts = {task.post_id: task.post for task in order if task.post is not None}
    names = _posts(list(posts.values()))
    for task in order:
        if task.post is None and task.person is not None:
            names.append(words.legal_name(task.person.name))
        elif task.organization is not None:
            names.append(task.organization.name)
    return " ".join(dict.fromkeys(names))


def people_of(tasks: list[Task]) -> tuple[str, ...]:
    """Names of the persons that `who_of` names."""
    names = [words.legal_name(task.person.name) for task in tasks if task.post is None and task.person is not None]
    return tuple(dict.fromkeys(names))


def _posts(posts: list[Post]) -> list[str]:
    areas: dict[str, list[str]] = {}
    for post in sorted(posts, key=lambda post: str(post.area.pk)):
        areas.setdefault(post.role.name_th, []).append(post.area.full_name)
    return [f"{role} {' '.join(names)}" for role, names in areas.items()]


def due_of(task: Task) -> str:
    """`ภายในวันที่ 4 มกราคม 2550`, `ภายในการประชุม…`, or nothing."""
    if task.due_on is not None:
        return f"ภายในวันที่ {words.plain_day(task.due_on)}"
    if task.due_meeting is None:
        return ""
    day = words.day_if_known(task.due_meeting.held_on.to_iso())
    return " ".join(part for part in (f"ภายใน{meeting_name(task.due_meeting)}", day) if part)


def meeting_name(meeting: Meeting) -> str:
    """`การประชุม…`, whatever word its title begins with."""
    return f"การประชุม{words.subject(meeting.title)}"


def origin_of(task: Task) -> str:
    """The resolution or the meeting a task comes from; nothing for one without a meeting."""
    if task.meeting is None:
        return ""
    meeting = meeting_name(task.meeting)
    day = words.day_if_known(task.meeting.held_on.to_iso())
    known = " ".join(part for part in (meeting, day) if part)
    return f"มติ {reference_of(task.resolution)} {known}" if reference_of(task.resolution) else known


def reference_of(resolution: Resolution | None) -> str:
    """The stable reference, where the meeting has a number; else nothing that could be read as one."""
    return resolution.reference if resolution is not None and resolution.meeting.number_text else ""


def arising_matters(rows: Rows) -> tuple[Matter, ...]:
    """One matter for each order that is still open."""
    return tuple(
        Matter(
            title=order[0].text,
            facts=tuple(
                (label, value)
                for label, value in (
                    ("ที่มา", origin_of(order[0])),
                    ("ผู้รับผิดชอบ", who_of(order)),
                    ("กำหนด", due_of(order[0])),
                    ("ความคืบหน้า", _progress(order)),
                )
                if value
            ),
        )
        for order in orders_of(rows.arising)
    )


def _progress(order: list[Task]) -> str:
    said = [task.latest for task in order if getattr(task, "latest", None)]  # type: ignore[attr-defined]
    return said[0].replace("\n", " ") if said else "ยังไม่แล้วเสร็จ"


def open_resolutions(rows: Rows) -> tuple[Annex, ...]:
    """The annex of what is still to be done of this meeting's own orders; none where nothing is."""
    still_open = [[task for task in order if task.state == Task.State.OPEN] for order in orders_of(rows.tasks)]
    lines = [
        (reference_of(order[0].resolution), order[0].text, who_of(order), due_of(order[0]).removeprefix("ภายใน"))
        for order in still_open
        if order
    ]
    if not lines:
        return ()
    if any(line[0] for line in lines):
        return (Annex(OPEN_RESOLUTIONS, ("มติ", "เรื่อง", "ผู้รับผิดชอบ", "กำหนด"), tuple(lines)),)
    return (Annex(OPEN_RESOLUTIONS, ("เรื่อง", "ผู้รับผิดชอบ", "กำหนด"), tuple(line[1:] for line in lines)),)
