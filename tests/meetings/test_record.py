"""The record of a meeting: what its form takes, refuses and asks about, and what the page shows to whom."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from meetings.actions.meetings import save_meeting
from meetings.models import Meeting, Series, Tag
from nakhon_network.lib.thai_dates import PartialDate, format_official
from organizations.models import AuditEntry, Organization
from tests.factories import make_attachment, make_meeting

TYPED = {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft"}


@pytest.fixture
def staff(cast, sign_in):
    """A client of who keeps the record."""
    return sign_in(cast.staff)


def send(client, meeting: Meeting | None = None, **typed):
    """The form, posted: a new meeting, or a change of one."""
    url = reverse("meeting_edit", args=[meeting.pk]) if meeting else reverse("meeting_add", args=["80"])
    return client.post(url, TYPED | typed)


def text(response) -> str:
    """The page as text."""
    return response.content.decode()


def test_only_the_title_is_needed(staff, places):
    assert send(staff).status_code == 302
    made = Meeting.objects.get()
    assert (made.held_on, made.day, made.number, made.head_count) == (PartialDate(), None, None, None)


def test_a_new_meeting_has_the_five_official_headings(staff, places):
    send(staff)
    titles = [item.title for item in Meeting.objects.get().agenda.headings()]
    assert len(titles) == 5 and titles[2] == "เรื่องสืบเนื่อง"


def test_everything_of_the_source_meeting_is_held(staff, places):
    send(
        staff, held_on="วันจันทร์ที่ ๒๕ ธันวาคม ๒๕๔๙", venue="วัดสระเรียง", venue_tambon_name="ต.ในเมือง อ.เมือง",
        head_count="๕๐", head_count_is_approximate="on", facilitator="คุณทวี\nคุณพัชนี", tags="ภาคประชาชน, แผนที่ คนดี",
        written_day="26/12/2549", written_hour="22.33", source_url="https://example.org/1", visibility="public",
    )  # fmt: skip
    made = Meeting.objects.get()
    assert (made.day, made.venue_tambon_id, made.head_count) == (date(2006, 12, 25), "800101", 50)
    assert [tag.name for tag in Tag.objects.order_by("pk")] == ["ภาคประชาชน", "แผนที่ คนดี"]
    assert [one.name for one in made.facilitation.all()] == ["คุณทวี", "คุณพัชนี"]
    assert made.written_at.astimezone().strftime("%d %H:%M") == "26 22:33"


def test_an_end_before_the_start_is_refused_and_nothing_is_lost(staff, places):
    response = send(staff, starts_at="13.00", ends_at="09.00", summary="ข้อความยาว")
    assert response.status_code == 422 and Meeting.objects.count() == 0
    assert "เวลาเลิกประชุมมาก่อนเวลาเริ่ม" in text(response) and "ข้อความยาว" in text(response)


def test_a_number_counts_once_in_its_series_and_year(staff, places):
    series = Series.objects.create(province=places.province, name="คณะทำงาน")
    first = {"series": series.pk, "number": "3", "held_on": "25/12/2549"}
    assert send(staff, **first).status_code == 302
    assert send(staff, **first).status_code == 422
    assert send(staff, **first | {"held_on": "4/1/2550"}).status_code == 302
    assert [one.number_text for one in Meeting.objects.order_by("pk")] == ["3/2549", "3/2550"]


def test_a_series_is_added_in_the_same_form(staff, places):
    send(staff, new_series="คณะทำงานระดับจังหวัด", new_series_numbering="fiscal", number="1", held_on="25/12/2549")
    made = Meeting.objects.get()
    assert made.series.name == "คณะทำงานระดับจังหวัด"
    assert made.number_text == "1/2550"  # the fiscal year has begun in October


# ---- names typed ----
def test_an_unknown_tambon_is_refused_with_its_name(staff, places):
    response = send(staff, venue_tambon_name="ไม่มีตำบลนี้")
    assert response.status_code == 422 and "ไม่พบตำบลชื่อ “ไม่มีตำบลนี้”" in text(response)


def test_a_name_of_several_tambon_asks_which(staff, places):
    response = send(staff, venue_tambon_name="ปาก")
    assert response.status_code == 422 and "มีหลายรายการตรงกับที่พิมพ์" in text(response)
    assert send(staff, venue_tambon_name="ปาก", venue_tambon_name_which="801217").status_code == 302
    assert Meeting.objects.get().venue_tambon_id == "801217"


def test_a_tick_for_what_the_name_does_not_fit_counts_for_nothing(staff, places):
    assert send(staff, venue_tambon_name="ปาก", venue_tambon_name_which="800101").status_code == 422


def test_an_unknown_organization_is_added_only_when_ticked(staff, places):
    asked = send(staff, convened_by_name="หน่วยประสานงานใหม่")
    assert asked.status_code == 422 and Organization.objects.count() == 0
    [(answer, _label)] = asked.context["form"].fields["convened_by_name_which"].widget.choices
    assert send(staff, convened_by_name="หน่วยประสานงานใหม่", convened_by_name_which=answer).status_code == 302
    assert Meeting.objects.get().convened_by == Organization.objects.get(name="หน่วยประสานงานใหม่")


def test_of_two_organizations_of_one_name_the_ticked_one_is_meant(staff, places):
    _first, second = (Organization.objects.create(name="กลุ่มออมทรัพย์") for _number in range(2))
    assert send(staff, convened_by_name="กลุ่มออมทรัพย์").status_code == 422
    assert send(staff, convened_by_name="กลุ่มออมทรัพย์", convened_by_name_which=second.pk).status_code == 302
    assert Meeting.objects.get().convened_by == second


# ---- what is odd ----
def assert_asked_once(client, meeting: Meeting | None, about: str, **typed) -> None:
    """The form asks about it (422), and is saved once the tick for that very question is set."""
    asked = send(client, meeting, **typed)
    assert asked.status_code == 422 and about in text(asked)
    question = asked.context["form"].question
    assert send(client, meeting, **typed, sure="another question").status_code == 422
    assert send(client, meeting, **typed, sure=question).status_code == 302


def test_a_wrong_weekday_is_asked_about(staff, places):
    assert_asked_once(staff, None, "วันจันทร์", held_on="วันอังคารที่ 25 ธันวาคม 2549")


def test_a_day_ahead_is_asked_about_when_people_were_counted(staff, places):
    assert_asked_once(staff, None, "ยังมาไม่ถึง", held_on="25/12/2580", head_count="37")


def test_a_day_far_ahead_is_asked_about(staff, places):
    assert_asked_once(staff, None, "ล่วงหน้ากว่าสองปี", held_on="25/12/2590")


def test_a_year_far_from_the_neighbours_is_asked_about(staff, places):
    earlier = make_meeting(places.province, title="เตรียมการ", held_on=PartialDate(2006, 12, 11))
    later = make_meeting(places.province)
    earlier.links_onward.create(later=later)
    assert_asked_once(staff, later, "ห่างจาก เตรียมการ", held_on="25/12/2562")


def test_a_report_older_than_the_meeting_is_asked_about(staff, places):
    assert_asked_once(staff, None, "เขียนรายงานมาก่อน", held_on="25/12/2562", written_day="26/12/2549")


def test_a_round_number_of_people_is_asked_about(staff, places):
    assert_asked_once(staff, None, "50 คนพอดีหรือไม่", head_count="50")


def test_the_day_of_the_source_meeting_is_asked_about_nothing(staff, places):
    typed = {"held_on": "25/12/2549", "head_count": "50", "head_count_is_approximate": "on"}
    assert send(staff, **typed).status_code == 302


# ---- two tabs ----
def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(staff, places):
    meeting = make_meeting(places.province, summary="เดิม")
    assert send(staff, meeting, summary="ของแท็บหนึ่ง", revision="0").status_code == 302
    response = send(staff, meeting, summary="ของแท็บสอง", revision="0")
    assert response.status_code == 409
    assert "ของแท็บหนึ่ง" in text(response) and "ของแท็บสอง" in text(response)
    [row] = [one for one in response.context["differences"] if "สรุป" in one.label]
    assert (row.typed, row.stands) == ("ของแท็บสอง", "ของแท็บหนึ่ง")


def test_after_a_conflict_the_same_form_saves(staff, places):
    meeting = make_meeting(places.province)
    send(staff, meeting, summary="หนึ่ง", revision="0")
    revision = send(staff, meeting, summary="สอง", revision="0").context["form"]["revision"].value()
    assert send(staff, meeting, summary="สอง", revision=revision).status_code == 302
    meeting.refresh_from_db()
    assert meeting.summary == "สอง"


def test_every_change_stands_in_the_history(staff, places):
    meeting = make_meeting(places.province, title="เดิม")
    send(staff, meeting, title="ใหม่", facilitator="คุณทวี")
    changes = AuditEntry.objects.about(meeting)[0].changes
    assert changes["title"] == ["เดิม", "ใหม่"] and "คุณทวี" in changes["facilitation"][1]


# ---- the page ----
def shown(client, meeting: Meeting) -> str:
    """The meeting's page as its reader sees it."""
    return text(client.get(meeting.get_absolute_url()))


