"""ข้อมูลของฉัน: every table in which somebody stands says so, on the page and in the file."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from meetings.models import Comment
from nakhon_network import my_data
from organizations.actions.people import save_contact
from organizations.actions.privacy import hold
from organizations.models import AuditEntry, Contact, Erasure, Person, User
from organizations.models.audit import Verb
from tambon_survey.models import Coordinator
from tests.factories import fill_in, make_meeting, make_round, make_submission, make_task

NUMBER = "0812345678"


@pytest.fixture
def held(cast, places):
    """The tambon coordinator of ปากแพรก in many tables."""
    person, user = cast.tambon.person, cast.tambon
    save_contact(Contact(person=person, value=NUMBER), by=cast.zone3)
    form = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    Coordinator.objects.filter(pk=form.coordinators.all()[0].pk).update(person=person)
    meeting = make_meeting(places.province, title="ประชุมที่ไป")
    meeting.attendance.create(roll="present", name=person.name, person=person)
    meeting.facilitation.create(role="sponsor", name=person.name, person=person)
    make_task(meeting, person=person, text="งานของฉัน")
    Comment.objects.create(meeting=meeting, kind="remark", text="โทร 081-234-5678", written_by=cast.zone3)
    Comment.objects.create(meeting=meeting, kind="remark", text="ฉันเขียน", written_by=user)
    taken = {"contacts_taken": [None, 4]}
    AuditEntry.objects.record(Verb.EXPORT, form.round, by=cast.staff, reason="โทรนัดประชุม", changes=taken)
    return person


def tables(person, viewer) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in my_data.held_on(person, viewer=viewer):
        found[one.table] = found.get(one.table, "") + json.dumps(one.to_json(), ensure_ascii=False)
    return found


def test_the_tables_that_name_a_person_are_all_there(cast, held):
    found = tables(held, cast.tambon)
    assert set(found) >= {
        "organizations.person", "organizations.user", "organizations.contact", "organizations.appointment",
        "organizations.auditentry", "tambon_survey.coordinator", "meetings.attendance", "meetings.facilitation",
        "meetings.task", "meetings.comment",
    }  # fmt: skip
    assert NUMBER in found["organizations.contact"] and "ประชุมที่ไป" in found["meetings.attendance"]


def test_no_table_with_a_person_in_it_is_left_out():
    """A new model with a link to a person or an account is walked without anybody thinking of it."""
    walked = {*my_data._tables(), Person, User}
    models_ = [
        model for model in apps.get_models() if model._meta.app_label not in ("auth", "contenttypes", "sessions")
    ]
    links = [
        model
        for model in models_
        if any(isinstance(one, models.ForeignKey) and one.related_model in (Person, User) for one in model._meta.fields)
    ]
    assert {model._meta.label_lower for model in links if model not in walked} <= my_data.HISTORY


def test_words_of_others_that_hold_the_number_are_counted_and_not_given(cast, held):
    texts = [one for one in my_data.held_on(held, viewer=cast.tambon) if one.table == "meetings.comment"]
    assert [(label, count) for row in texts[0].rows for label, count in row] == [("จำนวนรายการ", "1")]
    assert "081-234-5678" not in tables(held, cast.tambon)["meetings.comment"]


@pytest.mark.parametrize("value", ["phone", "@phone", "0898765432"])
def test_nobody_reads_words_of_others_through_a_contact_of_their_own(cast, held, places, value):
    Comment.objects.create(meeting=make_meeting(places.province), kind="remark", text="phone @phone 0898765432 ของเขา")
    save_contact(Contact(person=held, kind="other", value=value), by=cast.tambon)
    save_contact(Contact(person=held, kind="line", value=value), by=cast.tambon)
    assert "ของเขา" not in "".join(tables(held, cast.tambon).values())


def test_history_is_there(cast, held):
    found = tables(held, cast.tambon)["organizations.auditentry"]
    assert NUMBER[-4:] in found


def test_of_an_export_one_learns_when_and_how_many_not_who_and_why(cast, held):
    *_others, exports = my_data.held_on(held, viewer=cast.tambon)
    assert [[label for label, _value in row] for row in exports.rows] == [["เมื่อ", "จำนวนช่องทางติดต่อในไฟล์"]]
    assert exports.rows[0][1][1] == "4" and "โทรนัดประชุม" not in str(exports.rows)


def test_the_whole_search_is_not_made_without_end(cast, held, sign_in, settings):
    settings.WHOLE_SEARCH_RATES = {"whole_search": "2/15m/key"}
    client, url = sign_in(cast.staff), reverse("person_erase", args=[held.pk])
    mine = reverse("my_data")
    assert [client.get(one).status_code for one in (mine, url, mine, url)] == [200, 200, 429, 429]


def test_what_one_did_gives_no_data_of_others(cast, held):
    other = save_contact(Contact(person=cast.zone2.person, value="0855550001"), by=cast.tambon)
    AuditEntry.objects.record(Verb.REMOVE, other, by=cast.tambon, reason="เหตุของเขา", concerns=[other.person])
    found = tables(held, cast.tambon)["organizations.auditentry"]
    assert str(Verb.REMOVE.label) in found
    assert not any(one in found for one in ("085-555-0001", "0855550001", "เหตุของเขา", cast.zone2.person.name))


def test_no_secret_is_in_it(cast, held):
    text = "".join(tables(held, cast.tambon).values())
    assert cast.tambon.password not in text and "search_key" not in text


def test_why_contacts_are_held_back_is_told_to_the_person(cast, held):
    hold(held, reason="โต้แย้งความถูกต้อง", by=cast.staff, now=timezone.now())
    assert "โต้แย้งความถูกต้อง" in tables(held, cast.tambon)["organizations.person"]


def test_everybody_reads_their_own_and_takes_it_as_a_file(cast, sign_in, held):
    client = sign_in(cast.tambon)
    page, file = client.get(reverse("my_data")), client.get(reverse("my_data_file"))
    assert "081-234-5678" in page.content.decode() or NUMBER in page.content.decode()
    assert "attachment" in file["Content-Disposition"] and "no-store" in file["Cache-Control"]
    assert NUMBER in json.dumps(file.json(), ensure_ascii=False) and file.json()["name"] == held.name


@pytest.mark.parametrize("shape", ["page", "file"])
def test_staff_make_it_for_somebody_and_that_is_written_down(cast, sign_in, held, shape):
    url = reverse("person_data", args=[held.pk])
    answer = sign_in(cast.staff).post(url, {"reason": "ขอทางโทรศัพท์", "shape": shape})
    assert answer.status_code == 200 and held.name in answer.content.decode()
    entry = AuditEntry.objects.about(held)[0]
    assert (entry.verb, entry.by, entry.reason) == ("give", cast.staff, "ขอทางโทรศัพท์")


def test_looking_at_the_form_gives_nothing_and_writes_nothing(cast, sign_in, held):
    before = AuditEntry.objects.count()
    page = sign_in(cast.staff).get(reverse("person_data", args=[held.pk])).content.decode()
    assert AuditEntry.objects.count() == before and NUMBER not in page


# ---- the pages of an erasure ----
def test_the_preview_counts_and_the_tick_is_needed(cast, sign_in, held):
    client, url = sign_in(cast.staff), reverse("person_erase", args=[held.pk])
    counted = dict(client.get(url).context["tables"])
    assert counted[str(Contact._meta.verbose_name_plural)] == 2
    assert client.post(url, {"reason": "เจ้าตัวขอ"}).status_code == 422 and held.contacts.count() == 2


def test_an_erasure_is_in_the_log_of_the_office(cast, sign_in, held):
    client = sign_in(cast.staff)
    answer = client.post(reverse("person_erase", args=[held.pk]), {"reason": "เจ้าตัวขอ", "is_sure": "on"})
    assert answer.status_code == 302 and not held.contacts.exists()
    page = client.get(reverse("privacy_office")).content.decode()
    assert "เจ้าตัวขอ" in page and held.name in page and Erasure.objects.count() == 1


def test_a_coordinator_with_a_record_is_erased_there(cast, sign_in, held):
    row = Coordinator.objects.get(person=held)
    answer = sign_in(cast.staff).get(reverse("coordinator_erase", args=[row.pk]))
    assert answer.url == reverse("person_erase", args=[held.pk])


def test_a_coordinator_without_one_is_erased_in_the_survey(cast, sign_in, held):
    row = Coordinator.objects.exclude(person=held).get()
    url = reverse("coordinator_erase", args=[row.pk])
    answer = sign_in(cast.staff).post(url, {"reason": "เจ้าตัวขอ", "is_sure": "on"})
    row.refresh_from_db()
    assert answer.status_code == 302 and (row.phone, row.line) == ("", "") and row.name
    assert Erasure.objects.get().person is None
