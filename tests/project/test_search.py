"""The search box: forgiving about spelling, strict about reach, plain about why it found what it found."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakhon_network.search import finding
from nakhon_network.search.groups import GROUPS
from organizations.models import Alias, Organization, Province
from organizations.reference import apply_plan, ensure_zones, plan_province
from tambon_survey.models import Activity
from tests.factories import (
    appoint,
    make_holder,
    make_meeting,
    make_person,
    make_post,
    make_resolution,
    make_round,
    make_submission,
)
from tests.project.search_vectors import MEANT, VECTORS

BOTH_WAYS = sorted({*VECTORS, *((record, typed) for typed, record in VECTORS)} - {pair[::-1] for pair in MEANT})


@pytest.fixture
def staff(db, sign_in):
    """Province staff of the real province."""
    apply_plan(plan_province("80"))
    province = Province.objects.get()
    ensure_zones(province)
    return sign_in(make_holder("staff", "provincial-team", province))


@pytest.fixture
def submission(places):
    """A tambon of zone 2 asked in a round."""
    return make_submission(make_round(places.province), places.tambons["800304"])


def found(client, typed, **more):
    """Group → titles of its hits."""
    groups = client.get("/search/", {"q": typed, **more}).context["groups"]
    return {one.group.key: ["".join(text for text, _hit in hit.title) for hit in one.hits] for one in groups}


def reasons(client, typed):
    """(label, what is marked) of each reason shown."""
    groups = client.get("/search/", {"q": typed}).context["groups"]
    shown = [reason for one in groups for hit in one.hits for reason in hit.reasons]
    return [(str(label), [text for text, hit in pieces if hit]) for label, pieces in shown]


@pytest.mark.parametrize(("typed", "record"), BOTH_WAYS)
def test_every_spelling_finds_its_record(cast, places, submission, sign_in, typed, record):
    """An organization, an activity, a meeting and a resolution, from either side of each pair."""
    Organization.objects.create(name=f"กลุ่ม{record}บ้านเรา")
    Activity.objects.create(submission=submission, title=f"ร่วม{record}กัน")
    meeting = make_meeting(places.province, title=f"เสวนา{record}ครั้งนี้")
    make_resolution(meeting, text=f"ให้{record}รับไป")
    for one in ("organizations", "activities", "meetings", "resolutions"):
        assert found(sign_in(cast.staff), typed)[one], one


@pytest.mark.parametrize(("typed", "url"), [
    ("ต.ปากแพรก", "/tambons/801217/"),
    ("ปากแพรก", "/tambons/801217/"),
    ("ตำบลปากแพรก", "/tambons/801217/"),
    ("ต. ปากแพรก", "/tambons/801217/"),
    ("ปาก\u200bแพรก", "/tambons/801217/"),
    ("ต.ปากแพรก อ.ปากพนัง จ.นครศรีธรรมราช", "/tambons/801217/"),
    ("นบพิตํา", "/districts/8021/"),
    ("อำเภอนบพิตำ", "/districts/8021/"),
    ("ทาศาลา", "/districts/8008/"),
    ("ถำพรรณรา", "/districts/8018/"),
    ("อ.ท่าศาลา", "/districts/8008/"),
    ("อ.เมือง", "/districts/8001/"),
    ("อ. เมือง", "/districts/8001/"),
    ("เมืองคอน", "/districts/8001/"),
    ("โซน 3", "/zones/"),
    ("Pak phraek", "/tambons/801217/"),
])  # fmt: skip
def test_places_are_found(staff, typed, url):
    """Prefixes, slips of the keyboard, capitals, a whole address and a zone's number."""
    assert f'href="{url}' in staff.get("/search/", {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", [
    "", "   ", ".", "\u200b", "\x00", "่้๊", "ไม่มีที่ไหนชื่อนี้", "%", "_", "*", "'", '"', "\\", "'; DROP", "%%ปาก",
    "x" * 5000,
])  # fmt: skip
def test_nothing_found_says_so(staff, typed):
    """A meaningless word finds nothing, not everything, and gets an answer."""
    response = staff.get("/search/", {"q": typed})
    assert response.status_code == 200 and response.context["groups"] == []
    assert response.content.decode().count("empty__title") == bool(response.context["q"])


def test_signs_are_letters_like_any_other(cast, sign_in):
    """A percent sign finds a percent sign."""
    Organization.objects.create(name="กองทุนร้อยละ 100%")
    Organization.objects.create(name="กองทุนร้อยละหนึ่ง")
    assert found(sign_in(cast.staff), "0%") == {"organizations": ["กองทุนร้อยละ 100%"]}


