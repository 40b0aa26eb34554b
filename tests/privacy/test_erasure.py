"""After an erasure no table, history, copy, packet, minutes or file yields the number; the log says that it was."""

from __future__ import annotations

import uuid
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from meetings.models import Attachment, Comment, Minutes, Task
from nakhon_network import erasing
from organizations.actions.people import merge_people, save_contact, save_person
from organizations.models import Alias, AuditEntry, Contact, Erasure, Organization, Person
from organizations.resources import UploadStorage
from tambon_survey.actions.carry_over import begin
from tambon_survey.actions.entry import save_section
from tambon_survey.actions.packets import make_packet
from tambon_survey.forms.delta import Delta
from tambon_survey.models import Coordinator, ImportBatch, Packet, Save, Snapshot
from tests.factories import adopt, fill_in, make_copy, make_meeting, make_person, make_round, make_submission, make_task
from tests.privacy.searching import everywhere

NUMBER, OLD, EMAIL, LINE, ALIAS = "0891234567", "0867654321", "gone@example.com", "gone.line", "ชื่อเดิมที่ลืม"
SECRETS = (NUMBER, OLD, EMAIL, LINE)
WRITTEN = "โทร 089-123-4567 หรือ ๐๘๖ ๗๖๕ ๔๓๒๑"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files on a disk, so that they can be searched."""
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))
    return tmp_path


@pytest.fixture
def person(cast, places):
    """The tambon coordinator of ปากแพรก, known by more names, numbers and an account."""
    found = cast.tambon.person
    found.nickname, found.note = "แดง", WRITTEN
    save_person(found, aliases=[ALIAS], by=cast.zone3)
    contact = save_contact(Contact(person=found, kind="phone", value=OLD), by=cast.zone3)
    contact.value = NUMBER
    save_contact(contact, by=cast.zone3)
    save_contact(Contact(person=found, kind="line", value=LINE), by=cast.zone3)
    cast.tambon.phone, cast.tambon.email = NUMBER, EMAIL
    cast.tambon.save()
    EmailAddress.objects.create(user=cast.tambon, email=EMAIL)
    twin = make_person("แดงเก่า")
    merge_people(twin, into=found, reason="คนเดียวกัน", by=cast.staff)
    return Person.objects.get(pk=found.pk)


@pytest.fixture
def survey(cast, places, person):
    """A survey that names the person, saved, sent, carried over and frozen in a packet, with numbers in words too."""
    first = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    row = first.coordinators.all()[0]
    for at, phone in enumerate((OLD, NUMBER)):
        cells = {"phone": phone, "line": LINE, "name": person.name}
        delta = Delta(mutation=uuid.uuid4(), base=first.revision + at, section="coordinators", rows={row.pk: cells})
        save_section(first, delta=delta, by=cast.tambon, now=timezone.now())
    Coordinator.objects.filter(pk=row.pk).update(person=person)
    first.refresh_from_db()
    first.coordinators_remark = WRITTEN
    first.save()
    make_copy(first)
    later = make_round(places.province, follows=first.round)
    begin(later, [places.tambons["801217"]])
    packet = make_packet(first.round, explanation=WRITTEN, by=cast.staff, now=timezone.now())
    return SimpleNamespace(first=first, row=row, packet=packet)


@pytest.fixture
def meetings(cast, places, person):
    """Numbers in a comment, a task, adopted minutes."""
    meeting = make_meeting(places.province, summary=WRITTEN)
    Comment.objects.create(meeting=meeting, kind="remark", text=WRITTEN)
    make_task(meeting, text=WRITTEN)
    minutes = adopt(meeting)
    return SimpleNamespace(meeting=meeting, minutes=minutes)


@pytest.fixture
def files(cast, survey, meetings, folder):
    """A workbook that was brought in, its plan, and a paper of the meeting."""
    book = Workbook()
    book.active.append([NUMBER.lstrip("0"), "คน"])
    book.save(folder / "book.xlsx")
    batch = ImportBatch(round=survey.first.round, original_name="แกน.xlsx", made_by=cast.staff, state="shown")
    content = ContentFile((folder / "book.xlsx").read_bytes())
    (folder / "book.xlsx").unlink()
    batch.file.save("x.upload", content, save=False)
    batch.save(force_insert=True)
    default_storage.save(batch.plan_name, ContentFile(f'{{"cells": ["{NUMBER}"]}}'.encode()))
    paper = Attachment(meeting=meetings.meeting, size=5, original_name="นัด.txt")
    paper.file.save("paper.txt", ContentFile(WRITTEN.encode()), save=False)
    paper.save()
    return SimpleNamespace(batch=batch, paper=paper)


def erase(person, cast, capture, reason="เจ้าตัวขอ"):
    with capture(execute=True):
        return erasing.erase(person, reason=reason, by=cast.staff, now=timezone.now())


def test_nothing_yields_the_number_any_more(
    cast, person, survey, meetings, files, folder, django_capture_on_commit_callbacks
):
    assert len(everywhere(*SECRETS, folder=folder)) >= 15  # the search can find
    erase(person, cast, django_capture_on_commit_callbacks, reason=f"ขอให้ลบ {NUMBER}")
    assert everywhere(*SECRETS, folder=folder) == []


def test_the_name_stays_and_the_other_names_go(cast, person, survey, django_capture_on_commit_callbacks):
    erase(person, cast, django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert person.first_name == "tambon" and not person.nickname and not Alias.objects.exists()
    assert ALIAS not in person.search_key
    assert Snapshot.objects.get().content["topics"]["coordinators"]["rows"][0]["values"]["name"] == person.name


def test_head_counts_and_verdicts_stay(cast, person, survey, django_capture_on_commit_callbacks):
    before = (survey.first.coordinators_rows, survey.first.coordinators_verdict, Save.objects.count())
    erase(person, cast, django_capture_on_commit_callbacks)
    survey.first.refresh_from_db()
    assert (survey.first.coordinators_rows, survey.first.coordinators_verdict, Save.objects.count()) == before


def test_the_log_says_that_it_happened_without_saying_what(cast, person, survey, django_capture_on_commit_callbacks):
    done = erase(person, cast, django_capture_on_commit_callbacks)
    entry = AuditEntry.objects.about(person)[0]
    assert (entry.verb, entry.reason, entry.changes) == ("erase", "เจ้าตัวขอ", {})
    assert done.counts["organizations.contact"] == 3 and done.places > 5 and done.done_by == cast.staff


def test_history_keeps_who_and_when_of_what_was_erased(cast, person, sign_in, django_capture_on_commit_callbacks):
    before = AuditEntry.objects.count()
    erase(person, cast, django_capture_on_commit_callbacks)
    gone = AuditEntry.objects.filter(redacted_at__isnull=False)
    assert AuditEntry.objects.count() == before + 1 and gone.count() >= 4
    assert all(entry.changes == {} and entry.label == "" and entry.redacted_by == cast.staff for entry in gone)
    assert sign_in(cast.staff).get(person.get_absolute_url()).status_code == 200


def test_a_packet_is_whole_after_words_were_taken_out(cast, person, survey, django_capture_on_commit_callbacks):
    erase(person, cast, django_capture_on_commit_callbacks)
    packet = Packet.objects.get()
    assert packet.is_whole and packet.redacted_at and packet.number == 1 and "089" not in packet.explanation


def test_adopted_minutes_lose_numbers_and_nothing_else(cast, person, places, django_capture_on_commit_callbacks):
    facts = {"adopted_by_meeting": make_meeting(places.province), "document": {"text": [WRITTEN, "มติ"]}}
    Minutes.objects.create(meeting=make_meeting(places.province), state="adopted", **facts)
    erase(person, cast, django_capture_on_commit_callbacks)
    assert Minutes.objects.get().document["text"] == ["โทร (ลบแล้ว) หรือ (ลบแล้ว)", "มติ"]


def test_an_account_with_a_post_stays_and_one_without_is_closed(cast, person, django_capture_on_commit_callbacks):
    erase(person, cast, django_capture_on_commit_callbacks)
    cast.tambon.refresh_from_db()
    assert cast.tambon.is_active and not cast.tambon.phone and not EmailAddress.objects.exists()
    erase(cast.nobody.person, cast, django_capture_on_commit_callbacks)
    cast.nobody.refresh_from_db()
    assert not cast.nobody.is_active and not cast.nobody.has_usable_password()


def test_a_number_of_two_people_stays_with_the_other(cast, person, django_capture_on_commit_callbacks):
    other = Contact.objects.create(person=cast.zone3.person, kind="phone", value=NUMBER)
    assert erasing.plan_for_person(person).shared == 1
    erase(person, cast, django_capture_on_commit_callbacks)
    assert Contact.objects.filter(pk=other.pk).exists() and not person.contacts.exists()


@pytest.mark.parametrize("kind", ["other", "line"])
def test_an_ordinary_word_typed_as_a_contact_stays_with_everybody_else(
    cast, person, survey, kind, django_capture_on_commit_callbacks
):
    save_contact(Contact(person=person, kind=kind, value="ผู้ใหญ่บ้าน"), by=cast.zone3)
    other = survey.first.coordinators.exclude(pk=survey.row.pk)[0]
    Coordinator.objects.filter(pk=other.pk).update(role="ผู้ใหญ่บ้าน")
    erase(person, cast, django_capture_on_commit_callbacks)
    other.refresh_from_db()
    assert other.role == "ผู้ใหญ่บ้าน" and not person.contacts.exists()


def test_what_was_once_another_kind_of_contact_is_looked_for_nowhere(cast, person):
    contact = save_contact(Contact(person=person, kind="other", value="บ้านเลขที่ 7"), by=cast.zone3)
    contact.kind, contact.value = "phone", "0812223334"
    save_contact(contact, by=cast.zone3)
    traces = erasing.plan_for_person(person).traces
    assert "0812223334" in traces.numbers and "บ้านเลขที่ 7" not in traces.words


def test_the_number_of_an_office_stays_the_offices(cast, person, django_capture_on_commit_callbacks):
    office = Organization.objects.create(name="หน่วยประสานงาน")
    kept = [office.contacts.create(kind=kind, value=value) for kind, value in (("phone", NUMBER), ("line", LINE))]
    assert erasing.plan_for_person(person).shared == 2
    erase(person, cast, django_capture_on_commit_callbacks)
    assert [one.value for one in office.contacts.order_by("pk")] == [one.value for one in kept] == [NUMBER, LINE]


def test_contacts_of_an_office_that_hold_the_number_in_words_go_whole(cast, person, django_capture_on_commit_callbacks):
    office = Organization.objects.create(name="หน่วยประสานงาน")
    for value in ("089-123-4567", "๐๘๙ ๑๒๓ ๔๕๖๗"):
        office.contacts.create(kind="other", value=value)
    erase(person, cast, django_capture_on_commit_callbacks)
    assert not office.contacts.exists()


def test_what_was_added_after_the_page_was_drawn_goes_too(cast, person, meetings, sign_in, monkeypatch):
    """The plan is made inside the erasure, not by the page."""
    really = erasing.erase

    def late(*args, **named):
        Contact.objects.create(person=person, kind="phone", value="0812223334")
        return really(*args, **named)

    monkeypatch.setattr(erasing, "erase", late)
    Comment.objects.create(meeting=meetings.meeting, kind="remark", text="โทร 081-222-3334")
    url, data = reverse("person_erase", args=[person.pk]), {"reason": "เจ้าตัวขอ", "is_sure": "on"}
    assert sign_in(cast.staff).post(url, data).status_code == 302 and everywhere("0812223334") == []


def test_an_erasure_forgets_waiting_sheets_and_no_limits(cast, person, django_capture_on_commit_callbacks):
    sheet = UploadStorage()
    sheet.save(NUMBER.encode())
    cache.set("limit", 5)
    erase(person, cast, django_capture_on_commit_callbacks)
    assert cache.get("limit") == 5 and cache.get(sheet._key()) is None


def test_a_rehearsal_counts_what_goes_and_only_reads(
    cast, person, survey, meetings, files, folder, django_capture_on_commit_callbacks
):
    with CaptureQueriesContext(connection) as asked:
        told = erasing.rehearse(erasing.plan_for_person(person), by=cast.staff, now=timezone.now())
    assert {one["sql"].split()[0] for one in asked} == {"SELECT"}
    assert told["organizations.contact"] == 3 and told["tambon_survey.importbatch"] == 1
    assert (
        person.contacts.count() == 3 and not Erasure.objects.exists() and default_storage.exists(files.paper.file.name)
    )
    assert told == erase(person, cast, django_capture_on_commit_callbacks).counts


def test_somebody_without_a_record_is_erased_from_all_rounds(cast, survey, folder, django_capture_on_commit_callbacks):
    Coordinator.objects.update(person=None)
    Contact.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        row = Coordinator.objects.get(pk=survey.row.pk)
        rows = erasing.plan_for_row(row).rows
        done = erasing.erase(row, reason="ขอให้ลบ", by=cast.staff, now=timezone.now())
    assert len(rows) == 2 and done.person is None
    tables = [table for table in everywhere(NUMBER, LINE) if "person" not in table and "user" not in table]
    assert tables == []


def test_a_file_that_went_is_said_to_be_gone(cast, person, files, sign_in, django_capture_on_commit_callbacks):
    erase(person, cast, django_capture_on_commit_callbacks)
    page = sign_in(cast.staff).get(reverse("import_page", args=[files.batch.pk]))
    assert page.status_code == 200 and "ลบ" in page.content.decode()
    assert sign_in(cast.staff).get(reverse("attachment", args=[files.paper.pk])).status_code == 404


def test_erasing_twice_is_no_error(cast, person, survey, django_capture_on_commit_callbacks):
    for _time in range(2):
        erase(person, cast, django_capture_on_commit_callbacks)
    assert Erasure.objects.count() == 2 and Task.objects.count() == 0
