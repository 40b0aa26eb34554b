"""Read tokens: made, shown once, renewed, taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, Province, ReadToken, User
from organizations.models.audit import Verb
from organizations.models.tokens import a_year_on
from organizations.problems import Refused

MOST_AT_ONCE = 50


@transaction.atomic
def issue_token(
    name: str, *, province: Province, expires_on: date | None = None, by: User | None
) -> tuple[ReadToken, str]:
    """A new read token of a province, open until `expires_on`, else for a year. Returns (token, secret).

    The secret is kept nowhere. Raises Refused when the province has too many that still open something.
    """
    province = Province.objects.select_for_update(of=("self",)).get(pk=province.pk)
    if province.read_tokens.still_open(timezone.localdate()).count() >= MOST_AT_ONCE:
        raise Refused(_("There are %(count)s tokens already. Revoke one that nobody uses.") % {"count": MOST_AT_ONCE})
    secret = ReadToken.new_secret()
    token = ReadToken.objects.create(
        province=province,
        name=name,
        token_hash=ReadToken.hash_of(secret),
        created_by=by,
        created_at=timezone.now(),
        expires_on=expires_on or a_year_on(),
    )
    changes = {"expires_on": [None, token.expires_on.isoformat()]}
    AuditEntry.objects.record(Verb.ADD, token, by=by, changes=changes, concerns=[province])
    return token, secret


@transaction.atomic
def revoke_token(token: ReadToken, *, by: User | None) -> None:
    """The token opens nothing from now on; one that was revoked already stays as it is."""
    found = ReadToken.objects.select_for_update(of=("self",)).select_related("province").get(pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save(update_fields=["revoked_at", "revoked_by"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[found.province])


@transaction.atomic
def renew_token(token: ReadToken, *, by: User | None) -> ReadToken:
    """The token opens for a year from today, with the same secret. Raises Refused when it was revoked."""
    found = ReadToken.objects.select_for_update(of=("self",)).select_related("province").get(pk=token.pk)
    if found.revoked_at is not None:
        raise Refused(_("This token was revoked. Make a new one."))
    before, found.expires_on = found.expires_on, max(found.expires_on, a_year_on())
    if before != found.expires_on:
        found.save(update_fields=["expires_on"])
        changes = {"expires_on": [before.isoformat(), found.expires_on.isoformat()]}
        AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes=changes, concerns=[found.province])
    return found
