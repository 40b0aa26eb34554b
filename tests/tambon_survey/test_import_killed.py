"""The process that works on a file is ended in the middle: nothing is half done, and it may begin again."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tambon_survey.actions import importing
from tambon_survey.importing import jobs
from tambon_survey.models import Coordinator, ImportBatch, Save
from tests.factories import fill_in, make_round, make_submission
from tests.tambon_survey.test_importing import checksum

# The command as the site starts it, in a session of its own; at a step of the work it ends with all its children, as
# where the power goes.
WORK = """
import os, signal, sys, django
from unittest import mock
django.setup()
from django.core.management import call_command
def end(*_said, **_named): os.killpg(0, signal.SIGKILL)
for step in sys.argv[2:]:
    mock.patch(step, end).start()
call_command("work_on_import", sys.argv[1])
"""
READING, WRITING = "tambon_survey.importing.plan_file.digest_of", "tambon_survey.actions.many._keep"


@pytest.fixture
def asked(flushable, places, settings, tmp_path, monkeypatch):
    """Forms of zone 2, one filled in and one that nobody began; work on files waits until it is asked for."""
    settings.MEDIA_ROOT = tmp_path / "media"
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    monkeypatch.setattr(jobs, "start", lambda batch: None)
    survey_round = make_round(places.province)
    forms = [make_submission(survey_round, places.tambons[code]) for code in ("800304", "800115")]
    fill_in(forms[0])
    return survey_round


def work(batch: ImportBatch) -> ImportBatch:
    """The work that a batch asks for, to its end."""
    importing.work(ImportBatch.objects.get(pk=batch.pk), now=timezone.now())
    batch.refresh_from_db()
    return batch


@pytest.fixture
def work_apart(tmp_path):
    """The same in a process of its own: its exit code."""

    def worked(batch: ImportBatch, *steps: str) -> int:
        own = {"DJANGO_SETTINGS_MODULE": "nakhon_network.settings", "VAR_DIR": str(tmp_path)}
        with in_reach(tmp_path) as where:
            facts = {"cwd": site.BASE_DIR, "env": os.environ | own | where, "start_new_session": True}
            child = subprocess.run([sys.executable, "-c", WORK, str(batch.pk), *steps], check=False, **facts)
        batch.refresh_from_db()
        return child.returncode

    return worked


@pytest.fixture
def end(work_apart):
    """The same, ended at a step; what became of the batch."""

    def ended(batch: ImportBatch, at: str) -> ImportBatch:
        assert work_apart(batch, at) == -signal.SIGKILL
        return batch

    return ended


@contextmanager
def in_reach(folder: Path) -> Iterator[dict[str, str]]:
    """The database of the test where another process finds it, and what it brought back; the settings for that.

    SQLite keeps that of a test in memory: it is a file meanwhile.
    """
    if connection.vendor != "sqlite":
        facts = connection.settings_dict
        yield {"DATABASE_URL": f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"}
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "nakhon.sqlite3")) as there:
        connection.connection.backup(there)
    yield {}
    with closing(sqlite3.connect(folder / "nakhon.sqlite3")) as there:
        there.backup(connection.connection)


def far_cell() -> bytes:
    """A workbook with one cell in the last corner of its sheet: a table of all between is more than any memory."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", "ตำบล")
        sheet.write("XFD1048576", "ปลาย")
    return target.getvalue()


@pytest.fixture
def batch(asked, cast) -> ImportBatch:
    """A file of zone 2 that came in and is not read yet: a new row, and one that changes."""
    row = Coordinator.objects.earliest("position")
    lines = ["id,tambon_code,name,role", ",800115,คนใหม่,ครู", f"{row.pk},800304,เปลี่ยนชื่อ,"]
    file = ContentFile("\n".join(lines).encode(), name="แกน.csv")
    return importing.receive(asked, file=file, by=cast.zone2, now=timezone.now())


@pytest.fixture
def stopped(cast, sign_in):
    """What the page says of a batch once nothing was heard of its work for long."""

    def page(batch: ImportBatch) -> str:
        ImportBatch.objects.filter(pk=batch.pk).update(heard_at=timezone.now() - timedelta(minutes=5))
        return sign_in(cast.zone2).get(batch.get_absolute_url()).text

    return page


def written() -> tuple[str, int]:
    return checksum(), Save.objects.count()


def test_ended_while_it_reads_it_has_read_nothing(batch, end, stopped):
    before = written()
    assert end(batch, READING).state == "reading" and written() == before
    assert "งานกับไฟล์นี้หยุดไป" in (page := stopped(batch)) and reverse("import_again", args=[batch.pk]) in page
    importing.read_again(batch, now=timezone.now())
    assert work(batch).state == "shown" and written() == before


def test_ended_while_it_writes_it_has_written_nothing(batch, cast, end, stopped):
    before = written()
    importing.confirm(work(batch), digest=batch.digest, by=cast.zone2, now=timezone.now())
    assert end(batch, WRITING).state == "applying" and written() == before
    assert reverse("import_again", args=[batch.pk]) in stopped(batch)
    importing.read_again(batch, now=timezone.now())
    importing.confirm(work(batch), digest=batch.digest, by=cast.zone2, now=timezone.now())
    assert work(batch).state == "applied" and Coordinator.objects.filter(name="คนใหม่").count() == 1


def test_ended_while_it_takes_back_all_still_stands(batch, cast, end, stopped):
    before = checksum()
    importing.confirm(work(batch), digest=batch.digest, by=cast.zone2, now=timezone.now())
    work(batch)
    after = written()
    importing.take_back(batch, by=cast.zone2, now=timezone.now())
    assert end(batch, WRITING).state == "undoing" and written() == after
    assert reverse("import_undo", args=[batch.pk]) in stopped(batch)
    importing.take_back(batch, by=cast.zone2, now=timezone.now())
    assert work(batch).state == "undone" and checksum() == before


def test_a_file_that_ends_what_reads_it_is_refused_in_words(asked, cast, work_apart):
    file = ContentFile(far_cell(), name="ไกล.xlsx")
    batch = importing.receive(asked, file=file, by=cast.zone2, now=timezone.now())
    assert work_apart(batch) == 0
    assert batch.state == "failed" and "อ่านไฟล์นี้ไม่ได้" in batch.problem
