"""The demo's chain of meetings: what the public record of 25 December 2549 says, and blanks for what it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from meetings.demo import make_meetings_demo, planning_meeting, survey_order, the_meeting
from meetings.models import Meeting, Resolution, Task
from organizations.demo import make_demo
from organizations.models import Province, User
from tambon_survey.demo import make_survey_demo, tie_survey_to_meetings
from tambon_survey.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The whole demo, made once for the tests of this file and taken back after them."""
    now = timezone.now()
    with django_db_blocker.unblock(), translation.override("th"), transaction.atomic():
        make_demo(password="ทดสอบเท่านั้น")
        province = Province.objects.get(pk="80")
        make_meetings_demo(province, now=now)
        make_survey_demo(province, now=now)
        meeting, planning = the_meeting(province), planning_meeting(province)
        yield SimpleNamespace(province=province, meeting=meeting, planning=planning, now=now)
        transaction.set_rollback(True)


def client_of(username: str = "") -> Client:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_the_record_shows_three_goals_settled_tentative_and_assigned(demo):
    goals = list(demo.meeting.goals.prefetch_related("resolutions"))
    strengths = [{one.strength for one in goal.resolutions.all()} for goal in goals]
    assert strengths == [{"settled"}, {"tentative"}, {"assigned"}]
    shown = page(client_of(), demo.meeting.get_absolute_url())
    assert [one for one in ("settled", "tentative", "assigned") if f"badge is-{one}" not in shown] == []


def test_it_has_two_predecessors_one_without_a_day_and_two_successors(demo):
    before = [link.earlier for link in demo.meeting.links_back.select_related("earlier")]
    after = [link.later for link in demo.meeting.links_onward.select_related("later")]
    assert sorted(one.held_on.to_iso() for one in before) == ["", "2006-12-11"]
    assert sorted(one.held_on.to_iso() for one in after) == ["", "2007-01-04"]
    assert "ไม่ทราบวัน" in page(client_of(), demo.meeting.get_absolute_url())


def test_about_fifty_came_and_no_list_of_names_is_made_up(demo):
    assert (demo.meeting.head_count, demo.meeting.head_count_is_approximate) == (50, True)
    assert not demo.meeting.attendance.exists()
    shown = " ".join(re.sub(r"<[^>]+>", " ", page(client_of(), demo.meeting.get_absolute_url())).split())
    assert "ประมาณ 50" in shown


def test_what_is_not_known_stays_empty(demo):
    unknown = {"starts_at": None, "ends_at": None, "number": None}
    assert {name: getattr(demo.meeting, name) for name in unknown} == unknown
    assert not Resolution.objects.filter(meeting=demo.meeting, tambons__isnull=False).exists()
    assert not demo.meeting.photos.exists() and not demo.meeting.attachments.exists()


def test_three_days_are_three_things(demo):
    assert str(demo.meeting.held_on) == "25 ธันวาคม 2549"
    moments = [timezone.localtime(one) for one in (demo.meeting.written_at, demo.meeting.edited_at)]
    assert [f"{one:%Y-%m-%d %H:%M}" for one in moments] == ["2006-12-26 22:33", "2013-09-06 17:43"]


def test_the_source_keeps_its_rights(demo):
    shown = page(client_of(), demo.meeting.get_absolute_url())
    assert demo.meeting.source_url in shown and "สงวนลิขสิทธิ์" in shown
    assert [one.name for one in demo.meeting.facilitation.all()] and demo.meeting.tags.filter(
        name__contains=" "
    ).exists()


def test_one_of_three_questions_was_never_answered(demo):
    questions = demo.meeting.comments.questions()
    assert [one.state for one in questions] == ["elsewhere", "open", "elsewhere"]
    assert questions[1].text in page(client_of(), reverse("question_list"))


def test_work_goes_to_all_who_came_to_ten_seats_and_once_at_once(demo):
    tasks = Task.objects.filter(meeting=demo.meeting)
    assert tasks.filter(is_for_attendees=True).count() == 1
    assert tasks.filter(post__role="zone-representative", due_meeting=demo.planning).count() == 10
    assert [one.organization for one in tasks.filter(is_urgent=True)] == [demo.meeting.convened_by]


def test_only_the_zone_without_a_report_and_the_workshop_are_left_to_do(demo):
    left = Task.objects.open().filter(meeting=demo.meeting)
    assert sorted(one.post.zone.number if one.post else 0 for one in left.with_facts()) == [0, 5, 5]
    assert left.get(post=None).is_urgent


def test_the_first_round_lies_between_the_resolution_and_the_planning_meeting(demo):
    first = Round.objects.earliest("opens_at")
    assert (first.resolution, first.planning_meeting) == (survey_order(demo.province), demo.planning)
    assert str(first.planning_day) == "2007-01-04" and first.ordered_by == ""


def test_one_walks_from_the_third_goal_to_the_fourth_of_january_and_back(demo):
    client, first = client_of("zone3"), Round.objects.earliest("opens_at")
    zone = User.objects.get(username="zone3").person.appointments.get().post.zone_id
    submission = first.submissions.filter(tambon__district__zone=zone)[0]
    report = reverse("zone_report", args=[first.pk, zone])
    way = [demo.meeting, survey_order(demo.province), first, submission, report, demo.planning]
    urls = [one if isinstance(one, str) else one.get_absolute_url() for one in way]
    for here, there in [*zip(urls, urls[1:]), *zip(urls[::-1], urls[-2::-1])]:  # noqa: B905, RUF007
        assert f'href="{there}"' in page(client, here), (here, there)
    assert urls[0] in page(client, urls[-1]) and urls[-1] in page(client, urls[0])


def test_the_planning_meeting_opens_with_four_of_five_zones(demo):
    shown = page(client_of("province"), demo.planning.get_absolute_url())
    assert 'id="came-back"' in shown and "4/5" in shown
    assert 'id="came-back"' not in page(client_of(), demo.planning.get_absolute_url())


def test_visitors_read_the_whole_chain(demo):
    chain = Meeting.objects.filter(province=demo.province, is_sample=False)
    assert chain.count() == 5
    assert {client_of().get(one.get_absolute_url()).status_code for one in chain} == {200}


def test_made_again_nothing_comes_twice(demo):
    before = (Meeting.objects.count(), Task.objects.count(), Resolution.objects.count())
    assert not make_meetings_demo(demo.province, now=demo.now)
    assert not make_survey_demo(demo.province, now=demo.now)
    assert not tie_survey_to_meetings(demo.province)
    assert (Meeting.objects.count(), Task.objects.count(), Resolution.objects.count()) == before


def test_a_demo_of_before_its_meetings_is_tied_to_them(demo):
    Round.objects.update(resolution=None, planning_meeting=None)
    assert tie_survey_to_meetings(demo.province)
    assert Round.objects.earliest("opens_at").planning_meeting == demo.planning
