"""Two records of one body become one; nothing that was known of either is lost, and both histories stay."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from organizations.actions.directory import closes_circle, lock_relations, same_relation
from organizations.models import AuditEntry, Organization, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

# What moves as it is, by the name under which an organization knows it.
_MOVED = (
    "supports",
    "activities",
    "written_names",
    "tasks",
    "meetings",
    "forums_hosted",
    "offers",
    "needs",
    "introductions",
    "introductions_sought",
)


@transaction.atomic
def merge_organizations(gone: Organization, *, into: Organization, reason: str, by: User) -> Organization:
    """Join two records of one body: everything moves to `into`; the other name leads there from now on.

    Raises Refused when they are one record, one was merged before, or they were introduced to each other.
    """
    lock_relations()
    keys = [gone.pk, into.pk]
    pair = Organization.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").in_bulk()
    if len(pair) != 2:
        raise Refused(_("Choose two different records."))
    gone, into = pair[gone.pk], pair[into.pk]
    if gone.merged_into_id or into.merged_into_id:
        raise Refused(_("One of these records was merged before."))
    if gone.introductions_sought.filter(partner=into).exists() or gone.introductions.filter(seeker=into).exists():
        raise Refused(_("These two were introduced to each other. Correct that introduction first."))
    before = facts(into)
    moved = {name: getattr(gone, name).update(**{_own_side(gone, name): into}) for name in _MOVED}
    _move_relations(gone, into=into, by=by)
    _move_contacts(gone, into=into, by=by)
    _take_over(gone, into=into)
    Organization.objects.filter(merged_into=gone).update(merged_into=into)
    gone.merged_into = into
    gone.save()
    numbers: dict[str, list[object]] = {name: [None, number] for name, number in moved.items() if number}
    changes: dict[str, list[object]] = {
        "merged": [gone.name, into.name],
        **numbers,
        **changes_between(before, facts(into)),
    }
    AuditEntry.objects.record(Verb.CHANGE, into, by=by, reason=reason, changes=changes, concerns=[gone])
    return into


def _own_side(organization: Organization, name: str) -> str:
    return str(getattr(organization, name).field.name)


def _take_over(gone: Organization, *, into: Organization) -> None:
    """What `into` leaves empty it takes from `gone`, its home included; themes are those of both."""
    for field in ("short_name", "about", "website", "source"):
        setattr(into, field, getattr(into, field) or getattr(gone, field))
    if into.area is None:
        into.area = gone.area
    into.save()
    into.themes.add(*gone.themes.all())


def _move_relations(gone: Organization, *, into: Organization, by: User) -> None:
    """Relations move; dropped with a trace are those between the two, said already, or closing a circle of members."""
    for relation in [*gone.relations.select_related("other"), *gone.relations_back.select_related("organization")]:
        label, told = str(relation), facts(relation)
        if relation.organization_id == gone.pk:
            relation.organization = into
        if relation.other_id == gone.pk:
            relation.other = into
        between = relation.organization_id == relation.other_id
        if between or same_relation(relation).exists() or closes_circle(relation):
            _trace(relation, label, told, concerns=[into, gone], by=by)
            relation.delete()
        else:
            relation.save()


def _trace(
    thing: models.Model, label: str, told: dict[str, object], *, concerns: Iterable[models.Model], by: User
) -> None:
    """Write down what is dropped, as it read before."""
    why = _("Dropped in the merge: %(what)s") % {"what": label}
    AuditEntry.objects.record(
        Verb.REMOVE, thing, by=by, changes=changes_between(told, {}), reason=why[:300], concerns=concerns
    )


def _move_contacts(gone: Organization, *, into: Organization, by: User) -> None:
    """Contacts move; of one that both have, the record that stays keeps its own."""
    known = set(into.contacts.values_list("kind", "value"))
    for contact in gone.contacts.all():
        if (contact.kind, contact.value) in known:
            _trace(contact, _("the record that stays has this contact"), facts(contact), concerns=[into, gone], by=by)
            contact.delete()
        else:
            contact.organization = into
            contact.save(update_fields=["organization"])
