"""How personal data leaves the tables: what leads to a person, and how it is taken out of any model's words.

Each app says in its `privacy.py` what it holds and how it erases; `nakhon_network.erasing` calls them all at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from nakhon_network.lib.traces import Traces
from organizations.models import AuditEntry, AuditSubject, Contact, OrganizationContact, Person, User
from organizations.models.audit import keys_of

Counts = Counter[str]
CONTACT = Contact._meta.label_lower
# Facts of a person that an erasure takes out of the history, whatever they say.
PERSONAL = {"aliases", "nickname", "note", "form_of_address", "merged", "knowledge"}


def everybody(person: Person) -> list[Person]:
    """The person and the records merged into it."""
    return [person, *person.merged_records()]


def lock(person: Person) -> Person:
    """The person as stored; nobody else changes it or the records merged into it until the transaction ends."""
    wanted = models.Q(pk=person.pk) | models.Q(merged_into=person.pk)
    rows = Person.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk")
    return {one.pk: one for one in rows}[person.pk]


def ways_to_reach(people: Iterable[Person]) -> set[str]:
    """Every number, LINE ID and e-mail of some persons, those of before in the history too.

    A contact of another kind may be any words: these are looked for nowhere else.
    """
    keys = [person.pk for person in people]
    own = list(Contact.objects.filter(person__in=keys))
    found = {one.value for one in own if one.kind != Contact.Kind.OTHER}
    for user in User.objects.filter(person__in=keys):
        found |= {user.phone, user.email}
    kinds: dict[str, str | None] = {str(one.pk): one.kind for one in own}
    for entry in of_contacts(keys).order_by("-at", "-pk"):
        was, became = entry.changes.get("kind", [None, None])
        became = became or kinds.get(entry.key)
        kinds[entry.key] = was or became
        for kind, value in zip((kinds[entry.key], became), entry.changes.get("value", []), strict=False):
            found |= {str(value)} if value and kind not in (None, Contact.Kind.OTHER) else set()
    return found - {""}


def of_contacts(people: Iterable[int]) -> models.QuerySet[AuditEntry]:
    """The history of the contacts of some persons, removed ones too."""
    texts = [str(key) for key in people]
    about = AuditSubject.objects.filter(kind=Person._meta.label_lower, key__in=texts).values("entry")
    return AuditEntry.objects.filter(kind=CONTACT, pk__in=about)


def also_of_others(values: Iterable[str], *, people: Iterable[Person]) -> set[str]:
    """Those that somebody else or an organization has too: they stay where they are the other's."""
    wanted = list(values)
    others = Contact.objects.exclude(person__in=[person.pk for person in people]).filter(value__in=wanted)
    offices = OrganizationContact.objects.filter(value__in=wanted)
    return {*others.values_list("value", flat=True), *offices.values_list("value", flat=True)}


def words_of(model: type[models.Model]) -> list[models.Field]:
    """The columns that may hold words somebody typed."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, kinds) and not (one.primary_key or one.choices or one.is_relation or one.name == "password")
    ]


def holding(model: type[models.Model], traces: Traces) -> models.QuerySet[Any]:
    """Rows some column of which may hold what is looked for."""
    found, wanted = models.Q(pk__in=[]), traces.stored
    rows = model._base_manager.all()
    for number, column in enumerate(words_of(model)):
        rows = rows.alias(**{f"words{number}": Cast(column.name, models.TextField())})
        found |= models.Q(**{f"words{number}__iregex": wanted})
    return rows.filter(found)


class Hand:
    """Whose erasure it is, and when; it keeps which rows it reached. One of a rehearsal changes none of them."""

    def __init__(self, *, by: User | None, now: datetime, is_rehearsal: bool = False) -> None:
        self.by, self.now, self.is_rehearsal = by, now, is_rehearsal
        self._reached: defaultdict[str, set[Any]] = defaultdict(set)

    @property
    def counts(self) -> Counts:
        """How many rows of each table it reached, each row once."""
        return Counter({table: len(keys) for table, keys in self._reached.items()})

    def delete(self, rows: models.QuerySet[Any]) -> None:
        """Delete rows."""
        if self._reach(rows) and not self.is_rehearsal:
            rows.delete()

    def change(self, rows: models.QuerySet[Any], **fields: Any) -> None:
        """Write into the same columns of rows."""
        if self._reach(rows) and not self.is_rehearsal:
            rows.update(**fields)

    def save(self, row: models.Model) -> None:
        """Save a row that was changed in memory."""
        self._reached[row._meta.label_lower].add(row.pk)
        if not self.is_rehearsal:
            row.save()

    def _reach(self, rows: models.QuerySet[Any]) -> bool:
        keys = list(rows.order_by().values_list("pk", flat=True))
        if keys:
            self._reached[rows.model._meta.label_lower].update(keys)
        return bool(keys)


def take_out(model: type[models.Model], traces: Traces, hand: Hand, **stamp: Any) -> list[Any]:
    """Take it out of the words of one table; `stamp` is written beside. Returns the keys of rows that held some."""
    columns, keys = words_of(model), []
    if not columns or not traces:
        return []
    for row in holding(model, traces).only("pk", *(one.name for one in columns)):
        old = {one.name: getattr(row, one.attname) for one in columns}
        new = {name: traces.out_of(value) for name, value in old.items()}
        changed = {name: value for name, value in new.items() if value != old[name]}
        if changed:
            hand.change(model._base_manager.filter(pk=row.pk), **changed, **stamp)
            keys.append(row.pk)
    return keys


def take_out_of_all(tables: Iterable[type[models.Model]], traces: Traces, hand: Hand) -> None:
    """The same for several tables."""
    for model in tables:
        take_out(model, traces, hand)


def redact(entries: models.QuerySet[AuditEntry], hand: Hand) -> None:
    """Take all values out of entries of the history, once; who did what to which record stays."""
    standing = entries.filter(redacted_at__isnull=True)
    hand.change(standing, label="", reason="", changes={}, redacted_at=hand.now, redacted_by=hand.by)


def redact_traces(people: list[Person], traces: Traces, hand: Hand) -> None:
    """Entries about the contacts, other names and notes of some persons, and every entry that names their numbers."""
    keys = [person.pk for person in people]
    redact(of_contacts(keys), hand)
    texts = [str(key) for key in keys]
    own = AuditEntry.objects.filter(kind=Person._meta.label_lower, key__in=texts, redacted_at__isnull=True)
    named = [one.pk for one in own if PERSONAL & set(one.changes)]
    redact(AuditEntry.objects.filter(pk__in=named), hand)
    users = keys_of(User.objects.filter(person__in=keys))
    redact(AuditEntry.objects.filter(kind=User._meta.label_lower, key__in=users), hand)
    if traces:
        found = holding(AuditEntry, traces).filter(redacted_at__isnull=True)
        named = [one.pk for one in found if traces.stand_in(f"{one.label} {one.reason}") or _in(one.changes, traces)]
        redact(AuditEntry.objects.filter(pk__in=named), hand)


def _in(value: Any, traces: Traces) -> bool:
    return bool(traces.out_of(value) != value)
