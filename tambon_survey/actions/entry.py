"""The one door for answers: a section's changes are merged, written and remembered in one short transaction.

A replay of a save answers as the first time and changes nothing. A save on an older revision is merged cell by cell:
what only one side touched stays; a cell that both changed is left as it is and handed back as a `Conflict`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nakhon_network.lib.prepared import Prepared, Slot
from nakhon_network.lib.upserts import Upsert
from nakhon_network.privacy_policy import NOTICE_VERSION
from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import User
from organizations.problems import Refused
from tambon_survey.actions.moving import move
from tambon_survey.answers import FIELDS, HAS, NOT_ASKED, TopicAnswer
from tambon_survey.forms.delta import HEAD_SECTION, MOST_ROWS, Delta
from tambon_survey.models import ROSTERS, Save, Standing, State, Submission, Topic
from tambon_survey.models.roster_rows import RosterRow, plain

KEPT, REMOVED = "kept", "removed"
# Sections that name people: a notice stands above them.
NOTICED = (Topic.COORDINATORS, Topic.TEAM)


_LOCKED = Prepared(
    lambda: Submission.objects.select_for_update(of=("self",)).select_related("round").filter(pk=Slot("key"))
)
_EARLIER = Prepared(
    lambda: (
        Save.objects.filter(submission=Slot("submission"))
        .filter(Q(mutation=Slot("mutation")) | Q(revision__gt=Slot("base")))
        .select_related("saved_by__person")
        .order_by("revision")
    )
)


_SAVES = Upsert(
    Save,
    ["submission", "mutation", "revision", "section", "changes", "source", "notice_version", "saved_at", "saved_by"],
)


@cache
def _roster(topic: Topic, number: int) -> Prepared:
    """The rows of a submission, and as many more by their keys, whosever they are."""
    named = Q(pk__in=[Slot(f"row{one}") for one in range(number)])
    return Prepared(lambda: ROSTERS[topic].objects.filter(Q(submission=Slot("submission")) | named).in_order())


class Locked(Refused):
    """The answers cannot be changed now: sent, approved, closed or taken off the list."""


@dataclass(frozen=True)
class Conflict:
    """One place both sides changed: `yours` was not written, `theirs` stands; cells as `plain` values."""

    place: str
    yours: Any
    theirs: Any
    by: User | None
    at: datetime | None


@dataclass
class Saved:
    """What became of a save: the revision reached, when, whether it was a replay, and what was left out.

    `theirs` maps the places that others changed since the base, and this save did not, to what stands there now.
    """

    submission: Submission
    at: datetime
    is_replay: bool = False
    changes: dict[str, list[Any]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def save_section(submission: Submission, *, delta: Delta, by: User | None, now: datetime) -> Saved:
    """Merge and write one section's changes at `now`, the server's clock.

    Raises Locked when the answers cannot be changed now, Refused for rows that are not this submission's and for more
    rows than a roster holds. Statements do not grow with the rows: lock, saves since, rows, upsert, save, summary.
    """
    locked = _LOCKED.first(key=submission.pk)
    earlier = _EARLIER.rows(submission=submission.pk, mutation=delta.mutation, base=delta.base)
    others = [save for save in earlier if save.section == delta.section and save.mutation != delta.mutation]
    merge = Merge(locked, delta, others)
    merge.read_rows()
    if replayed := next((save for save in earlier if save.mutation == delta.mutation), None):
        return Saved(locked, replayed.saved_at, True, replayed.changes, theirs=merge.theirs_now(replayed.changes))
    if not locked.takes_answers_at(now):
        raise Locked(why_locked(locked, now))
    merge.head()
    merge.rows()
    if merge.changes:
        _write(merge, by=by, now=now)
    return Saved(locked, now, False, merge.changes, merge.conflicts, merge.theirs_now(merge.changes))


def why_locked(submission: Submission, now: datetime) -> str:
    """Why the answers cannot be changed at `now`, and what to do about it."""
    if submission.dropped_at is not None:
        return _("This tambon was taken off the list of the round. Ask the provincial working group.")
    if submission.state == State.SUBMITTED:
        return _("Sent to the zone: nothing can be changed while the zone reviews. Ask your zone to send it back.")
    if submission.state in (State.APPROVED, State.ACCEPTED):
        return _("Approved by the zone, so it can only be read. Ask your zone to send it back if something is wrong.")
    if submission.round.opened_at is None or now < submission.round.opens_at:
        return _("The round has not opened yet.")
    closed = thai_datetime(submission.closes_at())
    return _("The round closed on %(when)s. Ask your zone or the provincial working group for more time.") % {
        "when": closed
    }


class Merge:
    """One delta against what stands: collects what changes, what conflicts and which rows to write."""

    def __init__(self, submission: Submission, delta: Delta, since: list[Save]) -> None:
        self.submission, self.delta = submission, delta
        self.changes: dict[str, list[Any]] = {}
        self.conflicts: list[Conflict] = []
        self.known: dict[uuid.UUID, RosterRow] = {}
        self.touched: dict[uuid.UUID, RosterRow] = {}
        self.standing: list[RosterRow] = []
        # Place → (value at the base, who last changed it since, when).
        self.theirs: dict[str, tuple[Any, User | None, datetime]] = {}
        for save in since:
            for place, (old, _new) in save.changes.items():
                base = self.theirs[place][0] if place in self.theirs else old
                self.theirs[place] = (base, save.saved_by, save.saved_at)

    def takes(self, place: str, *, now: Any, yours: Any) -> bool:
        """Whether `yours` is to be written over `now` at a place; a conflict is noted."""
        base, by, at = self.theirs.get(place, (now, None, None))
        if yours in (base, now):
            return False
        if place in self.theirs:
            self.conflicts.append(Conflict(place, yours, now, by, at))
            return False
        self.changes[place] = [now, yours]
        return True

    def head(self) -> None:
        """Informant and manner, or a topic's answer and remark."""
        for name, yours in self.delta.head.items():
            if name == "answer" and not yours:
                continue
            column = self._column(name)
            if self.takes(f".{name}", now=getattr(self.submission, column), yours=yours):
                setattr(self.submission, column, yours)

    def _column(self, name: str) -> str:
        return name if self.delta.section == HEAD_SECTION else f"{self.delta.section}_{name}"

    def read_rows(self) -> None:
        """The section's roster, removed rows included; refuses rows of another submission."""
        if self.delta.section == HEAD_SECTION:
            return
        ids = {f"row{number}": row for number, row in enumerate(self.delta.row_ids)}
        found = _roster(Topic(self.delta.section), len(ids)).rows(submission=self.submission.pk, **ids)
        if any(row.submission_id != self.submission.pk for row in found):
            raise Refused(_("One of these rows belongs to another form. Please reload the page."))
        self.known = {row.pk: row for row in found}
        self.standing = [row for row in found if not row.is_removed]

    def rows(self) -> None:
        """Cells, rows come and gone, confirmations and the order of the section's roster."""
        if self.delta.section == HEAD_SECTION:
            return
        for key, cells in self.delta.rows.items():
            self._cells(self.known.get(key), key, cells)
        for key in self.delta.restored & set(self.known):
            self._existence(self.known[key], removed=False)
        for key in self.delta.removed & set(self.known):
            self._existence(self.known[key], removed=True)
        self._stand()
        everything = {**self.known, **self.touched}
        self.standing = [row for row in everything.values() if not row.is_removed]
        if len(self.standing) > MOST_ROWS:
            raise Refused(_("A list holds at most %(count)s rows.") % {"count": MOST_ROWS})
        self._arrange()
        self._answer()

    def theirs_now(self, own: dict[str, list[Any]]) -> dict[str, Any]:
        """What others changed since the base as it stands now, without what this save changed or left in conflict."""
        left = set(self.theirs) - set(own) - {conflict.place for conflict in self.conflicts}
        return {place: self._now(place) for place in left if not place.endswith("_id")}

    def _now(self, place: str) -> Any:
        key, _dot, name = place.partition(".")
        if not key:
            order = [str(row.pk) for row in self.standing]
            return order if name == "order" else getattr(self.submission, self._column(name))
        row = self.known[uuid.UUID(key)]
        return plain(getattr(row, name)) if name else REMOVED if row.is_removed else KEPT

    def _cells(self, row: RosterRow | None, key: uuid.UUID, cells: dict[str, Any]) -> None:
        said = str(key)
        if row is None:
            row = ROSTERS[Topic(self.delta.section)](id=key, submission=self.submission, position=MOST_ROWS)
            self._touch(row, said, [None, KEPT])
            for name, yours in cells.items():
                setattr(row, name, yours)
                self.changes[f"{said}.{name}"] = [None, plain(yours)]
            return
        if row.is_removed and key not in self.delta.restored:
            _base, by, at = self.theirs.get(said, (None, None, None))
            self.conflicts.append(Conflict(said, KEPT, REMOVED, by, at))
            return
        for name, yours in cells.items():
            if self.takes(f"{said}.{name}", now=plain(getattr(row, name)), yours=plain(yours)):
                setattr(row, name, yours)
                self.touched[key] = row
                if row.record and name == row.record_named_in:
                    self._follow(row, f"{row.record}_id", None)  # another name: not the same body or person any more
                if row.standing in (Standing.CARRIED, Standing.CONFIRMED):
                    self._follow(row, "standing", Standing.CHANGED.value)

    def _existence(self, row: RosterRow, *, removed: bool) -> None:
        if row.is_removed == removed:
            return
        edited = [place for place in self.theirs if place.startswith(f"{row.pk}.")]
        if removed and edited:
            _base, by, at = self.theirs[edited[-1]]
            self.conflicts.append(Conflict(str(row.pk), REMOVED, KEPT, by, at))
            return
        row.is_removed = removed
        self._touch(row, str(row.pk), [KEPT, REMOVED] if removed else [REMOVED, KEPT])

    def _stand(self) -> None:
        """Rows of the last round that are said to be true still, and what goes back with cells that go back."""
        for key in self.delta.confirmed & set(self.known):
            if self.known[key].standing == Standing.CARRIED:
                self._follow(self.known[key], "standing", Standing.CONFIRMED.value)
        for key, columns in self.delta.follows.items():
            for name, value in columns.items():
                self._follow(self.known[key], name, value)

    def _follow(self, row: RosterRow, name: str, value: Any) -> None:
        """A column that nobody types: remembered with the cells it follows, so that it can go back with them."""
        old = getattr(row, name)
        if old != value:
            setattr(row, name, value)
            self._touch(row, f"{row.pk}.{name}", [old, value])

    def _touch(self, row: RosterRow, place: str, change: list[Any]) -> None:
        self.touched[row.pk] = row
        self.changes[place] = change

    def _arrange(self) -> None:
        """Positions in the order the browser showed; rows it did not know keep their place behind."""
        # UUIDs stand in the order of their texts.
        before = [row.pk for row in sorted(self.standing, key=lambda row: (row.position, row.pk))]
        wanted = {key: at for at, key in enumerate(self.delta.order or ())}
        self.standing.sort(key=lambda row: (wanted.get(row.pk, len(wanted)), row.position, row.pk))
        for at, row in enumerate(self.standing):
            if row.position != at:
                row.position = at
                self.touched[row.pk] = row
        after = [row.pk for row in self.standing]
        kept = set(after)
        old = [key for key in before if key in kept]
        if self.delta.order is not None and old != after and set(old) == kept:
            new_rows = {place for place, change in self.changes.items() if change == [None, KEPT]}
            if [key for key in after if str(key) not in new_rows] != [key for key in old if str(key) not in new_rows]:
                self.changes[".order"] = [list(map(str, old)), list(map(str, after))]

    def _answer(self) -> None:
        """A new row under a topic that nobody has asked about says that there is one."""
        column = f"{self.delta.section}_answer"
        is_new = [None, KEPT] in self.changes.values()
        if is_new and getattr(self.submission, column) == NOT_ASKED:
            setattr(self.submission, column, HAS)
            self.changes[".answer"] = [NOT_ASKED, HAS]


