"""The directory: records of bodies, what they offer and need, how they stand to each other, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actions.keeping import check_mark, put_on, remove_row, standing_row
from organizations.models import (
    AuditEntry,
    Need,
    Offer,
    Organization,
    OrganizationContact,
    Province,
    Relation,
    Theme,
    User,
)
from organizations.models.audit import Verb, changes_between, told
from organizations.problems import Refused

Exchanged = TypeVar("Exchanged", bound=Organization | Offer | Need)


def lock_organizations(*keys: int) -> dict[int, Organization]:
    """The rows with these keys, locked in one order; Refused when one of them was merged meanwhile."""
    rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if any(row.merged_into_id for row in found.values()):
        raise Refused(_("This record was merged into another meanwhile. Open it again."))
    return found


def lock_relations() -> None:
    """One change of relations at a time, before any body is locked: a circle may close far from where it is drawn."""
    Province.objects.select_for_update(no_key=True).filter(pk=settings.HOME_PROVINCE).first()


def _save_with_themes(
    typed: Exchanged, themes: Iterable[Theme], *, seen: str
) -> tuple[Exchanged, dict[str, list[object]]]:
    """Write the row and its themes; the row, and what changed, by name."""
    standing = standing_row(typed)
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    row = put_on(standing, typed)
    row.save()
    row.themes.set(list(themes))
    return row, changes_between(before, told(row))


@transaction.atomic
def save_organization(
    organization: Organization, *, themes: Iterable[Theme], seen: str = "", by: User | None, reason: str = ""
) -> Organization:
    """Add a body or change what is known of it. Raises Stale when somebody changed it since the mark `seen`."""
    is_new = not organization.pk
    if is_new:
        organization.created_by = by
    else:
        lock_organizations(organization.pk)
    saved, changes = _save_with_themes(organization, themes, seen=seen)
    if changes:
        AuditEntry.objects.record(Verb.ADD if is_new else Verb.CHANGE, saved, by=by, changes=changes, reason=reason)
    return saved


@transaction.atomic
def remove_organization(organization: Organization, *, reason: str, by: User | None) -> None:
    """Remove a record that never should have been. Raises Refused when anything rests on it; then it is merged."""
    found = lock_organizations(organization.pk)[organization.pk]
    changes = changes_between(told(found), {})
    AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, reason=reason)
    try:
        found.delete()
    except models.ProtectedError:
        raise Refused(_("Something rests on “%(name)s”: it cannot be removed.") % {"name": found.name}) from None


@transaction.atomic
def set_agreement(organization: Organization, *, agrees: bool, reason: str, by: User | None) -> Organization:
    """Record that the body agreed to stand in the open data, or that it agrees no more; `reason`: how it is known."""
    found = lock_organizations(organization.pk)[organization.pk]
    if bool(found.agreed_at) == agrees:
        return found
    before = found.agreed_at
    found.agreed_at, found.agreed_by = (timezone.now(), by) if agrees else (None, None)
    found.save()
    changes: dict[str, list[object]] = {"agreed_at": [before, found.agreed_at]}
    verb = Verb.CHANGE if agrees else Verb.REMOVE
    AuditEntry.objects.record(verb, found, by=by, changes=changes, reason=reason)
    return found


@transaction.atomic
def save_exchange(
    thing: Offer | Need, *, themes: Iterable[Theme], seen: str = "", by: User | None, reason: str = ""
) -> Offer | Need:
    """Add or change what a body offers or needs.

    Raises Refused when it was removed meanwhile, Stale when somebody changed it since the mark `seen`.
    """
    lock_organizations(thing.organization_id)
    is_new = not thing.pk
    saved, changes = _save_with_themes(thing, themes, seen=seen)
    if changes:
        verb = Verb.ADD if is_new else Verb.CHANGE
        concerns = [thing.organization]
        AuditEntry.objects.record(verb, saved, by=by, changes=changes, reason=reason, concerns=concerns)
    return saved


@transaction.atomic
def remove_exchange(thing: Offer | Need, *, reason: str, by: User | None) -> None:
    """Remove an offer or a need. One on which an introduction rests is ended instead, so it is refused then.

    Twice is once.
    """
    lock_organizations(thing.organization_id)
    if isinstance(thing, Offer) and thing.introductions.exists():
        raise Refused(_("Somebody was introduced by this offer. Give it a last day instead of removing it."))
    remove_row(thing, reason=reason, by=by, concerns=[thing.organization])


@transaction.atomic
def save_relation(relation: Relation, *, seen: str = "", by: User | None) -> Relation:
    """Say how two bodies stand to each other.

    Raises Refused for a circle of members and for what is said already, Stale when somebody changed it meanwhile.
    """
    lock_relations()
    lock_organizations(relation.organization_id, relation.other_id)
    standing = standing_row(relation)
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    _refuse_double(relation)
    if closes_circle(relation):
        names = {"one": relation.organization.name, "other": relation.other.name}
        raise Refused(
            _("“%(other)s” is itself a member of “%(one)s”, directly or through others: no body is inside itself.")
            % names
        )
    saved = put_on(standing, relation)
    saved.save()
    changes = changes_between(before, told(saved))
    if changes:
        verb = Verb.CHANGE if standing else Verb.ADD
        concerns = [relation.organization, relation.other]
        AuditEntry.objects.record(verb, saved, by=by, changes=changes, concerns=concerns)
    return saved


def same_relation(relation: Relation) -> models.QuerySet[Relation]:
    """Others that say the same for a time that overlaps; working together is the same from both ends."""
    pairs = models.Q(organization=relation.organization_id, other=relation.other_id)
    if relation.kind == Relation.Kind.WORKS_WITH:
        pairs |= models.Q(organization=relation.other_id, other=relation.organization_id)
    return Relation.objects.filter(pairs, kind=relation.kind).overlapping(relation)


def _refuse_double(relation: Relation) -> None:
    if same_relation(relation).exists():
        raise Refused(_("This relation is recorded already for a time that overlaps. Change its dates instead."))


def closes_circle(relation: Relation) -> bool:
    """Whether by this relation a body would be a member of itself, at any depth."""
    if relation.kind != Relation.Kind.MEMBER_OF:
        return False
    members = Relation.objects.filter(kind=Relation.Kind.MEMBER_OF).exclude(pk=relation.pk)
    seen: set[int] = set()
    ahead = {relation.other_id}
    while ahead and relation.organization_id not in ahead:
        seen |= ahead
        ahead = set(members.filter(organization__in=ahead).values_list("other", flat=True)) - seen
    return bool(ahead)


@transaction.atomic
def remove_relation(relation: Relation, *, reason: str, by: User | None) -> None:
    """Remove a relation that never was; one that is over gets a last day instead. Twice is once."""
    lock_relations()
    lock_organizations(relation.organization_id, relation.other_id)
    remove_row(relation, reason=reason, by=by, concerns=[relation.organization, relation.other])


@transaction.atomic
def save_organization_contact(contact: OrganizationContact, *, seen: str = "", by: User | None) -> OrganizationContact:
    """Add or change a way to reach a body; saving it confirms it.

    Raises Refused when it is recorded already or was removed meanwhile, Stale when somebody changed it meanwhile.
    """
    lock_organizations(contact.organization_id)
    standing = standing_row(contact)
    before = told(standing) if standing else {}
    check_mark(before, seen=seen)
    saved = put_on(standing, contact)
    saved.confirmed_at, saved.confirmed_by = timezone.now(), by
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise Refused(_("This organization already has that contact.")) from None
    changes = changes_between(before, told(saved))
    verb = Verb.CONFIRM_CONTACT if before and not changes else Verb.CHANGE if before else Verb.ADD
    AuditEntry.objects.record(verb, saved, by=by, changes=changes, concerns=[contact.organization])
    return saved


@transaction.atomic
def confirm_organization_contact(contact: OrganizationContact, *, by: User | None) -> None:
    """Say that a contact is right today, as it stands. Raises Refused when it was removed meanwhile."""
    lock_organizations(contact.organization_id)
    standing = standing_row(contact)
    if standing is not None:
        standing.confirmed_at, standing.confirmed_by = timezone.now(), by
        standing.save(update_fields=["confirmed_at", "confirmed_by"])
        AuditEntry.objects.record(Verb.CONFIRM_CONTACT, standing, by=by, concerns=[standing.organization])


@transaction.atomic
def remove_organization_contact(contact: OrganizationContact, *, reason: str, by: User | None) -> None:
    """Remove a contact; that it was there stays in the history. Twice is once."""
    lock_organizations(contact.organization_id)
    remove_row(contact, reason=reason, by=by, concerns=[contact.organization])