def test_the_page_says_about_fifty_people_without_a_list(client, places):
    meeting = make_meeting(places.province, head_count=50, head_count_is_approximate=True, visibility="public")
    assert "ประมาณ 50 คน" in shown(client, meeting)


def test_the_page_shows_the_official_date(client, places):
    meeting = make_meeting(places.province, held_on=PartialDate(2006, 12, 25), visibility="public")
    assert format_official(date(2006, 12, 25)) in shown(client, meeting)


def test_the_venue_leads_to_its_tambon_only_for_who_may_open_it(client, places, cast, sign_in):
    tambon = places.tambons["801217"]
    meeting = make_meeting(places.province, venue_tambon=tambon, visibility="public")
    link = f'href="{tambon.get_absolute_url()}"'
    assert link in shown(sign_in(cast.tambon), meeting)
    assert link not in shown(client, meeting) and tambon.full_name in shown(client, meeting)


def test_the_secretarys_note_stands_apart(client, places):
    meeting = make_meeting(places.province, secretary_note="เก้าอี้เป็นแถว", visibility="public")
    assert "ไม่ใช่มติ" in shown(client, meeting).partition("เก้าอี้เป็นแถว")[0]


def test_the_source_opens_without_telling_where_one_came_from(client, places):
    meeting = make_meeting(places.province, source_url="https://example.org/1", visibility="public")
    assert 'rel="noopener nofollow external"' in shown(client, meeting)


