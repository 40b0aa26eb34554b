"""Telling people whom a survey names that their contact is kept."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Coordinator


@transaction.atomic
def tell_coordinator(coordinator: Coordinator, *, how: str, on: date, by: User) -> Coordinator:
    """Write down that a coordinator was told. Raises Refused when somebody wrote it down before."""
    found = Coordinator.objects.select_for_update(of=("self",)).select_related("submission").get(pk=coordinator.pk)
    if found.told_on is not None:
        raise Refused(_("It was written down before that this person was told."))
    found.told_on, found.told_how, found.told_by = on, how, by
    found.save(update_fields=["told_on", "told_how", "told_by"])
    changes = {"told_on": [None, on.isoformat()], "told_how": [None, how]}
    AuditEntry.objects.record(Verb.TELL, found, by=by, changes=changes, concerns=[found.submission])
    return found