def test_a_very_long_text_is_cut_and_says_so(staff):
    """Its beginning is sought."""
    response = staff.get("/search/", {"q": "ปากแพรก" + " ปากแพรก" * 700})
    assert response.context["query"].was_cut and response.context["groups"]


def test_all_words_must_be_there(cast, submission, sign_in):
    """In any order; some of them may name the place."""
    Activity.objects.create(submission=submission, title="ออมทรัพย์เพื่อการผลิต", group="สตรีบ้านคีรีวง")
    client = sign_in(cast.staff)
    assert "activities" in found(client, "คีรีวง ออมทรัพย์") and "activities" in found(client, "ออมทรัพย์ กำโลน")
    assert "activities" not in found(client, "ออมทรัพย์ ปากแพรก")


def test_the_spelling_as_typed_comes_before_slips_and_synonyms(cast, sign_in):
    """What is called just so is first of all."""
    for name in ("กลุ่มผู้แทน", "กลุ่มตัวแทน", "ตัวแทน", "กลุ่มตั่วแทน"):
        Organization.objects.create(name=name)
    assert found(sign_in(cast.staff), "ตัวแทน")["organizations"] == ["ตัวแทน", "กลุ่มตัวแทน", "กลุ่มตั่วแทน", "กลุ่มผู้แทน"]


def test_the_reason_of_a_hit_is_shown(cast, places, submission, sign_in):
    """Which other text holds the word, marked without splitting a letter from its vowel or tone."""
    Organization.objects.create(name="สถาบันพัฒนา", short_name="พอช.")
    Activity.objects.create(submission=submission, title="ทำนา", group="กลุ่มเกษตรกร")
    make_resolution(make_meeting(places.province), text="ให้ทำแผนที่ชุมชน " * 30 + "แล้วส่งมะพร้าวสามเล่ม")
    person = make_person("สมหมาย", "ใจดี", created_by=cast.staff)
    Alias.objects.create(person=person, name="หลวงพี่ปลื้ม")
    person.save()
    client = sign_in(cast.staff)
    assert reasons(client, "พอช") == [("ชื่อย่อ", ["พอช"])]
    assert reasons(client, "กษตรกร") == [("กลุ่ม", ["เกษตรกร"])]
    assert reasons(client, "พร้าว") == [("ข้อความมติ", ["พร้าว"])]
    assert reasons(client, "ปลืม") == [("ชื่ออื่น", ["ปลื้ม"])]


def test_a_telephone_number_finds_whom_one_may_call(cast, sign_in):
    """As it is written anywhere; nobody is found by a number that the reader may not see."""
    person = make_person("ผู้มีเบอร์", created_by=cast.zone2)
    person.contacts.create(kind="phone", value="0899991234")
    for typed in ("089-999-1234", "๐๘๙๙๙๙๑๒๓๔", "+66 89 999 1234", "9991234"):
        assert found(sign_in(cast.zone2), typed) == {"people": ["ผู้มีเบอร์ ทดสอบ"]}, typed
        assert found(sign_in(cast.zone3), typed) == {}, typed


def test_a_person_is_found_with_the_prefix_of_the_name(cast, sign_in):
    """Which is no part of what is compared."""
    make_person("ดาวเรือง", "สดใส", prefix="นางสาว", created_by=cast.staff)
    for typed in ("นางสาวดาวเรือง", "น.ส. ดาวเรือง สดใส", "คุณดาวเรือง", "สดใส ดาวเรือง"):
        assert found(sign_in(cast.staff), typed)["people"] == ["นางสาวดาวเรือง สดใส"], typed


def test_an_activity_is_found_once_where_it_was_told_last(cast, places, submission, sign_in):
    """The row of the earlier round steps back; a removed one is not found."""
    old = Activity.objects.create(submission=submission, title="ธนาคารปู")
    later = make_submission(make_round(places.province, name="รอบหลัง"), submission.tambon)
    new = Activity.objects.create(submission=later, title="ธนาคารปู", carried_from=old.pk)
    groups = sign_in(cast.staff).get("/search/", {"q": "ธนาคารปู"}).context["groups"]
    assert [(one.total, one.hits[0].url) for one in groups] == [(1, new.get_absolute_url())]
    new.is_removed = True
    new.save(update_fields=["is_removed"])
    groups = sign_in(cast.staff).get("/search/", {"q": "ธนาคารปู"}).context["groups"]
    assert [one.hits[0].url for one in groups] == [old.get_absolute_url()]