def _write(merge: Merge, *, by: User | None, now: datetime) -> None:
    """Rows in one upsert, the save, and the submission with its summary."""
    submission, section = merge.submission, merge.delta.section
    columns = {"revision", "saved_at", "saved_by"}
    if section == HEAD_SECTION:
        columns |= {"informant", "manner"}
    else:
        upsert(section, list(merge.touched.values()))
        columns |= {f"{section}_answer", f"{section}_remark"} | submission.summarize([topic_of(merge)])
    if submission.state == State.NOT_STARTED:
        move(submission, "start", by=by, now=now)
    submission.revision += 1
    submission.saved_at, submission.saved_by = now, by
    submission.save(update_fields=columns)
    write_saves([merge], source=submission.manner, by=by, now=now)


def write_saves(merges: Iterable[Merge], *, source: str, by: User | None, now: datetime) -> None:
    """Remember what was changed at the revision each form has now, in one statement."""
    key = by.pk if by is not None else None
    rows = []
    for merge in merges:
        form, delta = merge.submission, merge.delta
        notice = NOTICE_VERSION if delta.section in NOTICED else ""
        rows.append([form.pk, delta.mutation, form.revision, delta.section, merge.changes, source, notice, now, key])
    _SAVES.write(rows)


@cache
def _rows_of(section: str) -> Upsert:
    model = ROSTERS[Topic(section)]
    columns = [*FIELDS[section], "position", "standing", "is_removed", *([model.record] if model.record else [])]
    columns += model.keys
    return Upsert(model, [field.name for field in model._meta.concrete_fields], updates=columns)


def upsert(section: str, rows: list[RosterRow]) -> None:
    """Write rows of one roster, known and new, in one statement; their cells are as form fields clean them."""
    for row in rows:
        row.refresh_keys()
    _rows_of(section).write_objects(rows)


def topic_of(merge: Merge) -> TopicAnswer:
    """The merged topic as rules read it."""
    section = merge.delta.section
    return TopicAnswer(
        topic=section,
        answer=getattr(merge.submission, f"{section}_answer"),
        remark=getattr(merge.submission, f"{section}_remark"),
        rows=tuple(row.as_value() for row in merge.standing),
    )
