"""What this app holds on a person, and how it erases it. Names and answers stay; ways to reach people go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any, cast
from uuid import UUID

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from nakhon_network.lib.traces import Traces
from nakhon_network.privacy_policy import AFTER_IMPORT, AFTER_NOTICE, AFTER_ROUND
from organizations.erasing import Counts, Hand, take_out, take_out_of_all
from organizations.models import Person
from tambon_survey.models import Coordinator, ImportBatch, Notice, Packet, Round, Save, Snapshot
from tambon_survey.models.packets import checksum_of

REACH = ("phone", "line")
State = ImportBatch.State


def rows_of(people: Iterable[Person], values: Iterable[str] = ()) -> list[Coordinator]:
    """Rows that name one of some persons, and rows without a record that have one of the numbers."""
    linked = Q(person__in=[person.pk for person in people])
    wanted = [one for one in values if one]
    same = Q(person__isnull=True) & (Q(phone__in=wanted) | Q(line__in=wanted))
    return with_carried(Coordinator.objects.filter(linked | same))


def with_carried(rows: Iterable[Coordinator]) -> list[Coordinator]:
    """Rows, those they were carried from, and those carried from them, through all rounds."""
    found = {row.pk: row for row in rows}
    waiting = list(found.values())
    while waiting:
        keys = [row.pk for row in waiting]
        before = [row.carried_from for row in waiting if row.carried_from]
        near = Coordinator.objects.filter(Q(pk__in=before) | Q(carried_from__in=keys))
        waiting = [row for row in near if row.pk not in found]
        found |= {row.pk: row for row in waiting}
    return list(found.values())


def ways_to_reach(rows: Iterable[Coordinator]) -> set[str]:
    """Every number and LINE ID of some rows, those of before in their saves too."""
    found, places = set(), set()
    for row in rows:
        found |= {row.phone, row.line}
        places |= {f"{row.pk}.{name}" for name in REACH}
    for save in _saves(rows):
        for place in places & set(save.changes):
            found |= {str(one) for one in save.changes[place] if one}
    return found - {""}


def erase(rows: list[Coordinator], traces: Traces, hand: Hand) -> list[str]:
    """Telephone and LINE of some rows wherever they were copied, numbers in words; files to delete."""
    keys = {row.pk for row in rows}
    hand.change(Coordinator.objects.filter(pk__in=keys).exclude(phone="", line=""), phone="", line="")
    for save in _saves(rows):
        _blank_save(save, keys, hand)
    for copy in _copies(rows):
        _blank_copy(copy, keys, hand)
    batches, names = _files_holding(traces)
    for batch in batches:
        _drop_file(batch, hand)
    tables = [model for model in apps.get_app_config("tambon_survey").get_models() if model is not Packet]
    take_out_of_all(tables, traces, hand)
    _packets(traces, hand)
    return names


def _saves(rows: Iterable[Coordinator]) -> list[Save]:
    return list(Save.objects.filter(submission__in={row.submission_id for row in rows}, section="coordinators"))


def _copies(rows: Iterable[Coordinator]) -> list[Snapshot]:
    return list(Snapshot.objects.filter(submission__in={row.submission_id for row in rows}))


def _blank_save(save: Save, keys: set[UUID], hand: Hand) -> None:
    """A save that knows nothing of the row's telephone and LINE any more."""
    places = {f"{key}.{name}" for key in keys for name in REACH} & set(save.changes)
    if places:
        left = {place: change for place, change in save.changes.items() if place not in places}
        hand.change(Save.objects.filter(pk=save.pk), changes=left)


def _blank_copy(copy: Snapshot, keys: set[UUID], hand: Hand) -> None:
    texts, changed = {str(key) for key in keys}, False
    for row in copy.content.get("topics", {}).get("coordinators", {}).get("rows", []):
        if row["id"] in texts and any(row["values"].get(name) for name in REACH):
            row["values"] |= dict.fromkeys(REACH, "")
            changed = True
    if changed:
        hand.change(Snapshot.objects.filter(pk=copy.pk), content=copy.content)


def _packets(traces: Traces, hand: Hand) -> None:
    """A packet holds no way to reach anybody but what was typed into its words; its checksum is then that of today."""
    stamp: dict[str, Any] = {"redacted_at": hand.now, "redacted_by": hand.by}
    for packet in Packet.objects.filter(pk__in=take_out(Packet, traces, hand, **stamp)):
        hand.change(Packet.objects.filter(pk=packet.pk), checksum=checksum_of(packet.content), **stamp)


def _files_holding(traces: Traces) -> tuple[list[ImportBatch], list[str]]:
    """Files that were brought in and hold a number, in themselves or in their plan; with the names to delete."""
    found, names = [], []
    for batch in ImportBatch.objects.exclude(file="") if traces else ():
        own = [name for name in (str(batch.file.name), batch.plan_name) if default_storage.exists(name)]
        if any(_holds(name, traces) for name in own):
            found.append(batch)
            names += own
    return found, names


def _holds(name: str, traces: Traces) -> bool:
    with default_storage.open(name, "rb") as file:
        return traces.in_file(cast(IO[bytes], file))


def _drop_file(batch: ImportBatch, hand: Hand) -> None:
    """The batch without its file: what it wrote stays, what it did not write is not written any more."""
    fields: dict[str, Any] = {"file": "", "erased_at": hand.now, "erased_by": hand.by}
    if batch.state not in (State.APPLIED, State.UNDOING, State.UNDONE):
        fields |= {"state": State.FAILED, "problem": _("The file was erased. Please send it again if it is needed.")}
    hand.change(ImportBatch.objects.filter(pk=batch.pk), **fields)


# ---- what was kept long enough ------------------------------------------------------------------------------------
def expire(*, now: datetime) -> tuple[Counts, list[str]]:
    """Telephone and LINE of rounds closed for long, files that came in, old notices; (how many, files to delete)."""
    hand = Hand(by=None, now=now)
    closed = Round.objects.filter(closes_at__lt=now - AFTER_ROUND.span)
    rows = Coordinator.objects.filter(submission__round__in=closed).exclude(phone="", line="")
    hand.change(rows, phone="", line="")
    for save in _telling(Save, "changes", closed):
        left = {place: one for place, one in save.changes.items() if place.rpartition(".")[2] not in REACH}
        hand.change(Save.objects.filter(pk=save.pk), changes=left)
    for copy in _telling(Snapshot, "content", closed):
        found = copy.content.get("topics", {}).get("coordinators", {}).get("rows", [])
        _blank_copy(copy, {UUID(row["id"]) for row in found}, hand)
    old = ImportBatch.objects.exclude(file="").filter(made_at__lt=now - AFTER_IMPORT.span)
    names = []
    for batch in old.exclude(state__in=[State.READING, State.APPLYING, State.UNDOING]):
        names += [str(batch.file.name), batch.plan_name]
        _drop_file(batch, hand)
    hand.delete(Notice.objects.filter(made_at__lt=now - AFTER_NOTICE.span))
    return hand.counts, names


def _telling(model: Any, column: str, closed: QuerySet[Round]) -> QuerySet[Any]:
    """Saves or copies of some rounds that say how to reach somebody."""
    rows = model.objects.filter(submission__round__in=closed).alias(words=Cast(column, TextField()))
    if model is Save:
        return rows.filter(section="coordinators").filter(words__regex=r'\.(phone|line)"')
    return rows.filter(words__regex=r'"(phone|line)": *"[^"]')
