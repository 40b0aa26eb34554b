"""Erasure over all apps: in one transaction, with a log that says that it happened and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from meetings import privacy as meetings
from nakhon_network.lib.traces import Traces
from organizations import erasing as words
from organizations import privacy as organizations
from organizations.models import AuditEntry, Erasure, Person, User
from organizations.models.audit import Verb
from organizations.resources import forget_uploads
from tambon_survey import privacy as survey
from tambon_survey.models import Coordinator

# Tables of installed packages that may hold what somebody typed.
PACKAGES = ("admin", "account", "socialaccount", "usersessions")


@dataclass(frozen=True)
class Plan:
    """What an erasure reaches: records of the person, rows of surveys, numbers to look for everywhere else."""

    people: list[Person]
    rows: list[Coordinator]
    traces: Traces
    shared: int


class _Rehearsed(Exception):
    """Undoes everything."""


def plan_for_person(person: Person) -> Plan:
    """All that leads to a person. A number somebody else has too is taken from the person's own rows only."""
    people = words.everybody(person)
    values = words.ways_to_reach(people)
    shared = words.also_of_others(values, people=people)
    rows = survey.rows_of(people, values - shared)
    values |= survey.ways_to_reach(rows)
    shared |= words.also_of_others(values, people=people)
    return Plan(people, rows, _traces(values - shared), len(shared))


def plan_for_row(row: Coordinator) -> Plan:
    """All that leads to somebody a survey names and who has no record of their own."""
    rows = survey.with_carried([row])
    values = survey.ways_to_reach(rows)
    shared = words.also_of_others(values, people=[])
    return Plan([], rows, _traces(values - shared), len(shared))


def _traces(values: Iterable[str]) -> Traces:
    with translation.override(settings.LANGUAGE_CODE):
        return Traces.of(values, instead=_("(erased)"))


def rehearse(plan: Plan, *, by: User, now: datetime) -> dict[str, int]:
    """What an erasure would take, by table; only reads, and holds nobody up."""
    hand = words.Hand(by=by, now=now, is_rehearsal=True)
    _erase(plan, hand)
    return dict(hand.counts)


@transaction.atomic
def erase(thing: Person | Coordinator, *, reason: str, by: User, now: datetime) -> Erasure:
    """Take it all out, delete the files once that holds, and write down that it was done.

    What leads to the person is looked for once nobody can change it any more: the page may be hours old.
    """
    plan = _locked(thing)
    hand = words.Hand(by=by, now=now)
    files = _erase(plan, hand)
    said = plan.traces.out_of(reason) or _("(erased)")
    done = Erasure.objects.create(
        person=plan.people[0] if plan.people else None,
        kind=thing._meta.label_lower,
        key=str(thing.pk),
        reason=said[:300],
        counts=dict(hand.counts),
        done_at=now,
        done_by=by,
    )
    AuditEntry.objects.record(Verb.ERASE, thing, by=by, reason=said[:300])
    transaction.on_commit(lambda: _sweep(files))
    return done


def _locked(thing: Person | Coordinator) -> Plan:
    if isinstance(thing, Person):
        return plan_for_person(words.lock(thing))
    return plan_for_row(Coordinator.objects.select_for_update(of=("self",)).get(pk=thing.pk))


def _erase(plan: Plan, hand: words.Hand) -> list[str]:
    files = survey.erase(plan.rows, plan.traces, hand)
    files += meetings.erase(plan.people, plan.traces, hand)
    if plan.people:
        organizations.erase(plan.people, plan.traces, hand)
    else:
        words.redact_traces([], plan.traces, hand)
    tables = [model for label in PACKAGES for model in apps.get_app_config(label).get_models()]
    words.take_out_of_all(tables, plan.traces, hand)
    return files


def _sweep(files: list[str]) -> None:
    """What lies outside the tables: files, and sheets that wait in the cache; limits of signing in stay."""
    _delete(files)
    forget_uploads()


def _delete(files: list[str]) -> None:
    for name in files:
        default_storage.delete(name)


def expire(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """Erase what was kept long enough, by the policy file; by table, how many. A dry run only counts."""
    try:
        with transaction.atomic():
            counts, files = survey.expire(now=now)
            counts += organizations.expire(now=now)
            if dry_run:
                raise _Rehearsed
            transaction.on_commit(lambda: _delete(files))
    except _Rehearsed:
        pass
    return dict(counts)


def tables_in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """(what a table is called, how many) of the counts of an erasure."""
    return [(str(apps.get_model(label)._meta.verbose_name_plural), number) for label, number in counts.items()]
