"""The queue of people who are still to be told that others typed in their data: over all apps, overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from nakhon_network.privacy_policy import TELL_WITHIN
from organizations.models import Breach, Contact, Person, User
from organizations.models.privacy import due_day
from tambon_survey.models import Coordinator

# More than anybody tells in a month; who has more sees the oldest.
MOST = 500


@dataclass(frozen=True)
class ToTell:
    """Somebody to tell: who, from where, typed in by whom and when, until which day, and where to write it down."""

    name: str
    place: str
    by: str
    since: datetime
    due: date
    url: str


def waiting(user: User) -> list[ToTell]:
    """Those in the user's reach, the one that is due first at the top. Two queries."""
    return sorted([*_people(user), *_coordinators(user)], key=lambda one: (one.due, one.name))


def with_duties(people: QuerySet[Person], user: User, *, today: date) -> QuerySet[Any]:
    """Persons (oneself) with what waits: `untold` and `unconfirmed` counts, key of a `breach`; no further query."""
    before = timezone.make_aware(datetime.combine(today - TELL_WITHIN, datetime.min.time()))
    late = _contacts(user).filter(created_at__lt=before)
    rows = _rows(user).filter(submission__submitted_at__lt=before)
    old = Contact.objects.visible_to(user).in_care_of(user).to_confirm(Contact.confirmed_too_long_ago())
    breach = Breach.objects.visible_to(user).to_report().order_by("found_at", "pk")
    return people.annotate(
        untold=_number(late, "person") + _number(rows, "pk"),
        unconfirmed=_number(old, "pk"),
        breach=Subquery(breach.values("pk")[:1]),
    )


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    counted = rows.order_by().values(all=Value(1)).annotate(number=Count(of, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


def _contacts(user: User) -> Any:
    return Contact.objects.visible_to(user).looked_after_by(user).to_tell()


def _rows(user: User) -> Any:
    return Coordinator.objects.visible_to(user).to_tell()


def _people(user: User) -> list[ToTell]:
    found: dict[int, ToTell] = {}
    for contact in _contacts(user).with_person().order_by("created_at", "pk")[:MOST]:
        by = contact.created_by.label if contact.created_by else ""
        url = reverse("person_tell", args=[contact.person_id])
        since = contact.created_at
        found.setdefault(contact.person_id, ToTell(contact.person.name, "", by, since, due_day(since), url))
    return list(found.values())


def _coordinators(user: User) -> list[ToTell]:
    rows = _rows(user).with_places().select_related("submission__submitted_by__person")
    found = []
    for row in rows.order_by("submission__submitted_at", "pk")[:MOST]:
        sent = row.submission
        by = sent.submitted_by.label if sent.submitted_by else ""
        url = reverse("coordinator_tell", args=[row.pk])
        since = sent.submitted_at
        found.append(ToTell(row.name, sent.tambon.full_name, by, since, due_day(since), url))
    return found
