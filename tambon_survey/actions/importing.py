"""A file comes in, is looked at, is written whole or not at all, and can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.lib.thai_text import clean
from organizations.models import AuditEntry, Province, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.actions import importing_directory as directory
from tambon_survey.actions.entry import why_locked
from tambon_survey.actions.many import save_sections
from tambon_survey.actions.restoring import reversal, typed
from tambon_survey.answers import FIELDS
from tambon_survey.directory_resources import INCOMING
from tambon_survey.forms.delta import HEAD_SECTION, Delta
from tambon_survey.importing import jobs, plan_file
from tambon_survey.importing.files import FileProblem, kind_of
from tambon_survey.importing.headings import TABLES
from tambon_survey.importing.layouts import all_layouts, layout_json, layouts_of
from tambon_survey.importing.planning import CHANGED, NEW, STOPPING, Finding, Prepared, Scope, findings, prepare
from tambon_survey.importing.tables import read
from tambon_survey.models import ImportBatch, RememberedColumns, Round, Save, Submission
from tambon_survey.resources import SUBMISSIONS

SOURCE = "document"
NAMED = 5
FORMS_AT_ONCE = 200
LONGEST_NAME = 255
State = ImportBatch.State


# ---- in -------------------------------------------------------------------------------------------------------------
def receive(within: Round | Province, *, file: File[bytes], by: User, now: datetime) -> ImportBatch:
    """Keep a file, for a round or for the directory of a province, and begin to read it."""
    batch = ImportBatch(original_name=clean(file.name or "")[:LONGEST_NAME], made_at=now, made_by=by)
    batch.round = within if isinstance(within, Round) else None
    batch.province = within if isinstance(within, Province) else None
    batch.heard_at = now
    batch.file.save(f"{batch.pk}.upload", file, save=False)
    batch.save(force_insert=True)
    jobs.start(batch)
    return batch


def read_again(batch: ImportBatch, *, now: datetime) -> None:
    """Begin anew with a file whose work failed, stopped without a word, or whose plan is old.

    Raises Refused while it is worked on, and once it was written.
    """
    with transaction.atomic():
        found = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if found.state in (State.APPLIED, State.UNDOING, State.UNDONE):
            raise Refused(_("This file was written already."))
        if found.is_busy and not found.has_stopped_at(now):
            raise Refused(_("The file is being worked on. Please wait a moment."))
        found.state, found.heard_at, found.problem = State.READING, now, ""
        found.save(update_fields=["state", "heard_at", "problem"])
    jobs.start(batch)


def choose_columns(batch: ImportBatch, *, chosen: Mapping[tuple[int, int], str], by: User, now: datetime) -> None:
    """Say what columns mean, by (table, column); remembered for files with the same headings, then read again.

    Raises Refused when the file does not ask.
    """
    with transaction.atomic():
        found = _locked(batch, State.ASKING, State.SHOWN)
        for number, layout in enumerate(layouts_of(found)):
            own = {column: meaning for (table, column), meaning in chosen.items() if table == number}
            if layout is not None and own:
                told = layout.with_meanings(own)
                found.layouts[number] = layout_json(told)
                RememberedColumns.objects.update_or_create(
                    province=found.home_province,
                    signature=layout.signature,
                    defaults={"meanings": list(told.meanings), "said_at": now, "said_by": by},
                )
        found.state, found.heard_at = State.READING, now
        found.save(update_fields=["layouts", "state", "heard_at"])
    jobs.start(batch)


def choose_bodies(batch: ImportBatch, *, chosen: Mapping[str, str], digest: str, now: datetime) -> None:
    """Say of doubtful rows which body each means, or that it is another; then the file is read again.

    Raises Refused when another plan was shown.
    """
    with transaction.atomic():
        found = _locked(batch, State.SHOWN)
        if digest != found.digest:
            raise Refused(_("The file was read again meanwhile. Please look at what it changes once more."))
        found.choices |= chosen
        found.state, found.heard_at = State.READING, now
        found.save(update_fields=["choices", "state", "heard_at"])
    jobs.start(batch)


def confirm(batch: ImportBatch, *, digest: str, by: User, now: datetime) -> None:
    """Begin to write what was shown. Raises Refused when something stops the file, or another plan was shown."""
    with transaction.atomic():
        found = _locked(batch, State.SHOWN)
        if any(found.counts.get(kind) for kind in STOPPING):
            raise Refused(_("Some rows cannot be written. Mend them in the file and send it again."))
        if digest != found.digest:
            raise Refused(_("The file was read again meanwhile. Please look at what it changes once more."))
        found.state, found.heard_at, found.applied_by = State.APPLYING, now, by
        found.save(update_fields=["state", "heard_at", "applied_by"])
    jobs.start(batch)


def take_back(batch: ImportBatch, *, by: User, now: datetime) -> None:
    """Begin to take back all that a batch wrote, or begin anew where that work stopped. Raises Refused otherwise."""
    with transaction.atomic():
        found = _locked(batch, State.APPLIED, State.UNDOING)
        if found.state == State.UNDOING and not found.has_stopped_at(now):
            raise Refused(_("The file is being worked on. Please wait a moment."))
        found.state, found.heard_at, found.problem, found.undone_by = State.UNDOING, now, "", by
        found.save(update_fields=["state", "heard_at", "problem", "undone_by"])
    jobs.start(batch)


# ---- the work, in a process of its own ----------------------------------------------------------------------------
def work(batch: ImportBatch, *, now: datetime) -> None:
    """The step the state of the batch asks for, if it asks for one. Raises Refused when it cannot be written."""
    if batch.state == State.READING:
        read_file(batch, now=now)
    elif batch.state == State.APPLYING:
        apply(batch, now=now)
    elif batch.state == State.UNDOING:
        undo(batch, now=now)


def read_file(batch: ImportBatch, *, now: datetime) -> None:
    """Read the file and write its plan; or say which columns nobody knows, or why it cannot be read."""
    try:
        known = _tables(batch)
        if not any(one.layout is not None for one in known):
            raise FileProblem(_("No sheet of this file has headings that are known here. Please use the template."))
        if not any(one.layout is not None and one.layout.is_read for one in known):
            _tell(batch, State.ASKING)
            return
        found = directory.plan(batch, known) if batch.is_of_directory else _plan(batch, known, now=now)
        batch.counts, batch.digest = plan_file.write(batch, found, sign=lambda: _sign(batch))
        _tell(batch, State.SHOWN)
    except FileProblem as why:
        fail(batch, why=str(why.message))


def _tables(batch: ImportBatch) -> list[Prepared]:
    """The tables of the file, and how each is read. Raises FileProblem."""
    path = Path(batch.file.path)
    among = INCOMING if batch.is_of_directory else TABLES
    tables = [prepare(table, among) for table in read(path, kind_of(path), name=batch.original_name)]
    batch.layouts = all_layouts(batch, tables)
    return [Prepared(one.name, layout, one.rows) for one, layout in zip(tables, layouts_of(batch), strict=True)]


def _plan(batch: ImportBatch, tables: list[Prepared], *, now: datetime) -> Iterator[Finding]:
    survey_round = cast(Round, batch.round)
    return findings(tables, Scope.of(survey_round, batch.made_by, now=now), batch=batch.pk)


def fail(batch: ImportBatch, *, why: str) -> None:
    """Say why the file cannot be read, written or taken back: what is in the forms stays as it is."""
    batch.problem = why[:500]
    _tell(batch, State.APPLIED if batch.state == State.UNDOING else State.FAILED)


def say_it_stopped(batch: ImportBatch) -> None:
    """The process that worked on it ended before the work did: what it was about to do, it did nothing of."""
    if batch.state == State.READING:
        why = _(
            "This file could not be read: it is damaged, or cells stand far outside its rows and columns."
            " Please delete what is empty, save it again and send the new one."
        )
    else:
        why = _("The work stopped in the middle, and nothing was half done. Please try again.")
    if batch.is_busy:
        fail(batch, why=why)


def _tell(batch: ImportBatch, state: str) -> None:
    """Keep what the work came to; if another process went on with the batch meanwhile, its word counts."""
    told = {name: getattr(batch, name) for name in ("layouts", "counts", "digest", "problem")}
    ImportBatch.objects.filter(pk=batch.pk, state=batch.state).update(state=state, **told)
    batch.state = state


@transaction.atomic
def apply(batch: ImportBatch, *, now: datetime) -> None:
    """Write the plan: everything or nothing. Raises Refused when a form is not any more what the plan was made for."""
    found = _locked(batch, State.APPLYING)
    if plan_file.digest_of(found) != found.digest:
        raise Refused(_("The file has to be read again. Nothing was written."))
    if found.is_of_directory:
        try:
            directory.write(found, _tables(found))
        except FileProblem as why:
            raise Refused(why.message) from why
    else:
        _write_answers(found, now)
    found.state, found.applied_at = State.APPLIED, now
    found.save(update_fields=["state", "applied_at", "written"])
    AuditEntry.objects.record(
        Verb.IMPORT,
        found,
        by=found.applied_by,
        changes={"rows": [None, sum(found.counts.get(kind, 0) for kind in (NEW, CHANGED))]},
        reason=found.original_name[:300],
        concerns=[found.within],
    )


def _write_answers(found: ImportBatch, now: datetime) -> None:
    planned = plan_file.by_form(found)
    forms = _lock_forms(planned, cast(Round, found.round), now)
    newer = [form.tambon.full_name for key, form in forms.items() if form.revision != planned[key].revision]
    if newer:
        raise Refused(
            _("Somebody saved meanwhile: %(names)s. Nothing was written. Please read the file again.")
            % {"names": ", ".join(newer[:NAMED])}
        )
    with plan_file.reading(found) as read:
        deltas = (
            (form, delta) for key, form in forms.items() for delta in _deltas(found, form, read(planned[key])).values()
        )
        save_sections(deltas, by=found.applied_by, now=now, source=SOURCE)


def _lock_forms(keys: Iterable[int], survey_round: Round, now: datetime) -> dict[int, Submission]:
    locked = Submission.objects.select_for_update(of=("self",)).select_related("tambon").order_by("pk")
    found = locked.in_bulk(list(keys))
    for one in found.values():
        one.round = survey_round
        if not one.takes_answers_at(now):
            raise Refused(f"{one.tambon.full_name}: {why_locked(one, now)}")
    return found


def _deltas(batch: ImportBatch, form: Submission, findings: Iterable[Finding]) -> dict[str, Delta]:
    """What the plan changes in a form, by section."""
    found: dict[str, Delta] = {}

    def of(section: str) -> Delta:
        if section not in found:
            key = mutation_of(batch, form.pk, section)
            found[section] = Delta(mutation=key, base=form.revision, section=section)
        return found[section]

    for one in findings:
        if one.holds != SUBMISSIONS:
            of(one.holds).rows[uuid.UUID(one.key)] = {name: typed(name, new) for name, (_old, new) in one.cells.items()}
            continue
        for name, (_old, new) in one.cells.items():
            section = _section_of(name)
            of(section).head[name.removeprefix(f"{section}_")] = new
    return found


def _section_of(name: str) -> str:
    topic = name.partition("_")[0]
    return topic if topic in FIELDS else HEAD_SECTION


def mutation_of(batch: ImportBatch, submission: int, section: str) -> uuid.UUID:
    """The key of the save a batch makes of one section of one form: the same whenever it is worked out."""
    return uuid.uuid5(batch.pk, f"{submission}:{section}")


# ---- back -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def undo(batch: ImportBatch, *, now: datetime) -> None:
    """Take back all a batch wrote, or nothing. Raises Refused when something was built on it, saying where."""
    found = _locked(batch, State.UNDOING)
    if found.is_of_directory:
        directory.take_back(found, by=cast(User, found.undone_by))
    else:
        _take_answers_back(found, now)
    found.state, found.undone_at = State.UNDONE, now
    found.save(update_fields=["state", "undone_at"])
    reason = found.original_name[:300]
    AuditEntry.objects.record(Verb.REMOVE, found, by=found.undone_by, reason=reason, concerns=[found.within])


def _take_answers_back(batch: ImportBatch, now: datetime) -> None:
    forms = _lock_written(batch, now)
    save_sections(_reversals(batch, forms), by=batch.undone_by, now=now, source=SOURCE)


def _lock_written(batch: ImportBatch, now: datetime) -> dict[int, Submission]:
    """The forms a batch wrote to; refused when one of them was saved since."""
    of_moment = Save.objects.filter(submission__round=batch.round, saved_at=batch.applied_at)
    last: dict[int, int] = {}
    for key, section, mutation, revision in of_moment.values_list("submission", "section", "mutation", "revision"):
        if mutation == mutation_of(batch, key, section):
            last[key] = max(revision, last.get(key, 0))
    forms = _lock_forms(last, cast(Round, batch.round), now)
    built_on = [form.tambon.full_name for key, form in forms.items() if form.revision != last[key]]
    if built_on:
        raise Refused(
            _("Somebody went on working in: %(names)s. The file cannot be taken back any more.")
            % {"names": ", ".join(built_on[:NAMED])}
        )
    return forms


def _reversals(batch: ImportBatch, forms: Mapping[int, Submission]) -> Iterator[tuple[Submission, Delta]]:
    """What sets back the saves of a batch, some forms at a time."""
    keys = iter(forms)
    while some := list(islice(keys, FORMS_AT_ONCE)):
        for save in Save.objects.filter(submission__in=some, saved_at=batch.applied_at).order_by("revision"):
            if save.mutation == mutation_of(batch, save.submission_id, save.section):
                key = uuid.uuid5(save.mutation, "undo")
                yield forms[save.submission_id], reversal(save, mutation=key, base=save.revision)


def _locked(batch: ImportBatch, *states: str) -> ImportBatch:
    found = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("round__province", "province", "applied_by", "undone_by", "made_by__person")
        .get(pk=batch.pk)
    )
    if found.state not in states:
        raise Refused(_("This was not done: the file is “%(state)s” by now.") % {"state": found.get_state_display()})
    return found


def _sign(batch: ImportBatch) -> None:
    """A sign of work, outside any transaction."""
    ImportBatch.objects.filter(pk=batch.pk).update(heard_at=timezone.now())
