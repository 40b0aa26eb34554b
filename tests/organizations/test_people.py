"""The rulebook of persons: found by forgiving search, warned of equal names, shown to those within reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry, Person
from tests.factories import appoint, make_person, make_post

NAMES = {"prefix": "นาย", "first_name": "สมหมาย", "last_name": "ทดสอบ", "aliases": ""}


def names_on(client, query: str = "") -> str:
    return client.get(reverse("person_list"), {"q": query} if query else {}).content.decode()


def test_the_list_is_in_thai_order_without_regard_to_the_prefix(cast, sign_in, places):
    for prefix, first in (("นาย", "เอก"), ("", "กบ"), ("นาง", "ไข่")):
        make_person(prefix=prefix, first_name=first, last_name="ลำดับ")
    page = names_on(sign_in(cast.staff), "ลำดับ")
    assert page.index("กบ ลำดับ") < page.index("นางไข่ ลำดับ") < page.index("นายเอก ลำดับ")


@pytest.mark.parametrize("typed", ["สมหญิง", "สมหญิ่ง", "เเดงน้อย", "แดงนอย", "ใจดี", "สมหญิง ใจดี"])
def test_search_forgives_and_knows_other_names(cast, sign_in, typed):
    person = make_person(first_name="สมหญิง", last_name="ใจดี")
    person.aliases.create(name="แดงน้อย")
    person.save()
    assert "สมหญิง ใจดี" in names_on(sign_in(cast.staff), typed)


def test_search_finds_nobody_of_another_zone(cast, sign_in, places):
    hidden = make_person(first_name="ซ่อนเร้น", last_name="ลานสกา")
    appoint(hidden, make_post("tambon-coordinator", places.tambons["800304"]))
    page = names_on(sign_in(cast.zone3), "ซ่อนเร้น")
    assert "ลานสกา" not in page
    assert "ลานสกา" in names_on(sign_in(cast.zone2), "ซ่อนเร้น")


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_asks_as_much_for_many_as_for_one(cast, sign_in, places, rows, django_assert_max_num_queries):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    for number in range(rows):
        appoint(make_person(first_name=f"คนที่{number}"), post)
    client = sign_in(cast.zone3)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("person_list")).status_code == 200


def test_the_list_is_given_in_pages_that_keep_the_search(cast, sign_in):
    for number in range(60):
        make_person(first_name=f"มากมาย{number}")
    answer = sign_in(cast.staff).get(reverse("person_list"), {"q": "มากมาย"})
    assert len(answer.context["page_obj"]) == 50
    assert "page=2" in answer.content.decode()


def test_an_empty_list_says_what_to_do(cast, sign_in):
    page = names_on(sign_in(cast.staff), "ไม่มีใครชื่อนี้แน่")
    assert reverse("person_list") in page and 'class="empty"' in page


def test_a_person_is_added_with_other_names_and_a_trail(cast, sign_in):
    typed = {**NAMES, "first_name": "พัชนี", "aliases": "เดือน\nเดือน\nแก้ว"}
    sign_in(cast.zone3).post(reverse("person_add"), typed)
    person = Person.objects.get(first_name="พัชนี")
    assert [alias.name for alias in person.aliases.order_by("name")] == ["เดือน", "แก้ว"]
    assert person.created_by == cast.zone3
    assert AuditEntry.objects.about(person).get().verb == "add"


def test_the_same_name_is_warned_of_and_nothing_typed_is_lost(cast, sign_in, places):
    known = make_person(first_name="สมหมาย", last_name="ทดสอบ")
    appoint(known, make_post("tambon-coordinator", places.tambons["801217"]))
    answer = sign_in(cast.zone3).post(reverse("person_add"), {**NAMES, "nickname": "หมายเลข"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert known.get_absolute_url() in page and "ปากแพรก" in page and "หมายเลข" in page
    assert Person.objects.filter(first_name="สมหมาย").count() == 1


@pytest.mark.parametrize("first_name", ["สมหมาย", "สมหม่าย", "สม หมาย"])
def test_a_name_that_reads_the_same_is_the_same_name(cast, sign_in, first_name):
    make_person(first_name="สมหมาย", last_name="ทดสอบ")
    answer = sign_in(cast.staff).post(reverse("person_add"), {**NAMES, "first_name": first_name})
    assert answer.status_code == 422


def test_a_former_name_is_warned_of_too(cast, sign_in):
    known = make_person(first_name="สมหมาย", last_name="ใหม่กว่า")
    known.aliases.create(name="สมหมาย ทดสอบ")
    known.save()
    assert sign_in(cast.staff).post(reverse("person_add"), NAMES).status_code == 422


def test_a_tick_says_that_it_is_another_person(cast, sign_in):
    make_person(first_name="สมหมาย", last_name="ทดสอบ")
    client = sign_in(cast.staff)
    asked = client.post(reverse("person_add"), NAMES).context["form"]
    tick = asked.fields["another_person"].widget.question
    client.post(reverse("person_add"), {**NAMES, "another_person": tick})
    assert Person.objects.filter(first_name="สมหมาย").count() == 2


def test_a_tick_for_one_name_does_not_count_for_another(cast, sign_in):
    for last_name in ("หนึ่ง", "สอง"):
        make_person(first_name="สมหมาย", last_name=last_name)
    client = sign_in(cast.staff)
    asked = client.post(reverse("person_add"), {**NAMES, "last_name": "หนึ่ง"}).context["form"]
    tick = asked.fields["another_person"].widget.question
    answer = client.post(reverse("person_add"), {**NAMES, "last_name": "สอง", "another_person": tick})
    assert answer.status_code == 422


def test_nobody_is_warned_of_a_person_out_of_sight(cast, sign_in, places):
    hidden = make_person(first_name="สมหมาย", last_name="ทดสอบ")
    appoint(hidden, make_post("tambon-coordinator", places.tambons["800304"]))
    answer = sign_in(cast.zone3).post(reverse("person_add"), NAMES)
    assert answer.status_code == 302


def test_saving_ones_unchanged_name_asks_nothing(cast, sign_in):
    make_person(first_name="สมหมาย", last_name="ทดสอบ")
    known = make_person(first_name="สมหมาย", last_name="ทดสอบ")
    answer = sign_in(cast.staff).post(reverse("person_edit", args=[known.pk]), {**NAMES, "nickname": "หมาย"})
    assert answer.status_code == 302


def test_an_edit_shows_in_the_history_as_old_and_new(cast, sign_in):
    person = make_person(first_name="สมหมาย", last_name="ทดสอบ")
    client = sign_in(cast.staff)
    client.post(reverse("person_edit", args=[person.pk]), {**NAMES, "last_name": "เปลี่ยนแล้ว"})
    page = client.get(person.get_absolute_url()).content.decode()
    assert "<del>ทดสอบ</del>" in page and "<ins>เปลี่ยนแล้ว</ins>" in page


def test_an_alias_that_is_too_long_is_refused_not_cut(cast, sign_in):
    answer = sign_in(cast.staff).post(reverse("person_add"), {**NAMES, "aliases": "ก" * 201})
    assert answer.status_code == 422 and "aliases" in answer.context["form"].errors


def test_the_history_is_for_those_who_may_edit(cast, sign_in):
    entry = AuditEntry.objects.record("change", cast.zone3.person, by=cast.staff, reason="เหตุผลในประวัติ")
    url = cast.zone3.person.get_absolute_url()
    assert entry.reason in sign_in(cast.staff).get(url).content.decode()
    assert entry.reason not in sign_in(cast.tambon).get(url).content.decode()


def test_a_tambon_coordinator_adds_no_persons(cast, sign_in):
    assert sign_in(cast.tambon).get(reverse("person_add")).status_code == 403


def test_who_will_hold_a_higher_post_soon_is_left_to_those_above(cast, sign_in, places):
    soon = make_person(first_name="รอเริ่มงาน", created_by=cast.district)
    appoint(soon, make_post("zone-representative", places.zone3), since=timezone.localdate() + timedelta(days=30))
    assert sign_in(cast.district).get(reverse("person_edit", args=[soon.pk])).status_code in {403, 404}
