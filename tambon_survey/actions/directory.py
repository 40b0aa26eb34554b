"""Coordinators of a survey in their posts."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nakhon_network.lib.names import split_name
from nakhon_network.lib.phones import PhoneProblem, parse_phone
from organizations.actions.people import save_contact, save_person
from organizations.actions.posts import appoint
from organizations.models import Appointment, AuditEntry, Contact, Person, Post, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Coordinator, State, Submission

JUDGED = (State.APPROVED, State.ACCEPTED)
_LINE_ID = re.compile(r"@?[a-z0-9._-]{2,50}")


def source_of(coordinator: Coordinator) -> str:
    """What an appointment made from a survey names as its source."""
    submission = coordinator.submission
    facts = {"round": submission.round.name, "tambon": submission.tambon.full_name}
    return (_("Survey %(round)s, %(tambon)s") % facts)[:300]


def not_judged() -> str:
    """Why a coordinator cannot be appointed yet."""
    return _("Only coordinators of an approved survey are appointed from it.")


@transaction.atomic
def appoint_coordinator(
    coordinator: Coordinator, *, person: Person | None, post: Post, starts_on: date, source: str, by: User
) -> Person:
    """Put a coordinator of a judged submission into the tambon's post: `person`, or a new record of that name.

    The contact comes along: for the whole network with the consent the survey recorded, else for coordinators only.
    Raises Refused when the submission is not approved, the coordinator has a record already, or the post is full.
    """
    found = Coordinator.objects.select_for_update(of=("self",)).get(pk=coordinator.pk)
    found.submission = Submission.objects.with_areas().get(pk=found.submission_id)
    if found.is_removed or found.submission.state not in JUDGED:
        raise Refused(not_judged())
    if found.person_id is not None:
        raise Refused(_("This coordinator has a record in the network already."))
    if post.tambon_id != found.submission.tambon_id:
        raise Refused(_("The post belongs to another tambon."))
    person = person or save_person(_new_person(found), by=by)
    if not Appointment.objects.in_force(starts_on).filter(person=person, post=post).exists():
        appoint(person, post=post, starts_on=starts_on, source=source, by=by)
    _bring_contacts(found, person, by=by)
    Coordinator.objects.filter(pk=found.pk).update(person=person)
    AuditEntry.objects.record(
        Verb.CHANGE,
        found,
        by=by,
        reason=source,
        changes={"person": [None, person.name]},
        concerns=[found.submission, found.submission.tambon, person],
    )
    return person


def _new_person(coordinator: Coordinator) -> Person:
    name = split_name(coordinator.name)
    return Person(
        prefix=name.prefix, first_name=name.first[:100], last_name=name.last[:100], form_of_address=name.form_of_address
    )


def _bring_contacts(coordinator: Coordinator, person: Person, *, by: User) -> None:
    known = set(person.contacts.values_list("kind", "value"))
    for contact in _contacts(coordinator):
        if (contact.kind, contact.value) not in known:
            contact.person = person
            save_contact(contact, by=by)


def _contacts(coordinator: Coordinator) -> list[Contact]:
    shared = coordinator.may_share
    terms = {
        "visibility": Contact.Visibility.NETWORK if shared else Contact.Visibility.COORDINATORS,
        "consent": Contact.Consent.SPOKEN if shared else Contact.Consent.NOT_ASKED,
    }
    found = []
    if coordinator.phone:
        try:
            phone = parse_phone(coordinator.phone)
        except PhoneProblem:
            found.append(Contact(kind=Contact.Kind.OTHER, value=coordinator.phone, **terms))
        else:
            found.append(Contact(kind=Contact.Kind.PHONE, value=phone.digits, extension=phone.extension, **terms))
    if coordinator.line:
        line = coordinator.line.lower()
        is_line = bool(_LINE_ID.fullmatch(line))
        kind, value = (Contact.Kind.LINE, line) if is_line else (Contact.Kind.OTHER, f"LINE {coordinator.line}")
        found.append(Contact(kind=kind, value=value, **terms))
    return found
