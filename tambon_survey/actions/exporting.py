"""What is written down when contacts leave the system in a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from organizations.models import AuditEntry, User
from organizations.models.audit import Verb


@transaction.atomic
def record_download(
    thing: models.Model, *, by: User, contacts: int, rows: int, purpose: str, concerns: Iterable[models.Model] = ()
) -> AuditEntry:
    """Who took how many contacts of `thing` (a round or a province) out, in how many rows, and what for."""
    return AuditEntry.objects.record(
        Verb.EXPORT,
        thing,
        by=by,
        changes={"contacts_taken": [None, contacts], "rows": [None, rows]},
        reason=purpose,
        concerns=concerns,
    )