def test_a_tag_leads_to_the_meetings_that_carry_it(client, places, cast):
    tagged = save_meeting(Meeting(province=places.province, title="มีป้าย", visibility="public"), tags=["คน ดี"], by=None)
    make_meeting(places.province, title="ไม่มีป้าย", visibility="public")
    [address] = re.findall(r'href="([^"]*[?]tag=[^"]*)"', shown(client, tagged))
    found = text(client.get(address))
    assert "มีป้าย" in found and "ไม่มีป้าย" not in found


# ---- the list ----
def test_the_list_is_narrowed_by_kind_text_and_year(client, places):
    for title, kind, year in (("หนึ่ง", "workshop", 2006), ("สอง", "planning", 2007)):
        make_meeting(places.province, title=title, kind=kind, held_on=PartialDate(year), visibility="public")
    for question in ({"kind": "workshop"}, {"q": "หนึ"}, {"year": "2006"}, {"year": "๒๐๐๖"}):
        titles = [one.title for one in client.get(reverse("meeting_list"), question).context["page_obj"]]
        assert titles == ["หนึ่ง"], question


def test_a_visitor_finds_public_meetings_from_the_front_page(client, places):
    make_meeting(places.province, title="เปิดเผย", visibility="public")
    make_meeting(places.province, title="ของเครือข่าย")
    assert reverse("meeting_list") in text(client.get("/"))
    found = text(client.get(reverse("meeting_list")))
    assert "เปิดเผย" in found and "ของเครือข่าย" not in found


def test_the_tambon_page_lists_only_meetings_one_may_read(cast, places, sign_in):
    tambon = places.tambons["801217"]
    make_meeting(places.province, title="ประชุมที่นี่", venue_tambon=tambon)
    make_meeting(places.province, title="ร่างของจังหวัด", venue_tambon=tambon, visibility="draft")
    found = text(sign_in(cast.tambon).get(tambon.get_absolute_url()))
    assert "ประชุมที่นี่" in found and "ร่างของจังหวัด" not in found


def test_the_list_asks_at_most_ten_times(client, cast, places, sign_in, django_assert_max_num_queries):
    for number in range(40):
        fields = {"venue_tambon": places.tambons["801217"], "held_on": PartialDate(2000 + number % 9)}
        save_meeting(Meeting(province=places.province, title=f"ที่ {number}", **fields), tags=[f"ป้าย{number}"], by=None)
    visitor = sign_in(cast.staff)
    visitor.get(reverse("meeting_list"))  # writes to the session once
    with django_assert_max_num_queries(10):
        visitor.get(reverse("meeting_list"), {"kind": "dialogue", "q": "ที่", "tag": "ป้าย1", "year": "2001"})


@pytest.mark.parametrize("name", ["staff", "member"])
def test_the_page_asks_at_most_fifteen_times(cast, places, sign_in, django_assert_max_num_queries, name):
    meeting = save_meeting(
        Meeting(province=places.province, title="มากมาย", visibility="public", venue_tambon=places.tambons["801217"]),
        tags=[f"ป้าย{number}" for number in range(20)],
        team={"facilitator": [f"คน{number}" for number in range(20)]},
        by=cast.staff,
    )
    for number in range(30):
        meeting.links_back.create(earlier=make_meeting(places.province, title=f"ก่อน {number}"))
        make_attachment(meeting, title=f"เอกสาร {number}")
        meeting.agenda.create(parent=meeting.agenda.headings()[3], position=number, section="consider", title="เรื่อง")
    visitor = sign_in(getattr(cast, name))
    shown(visitor, meeting)  # writes to the session once
    with django_assert_max_num_queries(15):
        assert "ก่อน 29" in shown(visitor, meeting)
