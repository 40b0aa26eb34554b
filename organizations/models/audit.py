"""Who changed what, when: one append-only table for everything that matters.

Database triggers (migration `0002_audit_append_only`) refuse to delete an entry and to change it, except for one
redaction of its values, which is what an erasure of personal data needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.thai_dates import PartialDate
from organizations import access
from organizations.models.people import Person
from organizations.models.posts import Post

if TYPE_CHECKING:
    from organizations.models.accounts import User


class Verb(models.TextChoices):
    """What was done."""

    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    REMOVE = "remove", _("removed")
    LOAD = "load", _("loaded from reference data")
    MOVE_DISTRICT = "move_district", _("moved the district to another zone")
    CONFIRM_ZONES = "confirm_zones", _("confirmed the zones")
    CHOOSE_FOCUS = "choose_focus", _("chose as focus tambon")
    DROP_FOCUS = "drop_focus", _("dropped from the focus tambon")
    APPOINT = "appoint", _("appointed")
    END_APPOINTMENT = "end_appointment", _("ended the appointment")
    MERGE = "merge", _("merged two records of one person")
    CONSENT = "consent", _("recorded consent")
    WITHDRAW = "withdraw", _("withdrew consent")
    CONFIRM_CONTACT = "confirm_contact", _("confirmed the contact")
    INVITE = "invite", _("invited")
    REVOKE_INVITATION = "revoke_invitation", _("revoked the invitation")
    ACCEPT_INVITATION = "accept_invitation", _("accepted the invitation")
    IMPORT = "import", _("imported from a file")
    EXPORT = "export", _("took contacts out")
    TELL = "tell", _("told the person")
    HOLD = "hold", _("held contacts back")
    RELEASE = "release", _("let contacts be used again")
    ERASE = "erase", _("erased personal data")
    EXPIRE = "expire", _("erased what was kept long enough")
    GIVE = "give", _("gave out all that is kept on a person")


class AuditEntryQuerySet(models.QuerySet):
    """Words about sets of entries."""

    def about(self, *things: models.Model):
        """Entries that concern any of `things`, newest first."""
        concerned = models.Q(pk__in=[])
        for thing in things:
            concerned |= models.Q(kind=thing._meta.label_lower, key=str(thing.pk))
        entries = AuditSubject.objects.filter(concerned).values("entry")
        return self.filter(pk__in=entries).select_related("by__person").order_by("-at", "-pk")

    def removed_by(self, user, kind: type[models.Model], key: int):
        """That this user removed that row."""
        return self.filter(verb=Verb.REMOVE, by=user.pk, kind=kind._meta.label_lower, key=str(key))

    def visible_to(self, user):
        """Without what concerns a post the user may not see, unless it is about the user's own person."""
        own = access.of(user).person_id
        subjects = AuditSubject.objects.filter(entry=models.OuterRef("pk"))
        hidden = subjects.of(Post).exclude(key__in=keys_of(Post.objects.visible_to(user)))
        persons = Person.objects.filter(models.Q(pk=own) | models.Q(merged_into=own, merged_into__isnull=False))
        about_oneself = subjects.of(Person).filter(key__in=keys_of(persons))
        return self.filter(~models.Exists(hidden) | models.Exists(about_oneself))

    def record(
        self,
        verb: Verb,
        thing: models.Model,
        *,
        by: User | None,
        changes: dict[str, list[Any]] | None = None,
        reason: str = "",
        concerns: Iterable[models.Model] = (),
    ) -> AuditEntry:
        """Write one entry about `thing`, shown also on the pages of what it `concerns`.

        `changes` maps a field name to [old, new]; `by` is None for commands. Names are kept in Thai. Call it inside
        the transaction of the change itself.
        """
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            entry = self.create(
                verb=verb,
                by=by,
                kind=thing._meta.label_lower,
                key=str(thing.pk),
                label=str(thing)[:200],
                changes=changes or {},
                reason=reason,
            )
            named = {(one._meta.label_lower, str(one.pk)) for one in (thing, *concerns)}
            AuditSubject.objects.bulk_create(
                AuditSubject(entry=entry, kind=kind, key=key) for kind, key in sorted(named)
            )
        return entry

    def record_each(
        self,
        verb: Verb,
        things: Iterable[tuple[models.Model, dict[str, list[Any]], Iterable[models.Model]]],
        *,
        by: User | None,
        reason: str = "",
    ) -> None:
        """One entry for each (thing, changes, concerns), in two statements; else as `record`."""
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            told = list(things)
            entries = self.bulk_create(
                self.model(
                    verb=verb,
                    by=by,
                    kind=thing._meta.label_lower,
                    key=str(thing.pk),
                    label=str(thing)[:200],
                    changes=changes,
                    reason=reason,
                )
                for thing, changes, _concerns in told
            )
            AuditSubject.objects.bulk_create(
                AuditSubject(entry=entry, kind=one._meta.label_lower, key=str(one.pk))
                for entry, (thing, _changes, concerns) in zip(entries, told, strict=True)
                for one in (thing, *concerns)
            )


class AuditEntry(models.Model):
    """One thing done by one person at one moment."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=30, choices=Verb, editable=False)
    kind = models.CharField(_("kind of record"), max_length=60, editable=False)
    key = models.CharField(_("key of the record"), max_length=40, editable=False)
    label = models.CharField(_("record"), max_length=200, editable=False)
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    redacted_at = models.DateTimeField(_("values erased at"), null=True, editable=False)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("values erased by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.label}"


class AuditSubjectQuerySet(models.QuerySet):
    """Words about sets of subjects."""

    def of(self, kind: type[models.Model]):
        """Those that are rows of one model."""
        return self.filter(kind=kind._meta.label_lower)


class AuditSubject(models.Model):
    """A record whose page shows an entry."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40)

    objects = AuditSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of an audit entry")
        verbose_name_plural = _("subjects of audit entries")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "entry"], name="audit_subject_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def keys_of(rows: models.QuerySet) -> models.QuerySet:
    """Keys of rows as text, the way subjects hold them; for a subquery."""
    return rows.order_by().annotate(key_text=Cast("pk", models.CharField())).values("key_text")


def facts(thing: models.Model) -> dict[str, Any]:
    """What people can read of a row: field name → stored value (ISO dates, keys as text), keys and secrets left out."""
    found: dict[str, Any] = {}
    for field in thing._meta.concrete_fields:
        if field.primary_key or not field.editable or field.name == "password":
            continue
        value = getattr(thing, field.attname)
        if field.is_relation:
            related = getattr(thing, field.name)
            value = str(related) if related is not None else None
        found[field.name] = value.isoformat() if isinstance(value, date | datetime) else _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.to_iso()
    return value if value is None or isinstance(value, bool | int) else str(value)


def told(thing: models.Model) -> dict[str, Any]:
    """The same with its themes or other names, as far as it has any; in Thai, as all history is."""
    with translation.override(settings.LANGUAGE_CODE):
        found = facts(thing)
        for name in ("themes", "aliases"):
            if hasattr(thing, name):
                found[name] = " · ".join(sorted(str(one) for one in getattr(thing, name).all()))
    return found


def mark_of(shown: Mapping[str, Any]) -> str:
    """A mark of what a page showed: other facts have another one, and nobody reads the facts from it."""
    return salted_hmac("organizations.seen", json.dumps(shown, sort_keys=True, cls=DjangoJSONEncoder)).hexdigest()


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Field name → [old, new] for the facts that differ; a missing or empty fact counts as None."""
    names = [*before, *(name for name in after if name not in before)]
    pairs = {name: [_none_if_empty(before.get(name)), _none_if_empty(after.get(name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value
