"""What this app holds on a person, and how it erases it."""

from __future__ import annotations

from copy import copy
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
from organizations.erasing import CONTACT, Counts, Hand, holding, redact, redact_traces, take_out_of_all
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


def erase(people: list[Person], traces: Traces, hand: Hand) -> None:
    """Contacts, other names, notes and what is known of a person (the first) and the records merged into it.

    Names in use stay.
    """
    keys = [person.pk for person in people]
    redact_traces(people, traces, hand)
    for model in (Contact, Knowledge, Alias):
        hand.delete(model.objects.filter(person__in=keys))
    for person in people:
        _blank(person, people[0], hand)
    open_ones = Invitation.objects.filter(person__in=keys).open_at(hand.now)
    hand.change(open_ones, revoked_at=hand.now, revoked_by=hand.by)
    for user in User.objects.filter(person__in=keys):
        _close(user, traces, hand)
    _drop_contacts(traces, hand)
    tables = [model for model in apps.get_app_config("organizations").get_models() if model not in _OWN_RULES]
    take_out_of_all(tables, traces, hand)


def _drop_contacts(traces: Traces, hand: Hand) -> None:
    """Contacts of bodies written otherwise that are the person's go whole: two empty ones would be the same."""
    found = holding(OrganizationContact, traces) if traces else ()
    gone = [one.pk for one in found if traces.stand_in(one.value)]
    hand.delete(OrganizationContact.objects.filter(pk__in=gone))


def _blank(person: Person, stays: Person, hand: Hand) -> None:
    """Leave the name only; a record that was merged takes that of the one that stays, its own was another name."""
    one = copy(person)
    before = [one.nickname, one.form_of_address, one.note, one.held_reason]
    one.nickname = one.form_of_address = one.note = one.held_reason = ""
    if one.pk != stays.pk:
        before.append(one.name if one.name != stays.name else "")
        one.prefix, one.first_name, one.last_name = stays.prefix, stays.first_name, stays.last_name
    if any(before) or not hand.is_rehearsal:  # the keys it is found by hold other names too
        hand.save(one)


def _close(user: User, traces: Traces, hand: Hand) -> None:
    """Nothing leads from the account to a telephone, LINE or a device; who holds no post signs in no more."""
    devices = UserSession.objects.filter(user=user)
    keys = list(devices.values_list("session_key", flat=True))
    hand.delete(Session.objects.filter(session_key__in=keys))
    for model in (UserSession, EmailAddress, SocialAccount):
        hand.delete(model.objects.filter(user=user))
    user.email = user.phone = ""
    if traces.stand_in(user.username):
        user.username = f"user-{user.pk}"
    if not Appointment.objects.not_ended(timezone.localdate()).filter(person=user.person_id).exists():
        hand.delete(Authenticator.objects.filter(user=user))
        user.username, user.is_active = f"closed-{user.pk}", False
        user.set_unusable_password()
    hand.save(user)


# ---- what was kept long enough ------------------------------------------------------------------------------------
def expire(*, now: datetime) -> Counts:
    """Contacts of people who left, old values in the history, old devices, and cases closed for long."""
    hand = Hand(by=None, now=now)
    redact(AuditEntry.objects.filter(kind=CONTACT, at__lt=now - AFTER_CHANGE.span), hand)
    counts = hand.counts
    counts["organizations.contact"] += _expire_contacts(before=now - AFTER_LAST_POST.span)
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
