"""Persons, their other names and contacts, and the merging of two records of one person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.privacy_policy import NOTICE_VERSION
from organizations.actions.keeping import check_mark, put_on, remove_row, standing_row
from organizations.models import Alias, AuditEntry, Contact, Person, User
from organizations.models.audit import Verb, changes_between, told
from organizations.problems import Refused


@transaction.atomic
def save_person(person: Person, *, aliases: Iterable[str] | None = None, seen: str = "", by: User | None) -> Person:
    """Add a person or change the names; `aliases`, when given, become the whole set of other names.

    Raises Refused when the record was merged meanwhile, Stale when somebody changed it since the mark `seen`.
    """
    standing = standing_row(person)
    if standing is not None and standing.merged_into_id:
        raise Refused(_("This record was merged into another meanwhile. Open it again."))
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    saved = put_on(standing, person)
    if standing is None:
        saved.created_by = by
    saved.notice_version = NOTICE_VERSION
    saved.save()
    if aliases is not None:
        _set_aliases(saved, names=set(aliases))
    changes = changes_between(before, told(saved))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE if before else Verb.ADD, saved, by=by, changes=changes)
    return saved


def _set_aliases(person: Person, *, names: set[str]) -> None:
    person.aliases.exclude(name__in=names).delete()
    known = set(person.aliases.values_list("name", flat=True))
    Alias.objects.bulk_create(Alias(person=person, name=name) for name in sorted(names - known))
    person.save()  # the search keys hold the other names too


@transaction.atomic
def save_contact(contact: Contact, *, seen: str = "", by: User | None) -> Contact:
    """Add or change a contact; saving it counts as confirming it, and a newly recorded consent is dated.

    Raises Refused when somebody recorded the same one or removed this one meanwhile, Stale when somebody changed it
    since the mark `seen`.
    """
    if Person.objects.select_for_update(of=("self",)).get(pk=contact.person_id).merged_into_id:
        raise Refused(_("This record was merged into another meanwhile. Open it again."))
    standing = standing_row(contact)
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    had = (standing.value, standing.consent) if standing else (None, None)
    saved = put_on(standing, contact)
    saved.confirmed_at, saved.confirmed_by = timezone.now(), by
    saved.notice_version = NOTICE_VERSION
    if saved.value != had[0]:  # another number: the person is told anew
        saved.created_at, saved.created_by = saved.confirmed_at, by
        saved.told_on, saved.told_how, saved.told_by = None, "", None
    if saved.consent == Contact.Consent.NOT_ASKED:
        saved.consent_at = saved.consent_by = None
    elif saved.consent != had[1]:
        saved.consent_at, saved.consent_by = timezone.now(), by
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise Refused(_("This person already has that contact.")) from None
    changes = changes_between(before, told(saved))
    verb = Verb.CONFIRM_CONTACT if before and not changes else Verb.CHANGE if before else Verb.ADD
    AuditEntry.objects.record(verb, saved, by=by, changes=changes, concerns=[saved.person])
    return saved


@transaction.atomic
def withdraw_consent(contact: Contact, *, by: User | None) -> Contact:
    """Take a contact back from everyone but the coordinators, in this very transaction."""
    found = Contact.objects.select_for_update().get(pk=contact.pk)
    before = told(found)
    found.visibility, found.consent = Contact.Visibility.COORDINATORS, Contact.Consent.NOT_ASKED
    found.consent_at = found.consent_by = None
    found.save()
    changes = changes_between(before, told(found))
    AuditEntry.objects.record(Verb.WITHDRAW, found, by=by, changes=changes, concerns=[found.person])
    return found


@transaction.atomic
def remove_contact(contact: Contact, *, reason: str, by: User | None) -> None:
    """Remove a contact; that it was there stays in the history. Twice is once."""
    remove_row(contact, reason=reason, by=by, concerns=[contact.person])


@transaction.atomic
def merge_people(gone: Person, *, into: Person, reason: str, by: User) -> Person:
    """Join two records of one person: everything moves to `into`, the other name stays as an alias.

    Raises Refused when they are the same record, one was merged before, both have an account, or both hold one post.
    The page of the record that is gone leads to the one that stays.
    """
    pair = Person.objects.select_for_update().filter(pk__in=[gone.pk, into.pk]).in_bulk()
    if len(pair) != 2:
        raise Refused(_("Choose two different records."))
    gone, into = pair[gone.pk], pair[into.pk]
    if gone.merged_into_id or into.merged_into_id:
        raise Refused(_("One of these records was merged before."))
    if hasattr(gone, "user") and hasattr(into, "user"):
        raise Refused(_("Both have an account. Close one account first, then merge."))
    today = timezone.localdate()
    shared = set(gone.appointments.not_ended(today).values_list("post_id", flat=True)) & set(
        into.appointments.not_ended(today).values_list("post_id", flat=True)
    )
    if shared:
        raise Refused(_("Both hold the same post. End one of the appointments first, then merge."))
    before = told(into)
    _move_everything(gone, into=into, by=by)
    changes = {"merged": [gone.name, into.name], **changes_between(before, told(into))}
    AuditEntry.objects.record(Verb.MERGE, into, by=by, reason=reason, changes=changes, concerns=[gone])
    return into


def _move_meetings(gone: Person, *, into: Person) -> None:
    """Tasks and what the person did in meetings; of two lines on the lists of one meeting one keeps only the name."""
    gone.tasks.update(person=into)
    gone.introductions.update(expert=into)
    gone.spoke_at.update(person=into)
    gone.facilitation.update(person=into)
    gone.attendance.filter(meeting__in=into.attendance.values("meeting")).update(person=None)
    gone.attendance.update(person=into)


def _move_everything(gone: Person, *, into: Person, by: User) -> None:
    gone.appointments.update(person=into)
    gone.invitations.update(person=into)
    gone.named_as_coordinator.update(person=into)
    gone.erasures.update(person=into)
    _move_meetings(gone, into=into)
    # What both know stays in the words of the record that stays.
    gone.knowledge.exclude(theme__in=into.knowledge.values("theme")).update(person=into)
    gone.knowledge.all().delete()
    # Whatever was merged into `gone` before leads straight to the record that stays.
    Person.objects.filter(merged_into=gone).update(merged_into=into)
    _move_contacts(gone, into=into, by=by)
    if hasattr(gone, "user"):
        account = gone.user
        account.person = into
        account.save(update_fields=["person"])
    _join_names(gone, into=into)
    gone.merged_into = into
    gone.save(update_fields=["merged_into"])


def _move_contacts(gone: Person, *, into: Person, by: User) -> None:
    """Contacts move; of one that both have, the record that stays keeps its own, with its own consent."""
    known = set(into.contacts.values_list("kind", "value"))
    for contact in gone.contacts.all():
        if (contact.kind, contact.value) in known:
            remove_contact(contact, reason=_("The record it was merged into has the same contact."), by=by)
        else:
            contact.person = into
            contact.save(update_fields=["person"])


def _join_names(gone: Person, *, into: Person) -> None:
    """Every name of `gone` stays findable; what `into` leaves empty is taken over."""
    names = {alias.name for person in (gone, into) for alias in person.aliases.all()}
    if gone.name != into.name:
        names.add(gone.name)
    if gone.nickname and into.nickname and gone.nickname != into.nickname:
        names.add(gone.nickname)
    for field in ("prefix", "nickname", "form_of_address"):
        setattr(into, field, getattr(into, field) or getattr(gone, field))
    into.note = "\n".join(note for note in (into.note, gone.note) if note)
    into.save()
    _set_aliases(into, names=names)