def test_a_group_says_how_many_and_shows_all(staff):
    """Some of each kind in Thai order, then all of one kind, page by page, each once."""
    first = staff.get("/search/", {"q": "า"}).context["groups"][0]
    assert first.has_more and len(first.hits) == 6
    pages = range(1, -(-first.total // 30) + 1)
    seen = [title for page in pages for title in found(staff, "า", group="tambon", page=page)["tambon"]]
    assert len(pages) > 1 and len(seen) == first.total
    assert found(staff, "า", group="tambon", page=999) == found(staff, "า", group="tambon", page=len(pages))


def test_beside_very_many_hits_a_name_is_still_found(cast, sign_in, monkeypatch):
    """No more than some are counted; what is called just so comes first, and each stands on one page only."""
    monkeypatch.setattr(finding, "MOST", 40)
    for at in range(60):
        Organization.objects.create(name=f"กลุ่มที่ {at}")
    Organization.objects.create(name="ที่", short_name="ท.")
    client = sign_in(cast.staff)
    assert found(client, "ท่ี")["organizations"][0] == "ที่"
    pages = [found(client, "ที่", group="organizations", page=page)["organizations"] for page in (1, 2)]
    seen = [title for page in pages for title in page]
    assert len(seen) == len(set(seen)) == 41


def test_only_what_one_may_see(cast, places, sign_in):
    """Zone 3 finds its own, not zone 2's; nor its people."""
    appoint(make_person("ดาวเรือง"), make_post("tambon-coordinator", places.tambons["800304"]))
    for name, sees in (("zone2", True), ("zone3", False), ("member", False), ("nobody", False)):
        client = sign_in(getattr(cast, name))
        for typed in ("ลานสกา", "กำโลน", "ดาวเรือง"):
            assert bool(found(client, typed)) == sees, (name, typed)


def test_activities_and_organizations_are_for_those_who_work_there(cast, submission, sign_in):
    """Answers of a tambon in its line of work only; the directory for whoever holds a post."""
    Activity.objects.create(submission=submission, title="จักสานย่านลิเภา")
    Organization.objects.create(name="เครือข่ายย่านลิเภา")
    seen = {
        name: set(found(sign_in(getattr(cast, name)), "ย่านลิเภา")) for name in ("zone2", "zone3", "member", "nobody")
    }
    directory = {"organizations"}
    assert seen == {"zone2": directory | {"activities"}, "zone3": directory, "member": directory, "nobody": set()}


def test_meetings_are_found_by_whoever_reads_them(cast, places, sign_in):
    """A draft by its keepers, the network's by members, a public one with its resolutions by every account."""
    for visibility in ("draft", "network", "public"):
        make_resolution(
            make_meeting(places.province, title=f"ประชุมเปิดเวที {visibility}", visibility=visibility), text="เปิดเวที"
        )
    seen = {name: found(sign_in(getattr(cast, name)), "เปิดเวที") for name in ("staff", "member", "nobody")}
    assert {name: (len(one["meetings"]), len(one["resolutions"])) for name, one in seen.items()} == {
        "staff": (3, 3), "member": (2, 2), "nobody": (1, 1),
    }  # fmt: skip


def test_each_group_asks_at_most_three_times(cast, places, submission, sign_in):
    """However many hits there are."""
    for at in range(12):
        Activity.objects.create(submission=submission, title=f"ทดสอบ {at}")
        Organization.objects.create(name=f"ทดสอบ {at}")
        make_resolution(make_meeting(places.province, title=f"ทดสอบ {at}"), text="ทดสอบ")
        appoint(make_person(f"ทดสอบ{at}"), make_post("tambon-coordinator", places.tambons["800304"]))
    client = sign_in(cast.staff)
    client.get("/search/")
    with CaptureQueriesContext(connection) as bare:
        client.get("/search/")
    with CaptureQueriesContext(connection) as asked:
        groups = client.get("/search/", {"q": "ทดสอบ"}).context["groups"]
    assert len(groups) == 6 and len(asked) - len(bare) <= 3 * len(GROUPS)


def test_what_was_typed_is_still_there(staff):
    """Escaped, in its box."""
    body = staff.get("/search/", {"q": '<b>"ปาก"'}).content.decode()
    assert "<b>" not in body and "&lt;b&gt;&quot;ปาก&quot;" in body


def test_marks_stand_in_escaped_text(cast, sign_in):
    """A name with signs of HTML stays a name."""
    Organization.objects.create(name="<i>กลุ่ม</i>")
    body = sign_in(cast.staff).get("/search/", {"q": "กลุ่ม"}).content.decode()
    assert re.search("&lt;i&gt;<mark>กลุ่ม</mark>&lt;/i&gt;", body)
