"""Papers of a meeting: added, renamed, shown to more or fewer, taken away. They are no part of the minutes' words."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Attachment, Meeting
from nakhon_network.lib.papers import Paper
from nakhon_network.lib.thai_text import clean
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

MOST_PAPERS = 60
LONGEST_NAME = 255


@transaction.atomic
def add_attachment(
    meeting: Meeting,
    *,
    described: Attachment,
    key: uuid.UUID,
    paper: Paper,
    original_name: str,
    by: User,
    now: datetime,
) -> Attachment:
    """Keep a paper under a random name, with title, kind and visibility as `described`. The same `key` twice is one.

    Raises Refused past sixty papers.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    known = Attachment.objects.filter(pk=key).first()
    if known is not None:
        if known.meeting_id != meeting.pk:
            raise Refused(_("This file belongs to another meeting. Please reload the page."))
        return known
    count = meeting.attachments.kept().count()
    if count >= MOST_PAPERS:
        raise Refused(_("A meeting holds at most %(count)s papers. Remove one first.") % {"count": MOST_PAPERS})
    kept = Attachment(
        id=key,
        meeting=meeting,
        original_name=_name_of(original_name, paper.extension),
        size=paper.size,
        title=described.title,
        kind=described.kind,
        visibility=described.visibility,
        position=count,
        uploaded_at=now,
        uploaded_by=by,
    )
    kept.file.save(f"{uuid.uuid4().hex}.{paper.extension}", paper.file, save=False)
    kept.save(force_insert=True)
    changes = changes_between({}, facts(kept))
    AuditEntry.objects.record(Verb.ADD, kept, by=by, changes=changes, concerns=[meeting])
    return kept


@transaction.atomic
def save_attachment(attachment: Attachment, *, by: User) -> Attachment:
    """Change its title, its kind and who may open it."""
    now = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    before = facts(now)
    now.title, now.kind, now.visibility = attachment.title, attachment.kind, attachment.visibility
    now.save(update_fields=["title", "kind", "visibility"])
    changes = changes_between(before, facts(now))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, now, by=by, changes=changes, concerns=[now.meeting])
    return now


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User, now: datetime) -> None:
    """Take a paper away; its file stays where nobody reaches it."""
    found = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if found.removed_at is None:
        found.removed_at, found.removed_by = now, by
        found.save(update_fields=["removed_at", "removed_by"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[found.meeting])


def _name_of(original: str, extension: str) -> str:
    """What the file was called, ending in what it is."""
    name = clean(original.replace("\\", "/").rpartition("/")[2])
    endings = ("jpg", "jpeg") if extension == "jpg" else (extension,)
    if name.lower().endswith(tuple(f".{one}" for one in endings)):
        return name[-LONGEST_NAME:]
    return f"{name or _('paper')}"[: LONGEST_NAME - 10] + f".{extension}"
