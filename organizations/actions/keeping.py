"""What every change of the directory begins with: what stands, whether it is what was seen, and making it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, SentForm, User
from organizations.models.audit import Verb, changes_between, mark_of, told
from organizations.problems import Refused, Stale

Row = TypeVar("Row", bound=models.Model)


def locked(thing: Row) -> Row | None:
    """The row as it stands now, locked until the transaction ends; None when it was removed."""
    return type(thing)._default_manager.select_for_update(of=("self",)).filter(pk=thing.pk).first()


def standing_row(typed: Row) -> Row | None:
    """The row that `typed` changes as it stands now, locked; None for a new one, Refused when it was removed."""
    if typed._state.adding:
        return None
    if (found := locked(typed)) is None:
        raise Refused(_("This was removed meanwhile. Nothing was saved."))
    return found


def put_on(standing: Row | None, typed: Row) -> Row:
    """What is to be saved: of the row that stands only what forms ask is replaced."""
    if standing is None:
        return typed
    for field in typed._meta.concrete_fields:
        if field.editable and not field.primary_key:
            setattr(standing, field.attname, getattr(typed, field.attname))
    return standing


def check_mark(before: Mapping[str, Any], *, seen: str) -> None:
    """Raise Stale when what stands, read under the lock, is not what the page showed; empty: not asked."""
    if seen and mark_of(before) != seen:
        raise Stale(_("Somebody changed this while you were writing. Compare with what stands now, then save again."))


def remove_row(thing: models.Model, *, reason: str, by: User | None, concerns: Iterable[models.Model]) -> None:
    """Remove a row and write down what it said; one removed meanwhile stays so, without a second entry."""
    found = locked(thing)
    if found is not None:
        changes = changes_between(told(found), {})
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, reason=reason, concerns=concerns)
        found.delete()


@transaction.atomic
def once(key: UUID | None, make: Callable[[], Row]) -> Row:
    """What `make` makes; what it made before when the same was sent already. Raises Refused when that is gone."""
    if key is None:
        return make()
    sent, is_new = SentForm.objects.get_or_create(pk=key)
    if not is_new:
        return made_by(sent)  # type: ignore[return-value]
    made = make()
    sent.kind, sent.key = made._meta.label_lower, str(made.pk)
    sent.save(update_fields=["kind", "key"])
    return made


def sent_before(key: UUID | None) -> models.Model | None:
    """What came of the same form when it was sent before; None when it was not."""
    sent = SentForm.objects.filter(pk=key).first() if key else None
    return made_by(sent) if sent else None


def made_by(sent: SentForm) -> models.Model:
    """The row itself; Refused when it was removed meanwhile."""
    if (found := sent.made()) is None:
        raise Refused(_("This was removed meanwhile. Nothing was saved."))
    return found
