"""What this app holds on a person, and how it erases it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from nakhon_network.lib.traces import Traces
from nakhon_network.privacy_policy import AFTER_CHANGE, AFTER_LAST_POST, AFTER_VISIT, THREE_YEARS
from organizations.erasing import CONTACT, Counts, holding, redact, redact_traces, take_out_of_all
from organizations.models import (
    Alias,
    Appointment,
    AuditEntry,
    Breach,
    Contact,
    Erasure,
    Invitation,
    Knowledge,
    OrganizationContact,
    Person,
    SentForm,
    User,
)
from organizations.models.audit import Verb
from organizations.models.sent import KEPT_FOR

# Erased by rules of their own.
_OWN_RULES = {Alias, Contact, AuditEntry}


def erase(people: list[Person], traces: Traces, *, by: User | None, now: datetime) -> Counts:
    """Contacts, other names, notes and what is known of a person (the first) and the records merged into it.

    Names in use stay.
    """
    counts: Counts = Counter()
    keys = [person.pk for person in people]
    counts["organizations.auditentry"] += redact_traces(people, traces, by=by, now=now)
    counts["organizations.contact"] += Contact.objects.filter(person__in=keys).delete()[0]
    counts["organizations.knowledge"] += Knowledge.objects.filter(person__in=keys).delete()[0]
    counts["organizations.alias"] += Alias.objects.filter(person__in=keys).delete()[0]
    counts["organizations.person"] += sum(_blank(one, into=people[0]) for one in people)
    open_ones = Invitation.objects.filter(person__in=keys).open_at(now)
    counts["organizations.invitation"] += open_ones.update(revoked_at=now, revoked_by=by)
    for user in User.objects.filter(person__in=keys):
        counts += _close(user, traces)
    counts["organizations.organizationcontact"] += _drop_contacts(traces)
    tables = [model for model in apps.get_app_config("organizations").get_models() if model not in _OWN_RULES]
    return counts + take_out_of_all(tables, traces)


def _drop_contacts(traces: Traces) -> int:
    """Contacts of bodies written otherwise that are the person's go whole: two empty ones would be the same."""
    found = holding(OrganizationContact, traces) if traces else ()
    gone = [one.pk for one in found if traces.stand_in(one.value)]
    return OrganizationContact.objects.filter(pk__in=gone).delete()[0]


def _blank(person: Person, *, into: Person) -> int:
    """Leave the name only; a record that was merged takes that of the one that stays, its own was another name."""
    before = [person.nickname, person.form_of_address, person.note, person.held_reason]
    person.nickname = person.form_of_address = person.note = person.held_reason = ""
    if person.pk != into.pk:
        before.append(person.name if person.name != into.name else "")
        person.prefix, person.first_name, person.last_name = into.prefix, into.first_name, into.last_name
    person.save()
    return int(any(before))


def _close(user: User, traces: Traces) -> Counts:
    """Nothing leads from the account to a telephone, LINE or a device; who holds no post signs in no more."""
    counts: Counts = Counter()
    devices = UserSession.objects.filter(user=user)
    keys = list(devices.values_list("session_key", flat=True))
    counts["sessions.session"] += Session.objects.filter(session_key__in=keys).delete()[0]
    for model in (UserSession, EmailAddress, SocialAccount):
        counts[model._meta.label_lower] += model.objects.filter(user=user).delete()[0]
    user.email = user.phone = ""
    if traces.stand_in(user.username):
        user.username = f"user-{user.pk}"
    if not Appointment.objects.not_ended(timezone.localdate()).filter(person=user.person_id).exists():
        counts["mfa.authenticator"] += Authenticator.objects.filter(user=user).delete()[0]
        user.username, user.is_active = f"closed-{user.pk}", False
        user.set_unusable_password()
    user.save()
    counts["organizations.user"] += 1
    return +counts


# ---- what was kept long enough ------------------------------------------------------------------------------------
def expire(*, now: datetime) -> Counts:
    """Contacts of people who left, old values in the history, old devices, and cases closed for long."""
    counts: Counts = Counter()
    counts["organizations.contact"] += _expire_contacts(before=now - AFTER_LAST_POST.span)
    old = AuditEntry.objects.filter(kind=CONTACT, at__lt=now - AFTER_CHANGE.span)
    counts["organizations.auditentry"] += redact(old, by=None, now=now)
    devices = UserSession.objects.filter(last_seen_at__lt=now - AFTER_VISIT.span)
    counts["usersessions.usersession"] += devices.delete()[0]
    counts["sessions.session"] += Session.objects.filter(expire_date__lt=now).delete()[0]
    long_ago = now - THREE_YEARS.span
    counts["organizations.erasure"] += Erasure.objects.filter(done_at__lt=long_ago).delete()[0]
    counts["organizations.breach"] += Breach.objects.filter(closed_at__lt=long_ago).delete()[0]
    counts["organizations.sentform"] += SentForm.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
    return +counts


def _expire_contacts(*, before: datetime) -> int:
    """Of people without a post since then, that nobody entered or confirmed since; one entry each says how many."""
    day = timezone.localdate(before)
    recent = Appointment.objects.not_ended(day).filter(person=OuterRef("person"))
    old = Contact.objects.filter(created_at__lt=before, confirmed_at__lt=before).exclude(Exists(recent))
    gone: dict[Person, int] = {}
    for contact in old.select_related("person"):
        gone[contact.person] = gone.get(contact.person, 0) + 1
    told: list[Any] = [(person, {"contacts": [number, None]}, []) for person, number in gone.items()]
    AuditEntry.objects.record_each(Verb.EXPIRE, told, by=None)
    Contact.objects.filter(pk__in=[one.pk for one in old]).delete()
    return sum(gone.values())
