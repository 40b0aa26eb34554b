"""Who is expected at a meeting: each seat of its expected posts, with what the lists say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from meetings.models import Attendance, Meeting
from organizations.models import Appointment, Person, Post


@dataclass(frozen=True)
class Seat:
    """One seat of an expected post: its holder on the day (None: vacant), the holder's line and the substitute's."""

    post: Post
    person: Person | None
    line: Attendance | None = None
    substitute: Attendance | None = None

    @property
    def key(self) -> str:
        """`post-person`; of a vacant seat `post-0`, or `post-0-line` where somebody stood in."""
        if self.person is None and self.substitute is not None:
            return f"{self.post.pk}-0-{self.substitute.pk}"
        return f"{self.post.pk}-{self.person.pk if self.person else 0}"

    @property
    def state(self) -> str:
        """`present`, `absent`, `attending`, `elsewhere` (listed for another post), or nothing."""
        if self.line is None:
            return ""
        return "elsewhere" if self.line.post_id not in (None, self.post.pk) else str(self.line.roll)

    @property
    def is_settled(self) -> bool:
        """Whether the lists say something of it."""
        return self.line is not None or self.substitute is not None


def seats_of(meeting: Meeting, *, day: date, lines: Iterable[Attendance]) -> list[Seat]:
    """The seats of the expected posts as held on `day`, in the order of roles and areas. Two queries.

    A substitute's line names the post only: it is shown beside an absent holder first, then on a vacant seat.
    """
    posts = meeting.expected_posts.with_areas().with_holders_on(day).in_chart_order()
    of_person = {line.person_id: line for line in lines if line.person_id}
    standing_in: dict[Any, list[Attendance]] = {}
    for line in lines:
        if line.is_substitute:
            standing_in.setdefault(line.post_id, []).append(line)
    found: list[Seat] = []
    for post in posts:
        found += _seats(post, of_person, standing_in.get(post.pk, []))
    return found


def _seats(post: Post, of_person: dict[Any, Attendance], substitutes: list[Attendance]) -> list[Seat]:
    waiting = list(substitutes)
    holders: list[Appointment] = post.holders  # type: ignore[attr-defined]
    seats = []
    for appointment in holders:
        line = of_person.get(appointment.person_id)
        away = line is not None and line.roll == Attendance.Roll.ABSENT and line.post_id == post.pk
        seats.append(Seat(post, appointment.person, line, waiting.pop(0) if away and waiting else None))
    empty = [*waiting, *[None] * (post.vacancies - len(waiting))]
    return seats + [Seat(post, None, None, substitute) for substitute in empty]
