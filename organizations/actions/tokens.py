"""Read tokens: made, shown once, taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, Province, ReadToken, User
from organizations.models.audit import Verb
from organizations.problems import Refused

MOST_AT_ONCE = 50


@transaction.atomic
def issue_token(name: str, *, province: Province, by: User | None) -> tuple[ReadToken, str]:
    """A new read token of a province. Returns (token, secret); the secret is kept nowhere.

    Raises Refused when the province has too many that still open something.
    """
    province = Province.objects.select_for_update(of=("self",)).get(pk=province.pk)
    if province.read_tokens.filter(revoked_at__isnull=True).count() >= MOST_AT_ONCE:
        raise Refused(_("There are %(count)s tokens already. Revoke one that nobody uses.") % {"count": MOST_AT_ONCE})
    secret = ReadToken.new_secret()
    token = ReadToken.objects.create(
        province=province, name=name, token_hash=ReadToken.hash_of(secret), created_by=by, created_at=timezone.now()
    )
    AuditEntry.objects.record(Verb.ADD, token, by=by, concerns=[province])
    return token, secret


@transaction.atomic
def revoke_token(token: ReadToken, *, by: User | None) -> None:
    """The token opens nothing from now on; one that was revoked already stays as it is."""
    found = ReadToken.objects.select_for_update(of=("self",)).select_related("province").get(pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save(update_fields=["revoked_at", "revoked_by"])
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, concerns=[found.province])
