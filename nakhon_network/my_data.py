"""Everything that is kept on one person, from every table: as values that a page draws and a file holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from nakhon_network import erasing
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.templatetags.thai import partial_date, phone, thai_date, thai_datetime
from organizations import access
from organizations.erasing import holding, words_of
from organizations.history import line_of
from organizations.models import AuditEntry, Person, User
from organizations.models.audit import Verb

TABLES = ("organizations", "meetings", "tambon_survey", "account", "socialaccount", "usersessions", "mfa", "admin")
SECRET = {"password", "secret", "token_hash", "data", "session_key", "token", "token_secret", "extra_data"}
WORKING = {"sort_key", "search_key", "loose_key", "name_key", "username_key", "id"}
HISTORY = {"organizations.auditentry", "organizations.auditsubject"}


@dataclass
class Held:
    """What one table holds: `rows` are (label, value) pairs, `note` a sentence in place of rows."""

    table: str
    title: str
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The shape of the file."""
        return {"table": self.table, "title": self.title, "note": self.note, "rows": [dict(row) for row in self.rows]}


def held_on(person: Person, *, viewer: User) -> list[Held]:
    """What is kept on a person and the records merged into it; who did something is named where the viewer may know."""
    plan = erasing.plan_for_person(person)
    keys = [one.pk for one in plan.people]
    users = list(User.objects.filter(person__in=keys))
    found = [_own(Person, Person.objects.filter(pk__in=keys)), _own(User, User.objects.filter(person__in=keys))]
    for model in _tables():
        own = _of_person(model, keys, users)
        found.append(_own(model, own))
        found.append(_mentions(model, plan, own))
        found.append(_done(model, users))
    found += [_history(plan.people, viewer), _own_doings(users), _exports(plan)]
    return [one for one in found if one.rows or one.note]


def _tables() -> Iterable[type[models.Model]]:
    models_ = [model for label in TABLES for model in apps.get_app_config(label).get_models()]
    return [model for model in models_ if model not in (Person, User) and model._meta.label_lower not in HISTORY]


def _relations(model: type[models.Model], to: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if one.is_relation and one.related_model is to]


def _of_person(model: type[models.Model], keys: list[int], users: list[User]) -> models.QuerySet[Any]:
    """Rows that are the person's: by a link to the person, or to the account as its owner."""
    wanted = models.Q(pk__in=[])
    for name in _relations(model, Person):
        wanted |= models.Q(**{f"{name}__in": keys})
    if "user" in _relations(model, User):
        wanted |= models.Q(user__in=users)
    return model._base_manager.filter(wanted)


def _own(model: type[models.Model], rows: models.QuerySet[Any]) -> Held:
    return Held(model._meta.label_lower, str(model._meta.verbose_name_plural), [_facts(row) for row in rows])


def _mentions(model: type[models.Model], plan: erasing.Plan, own: models.QuerySet[Any]) -> Held:
    """How many rows hold one of the person's numbers in their words; the words are others' and are not given."""
    columns, count = words_of(model), 0
    for row in holding(model, plan.traces).exclude(pk__in=own.values("pk")) if plan.traces else ():
        count += any(plan.traces.stand_in(str(getattr(row, one.attname))) for one in columns)
    title = _("%(table)s that mention a number of yours") % {"table": model._meta.verbose_name_plural}
    return Held(model._meta.label_lower, title, [[(_("rows"), str(count))]] if count else [])


def _done(model: type[models.Model], users: list[User]) -> Held:
    """How many rows say that the person entered or changed them."""
    rows = []
    for name in _relations(model, User):
        count = 0 if name == "user" else model._base_manager.filter(**{f"{name}__in": users}).count()
        if count:
            column: Any = model._meta.get_field(name)
            rows.append([(str(column.verbose_name), str(count))])
    title = _("%(table)s that name you as the one who did it") % {"table": model._meta.verbose_name_plural}
    return Held(model._meta.label_lower, title, rows)


def _history(people: list[Person], viewer: User) -> Held:
    return _lines(_("History of your record"), AuditEntry.objects.about(*people), viewer)


def _own_doings(users: list[User]) -> Held:
    """When, and what kind of thing: on whom and with which values is others' data, one's own is in the history."""
    done = AuditEntry.objects.filter(by__in=users).order_by("-at", "-pk")
    rows = [[(_("when"), str(thai_datetime(one.at))), (_("what"), one.get_verb_display())] for one in done]
    return Held("organizations.auditentry", _("What you did"), rows)


def _exports(plan: erasing.Plan) -> Held:
    """When files with contacts were taken out of a round or a province the person stands in, and how many contacts.

    Who took one and why is theirs, or others', and is not given.
    """
    rounds = {str(row.submission.round_id) for row in plan.rows}
    lineages = [one.post.area.lineage() for person in plan.people for one in person.appointments.with_areas()]
    provinces = {str(key) for lineage in lineages for level, key in lineage if level == access.Level.PROVINCE}
    taken = AuditEntry.objects.filter(verb=Verb.EXPORT).filter(
        models.Q(kind="tambon_survey.round", key__in=rounds)
        | models.Q(kind="organizations.province", key__in=provinces)
    )
    rows = []
    for one in taken.order_by("-at", "-pk"):
        number = one.changes.get("contacts_taken", [None, None])[1]
        rows.append(
            [(_("when"), str(thai_datetime(one.at))), (_("contacts in the file"), str(number or _("not known")))]
        )
    return Held("organizations.auditentry", _("Files with contacts that may have held yours"), rows)


def _lines(title: str, entries: models.QuerySet[AuditEntry], viewer: User) -> Held:
    found = list(entries.select_related("by__person").order_by("-at", "-pk"))
    actors = {one.by.person_id for one in found if one.by and one.by.person_id}
    known = set(Person.objects.filter(pk__in=actors).known_to(viewer).values_list("pk", flat=True))
    rows = [
        _line(one, names=one.by_id == viewer.pk or (one.by is not None and one.by.person_id in known)) for one in found
    ]
    return Held("organizations.auditentry", title, rows)


def _line(entry: AuditEntry, *, names: bool) -> list[tuple[str, str]]:
    line = line_of(entry, names_actor=names)
    changes = "; ".join(f"{label}: {old or '–'} → {new or '–'}" for label, old, new in line.changes)
    cells = [
        (_("when"), thai_datetime(line.at)), (_("who"), line.who), (_("what"), line.sentence),
        (_("changes"), changes), (_("reason"), line.reason),
    ]  # fmt: skip
    return [(label, str(value)) for label, value in cells if value]


def _facts(row: models.Model) -> list[tuple[str, str]]:
    found = []
    for one in row._meta.concrete_fields:
        if one.name in WORKING:
            continue
        value = _("kept, not shown") if one.name in SECRET else _shown(row, one)
        if value:
            found.append((str(one.verbose_name), value))
    return found


def _shown(row: models.Model, one: Any) -> str:
    value = getattr(row, one.name)
    if value is None or value == "":
        return ""
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, PartialDate):
        return partial_date(value)
    if isinstance(value, datetime):
        return str(thai_datetime(value))
    if isinstance(value, date):
        return str(thai_date(value))
    return phone(value) if one.name == "phone" else str(value)
