"""The chain from meeting to meeting: linked both ways, never in a circle, and the next one made once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from meetings.actions.chain import link, link_stub, make_next, unlink
from meetings.models import Meeting, MeetingLink, Series, Task
from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import AuditEntry, Organization
from organizations.problems import Refused
from tests.factories import make_meeting, make_post

TODAY = date(2006, 12, 26)


@pytest.fixture
def meetings(places):
    """Five meetings without a link, named by their number."""
    return [make_meeting(places.province, title=f"ครั้ง{number}") for number in range(5)]


@pytest.fixture
def staff(cast, sign_in):
    """A client of who keeps the record."""
    return sign_in(cast.staff)


def chained(meetings: list[Meeting]) -> None:
    """Each leads to the one after it."""
    for earlier, later in pairwise(meetings):
        link(earlier=earlier, later=later, kind="continues", by=None)


def test_a_meeting_has_several_before_and_after(meetings, client, cast, sign_in):
    first, second, here, third, fourth = meetings
    for one, kind in ((first, "continues"), (second, "prepared_by")):
        link(earlier=one, later=here, kind=kind, by=None)
    for one in (third, fourth):
        link(earlier=here, later=one, kind="ordered_by", by=None)
    page = sign_in(cast.member).get(here.get_absolute_url())
    assert len(page.context["links_before"]) == len(page.context["links_after"]) == 2


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_a_circle_is_refused_at_any_depth_with_the_names(meetings, depth):
    chained(meetings[:depth])
    with pytest.raises(Refused) as why:
        link(earlier=meetings[depth - 1], later=meetings[0], kind="continues", by=None)
    assert all(one.title in why.value.sentence for one in meetings[:depth])


def test_two_ways_to_one_meeting_are_no_circle(meetings):
    chained(meetings[:3])
    link(earlier=meetings[0], later=meetings[2], kind="reports_to", by=None)
    assert MeetingLink.objects.count() == 3


def test_a_meeting_does_not_come_before_itself(meetings):
    with pytest.raises(Refused):
        link(earlier=meetings[0], later=meetings[0], kind="continues", by=None)


def test_the_same_link_twice_is_one(meetings):
    for kind in ("continues", "continues", "ordered_by"):
        link(earlier=meetings[0], later=meetings[1], kind=kind, by=None)
    assert MeetingLink.objects.get().kind == "ordered_by"


def test_a_removed_link_stays_in_the_history_of_both(meetings):
    unlink(link(earlier=meetings[0], later=meetings[1], kind="continues", by=None), by=None)
    assert MeetingLink.objects.count() == 0
    assert all(AuditEntry.objects.about(one)[0].verb == "remove" for one in meetings[:2])


def test_after_the_link_is_gone_the_other_way_round_is_free(meetings):
    unlink(link(earlier=meetings[0], later=meetings[1], kind="continues", by=None), by=None)
    assert link(earlier=meetings[1], later=meetings[0], kind="continues", by=None).pk


def test_a_meeting_without_a_day_is_said_to_be_without_one(client, places):
    here = make_meeting(places.province, held_on=PartialDate(2006, 12, 25), visibility="public")
    link_stub(here, title="คณะทีมงานเตรียมการ", is_before=True, kind="prepared_by", by=None)
    page = client.get(here.get_absolute_url()).content.decode()
    assert "คณะทีมงานเตรียมการ" in page and "ไม่ทราบวันที่" in page


def test_only_meetings_one_may_read_are_named(client, places):
    here, hidden = (make_meeting(places.province, title=one, visibility=one) for one in ("public", "draft"))
    link(earlier=hidden, later=here, kind="continues", by=None)
    assert client.get(here.get_absolute_url()).context["links_before"] == []


# ---- the form ----
def send(client, this: Meeting, **typed):
    """The form of links, posted."""
    return client.post(reverse("meeting_links", args=[this.pk]), {"side": "before", "kind": "continues"} | typed)


def test_a_meeting_is_linked_by_its_name(staff, meetings):
    assert send(staff, meetings[1], meeting="ครั้ง0").status_code == 302
    assert MeetingLink.objects.get().earlier == meetings[0]


def test_an_unknown_meeting_is_written_down_only_when_ticked(staff, meetings):
    asked = send(staff, meetings[0], meeting="ประชุมเตรียมการ")
    assert asked.status_code == 422 and Meeting.objects.count() == 5
    [(answer, _label)] = asked.context["form"].fields["meeting_which"].widget.choices
    assert send(staff, meetings[0], meeting="ประชุมเตรียมการ", meeting_which=answer).status_code == 302
    stub = Meeting.objects.get(title="ประชุมเตรียมการ")
    assert not stub.held_on and stub.links_onward.get().later == meetings[0]


def test_a_name_of_several_meetings_asks_which(staff, meetings):
    asked = send(staff, meetings[0], meeting="ครั้ง")
    assert asked.status_code == 422 and "มีหลายรายการ" in asked.content.decode()
    assert send(staff, meetings[0], meeting="ครั้ง", meeting_which=meetings[3].pk).status_code == 302


def test_days_in_the_wrong_order_are_asked_about(staff, places):
    here = make_meeting(places.province, title="นี่", held_on=PartialDate(2006, 12, 25))
    make_meeting(places.province, title="ทีหลัง", held_on=PartialDate(2007, 1, 4))
    asked = send(staff, here, meeting="ทีหลัง")
    assert asked.status_code == 422 and "ลำดับก่อนหลังถูกต้องหรือไม่" in asked.content.decode()
    question = asked.context["form"].question
    assert send(staff, here, meeting="ทีหลัง", sure=question).status_code == 302


def test_a_circle_typed_in_the_form_is_answered_in_words(staff, meetings):
    chained(meetings[:3])
    answer = send(staff, meetings[0], meeting="ครั้ง2")
    assert answer.status_code == 422 and "เชื่อมย้อนกลับไม่ได้" in answer.content.decode()


# ---- the next one ----
@pytest.fixture
def source(places):
    """A meeting with everything that is carried, and one task given to both zone posts."""
    meeting = make_meeting(
        places.province,
        title="เสวนา",
        held_on=PartialDate(2006, 12, 25),
        series=Series.objects.create(province=places.province, name="คณะทำงาน"),
        convened_by=Organization.objects.create(name="หน่วยประสานงาน"),
        venue="วัดสระเรียง",
        venue_tambon=places.tambons["800101"],
    )
    posts = [make_post("zone-representative", zone) for zone in (places.zone2, places.zone3)]
    meeting.expected_posts.set(posts)
    order = "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11"
    for post in posts:
        Task.objects.create(meeting=meeting, order=order, text="สำรวจตำบลซ้ำ", post=post)
    return meeting


def following(source: Meeting) -> tuple[Meeting, bool]:
    """The next one, made."""
    return make_next(source, title="วางแผน", held_on=PartialDate(2007, 1, 4), today=TODAY, by=None)


def test_the_next_meeting_carries_what_stays_the_same(source):
    made, _new = following(source)
    for name in ("series", "convened_by", "venue", "venue_tambon"):
        assert getattr(made, name) == getattr(source, name), name
    assert set(made.expected_posts.all()) == set(source.expected_posts.all())
    assert made.links_back.get().kind == "continues"


def test_the_next_meeting_is_a_draft_that_happened_not_yet(source):
    made, _new = following(source)
    assert (made.visibility, made.head_count, made.summary, made.number) == ("draft", None, "", None)


def test_open_work_becomes_one_matter_for_each_order(source):
    made, _new = following(source)
    heading = made.agenda.headings().get(section="arising")
    assert [item.title for item in heading.matters.all()] == ["สำรวจตำบลซ้ำ"]


def test_finished_work_is_not_carried(source):
    source.tasks.update(state="done")
    assert not following(source)[0].agenda.exclude(parent=None).exists()


def test_open_work_of_the_meetings_before_is_carried_too(source, places):
    middle, _new = following(source)
    last, _new = make_next(middle, title="ถัดไป", held_on=PartialDate(), today=date(2007, 1, 5), by=None)
    assert last.agenda.exclude(parent=None).get().title == "สำรวจตำบลซ้ำ"


def test_pressing_twice_makes_one(source):
    first, second = following(source), following(source)
    assert first == (second[0], True) and second[1] is False
    assert Meeting.objects.count() == 2 and MeetingLink.objects.count() == 1


def test_once_the_next_one_took_place_another_can_be_made(source):
    made, _new = following(source)
    Meeting.objects.filter(pk=made.pk).update(head_count=12)
    assert following(source)[1] is True


def test_the_page_says_what_is_carried_before_anything_is_made(staff, source):
    page = staff.get(reverse("meeting_next", args=[source.pk])).content.decode()
    assert "สำรวจตำบลซ้ำ" in page and "หน่วยประสานงาน" in page and Meeting.objects.count() == 1


def test_two_tabs_end_at_one_meeting(staff, source):
    url = reverse("meeting_next", args=[source.pk])
    answers = [staff.post(url, {"title": "วางแผน", "held_on": ""}).url for _tab in range(2)]
    assert answers[0] == answers[1] and Meeting.objects.count() == 2
