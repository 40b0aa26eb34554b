"""Telling people that their data is kept, asking again, holding contacts back, and breaches."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.keeping import check_mark, put_on, standing_row
from organizations.models import AuditEntry, Breach, Contact, Person, User
from organizations.models.audit import Verb, changes_between, told
from organizations.problems import Refused


@transaction.atomic
def tell_person(person: Person, *, how: str, on: date, by: User) -> int:
    """Write down that a person was told of the contacts others typed in; how many that were."""
    waiting = list(Contact.objects.select_for_update(of=("self",)).filter(person=person).to_tell())
    for contact in waiting:
        contact.told_on, contact.told_how, contact.told_by = on, how, by
        contact.save(update_fields=["told_on", "told_how", "told_by"])
    if waiting:
        changes = {"told_on": [None, on.isoformat()], "told_how": [None, how]}
        AuditEntry.objects.record(Verb.TELL, waiting[0], by=by, changes=changes, concerns=[person])
    return len(waiting)


@transaction.atomic
def confirm_contact(contact: Contact, *, by: User, now: datetime) -> Contact:
    """It was asked for again, and is still right."""
    found = Contact.objects.select_for_update(of=("self",)).select_related("person").get(pk=contact.pk)
    found.confirmed_at, found.confirmed_by = now, by
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    AuditEntry.objects.record(Verb.CONFIRM_CONTACT, found, by=by, concerns=[found.person])
    return found


@transaction.atomic
def hold(person: Person, *, reason: str, by: User, now: datetime) -> Person:
    """Keep the person's contacts back everywhere, at once. Nothing changes when they are held back already."""
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found.held_at is not None:
        return found
    found.held_at, found.held_by, found.held_reason = now, by, reason
    found.save(update_fields=["held_at", "held_by", "held_reason"])
    AuditEntry.objects.record(Verb.HOLD, found, by=by, reason=reason)
    return found


@transaction.atomic
def release(person: Person, *, reason: str, by: User) -> Person:
    """Let the contacts be used again. Nothing changes when they were not held back."""
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found.held_at is None:
        return found
    found.held_at, found.held_by, found.held_reason = None, None, ""
    found.save(update_fields=["held_at", "held_by", "held_reason"])
    AuditEntry.objects.record(Verb.RELEASE, found, by=by, reason=reason)
    return found


@transaction.atomic
def save_breach(breach: Breach, *, seen: str = "", by: User) -> Breach:
    """Add a breach, or write down more about it.

    Raises Refused once it is closed, Stale when somebody wrote since the mark `seen`.
    """
    standing = standing_row(breach)
    if standing is not None and standing.closed_at is not None:
        raise Refused(_("This case is closed."))
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    saved = put_on(standing, breach)
    if standing is None:
        saved.found_by = by
    saved.save()
    changes = changes_between(before, told(saved))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, saved, by=by, changes=changes, concerns=[saved.province])
    return saved


@transaction.atomic
def report_breach(breach: Breach, *, by: User, now: datetime) -> Breach:
    """The office knows of it now. Raises Refused when that was written down before, or there is nothing to report."""
    found = Breach.objects.select_for_update(of=("self",)).select_related("province").get(pk=breach.pk)
    if not found.must_report:
        raise Refused(_("There is nothing to report any more."))
    found.reported_at, found.reported_by = now, by
    found.save(update_fields=["reported_at", "reported_by"])
    changes = {"reported_at": [None, now.isoformat()]}
    AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes=changes, concerns=[found.province])
    return found


@transaction.atomic
def close_breach(breach: Breach, *, by: User, now: datetime) -> Breach:
    """Nothing is left to do. Raises Refused while the office is still to be told, or nothing says what was done."""
    found = Breach.objects.select_for_update(of=("self",)).select_related("province").get(pk=breach.pk)
    if found.closed_at is not None:
        raise Refused(_("This case is closed."))
    if found.must_report:
        raise Refused(_("Report it to the office first."))
    if not found.measures:
        raise Refused(_("Write down first what was done about it."))
    found.closed_at, found.closed_by = now, by
    found.save(update_fields=["closed_at", "closed_by"])
    changes = {"closed_at": [None, now.isoformat()]}
    AuditEntry.objects.record(Verb.CHANGE, found, by=by, changes=changes, concerns=[found.province])
    return found
