"""One register of questions over meetings, stories and activities."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.discussion import answer, remove_comment, settle, write_comment
from tambon_survey.models import Activity, Remark
from tests.factories import make_comment, make_meeting, make_round, make_story, make_submission

NOW = timezone.now()


@pytest.fixture
def asked(cast, places):
    """A question at a meeting (3 days), about a story (9 days), about an activity (6 days)."""
    home = places.tambons["801217"]
    make_comment(make_meeting(places.province), by=cast.member, text="ข้อประชุม", written_at=NOW - timedelta(days=3))
    story = make_story(home)
    activity = Activity.objects.create(submission=make_submission(make_round(places.province), home), title="ออม")
    for thing, text, days in ((story, "ข้อเรื่องเล่า", 9), (activity, "ข้อกิจกรรม", 6)):
        write_comment(thing, kind="question", text=text, by=cast.tambon, now=NOW - timedelta(days=days))
    return story


def listed(client, **query) -> str:
    return client.get(reverse("question_list"), query).text


def test_the_longest_silence_comes_first_wherever_it_was_asked(asked, cast, sign_in):
    page = listed(sign_in(cast.staff))
    assert page.index("ข้อเรื่องเล่า") < page.index("ข้อกิจกรรม") < page.index("ข้อประชุม")
    assert "รอคำตอบมา 9 วัน" in page


def test_nobody_reads_a_question_about_what_one_may_not_read(asked, cast, sign_in):
    page = listed(sign_in(cast.member))
    assert "ข้อเรื่องเล่า" in page and "ข้อกิจกรรม" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [({"where": "stories"}, "ข้อเรื่องเล่า"), ({"where": "activities"}, "ข้อกิจกรรม"), ({"where": "meetings"}, "ข้อประชุม")],
)
def test_the_register_is_narrowed_by_where(asked, cast, sign_in, query, shown):
    page = listed(sign_in(cast.staff), **query)
    assert [one for one in ("ข้อเรื่องเล่า", "ข้อกิจกรรม", "ข้อประชุม") if one in page] == [shown]


def test_the_register_is_narrowed_by_place_and_state(asked, cast, places, sign_in):
    client = sign_in(cast.staff)
    assert "ข้อเรื่องเล่า" in listed(client, place="8012") and "ข้อเรื่องเล่า" in listed(client, place=f"z{places.zone3.pk}")
    assert "ข้อเรื่องเล่า" not in listed(client, place="8003")
    assert "ข้อเรื่องเล่า" not in listed(client, state="accepted")
    assert "ข้อเรื่องเล่า" in listed(client, state="%", place="'", where="x")


def test_a_question_about_a_story_follows_the_rules_of_a_meetings(asked, cast):
    question = Remark.objects.get(text="ข้อเรื่องเล่า")
    found = answer(question, text="สิบคน", by=cast.member, now=NOW)
    question.refresh_from_db()
    assert (found.story, found.question, question.state) == (asked, question, "answered")
    assert settle(question, state="accepted", by=cast.tambon).state == "accepted"
    remove_comment(found, reason="ผิด", is_keeper=False, by=cast.member, now=NOW)
    question.refresh_from_db()
    assert question.state == "open"


def test_the_register_asks_as_little_of_many_as_of_few(asked, cast, sign_in, django_assert_max_num_queries):
    for number in range(20):
        write_comment(asked, kind="question", text=f"ข้อ {number}", by=cast.tambon, now=NOW)
    client = sign_in(cast.staff)
    listed(client)
    with django_assert_max_num_queries(12):
        listed(client)


@pytest.mark.parametrize(("name", "number"), [("staff", 3), ("zone3", 2), ("district", 2), ("tambon", 0), ("zone2", 0)])
def test_home_tells_whom_it_concerns_how_many_wait_and_leads_there(asked, cast, sign_in, name, number):
    client = sign_in(getattr(cast, name))
    things = [one for one in client.get(reverse("home")).context["things"] if "questions" in one.url]
    assert [one.text for one in things] == ([f"มีคำถาม {number} ข้อรอคำตอบ"] if number else [])
    assert [client.get(one.url).context["page_obj"].paginator.count for one in things] == ([number] if number else [])
