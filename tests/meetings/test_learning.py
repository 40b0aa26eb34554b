"""Learning forums: host, people who know, lessons, review."""

from __future__ import annotations

import pytest
from django.urls import reverse

from meetings.actions.learning import save_forum, save_lesson, save_review
from meetings.minutes.annexes import annexes_of
from meetings.models import Forum, Lesson, Meeting
from organizations.models import Organization
from organizations.problems import Refused
from tests.factories import adopt, make_meeting

LINES = "สมหมาย ทดสอบ · บัญชีครัวเรือน\nผู้รู้อีกคน"


@pytest.fixture
def meeting(places) -> Meeting:
    return make_meeting(places.province, kind="forum", visibility="public", held_on="2009-02-18")


def test_the_host_is_who_convened_it_unless_another_is_named(meeting, cast):
    meeting.convened_by = Organization.objects.create(name="หน่วยประสานงาน")
    assert Forum(meeting=meeting).at_home == meeting.convened_by
    kept = save_forum(Forum(meeting=meeting), new_host="เครือข่ายออมทรัพย์", by=cast.staff)
    assert kept.at_home is not None and kept.at_home.name == "เครือข่ายออมทรัพย์"


def test_people_who_know_are_typed_one_a_line(meeting, cast, sign_in):
    sign_in(cast.staff).post(reverse("forum_edit", args=[meeting.pk]), {"speakers": LINES, "revision": "0"})
    found = list(Forum.objects.get().speakers.values_list("name", "topic"))
    assert found == [("สมหมาย ทดสอบ", "บัญชีครัวเรือน"), ("ผู้รู้อีกคน", "")]


def test_names_and_review_are_for_the_network(meeting, cast, sign_in, client):
    forum = save_forum(Forum(meeting=meeting), speakers=[("ผู้รู้คนหนึ่ง", "ออมทรัพย์")], by=cast.staff)
    forum.intended = "อยากรู้วิธีเริ่ม"
    save_review(forum, by=cast.staff)
    save_lesson(Lesson(text="เริ่มจากสิบคน", said_by="ผู้พูดในเวที"), meeting=meeting, by=cast.staff)
    inside, outside = (one.get(meeting.get_absolute_url()).text for one in (sign_in(cast.member), client))
    for word in ("ผู้รู้คนหนึ่ง", "อยากรู้วิธีเริ่ม", "ผู้พูดในเวที"):
        assert word in inside and word not in outside
    assert "เริ่มจากสิบคน" in outside and "ออมทรัพย์" in outside


def test_lessons_stand_in_the_minutes_without_names_and_stay_once_adopted(meeting, cast):
    save_lesson(Lesson(text="เริ่มจากสิบคน", said_by="ผู้พูดในเวที"), meeting=meeting, by=cast.staff)
    (annex,) = annexes_of(meeting)
    assert annex.rows == (("เริ่มจากสิบคน", ""),)
    adopt(meeting)
    with pytest.raises(Refused):
        save_lesson(Lesson(text="อีกข้อ"), meeting=meeting, by=cast.staff)
    assert save_review(Forum(meeting=meeting, next_time="นัดก่อน"), by=cast.staff).next_time == "นัดก่อน"


def test_a_meeting_of_another_kind_is_no_forum(places, cast, sign_in):
    other = make_meeting(places.province)
    assert sign_in(cast.staff).get(reverse("forum_edit", args=[other.pk])).status_code == 404
    with pytest.raises(Refused):
        save_forum(Forum(meeting=other), by=cast.staff)


@pytest.mark.parametrize("name", ["forum_edit", "forum_review"])
def test_of_two_who_write_the_second_sees_both(meeting, cast, sign_in, name):
    save_review(Forum(meeting=meeting, intended="ของคนแรก"), by=cast.staff)
    told = {"intended": "ของคนที่สอง", "host_name": "", "speakers": "ของคนที่สอง", "revision": "0"}
    response = sign_in(cast.staff).post(reverse(name, args=[meeting.pk]), told)
    assert response.status_code == 409 and "ของคนที่สอง" in response.text


def test_forums_are_listed_by_host_and_year(meeting, cast, client):
    kept = save_forum(Forum(meeting=meeting), new_host="เครือข่ายออมทรัพย์", by=cast.staff)
    for query, shown in (({"host": kept.host_id}, True), ({"year": 2009}, True), ({"host": "x", "year": "๒"}, True)):
        assert (meeting.get_absolute_url() in client.get(reverse("forum_list"), query).text) is shown


@pytest.mark.parametrize("who", ["staff", "member"])
def test_the_page_of_a_forum_asks_at_most_fifteen_times(meeting, cast, sign_in, django_assert_max_num_queries, who):
    for number in range(20):
        save_lesson(Lesson(text=f"บทเรียน {number}"), meeting=meeting, by=cast.staff)
    client = sign_in(getattr(cast, who))
    client.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(meeting.get_absolute_url())
