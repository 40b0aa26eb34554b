"""Names that approved surveys write: offered one at a time, decided by a person for an area, remembered, taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actions.merging import merge_organizations
from organizations.models import AuditEntry, Organization
from organizations.problems import Refused
from tambon_survey.actions.naming import decide_name, forget_name
from tambon_survey.actions.review import approve
from tambon_survey.models import Activity, Submission, Support, WrittenName
from tambon_survey.suggesting import suggestions
from tambon_survey.unlinked import how_many, lines, undecided
from tests.factories import make_round, make_submission

LIST = "/organizations/unlinked/"
CONTACT = "0899990123"


@pytest.fixture
def survey(places):
    """A round with an approved submission of each focus tambon."""
    survey_round = make_round(places.province)
    for code in ("800304", "800115", "801217", "800601"):
        make_submission(survey_round, places.tambons[code], state="approved")
    return survey_round


def agency(code: str, name: str, **fields) -> Support:
    return Support.objects.create(submission=Submission.objects.get(tambon=code), name=name, **fields)


def group(code: str, name: str, **fields) -> Activity:
    return Activity.objects.create(submission=Submission.objects.get(tambon=code), title="ทำขนม", group=name, **fields)


def names(viewer, roster="agencies", **narrowed) -> list[tuple[str, int, int]]:
    found = lines(undecided(roster, viewer, **narrowed), "1")
    return [(one.name, one.rows, one.tambons) for one in found]


def page_of(row) -> str:
    return reverse("unlinked_name", args=["groups" if isinstance(row, Activity) else "agencies", row.pk])


# ---- what is offered ----
def test_spellings_of_one_name_are_one_line(cast, survey):
    agency("801217", "อบต. ปากแพรก")
    agency("800601", "องค์การบริหารส่วนตำบลปากแพรก")
    agency("800601", "พัฒนาชุมชนปากแพรก")
    group("801217", "กลุ่มแม่บ้าน")
    assert [(rows, tambons) for _name, rows, tambons in names(cast.staff)] == [(2, 2), (1, 1)]
    assert names(cast.staff, "groups") == [("กลุ่มแม่บ้าน", 1, 1)] and how_many(cast.staff) == 3


def test_only_approved_surveys_are_read_and_nothing_that_was_removed(cast, survey):
    agency("801217", "พอช.")
    agency("800601", "อบต.เชียรใหญ่", is_removed=True)
    Submission.objects.filter(tambon="801217").update(state="submitted")
    assert names(cast.staff) == []


def test_each_sees_the_names_of_the_own_area(cast, places, survey):
    for code in ("801217", "800304"):
        agency(code, "พอช.")
    assert names(cast.zone3) == [("พอช.", 1, 1)] and names(cast.staff) == [("พอช.", 2, 2)]
    assert names(cast.staff, area=places.zone2) == [("พอช.", 1, 1)] and names(cast.staff, words="อบต") == []


@pytest.mark.parametrize(("record", "written", "reason"), [
    ({"name": "องค์การบริหารส่วนตำบลปากแพรก"}, "อบต. ปากแพรก", "ชื่ออ่านเหมือนกัน"),
    ({"name": "ธนาคารเพื่อการเกษตร", "short_name": "ธ.ก.ส."}, "ธกส", "ชื่อย่อ"),
    ({"name": "สถาบันพัฒนาองค์กรชุมชน"}, "สถาบันพัฒนาองค์กรชุมชน (พอช.)", "วงเล็บ"),
    ({"name": "สำนักงานพัฒนาชุมชนอำเภอปากพนัง"}, "พัฒนาชุมชนปากพนัง", "สำนักงาน"),
    ({"name": "กลุ่มแม่บ้านเกษตรกรปากแพรก"}, "กลุ่มแม่บ้าน", "มีคำนี้อยู่"),
])  # fmt: skip
def test_a_record_that_is_alike_is_offered_with_the_reason(cast, survey, sign_in, record, written, reason):
    known = Organization.objects.create(**record)
    page = sign_in(cast.staff).get(page_of(agency("801217", written))).content.decode()
    assert known.name in page and reason in page


def test_a_namesake_at_home_elsewhere_comes_after_the_one_at_home_here(cast, places, survey):
    for code in ("800304", "801217"):
        Organization.objects.create(name="กลุ่มแม่บ้าน", tambon=places.tambons[code])
    found = suggestions(group("801217", "กลุ่มแม่บ้าน"), cast.staff)
    assert [one.organization.tambon_id for one in found] == ["801217", "800304"]


def test_whom_to_ask_is_never_shown_and_a_persons_name_is_pointed_out(cast, survey, sign_in):
    row = agency("801217", "นายบุญมี แก่นจันทร์", contact=CONTACT)
    client = sign_in(cast.staff)
    pages = [client.get(url).content.decode() for url in (LIST, page_of(row))]
    assert all("ชื่อบุคคล" in page and CONTACT not in page for page in pages)


# ---- what is decided ----
def test_it_is_this_one_by_the_page(cast, survey, sign_in):
    row, known = agency("801217", "พอช"), Organization.objects.create(name="พอช.")
    answers = {"choice": str(known.pk), "scope": "tambon:801217"}
    assert sign_in(cast.tambon).post(page_of(row), answers).status_code == 302
    row.refresh_from_db()
    assert row.organization == known and WrittenName.objects.get().tambon_id == "801217"
    assert AuditEntry.objects.about(known)[0].by == cast.tambon


def test_a_group_is_another_in_each_tambon(cast, places, survey):
    here, there = group("801217", "กลุ่มแม่บ้าน"), group("800601", "กลุ่มแม่บ้าน")
    known = Organization.objects.create(name="กลุ่มแม่บ้านปากแพรก")
    decide_name(here, area=places.tambons["801217"], organization=known, by=cast.staff)
    assert list(known.activities.all()) == [here] and names(cast.staff, "groups") == [("กลุ่มแม่บ้าน", 1, 1)]
    other = Organization.objects.create(name="กลุ่มแม่บ้านเชียรใหญ่")
    decide_name(there, area=places.province, organization=other, by=cast.staff)
    assert list(other.activities.all()) == [there]


def test_an_office_may_be_one_for_a_whole_area_in_both_rosters(cast, places, survey):
    row, _far, body = agency("801217", "พอช."), agency("800304", "พอช."), Organization.objects.create(name="พอช.")
    behind = group("800601", "พอช")
    decide_name(row, area=places.zone3, organization=body, by=cast.zone3)
    assert list(body.activities.all()) == [behind] and list(body.supports.all()) == [row]


def test_nobody_decides_for_more_than_the_own_area(cast, survey, sign_in):
    row, body = agency("801217", "พอช."), Organization.objects.create(name="พอช.")
    answers = {"choice": str(body.pk), "scope": "district:8012"}
    assert sign_in(cast.tambon).post(page_of(row), answers).status_code == 422


def test_a_new_record_is_filled_in_and_linked_once_it_is_saved(cast, survey, sign_in):
    row, client = group("801217", "กลุ่มทำขนมปากแพรก"), sign_in(cast.tambon)
    onward = client.post(page_of(row), {"choice": "new", "scope": "tambon:801217"})["Location"]
    form = client.get(onward).context["form"]
    told = {name: form[name].value() for name in ("name", "kind", "area", "scope", "status")}
    assert (told["kind"], told["area"], told["scope"]) == ("group", "tambon:801217", "tambon:801217")
    assert client.post(onward, told).status_code == 302
    made = Organization.objects.get()
    assert (made.name, made.tambon_id, list(made.activities.all())) == ("กลุ่มทำขนมปากแพรก", "801217", [row])


def test_what_is_left_alone_is_not_offered_again_until_it_is_brought_back(cast, survey, sign_in):
    row, client = agency("801217", "ชาวบ้าน"), sign_in(cast.tambon)
    client.post(page_of(row), {"choice": "leave", "scope": "tambon:801217"})
    assert names(cast.staff) == [] and "ชาวบ้าน" in client.get(f"{LIST}?roster=left").content.decode()
    client.post(reverse("written_name_return", args=[WrittenName.objects.get().pk]))
    assert names(cast.staff) == [("ชาวบ้าน", 1, 1)]


def test_a_name_that_has_its_record_meanwhile_is_refused(cast, places, survey):
    row, body = agency("801217", "พอช."), Organization.objects.create(name="พอช.")
    decide_name(row, area=places.tambons["801217"], organization=body, by=cast.staff)
    with pytest.raises(Refused):
        decide_name(row, area=places.tambons["801217"], organization=None, by=cast.staff)


# ---- what is remembered ----
def test_a_later_round_that_writes_the_name_finds_the_same_record(cast, places, survey):
    body = Organization.objects.create(name="กลุ่มแม่บ้านปากแพรก")
    decide_name(group("801217", "กลุ่มแม่บ้าน"), area=places.tambons["801217"], organization=body, by=cast.staff)
    later = make_submission(make_round(places.province, name="รอบหลัง"), places.tambons["801217"], state="submitted")
    row = Activity.objects.create(submission=later, title="ทำขนม", group="กลุ่ม แม่บ้าน")
    approve(later, by=cast.zone3, now=timezone.now())
    row.refresh_from_db()
    assert row.organization == body


def test_the_narrower_word_counts(cast, places, survey):
    here, there = agency("801217", "ชมรม"), agency("800601", "ชมรม")
    decide_name(here, area=places.tambons["801217"], organization=None, by=cast.staff)
    decide_name(there, area=places.province, organization=Organization.objects.create(name="ก"), by=cast.staff)
    here.refresh_from_db()
    assert here.organization is None and names(cast.staff) == []


def test_a_namesake_under_a_wider_word_is_said_to_be_another(cast, places, survey, sign_in):
    row, there = agency("801217", "ชมรม"), agency("800601", "ชมรม")
    wide, narrow = (Organization.objects.create(name=name) for name in ("ชมรม", "ชมรมผู้สูงอายุปากแพรก"))
    decide_name(there, area=places.province, organization=wide, by=cast.staff)
    client = sign_in(cast.tambon)
    assert page_of(row) in client.get(wide.get_absolute_url()).content.decode()
    assert client.post(page_of(row), {"choice": str(narrow.pk), "scope": "tambon:801217"}).status_code == 302
    assert (list(wide.supports.all()), list(narrow.supports.all())) == ([there], [row])


def test_taking_it_back_needs_a_reason_and_the_rows_wait_again(cast, places, survey, sign_in):
    row, body = agency("801217", "พอช."), Organization.objects.create(name="พอช.")
    written = decide_name(row, area=places.province, organization=body, by=cast.staff)
    client, page = sign_in(cast.staff), reverse("written_name_remove", args=[written.pk])
    assert page in client.get(body.get_absolute_url()).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "คนละองค์กร"})["Location"] == body.get_absolute_url()
    assert names(cast.staff) == [("พอช.", 1, 1)] and AuditEntry.objects.about(body)[0].reason == "คนละองค์กร"


def test_what_is_taken_back_falls_to_the_wider_word(cast, places, survey):
    row, there = agency("801217", "ชมรม"), agency("800601", "ชมรม")
    wide, narrow = (Organization.objects.create(name=name) for name in "กข")
    written = decide_name(row, area=places.tambons["801217"], organization=narrow, by=cast.staff)
    decide_name(there, area=places.province, organization=wide, by=cast.staff)
    forget_name(written, reason="ผิด", by=cast.staff)
    row.refresh_from_db()
    assert row.organization == wide


def test_a_merge_takes_rows_and_names_along(cast, places, survey):
    row, later = group("801217", "กลุ่มแม่บ้าน"), agency("800601", "กลุ่มแม่บ้าน")
    gone, into = (Organization.objects.create(name=name) for name in "กข")
    written = decide_name(row, area=places.province, organization=gone, by=cast.staff)
    merge_organizations(gone, into=into, reason="องค์กรเดียวกัน", by=cast.staff)
    assert {*into.activities.all(), *into.supports.all(), *into.written_names.all()} == {row, later, written}


# ---- where it shows ----
def test_the_record_says_where_it_is_named_and_the_place_leads_to_it(cast, places, survey, sign_in):
    row, body = group("801217", "กลุ่มแม่บ้าน"), Organization.objects.create(name="แม่บ้านปากแพรก")
    decide_name(row, area=places.tambons["801217"], organization=body, by=cast.staff)
    client = sign_in(cast.tambon)
    page = client.get(body.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in page and survey.name in page and "ตำบลปากแพรก" in page
    assert f'href="{body.get_absolute_url()}">กลุ่มแม่บ้าน' in client.get("/tambons/801217/").content.decode()


def test_what_waits_is_announced_where_one_works(cast, survey, sign_in):
    agency("801217", "พอช.")
    tambon, zone2 = sign_in(cast.tambon), sign_in(cast.zone2)
    assert f"{LIST}?area=tambon:801217" in tambon.get("/tambons/801217/").content.decode()
    assert LIST in tambon.get("/organizations/").content.decode()
    assert LIST not in zone2.get("/organizations/").content.decode()


def test_the_pages_ask_no_more_however_much_waits(cast, survey, sign_in, django_assert_max_num_queries):
    for number in range(30):
        agency("801217", f"หน่วยงานที่ {number}")
        Organization.objects.create(name=f"หน่วยงานที่ {number} ก")
    client = sign_in(cast.staff)
    for url in (LIST, f"{LIST}?page=2", page_of(Support.objects.first())):
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
