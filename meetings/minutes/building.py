"""Draws up the minutes of a meeting: from its rows to the document value. Nothing is made up on the way."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from meetings.minutes import words
from meetings.minutes.agenda import items_of
from meetings.minutes.document import Annex, Attendee, Document, Photo, Signature
from meetings.minutes.rows import Rows, rows_of
from meetings.minutes.tasks import open_resolutions, people_of
from meetings.models import Attendance, Meeting, Minutes
from nakhon_network.lib.thai_dates import format_time

_DUTY_ORDER = {Attendance.Duty.CHAIR.value: 0, "": 1, Attendance.Duty.SECRETARY.value: 2}
_DUTIES = {Attendance.Duty.CHAIR.value: "ประธานที่ประชุม", Attendance.Duty.SECRETARY.value: "เลขานุการ"}


def build(minutes: Minutes, *, annexes: Iterable[Annex] = ()) -> Document:
    """The document of these minutes as their meeting stands now. Nine queries at most."""
    return document_of(rows_of(minutes.meeting), minutes, annexes=annexes)


def document_of(rows: Rows, minutes: Minutes, *, annexes: Iterable[Annex] = ()) -> Document:
    """The document made of rows that were read; in Thai, whatever the language of the page."""
    with translation.override(settings.LANGUAGE_CODE):
        return _document(rows, minutes, annexes)


def _document(rows: Rows, minutes: Minutes, annexes: Iterable[Annex]) -> Document:
    meeting, lists = rows.meeting, _lists(rows.attendance)
    chairs = [words.legal_name(one.name) for one in rows.attendance if one.duty == Attendance.Duty.CHAIR]
    return Document(
        title=words.subject(str(meeting.series) if meeting.series else meeting.title),
        number=meeting.number_text,
        held_on=meeting.held_on.to_iso(),
        ends_on=meeting.ends_on.isoformat() if meeting.ends_on else "",
        place=words.spelled_out(meeting.venue),
        address=_address(meeting),
        present=lists[Attendance.Roll.PRESENT],
        absent=lists[Attendance.Roll.ABSENT],
        attending=lists[Attendance.Roll.ATTENDING],
        head_count=meeting.head_count,
        head_count_is_approximate=meeting.head_count_is_approximate,
        starts_at=_time(meeting.starts_at),
        chair=chairs[0] if chairs else "",
        items=items_of(rows),
        ends_at=_time(meeting.ends_at),
        recorder=_signature(minutes.recorder_name, minutes.recorder_post),
        checker=_signature(minutes.checker_name, minutes.checker_post) if minutes.checker_name else None,
        annexes=(*open_resolutions(rows), *annexes),
        photos=tuple(Photo(str(photo.pk), photo.caption) for photo in rows.photos),
        people=people_of([*rows.tasks, *rows.arising]),
        is_sample=meeting.is_sample,
        digits=minutes.digits,
    )


def _lists(attendance: list[Attendance]) -> dict[str, tuple[Attendee, ...]]:
    """The three lists: the chair first, the secretary last."""
    found: dict[str, list[Attendee]] = {roll: [] for roll in Attendance.Roll.values}
    for one in sorted(attendance, key=lambda one: _DUTY_ORDER[one.duty]):
        found[one.roll].append(_attendee(one))
    return {roll: tuple(names) for roll, names in found.items()}


def _attendee(one: Attendance) -> Attendee:
    post = f"{one.post.role.name_th} {one.post.area.full_name}" if one.post else one.organization_name
    duty = _DUTIES.get(one.duty, "")
    return Attendee(
        name=words.legal_name(one.name),
        post=post if one.is_substitute else " ".join(part for part in (post, duty) if part),
        is_substitute=one.is_substitute,
        reason=one.reason,
        person=one.person_id,
    )


def _address(meeting: Meeting) -> str:
    """Tambon, district and province of the venue; a district that was a minor one on the day says so."""
    tambon = meeting.venue_tambon
    if tambon is None:
        return ""
    district = tambon.district
    status = district.status_on(meeting.day) if meeting.day else None
    kind = "กิ่งอำเภอ" if status is not None and status.kind == status.Kind.MINOR else "อำเภอ"
    return f"ตำบล{tambon.name_th} {kind}{district.name_th} จังหวัด{district.province.name_th}"


def _time(value: object) -> str:
    return format_time(value).removesuffix(" น.") if value else ""  # type: ignore[arg-type]


def _signature(name: str, post: str) -> Signature:
    return Signature(words.legal_name(name), post)
