"""Photos of a meeting: added many at once, put in order, told in captions, hidden, taken away.

They are no part of what the minutes say, and whoever stands on one may ask for it to go at any time: adopted minutes
do not keep a photo as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingPhoto
from nakhon_network.lib.photos import Photo, small_photo
from nakhon_network.lib.thai_text import clean
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

MOST_PHOTOS = 200
LONGEST_NAME = 255


@transaction.atomic
def add_photo(
    meeting: Meeting,
    *,
    key: uuid.UUID,
    photo: Photo,
    original_name: str,
    visibility: str,
    by: User | None,
    now: datetime,
) -> MeetingPhoto:
    """Keep a photo under a random name, with a small one beside it. The same `key` twice is one photo.

    Raises Refused past two hundred.
    """
    _locked(meeting)
    known = MeetingPhoto.objects.filter(pk=key).first()
    if known is not None:
        if known.meeting_id != meeting.pk:
            raise Refused(_("This photo belongs to another meeting. Please reload the page."))
        return known
    kept = meeting.photos.kept()
    if kept.count() >= MOST_PHOTOS:
        raise Refused(_("A meeting holds at most %(count)s photos. Remove some first.") % {"count": MOST_PHOTOS})
    last = kept.aggregate(last=models.Max("position"))["last"]
    added = MeetingPhoto(
        id=key,
        meeting=meeting,
        width=photo.width,
        height=photo.height,
        original_name=clean(original_name)[:LONGEST_NAME],
        position=0 if last is None else last + 1,
        visibility=visibility,
        uploaded_at=now,
        uploaded_by=by,
    )
    _keep_files(added, photo)
    added.save(force_insert=True)
    AuditEntry.objects.record(Verb.ADD, added, by=by, concerns=[meeting])
    return added


def _keep_files(added: MeetingPhoto, photo: Photo) -> None:
    """The picture under a random name, and the small one beside it."""
    small = small_photo(photo)
    photo.file.seek(0)
    added.file.save(f"{uuid.uuid4().hex}.jpg", photo.file, save=False)
    added.file.storage.save(added.small_name, small.file)


@transaction.atomic
def arrange_photos(
    meeting: Meeting, *, changes: Mapping[uuid.UUID, Mapping[str, Any]], by: User | None
) -> list[MeetingPhoto]:
    """Write captions and visibilities: photo → {field: value}, only what somebody changed. Returns what differs now."""
    _locked(meeting)
    written = []
    for photo in meeting.photos.kept().filter(pk__in=list(changes)):
        before = facts(photo)
        for name, value in changes[photo.pk].items():
            setattr(photo, name, value)
        found = changes_between(before, facts(photo))
        if found:
            photo.save(update_fields=["caption", "visibility"])
            AuditEntry.objects.record(Verb.CHANGE, photo, by=by, changes=found, concerns=[meeting])
            written.append(photo)
    return written


@transaction.atomic
def move_photo(photo: MeetingPhoto, *, up: bool, by: User | None) -> None:
    """Change places with the neighbour."""
    _locked(photo.meeting)
    photos = list(photo.meeting.photos.kept())
    if photo not in photos:
        raise Refused(_("This photo was removed. Please look at the photos again."))
    at = photos.index(photo)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(photos):
        return
    photos[at], photos[to] = photos[to], photos[at]
    for number, one in enumerate(photos):
        one.position = number
    MeetingPhoto.objects.bulk_update(photos, ["position"])
    changes = {"position": [at + 1, to + 1]}
    AuditEntry.objects.record(Verb.CHANGE, photo, by=by, changes=changes, concerns=[photo.meeting])


@transaction.atomic
def remove_photo(photo: MeetingPhoto, *, by: User | None, now: datetime) -> None:
    """Take a photo away: nobody is answered at its address any more."""
    _locked(photo.meeting)
    found = MeetingPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if found.removed_at is None:
        found.removed_at, found.removed_by = now, by
        found.save(update_fields=["removed_at", "removed_by"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[photo.meeting])


def _locked(meeting: Meeting) -> None:
    """One after the other, so that places and the limit hold."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
