"""Photos of a meeting, or of a thing of an app above: added many at once, in order, with captions, hidden, taken away.

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

from meetings.models.files import PictureFile
from nakhon_network.lib.photos import Photo, small_photo
from nakhon_network.lib.thai_text import clean
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

MOST_PHOTOS = 200
LONGEST_NAME = 255


@transaction.atomic
def add_photo(
    thing: Any,
    *,
    key: uuid.UUID,
    photo: Photo,
    original_name: str,
    visibility: str,
    by: User | None,
    now: datetime,
) -> Any:
    """Keep a photo of a thing under a random name, with a small one beside it. The same `key` twice is one photo.

    Raises Refused past two hundred.
    """
    _locked(thing)
    model = thing.photos.model
    known = model.objects.filter(pk=key).first()
    if known is not None:
        if known.owner != thing:
            raise Refused(_("This photo belongs elsewhere. Please reload the page."))
        return known
    kept = thing.photos.kept()
    if kept.count() >= MOST_PHOTOS:
        raise Refused(_("At most %(count)s photos are kept here. Remove some first.") % {"count": MOST_PHOTOS})
    last = kept.aggregate(last=models.Max("position"))["last"]
    added: PictureFile = model(
        id=key,
        width=photo.width,
        height=photo.height,
        original_name=clean(original_name)[:LONGEST_NAME],
        position=0 if last is None else last + 1,
        visibility=visibility,
        uploaded_at=now,
        uploaded_by=by,
        **{thing.photos.field.name: thing},
    )
    _keep_files(added, photo)
    added.save(force_insert=True)
    AuditEntry.objects.record(Verb.ADD, added, by=by, concerns=[thing])
    return added


def _keep_files(added: PictureFile, photo: Photo) -> None:
    """The picture under a random name, and the small one beside it."""
    small = small_photo(photo)
    photo.file.seek(0)
    added.file.save(f"{uuid.uuid4().hex}.jpg", photo.file, save=False)
    added.file.storage.save(added.small_name, small.file)


@transaction.atomic
def arrange_photos(thing: Any, *, changes: Mapping[uuid.UUID, Mapping[str, Any]], by: User | None) -> list[PictureFile]:
    """Write captions and visibilities: photo → {field: value}, only what somebody changed. Returns what differs now."""
    _locked(thing)
    written = []
    for photo in thing.photos.kept().filter(pk__in=list(changes)):
        before = facts(photo)
        for name, value in changes[photo.pk].items():
            setattr(photo, name, value)
        found = changes_between(before, facts(photo))
        if found:
            photo.save(update_fields=["caption", "visibility"])
            AuditEntry.objects.record(Verb.CHANGE, photo, by=by, changes=found, concerns=[thing])
            written.append(photo)
    return written


@transaction.atomic
def move_photo(photo: PictureFile, *, up: bool, by: User | None) -> None:
    """Change places with the neighbour."""
    _locked(photo.owner)
    photos = list(photo.owner.photos.kept())
    if photo not in photos:
        raise Refused(_("This photo was removed. Please look at the photos again."))
    at = photos.index(photo)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(photos):
        return
    photos[at], photos[to] = photos[to], photos[at]
    for number, one in enumerate(photos):
        one.position = number
    type(photo).objects.bulk_update(photos, ["position"])
    changes = {"position": [at + 1, to + 1]}
    AuditEntry.objects.record(Verb.CHANGE, photo, by=by, changes=changes, concerns=[photo.owner])


@transaction.atomic
def remove_photo(photo: PictureFile, *, by: User | None, now: datetime) -> None:
    """Take a photo away: nobody is answered at its address any more."""
    _locked(photo.owner)
    found = type(photo).objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if found.removed_at is None:
        found.removed_at, found.removed_by = now, by
        found.save(update_fields=["removed_at", "removed_by"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[photo.owner])


def _locked(thing: Any) -> None:
    """One after the other, so that places and the limit hold."""
    type(thing).objects.select_for_update(of=("self",)).get(pk=thing.pk)
