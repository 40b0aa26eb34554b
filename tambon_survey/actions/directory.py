"""The directory a survey leaves behind: agencies known once, coordinators in their posts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nakhon_network.lib.names import split_name
from nakhon_network.lib.phones import PhoneProblem, parse_phone
from nakhon_network.lib.thai_text import loose_key
from organizations.actions.people import save_contact, save_person
from organizations.actions.posts import appoint
from organizations.models import Appointment, AuditEntry, Contact, Organization, Person, Post, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Coordinator, Sector, State, Submission, Support

JUDGED = (State.APPROVED, State.ACCEPTED)
KIND_OF_SECTOR = {
    Sector.GOVERNMENT: Organization.Kind.GOVERNMENT,
    Sector.NON_GOVERNMENT: Organization.Kind.NON_GOVERNMENT,
    Sector.INDEPENDENT: Organization.Kind.INDEPENDENT,
}
_LINE_ID = re.compile(r"@?[a-z0-9._-]{2,50}")


@transaction.atomic
def name_agencies(submissions: Iterable[Submission], *, by: User | None) -> int:
    """Give every agency that judged submissions name its record in the directory; returns how many rows were given one.

    A name that reads the same (tone marks, spaces and dots aside) is the same agency; whatever differs more is left
    to a person. Submissions that are not approved are left out; running it again changes nothing.
    """
    keys = [submission.pk for submission in submissions]
    rows = list(
        Support.objects.kept()
        .select_for_update(of=("self",))
        .filter(submission__in=keys, submission__state__in=JUDGED, organization__isnull=True)
        .select_related("submission__tambon__district__zone", "submission__round")
        .order_by("submission", "position", "id")
    )
    named = [(row, loose_key(row.name)) for row in rows if loose_key(row.name)]
    known = _known({key for _row, key in named})
    for row, key in named:
        if key not in known:
            known[key] = _new_agency(row, by=by)
        row.organization = known[key]
    Support.objects.bulk_update([row for row, _key in named], ["organization"])
    return len(named)


def _known(keys: set[str]) -> dict[str, Organization]:
    """Loose name → the record that stands; of two, the older. A merged record's name leads to the one that stays."""
    found: dict[str, Organization] = {}
    # A record with a short name holds two names, a line each.
    named = Organization.objects.filter(Q(loose_key__in=keys) | ~Q(short_name="")).select_related("merged_into")
    standing_first = sorted(named, key=lambda record: (record.merged_into_id is not None, record.pk))
    for record in standing_first:
        for key in record.loose_key.split("\n"):
            found.setdefault(key, record.merged_into or record)
    return found


def _new_agency(row: Support, *, by: User | None) -> Organization:
    kind = KIND_OF_SECTOR.get(Sector(row.sector)) if row.sector else None
    agency = Organization(name=row.name, kind=kind or Organization.Kind.ORGANIZATION, created_by=by)
    agency.save()
    AuditEntry.objects.record(
        Verb.ADD,
        agency,
        by=by,
        changes={"name": [None, agency.name], "kind": [None, agency.kind]},
        reason=_("Named in the survey of %(tambon)s") % {"tambon": row.submission.tambon.full_name},
        concerns=[row.submission],
    )
    return agency


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
