"""Many forms saved at once: section by section as `entry.save_section` does it, in a few statements for all."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from nakhon_network.lib.upserts import Upsert
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.actions.entry import Merge, topic_of, upsert, write_saves
from tambon_survey.forms.delta import HEAD_SECTION, SECTIONS, Delta
from tambon_survey.models import ROSTERS, State, Step, Submission, Topic
from tambon_survey.models.roster_rows import RosterRow

SECTIONS_AT_ONCE = 800
_KEPT = [field.name for field in Submission._meta.concrete_fields]
_FORMS = Upsert(Submission, _KEPT, updates=[name for name in _KEPT if name not in ("id", "round", "tambon")])


def save_sections(
    deltas: Iterable[tuple[Submission, Delta]],
    *,
    by: User | None,
    now: datetime,
    source: str,
) -> None:
    """Write deltas, at most one for each section of a submission.

    The caller holds the transaction, has locked the submissions with their round and tambon, and made sure that they
    take answers and stand at the base of their deltas: nothing is merged. Raises Refused for a row of another form.
    """
    waiting = iter(deltas)
    while some := list(islice(waiting, SECTIONS_AT_ONCE)):
        written = []
        for section in SECTIONS:
            merges = list(_merged(section, [one for one in some if one[1].section == section]))
            _write(merges, section=section, source=source, by=by, now=now)
            written += [merge.submission for merge in merges]
        _keep(list({one.pk: one for one in written}.values()), by=by, now=now)


def _merged(section: str, some: list[tuple[Submission, Delta]]) -> Iterator[Merge]:
    """What changes something."""
    rows = _rows(section, some)
    for submission, delta in some:
        merge = Merge(submission, delta, [])
        merge.known = rows[submission.pk]
        merge.standing = [row for row in merge.known.values() if not row.is_removed]
        if new := [key for key in delta.rows if key not in merge.known]:
            delta.order = [*(row.pk for row in merge.standing), *new]  # as the file has them
        merge.head()
        merge.rows()
        if merge.changes:
            yield merge


def _write(merges: list[Merge], *, section: str, by: User | None, now: datetime, source: str) -> None:
    """The rows of one section and the saves."""
    if section != HEAD_SECTION:
        upsert(section, [row for merge in merges for row in merge.touched.values()])
    for merge in merges:
        if section != HEAD_SECTION:
            merge.submission.summarize([topic_of(merge)])
        merge.submission.revision += 1
    write_saves(merges, source=source, by=by, now=now)


def _rows(section: str, some: list[tuple[Submission, Delta]]) -> dict[int, dict[uuid.UUID, RosterRow]]:
    """The rosters of some submissions, removed rows included; refuses a delta that names a row of another form."""
    found: dict[int, dict[uuid.UUID, RosterRow]] = defaultdict(dict)
    if section == HEAD_SECTION or not some:
        return found
    model = ROSTERS[Topic(section)]
    for row in model.objects.filter(submission__in=[one for one, _delta in some]).in_order():
        found[row.submission_id][row.pk] = row
    unknown = {key for submission, delta in some for key in delta.row_ids - set(found[submission.pk])}
    if unknown and model.objects.filter(pk__in=unknown).exists():
        raise Refused(_("One of these rows belongs to another form. Please send the file again."))
    return found


def _start(submissions: list[Submission], *, by: User | None, now: datetime) -> None:
    """Those nobody had begun are drafts now: a step and a line of history each."""
    begun = [one for one in submissions if one.state == State.NOT_STARTED]
    old, new = State.NOT_STARTED.value, State.DRAFT.value
    for one in begun:
        one.state = new
    Step.objects.bulk_create(
        Step(submission=one, move="start", from_state=old, to_state=new, made_at=now, made_by=by) for one in begun
    )
    AuditEntry.objects.record_each(Verb.CHANGE, ((one, {"state": [old, new]}, [one.tambon]) for one in begun), by=by)


def _keep(submissions: list[Submission], *, by: User | None, now: datetime) -> None:
    """The submissions themselves, with who saved them."""
    _start(submissions, by=by, now=now)
    for one in submissions:
        one.saved_at, one.saved_by = now, by
    _FORMS.write_objects(submissions)
