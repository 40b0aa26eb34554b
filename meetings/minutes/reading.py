"""Minutes for a reader: which revision they get, as which sheet, with which photos."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from meetings.minutes import words
from meetings.minutes.annexes import annexes_of
from meetings.minutes.building import build
from meetings.minutes.document import Document
from meetings.minutes.layout import Sheet, Stamp, sheet_of
from meetings.minutes.openly import openly
from meetings.minutes.tasks import meeting_name
from meetings.models import Meeting, MeetingPhoto, Minutes
from organizations import access


@dataclass(frozen=True)
class Reading:
    """One revision, drawn up for one reader: only the photos they may see, names for the network only."""

    minutes: Minutes
    sheet: Sheet
    photos: tuple[str, ...]

    def photo_rows(self) -> list[MeetingPhoto]:
        """The photos on the sheet, for who draws them. One query where there are any."""
        return list(self.minutes.meeting.photos.kept().filter(pk__in=self.photos)) if self.photos else []

    @property
    def file_name(self) -> str:
        """The name of a download, without the dot and what follows."""
        name = self.sheet.name.replace("/", "-").replace("\\", "-")
        return f"{words.DRAFT} {name}"[:150] if not self.minutes.is_adopted else name[:150]


def revisions_for(meeting: Meeting, *, may_keep: bool) -> list[Minutes]:
    """The revisions one may read, newest first: all for who keeps the record, else what was circulated or adopted."""
    found = list(meeting.minutes.with_facts().defer("document").latest_first())
    for minutes in found:
        minutes.meeting = meeting
    return found if may_keep else [minutes for minutes in found if minutes.is_issued]


def chosen(revisions: list[Minutes], meeting: Meeting, *, may_keep: bool, wanted: str = "") -> Minutes | None:
    """The revision asked for by number; else the newest for who keeps the record, the newest adopted for others."""
    if wanted:
        return next((minutes for minutes in revisions if str(minutes.revision) == wanted), None)
    if may_keep:
        return revisions[0] if revisions else Minutes(meeting=meeting)
    adopted = [minutes for minutes in revisions if minutes.is_adopted]
    return next(iter(adopted or revisions), None)


def document_of(minutes: Minutes) -> Document:
    """As it was issued; a draft as its meeting stands now."""
    if minutes.is_issued and minutes.document is not None:
        return Document.from_dict(minutes.document)
    return build(minutes, annexes=annexes_of(minutes.meeting))


def read(minutes: Minutes, *, viewer: Any) -> Reading:
    """The minutes for one reader."""
    document = document_of(minutes)
    shown = document.photos
    if minutes.is_issued and shown:  # a draft is only for who keeps the record, and they see every photo
        seen = {str(key) for key in minutes.meeting.photos.visible_to(viewer).values_list("pk", flat=True)}
        shown = tuple(photo for photo in shown if photo.key in seen)
    document = replace(document, photos=shown)
    sheet = sheet_of(document if access.of(viewer).is_member else openly(document), _stamp(minutes))
    return Reading(minutes, sheet, tuple(photo.key for photo in shown))


def _stamp(minutes: Minutes) -> Stamp:
    adopting = minutes.adopted_by_meeting
    day = words.day_if_known(adopting.held_on.to_iso()) if adopting else ""
    return Stamp(
        is_draft=not minutes.is_adopted,
        revision=minutes.revision,
        reason=minutes.reason,
        adopted_by=f"{meeting_name(adopting)} {day}".strip() if adopting else "",
    )
