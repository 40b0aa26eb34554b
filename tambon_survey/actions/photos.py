"""Photos of an activity: added and taken away while the tambon may still change its answers."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nakhon_network.lib.photos import Photo
from nakhon_network.lib.thai_text import clean
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.actions.entry import Locked, why_locked
from tambon_survey.models import Activity, ActivityPhoto, Submission

MOST_PHOTOS = 6
LONGEST_NAME = 255


@transaction.atomic
def add_photo(
    activity: Activity, *, key: uuid.UUID, photo: Photo, original_name: str, by: User, now: datetime
) -> ActivityPhoto:
    """Keep a photo under a random name. The same `key` twice is one photo; raises Locked, or Refused past six."""
    submission = _locked(activity.submission_id, now)
    known = ActivityPhoto.objects.filter(pk=key).first()
    if known is not None:
        if known.activity_id != activity.pk:
            raise Refused(_("This photo belongs to another activity."))
        return known
    count = activity.photos.kept().count()
    if count >= MOST_PHOTOS:
        raise Refused(_("An activity holds at most %(count)s photos. Remove one first.") % {"count": MOST_PHOTOS})
    kept = ActivityPhoto(
        id=key,
        activity=activity,
        width=photo.width,
        height=photo.height,
        original_name=clean(original_name)[:LONGEST_NAME],
        position=count,
        uploaded_at=now,
        uploaded_by=by,
    )
    kept.file.save(f"{uuid.uuid4().hex}.jpg", photo.file, save=False)
    kept.save(force_insert=True)
    AuditEntry.objects.record(Verb.ADD, kept, by=by, concerns=[submission, submission.tambon])
    return kept


@transaction.atomic
def remove_photo(photo: ActivityPhoto, *, by: User, now: datetime) -> None:
    """Take a photo away; its file stays until nobody can ask for it back. Raises Locked."""
    submission = _locked(photo.activity.submission_id, now)
    found = ActivityPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if not found.is_removed:
        found.is_removed = True
        found.save(update_fields=["is_removed"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[submission, submission.tambon])


def _locked(pk: int, now: datetime) -> Submission:
    submission = Submission.objects.select_for_update(of=("self",)).select_related("round", "tambon").get(pk=pk)
    if not submission.takes_answers_at(now):
        raise Locked(why_locked(submission, now))
    return submission
