"""Who came: the three lists, and the posts a meeting expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from meetings.actions.keeping import lock
from meetings.expected import Seat, seats_of
from meetings.models import Attendance, Meeting
from meetings.models.attendance import key_of_name
from organizations.models import AuditEntry, Post, Role, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

MOST_LINES = 1000
Roll = Attendance.Roll


class SameName(Refused):
    """A name is on a list already; whoever writes may say that it is somebody else."""


@transaction.atomic
def mark(meeting: Meeting, *, seat: str, roll: str, reason: str = "", day: date, by: User | None) -> Attendance:
    """Put the holder of an expected seat on a list; the same twice changes nothing.

    A holder who comes after all sends the substitute to those who attend. Raises Refused when the person is listed
    for another post, or the seat is no longer as it was shown.
    """
    found = _seat(lock(meeting), seat, day=day)
    if found.person is None:
        raise Refused(_("Nobody holds this post on the day of the meeting. Write down who stood in for it."))
    if found.state == "elsewhere" and found.line is not None:
        raise Refused(_on_a_list(found.line))
    if found.substitute is not None and roll != Roll.ABSENT:
        _change(
            found.substitute, {"roll": Roll.ATTENDING, "is_substitute": False, "post": None}, by=by, then=found.post
        )
    if found.line is not None:
        return _change(found.line, {"roll": roll, "post": found.post, "reason": reason}, by=by)
    return _add(meeting, by=by, roll=roll, person=found.person, name=found.person.name, post=found.post, reason=reason)


@transaction.atomic
def send_substitute(
    meeting: Meeting, *, seat: str, name: str, reason: str = "", day: date, by: User | None
) -> Attendance:
    """Somebody came for the seat: its holder is absent, the substitute present; the same name twice is one line."""
    locked = lock(meeting)
    post = seat.partition("-")[0]
    known = locked.attendance.filter(post=post, is_substitute=True, name_key=key_of_name(name)).first()
    if known is not None:
        return known
    found = _seat(locked, seat, day=day)
    if found.substitute is not None:
        return _change(found.substitute, {"name": name}, by=by)
    if found.person is not None:
        mark(meeting, seat=seat, roll=Roll.ABSENT, reason=reason, day=day, by=by)
    return _add(meeting, by=by, roll=Roll.PRESENT, name=name, post=found.post, is_substitute=True)


@transaction.atomic
def clear(meeting: Meeting, *, seat: str, day: date, by: User | None) -> None:
    """Nothing is said of the seat any more: the lines of its holder and its substitute go."""
    found = _seat(lock(meeting), seat, day=day)
    own = found.line if found.state != "elsewhere" else None
    for line in (own, found.substitute):
        if line is not None:
            _drop(line, by=by)


@transaction.atomic
def add_names(
    meeting: Meeting, *, roll: str, names: Sequence[tuple[str, str]], another: bool = False, by: User | None
) -> list[Attendance]:
    """Write (name, organization) pairs on a list, in one go.

    Raises SameName when one is on a list already or stands twice among them, unless they are said to be `another`.
    """
    locked = lock(meeting)
    known = {line.name_key: line.name for line in locked.attendance.all()}
    if len(known) + len(names) > MOST_LINES:
        raise Refused(_("The lists of a meeting hold at most %(count)s names.") % {"count": MOST_LINES})
    twice = []
    for name, _organization in names:
        key = key_of_name(name)
        if key in known:
            twice.append(name)
        known[key] = name
    if twice and not another:
        raise SameName(
            _("On a list already: %(names)s. Take them out below, or tick that they are other people of the same name.")
            % {"names": ", ".join(twice)}
        )
    position = _last_position(locked, roll)
    lines = [
        Attendance(meeting=locked, roll=roll, name=name, organization_name=organization, position=position)
        for name, organization in names
    ]
    for line in lines:
        line.save()
    words = f"{Roll(roll).label}: {', '.join(line.name for line in lines)}"
    AuditEntry.objects.record(Verb.ADD, locked, by=by, changes={"attendance": [None, words]})
    return lines


@transaction.atomic
def save_line(line: Attendance, *, changes: dict[str, Any], by: User | None) -> Attendance:
    """Change a line where the person who wrote changed it; raises Refused when somebody else has the duty."""
    locked = lock(line.meeting)
    found = _line(locked, line.pk)
    return _change(found, changes, by=by)


@transaction.atomic
def remove_line(line: Attendance, *, by: User | None) -> None:
    """Take a name off its list."""
    _drop(_line(lock(line.meeting), line.pk), by=by)


@transaction.atomic
def move_line(meeting: Meeting, *, pk: int, up: bool, by: User | None) -> None:
    """A line changes places with its neighbour; who has a duty keeps the first or last place."""
    locked = lock(meeting)
    found = _line(locked, pk)
    others = list(locked.attendance.on(found.roll).filter(duty="").in_print_order())
    if found not in others:
        raise Refused(_("The chair stands first and the secretary last."))
    at = others.index(found)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(others):
        return
    others[at], others[to] = others[to], others[at]
    for number, one in enumerate(others, start=1):
        one.position = number
    Attendance.objects.bulk_update(others, ["position"])
    AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes={"position": [at + 1, to + 1]}, concerns=[locked])


@transaction.atomic
def expect(meeting: Meeting, *, role: Role, posts: Iterable[Post], by: User | None) -> None:
    """Of this role, exactly these posts are expected at the meeting."""
    locked = lock(meeting)
    wanted = {post.pk: post for post in posts}
    before = {post.pk: post for post in locked.expected_posts.filter(role=role).with_areas()}
    if wanted.keys() == before.keys():
        return
    locked.expected_posts.remove(*(before.keys() - wanted.keys()))
    locked.expected_posts.add(*(wanted.keys() - before.keys()))
    counts = [f"{role.name}: {len(before)}", f"{role.name}: {len(wanted)}"]
    AuditEntry.objects.record(Verb.CHANGE, locked, by=by, changes={"expected_posts": counts})


def _seat(meeting: Meeting, key: str, *, day: date) -> Seat:
    """The seat of that key; of several empty ones any."""
    seats = [one for one in seats_of(meeting, day=day, lines=list(meeting.attendance.all())) if one.key == key]
    if not seats:
        raise Refused(_("The expected posts or their holders have changed. Please look at the list again."))
    return seats[0]


def _line(meeting: Meeting, pk: int) -> Attendance:
    found = meeting.attendance.filter(pk=pk).first()
    if found is None:
        raise Refused(_("This name is on no list any more. Please look at the lists again."))
    return found


def _add(meeting: Meeting, *, by: User | None, roll: str, **fields: Any) -> Attendance:
    reason = fields.pop("reason", "") if roll == Roll.ABSENT else ""
    line = Attendance(meeting=meeting, roll=roll, position=_last_position(meeting, roll), **fields | {"reason": reason})
    _write(line)
    AuditEntry.objects.record(Verb.ADD, line, by=by, changes=changes_between({}, _told(line)), concerns=[meeting])
    return line


def _change(line: Attendance, changes: dict[str, Any], *, by: User | None, then: Post | None = None) -> Attendance:
    """Set fields of a line; on another list it stands last, and only who is absent has a reason.

    `then`: the post in words, for who stood in for it and no longer does.
    """
    before = _facts(line)
    roll = line.roll
    for name, value in changes.items():
        setattr(line, name, value)
    if then is not None and not line.organization_name:
        line.organization_name = then.title[:200]
    if line.roll != roll:
        line.position = _last_position(line.meeting, line.roll)
    if line.roll != Roll.ABSENT:
        line.reason = ""
    if line.post is None:
        line.is_substitute = False
    found = changes_between(before, _facts(line))
    if found:
        _write(line)
        AuditEntry.objects.record(Verb.CHANGE, line, by=by, changes=found, concerns=[line.meeting])
    return line


def _drop(line: Attendance, *, by: User | None) -> None:
    changes = changes_between(_told(line), {})
    AuditEntry.objects.record(Verb.REMOVE, line, by=by, changes=changes, concerns=[line.meeting])
    line.delete()


def _write(line: Attendance) -> None:
    """Save; what the database refuses is told in words."""
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError:
        raise Refused(_why(line)) from None


def _why(line: Attendance) -> str:
    others = line.meeting.attendance.exclude(pk=line.pk)
    same = others.filter(person=line.person_id).first() if line.person_id else None
    if same is not None:
        return _on_a_list(same)
    other = others.filter(duty=line.duty).first() if line.duty else None
    if other is None:
        raise Refused(_("This could not be saved. Please look at the lists again."))
    return _("%(name)s is %(duty)s of this meeting already. Change that line first.") % {
        "name": other.name,
        "duty": other.get_duty_display(),
    }


def _on_a_list(line: Attendance) -> str:
    words = _("%(name)s is on the list “%(list)s” already. One person stands on one list, once.")
    return words % {"name": line.name, "list": line.get_roll_display()}


def _last_position(meeting: Meeting, roll: str) -> int:
    """After the last of a list that was put in order by hand; else nought: the posts then say the order."""
    last = meeting.attendance.on(roll).aggregate(last=models.Max("position"))["last"]
    return last + 1 if last else 0


def _facts(line: Attendance) -> dict[str, Any]:
    """What people read of a line."""
    return {name: value for name, value in facts(line).items() if name != "position"}


def _told(line: Attendance) -> dict[str, Any]:
    """What a history tells of a whole line beside its name."""
    return {name: value for name, value in _facts(line).items() if value and name not in {"name", "person"}}
