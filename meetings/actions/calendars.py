"""The secret address of an account's calendar: made, made anew, revoked."""

from __future__ import annotations

from django.db import transaction

from meetings.models import CalendarFeed
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb


@transaction.atomic
def make_address(user: User, *, by: User) -> CalendarFeed:
    """A calendar address for the account; the one it had before opens nothing any more."""
    _drop(user, by=by)
    feed = CalendarFeed.objects.create(user=user)
    AuditEntry.objects.record(Verb.ADD, feed, by=by, concerns=[user])
    return feed


@transaction.atomic
def revoke_address(user: User, *, by: User) -> bool:
    """The account has no calendar address any more; whether it had one."""
    return _drop(user, by=by)


def _drop(user: User, *, by: User) -> bool:
    known = (
        CalendarFeed.objects.select_for_update(of=("self",)).select_related("user__person").filter(user=user).first()
    )
    if known is None:
        return False
    AuditEntry.objects.record(Verb.REMOVE, known, by=by, concerns=[user])
    known.delete()
    return True
