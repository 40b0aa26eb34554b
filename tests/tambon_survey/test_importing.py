"""A file comes in, is looked at, is written whole or not at all, and can be taken back."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from organizations.problems import Refused
from tambon_survey.actions import importing
from tambon_survey.importing import jobs, plan_file
from tambon_survey.models import Coordinator, ImportBatch, RememberedColumns, Save, Submission
from tests.factories import fill_in, make_round, make_submission

COLUMNS = ["id", "tambon_code", "name", "role", "phone"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch, settings, tmp_path):
    """The work is done where it is asked for, and not by a process of its own; files lie in a folder."""
    settings.MEDIA_ROOT = tmp_path
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": kept}

    def work(batch: ImportBatch) -> None:
        fresh = ImportBatch.objects.get(pk=batch.pk)
        try:
            importing.work(fresh, now=timezone.now())
        except Refused as why:
            importing.fail(fresh, why=why.sentence)

    monkeypatch.setattr(jobs, "start", work)


@pytest.fixture
def asked(places) -> dict[str, Submission]:
    """An open round: one tambon filled in, one nobody began, one of another zone."""
    survey_round = make_round(places.province)
    forms = {code: make_submission(survey_round, places.tambons[code]) for code in ("800304", "800115", "801217")}
    fill_in(forms["800304"])
    return forms


@pytest.fixture
def bring(asked, cast):
    """A CSV of coordinators, sent by zone 2."""

    def brought(*rows: list[object], head: list[str] = COLUMNS, name: str = "แกน.csv") -> ImportBatch:
        lines = [",".join(str(cell) for cell in row) for row in (head, *rows)]
        file = ContentFile("\n".join(lines).encode(), name=name)
        batch = importing.receive(asked["800304"].round, file=file, by=cast.zone2, now=timezone.now())
        batch.refresh_from_db()
        return batch

    return brought


@pytest.fixture
def confirm(cast):
    def confirmed(batch: ImportBatch) -> ImportBatch:
        importing.confirm(batch, digest=batch.digest, by=cast.zone2, now=timezone.now())
        batch.refresh_from_db()
        return batch

    return confirmed


def checksum() -> str:
    """Of everything the tambon answer and where they stand, what was removed left out."""
    said = [(one.pk, one.filled, one.readiness, one.answers().to_json()) for one in Submission.objects.order_by("pk")]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def new_row(code: str = "800115", name: str = "คนใหม่") -> list[object]:
    return ["", code, name, "ครู", "0812345678"]


def test_nothing_is_written_before_it_is_confirmed(bring):
    before = checksum()
    batch = bring(new_row())
    assert (batch.state, batch.counts) == ("shown", {"new": 1})
    assert checksum() == before and not Save.objects.exists()


def test_confirming_writes_the_rows_as_saves_of_the_form(asked, bring, confirm, cast):
    confirm(bring(new_row(), new_row(name="อีกคน")))
    form = Submission.objects.get(pk=asked["800115"].pk)
    assert [row.name for row in form.coordinators.in_order()] == ["คนใหม่", "อีกคน"]
    assert (form.state, form.coordinators_answer, form.coordinators_rows, form.revision) == ("draft", "has", 2, 1)
    save = form.saves.get()
    assert (save.saved_by, save.source, save.section) == (cast.zone2, "document", "coordinators")


def test_the_boards_know_what_came_in(asked, bring, confirm):
    confirm(bring(new_row(), new_row(name="อีกคน")))
    form = Submission.objects.get(pk=asked["800115"].pk)
    kept = (form.filled, form.coordinators_verdict)
    form.summarize(form.answers())
    assert (form.filled, form.coordinators_verdict) == kept == (1, "met")


def test_the_same_file_twice_changes_nothing(bring, confirm):
    confirm(bring(new_row()))
    again = bring(new_row())
    assert again.counts == {"same": 1}
    before = checksum()
    confirm(again)
    assert checksum() == before


def test_taking_it_back_leaves_the_answers_as_before(asked, bring, confirm, cast):
    before = checksum()
    row = asked["800304"].coordinators.first()
    batch = confirm(bring(new_row(), [row.pk, "800304", "เปลี่ยนชื่อ", "", row.phone]))
    assert checksum() != before
    importing.take_back(batch, by=cast.zone2, now=timezone.now())
    assert checksum() == before


@pytest.mark.parametrize("standing", ["carried", "confirmed", "changed"])
def test_taking_it_back_leaves_rows_where_they_stood_with_their_record(asked, bring, confirm, cast, standing):
    row, _other = asked["800304"].coordinators.in_order()
    of_row = Coordinator.objects.filter(submission=asked["800304"]).order_by("pk")
    of_row.filter(pk=row.pk).update(standing=standing, carried_from=uuid.uuid4(), person=cast.tambon2.person)
    before = [*of_row.values()]
    for name in ("เปลี่ยนชื่อ", "เปลี่ยนอีก"):
        batch = confirm(bring([row.pk, "800304", name, "", row.phone]))
        assert [*of_row.values()] != before
        importing.take_back(batch, by=cast.zone2, now=timezone.now())
        assert [*of_row.values()] == before


def test_it_cannot_be_taken_back_once_somebody_went_on(asked, bring, confirm, cast):
    batch = confirm(bring(new_row()))
    confirm(bring(new_row(name="คนต่อมา")))
    before = checksum()
    importing.take_back(batch, by=cast.zone2, now=timezone.now())
    batch.refresh_from_db()
    assert batch.state == "applied" and "นาเคียน" in batch.problem
    assert checksum() == before


def test_it_is_taken_back_once_and_not_while_that_goes_on(bring, confirm, cast):
    batch = confirm(bring(new_row()))
    ImportBatch.objects.filter(pk=batch.pk).update(state="undoing")
    with pytest.raises(Refused):
        importing.take_back(batch, by=cast.zone2, now=timezone.now())
    with pytest.raises(Refused):
        importing.read_again(batch, now=timezone.now())
    importing.take_back(batch, by=cast.zone2, now=timezone.now() + timedelta(minutes=5))
    with pytest.raises(Refused):
        importing.take_back(batch, by=cast.zone2, now=timezone.now())


@pytest.mark.parametrize(("busy", "then"), [("applying", "failed"), ("undoing", "applied"), ("shown", "shown")])
def test_work_that_ended_before_its_time_says_so_and_only_while_it_was_awaited(bring, confirm, busy, then):
    batch = confirm(bring(new_row()))
    ImportBatch.objects.filter(pk=batch.pk).update(state=busy)
    batch.refresh_from_db()
    importing.say_it_stopped(batch)
    batch.refresh_from_db()
    assert batch.state == then and bool(batch.problem) == (busy != "shown")


def test_what_another_process_came_to_is_not_written_over(bring, confirm):
    batch = bring(new_row())
    late = ImportBatch(pk=batch.pk, state="reading")
    confirm(batch)
    importing.fail(late, why="ช้าไป")
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("applied", "")


def test_one_foreign_row_among_500_keeps_the_whole_file_out_and_is_named_first(bring, confirm):
    before = checksum()
    batch = bring(*[new_row(name=f"คน {n}") for n in range(499)], new_row(code="801217"))
    assert batch.counts == {"new": 499, "foreign": 1}
    (first,) = plan_file.page(batch, start=0, count=1)
    assert (first.kind, first.row, first.place) == ("foreign", 501, "ตำบลปากแพรก") and first.text
    with pytest.raises(Refused):
        confirm(batch)
    assert checksum() == before


def test_a_form_saved_meanwhile_keeps_the_whole_file_out(asked, bring, confirm):
    batch = bring(new_row(), new_row(code="800304"))
    Submission.objects.filter(pk=asked["800304"].pk).update(revision=7)
    before = checksum()
    assert confirm(batch).state == "failed" and "กำโลน" in batch.problem
    assert checksum() == before


def test_a_form_sent_meanwhile_keeps_the_whole_file_out(asked, bring, confirm):
    batch = bring(new_row(), new_row(code="800304"))
    Submission.objects.filter(pk=asked["800304"].pk).update(state="submitted")
    assert confirm(batch).state == "failed" and not Save.objects.exists()


def test_another_plan_than_the_one_shown_is_not_written(bring, cast):
    batch = bring(new_row())
    with pytest.raises(Refused):
        importing.confirm(batch, digest="0" * 64, by=cast.zone2, now=timezone.now())
    plan_file.path_of(batch).write_text("")
    importing.confirm(batch, digest=batch.digest, by=cast.zone2, now=timezone.now())
    batch.refresh_from_db()
    assert batch.state == "failed" and not Save.objects.exists()


def test_columns_nobody_knows_are_asked_for_and_remembered(bring, cast):
    head = ["ชื่อที่ตั้ง", "name", "role"]
    batch = bring(["ต.นาเคียน", "คนใหม่", "ครู"], head=head)
    assert batch.state == "asking"
    importing.choose_columns(batch, chosen={(0, 0): "tambon_name"}, by=cast.zone2, now=timezone.now())
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("shown", {"new": 1})
    assert bring(["ต.นาเคียน", "อีกคน", "ครู"], head=head).state == "shown"
    assert RememberedColumns.objects.count() == 1


def test_a_csv_is_called_as_it_was_sent(bring):
    batch = bring(["800115", "คนใหม่"], head=["tambon_code", "name"], name="คณะทำงาน ตำบลนาเคียน.csv")
    (found,) = plan_file.page(batch, start=0, count=1)
    assert (found.sheet, found.holds) == ("คณะทำงาน ตำบลนาเคียน", "team")


def test_a_file_that_cannot_be_read_says_why(bring, cast, asked):
    file = ContentFile(b"\xd0\xcf\x11\xe0", name="เก่า.xls")
    batch = importing.receive(asked["800304"].round, file=file, by=cast.zone2, now=timezone.now())
    batch.refresh_from_db()
    assert batch.state == "failed" and batch.problem


def test_work_that_stopped_can_be_started_again_and_work_that_goes_on_cannot(bring):
    batch = bring(new_row())
    ImportBatch.objects.filter(pk=batch.pk).update(state="applying")
    with pytest.raises(Refused):
        importing.read_again(batch, now=timezone.now())
    importing.read_again(batch, now=timezone.now() + timedelta(minutes=5))
    batch.refresh_from_db()
    assert batch.state == "shown"


def test_what_was_written_is_not_read_again(bring, confirm):
    with pytest.raises(Refused):
        importing.read_again(confirm(bring(new_row())), now=timezone.now())


def test_only_its_sender_and_province_staff_see_a_file(bring, cast):
    batch = bring(new_row())
    seen = {name for name in vars(cast) if ImportBatch.objects.visible_to(getattr(cast, name)).contains(batch)}
    assert seen == {"zone2", "staff"}
