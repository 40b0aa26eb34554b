"""A thing is added once however often its form is sent, and nobody writes over what they have not seen."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actions import directory, people
from organizations.actions.keeping import once
from organizations.models import (
    AuditEntry,
    Breach,
    Contact,
    Need,
    Offer,
    Organization,
    OrganizationContact,
    Person,
    Relation,
    SentForm,
    Theme,
)
from organizations.problems import Refused
from tambon_survey.models import Story

BREACH = {"found_day": "1/11/2569", "found_hour": "09.00", "what": "แฟ้มหาย", "whose": "ผู้ประสาน", "risk": "some"}
STORY = {"kind": "story", "title": "บ้านทนได้", "text": "เล่า", "tambon_name": "ปากแพรก", "visibility": "network"}
# Address, what it is asked with, model, answers.
ADDED = [
    ("organization_add", "", Organization, {"name": "กลุ่มใหม่", "kind": "group", "status": "existing"}),
    ("offer_add", "body", Offer, {"kind": "funding", "text": "เงินสมทบ"}),
    ("need_add", "body", Need, {"kind": "market", "text": "ที่ขายของ"}),
    ("relation_add", "body", Relation, {"kind": "supports", "other": "other"}),
    ("organization_contact_add", "body", OrganizationContact,
     {"kind": "phone", "value": "075341234", "visibility": "network"}),
    ("person_add", "", Person, {"first_name": "สมใจ", "last_name": "ใหม่"}),
    ("contact_add", "person", Contact,
     {"kind": "line", "value": "somjai", "visibility": "coordinators", "consent": "not_asked"}),
    ("theme_add", "", Theme, {"code": "water", "name_th": "น้ำ", "name_en": "Water", "order": "3"}),
    ("breach_add", "province", Breach, BREACH),
    ("story_add", "", Story, STORY),
]  # fmt: skip


_KEY = str(uuid.uuid4())
_REMOVING = {
    Offer: directory.remove_exchange,
    Need: directory.remove_exchange,
    Relation: directory.remove_relation,
    OrganizationContact: directory.remove_organization_contact,
    Contact: people.remove_contact,
}


@pytest.fixture
def keys(cast, places) -> dict[str, object]:
    body, other = (Organization.objects.create(name=name) for name in ("กองทุน", "เครือข่าย"))
    return {"body": body.pk, "other": other.pk, "person": cast.tambon.person_id, "province": "80"}


def _sent(keys, name, asked_with, answers, *, key="") -> tuple[str, dict[str, object]]:
    told = {box: keys.get(answer, answer) for box, answer in answers.items()}
    return reverse(name, args=[keys[asked_with]] if asked_with else []), told | {"sent": key}


@pytest.mark.parametrize(("name", "asked_with", "model", "answers"), ADDED)
def test_sent_twice_it_is_added_once(staff, keys, name, asked_with, model, answers):
    url, answer = _sent(keys, name, asked_with, answers, key=str(uuid.uuid4()))
    before = set(model.objects.values_list("pk", flat=True))
    first, second = staff.post(url, answer), staff.post(url, answer)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert len(set(model.objects.values_list("pk", flat=True)) - before) == 1


def test_another_answer_from_the_same_page_is_another_thing(staff, keys):
    url, answer = _sent(keys, "need_add", "body", {"kind": "market", "text": "ที่ขาย"}, key=str(uuid.uuid4()))
    staff.post(url, answer)
    staff.post(url, answer | {"text": "ที่เรียน"})
    assert Need.objects.count() == 2


def test_the_key_of_another_page_opens_nothing(staff, keys):
    for body in ("body", "other"):
        staff.post(reverse("need_add", args=[keys[body]]), {"kind": "market", "text": "ที่ขาย", "sent": _KEY})
    assert Need.objects.count() == 2


def test_the_key_of_another_account_opens_nothing(sign_in, cast, keys):
    url, answer = _sent(keys, "need_add", "body", {"kind": "market", "text": "ที่ขาย"}, key=str(uuid.uuid4()))
    sign_in(cast.staff).post(url, answer)
    Organization.objects.filter(pk=keys["body"]).update(created_by=cast.tambon)
    sign_in(cast.tambon).post(url, answer)
    assert Need.objects.count() == 2


def test_what_was_refused_leaves_no_key(cast, keys):
    def refuse() -> Organization:
        raise Refused("ไม่ได้")

    with pytest.raises(Refused):
        once(uuid.uuid4(), refuse)
    assert not SentForm.objects.exists()


def test_sent_again_after_it_was_removed_it_is_not_made_anew(staff, keys):
    url, answer = _sent(keys, "need_add", "body", {"kind": "market", "text": "ที่ขาย"}, key=str(uuid.uuid4()))
    staff.post(url, answer)
    Need.objects.all().delete()
    assert staff.post(url, answer).status_code == 422
    assert not Need.objects.exists()


# ---- two who change one thing ----
def _edited(keys, cast, places) -> dict[str, tuple[object, dict[str, str], str]]:
    """Address of each edit form → the thing, answers, and the box that the other changes."""
    body, other = Organization.objects.get(pk=keys["body"]), Organization.objects.get(pk=keys["other"])
    person = cast.tambon.person
    return {
        "organization_edit": (body, {"name": "กองทุน", "kind": "group", "status": "existing"}, "about"),
        "offer_edit": (Offer.objects.create(organization=body, text="ทุน"), {"kind": "other", "text": "ทุน"}, "text"),
        "need_edit": (Need.objects.create(organization=body, text="ที่"), {"kind": "other", "text": "ที่"}, "text"),
        "relation_edit": (Relation.objects.create(organization=body, other=other, kind="supports"), {}, "note"),
        "organization_contact_edit": (
            OrganizationContact.objects.create(organization=body, kind="line", value="fund"),
            {"kind": "line", "value": "fund", "visibility": "network"}, "whom_to_ask"),
        "person_edit": (person, {"first_name": "ก", "last_name": "ข"}, "note"),
        "contact_edit": (
            Contact.objects.create(person=person, kind="line", value="abc"),
            {"kind": "line", "value": "abc", "visibility": "coordinators", "consent": "not_asked"}, "value"),
        "theme_edit": (
            Theme.objects.create(code="water", name_th="น้ำ", name_en="Water"),
            {"name_th": "น้ำ", "name_en": "Water", "order": "0"}, "words"),
        "breach_edit": (Breach.objects.create(province=places.province, what="แฟ้ม", whose="ก"), BREACH, "measures"),
    }  # fmt: skip


@pytest.mark.parametrize("name", [
    "organization_edit", "offer_edit", "need_edit", "relation_edit", "organization_contact_edit", "person_edit",
    "contact_edit", "theme_edit", "breach_edit",
])  # fmt: skip
def test_the_second_of_two_writers_sees_both_and_then_decides(staff, keys, cast, places, name):
    thing, answers, box = _edited(keys, cast, places)[name]
    url = reverse(name, args=[thing.pk])
    seen = staff.get(url).context["form"]["seen"].value()
    type(thing).objects.filter(pk=thing.pk).update(**{box: "theirs"})
    answer = staff.post(url, answers | {box: "mine", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409 and "theirs" in page and "mine" in page
    assert type(thing).objects.values_list(box, flat=True).get(pk=thing.pk) == "theirs"
    again = {"seen": answer.context["form"]["seen"].value(), box: "mine"}
    assert staff.post(url, answers | again).status_code == 302
    assert type(thing).objects.values_list(box, flat=True).get(pk=thing.pk) == "mine"


def test_what_a_person_knows_is_compared_too(staff, cast):
    theme = Theme.objects.create(code="water", name_th="น้ำ", name_en="Water")
    url = reverse("knowledge_edit", args=[cast.tambon.person_id])
    seen = staff.get(url).context["form"]["seen"].value()
    cast.tambon.person.knowledge.create(theme=theme, text="ฝาย")
    answer = staff.post(url, {"knows-water": "on", "text-water": "บ่อ", "seen": seen})
    assert answer.status_code == 409 and "ฝาย" in answer.content.decode()
    assert cast.tambon.person.knowledge.get().text == "ฝาย"


def test_the_same_change_sent_twice_is_one(staff, keys, cast, places):
    thing, answers, _box = _edited(keys, cast, places)["need_edit"]
    url = reverse("need_edit", args=[thing.pk])
    answers = {"kind": "market", "text": "ที่ขายของ", "seen": staff.get(url).context["form"]["seen"].value()}
    assert [staff.post(url, answers).status_code for _time in range(2)] == [302, 302]
    assert AuditEntry.objects.about(thing).count() == 1


def test_a_name_corrected_while_contacts_are_held_leaves_them_held(cast, places):
    opened = Person.objects.get(pk=cast.tambon.person_id)
    Person.objects.filter(pk=opened.pk).update(held_at=timezone.now())
    opened.nickname = "แดง"
    people.save_person(opened, by=cast.staff)
    found = Person.objects.get(pk=opened.pk)
    assert found.held_at is not None and found.nickname == "แดง"


# ---- two who remove one thing ----
@pytest.mark.parametrize(
    "name", ["offer_edit", "need_edit", "relation_edit", "organization_contact_edit", "contact_edit"]
)
def test_removed_by_two_clicks_it_is_written_down_once(staff, keys, cast, places, name):
    thing = _edited(keys, cast, places)[name][0]
    url, remove = reverse(name.replace("edit", "remove"), args=[thing.pk]), _REMOVING[type(thing)]
    first, second = (staff.post(url, {"reason": "ผิด"}) for _click in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    remove(thing, reason="ผิด", by=cast.staff)  # two that ran at once: the second finds nothing under the lock
    removed = AuditEntry.objects.removed_by(cast.staff, type(thing), thing.pk)
    assert removed.count() == 1


def test_what_another_removed_is_not_there(sign_in, keys, cast, places):
    need = _edited(keys, cast, places)["need_edit"][0]
    Organization.objects.filter(pk=keys["body"]).update(created_by=cast.tambon)
    url = reverse("need_remove", args=[need.pk])
    sign_in(cast.staff).post(url, {"reason": "ผิด"})
    assert sign_in(cast.tambon).post(url, {"reason": "ผิด"}).status_code == 404


def test_a_contact_is_not_written_back_to_a_record_that_was_merged_meanwhile(cast, places):
    gone, into = cast.tambon2.person, cast.nobody.person
    opened = Contact.objects.create(person=gone, kind="line", value="abc")
    cast.nobody.delete()
    people.merge_people(gone, into=into, reason="คนเดียวกัน", by=cast.staff)
    with pytest.raises(Refused):
        people.save_contact(opened, by=cast.staff)
    assert Contact.objects.get(pk=opened.pk).person == into
