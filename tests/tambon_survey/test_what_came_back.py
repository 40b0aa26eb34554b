"""From a resolution to its round, from the round to the planning meeting, and what that meeting opens with."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting, MeetingLink, Minutes, Resolution, Task
from meetings.parts import chain
from organizations.problems import Refused
from tambon_survey.actions.rounds import save_round
from tambon_survey.boards import current_round
from tambon_survey.coming_back import came_back
from tambon_survey.models import Round, ZoneReport
from tests.factories import make_meeting, make_province, make_round, make_submission

DAY = "2030-01-04"


@pytest.fixture
def before(places) -> Meeting:
    """The meeting that ordered the survey."""
    return make_meeting(places.province, title="ประชุมที่มอบหมาย", held_on="2029-12-25")


@pytest.fixture
def resolution(before) -> Resolution:
    """Its third resolution: survey again."""
    return Resolution.objects.create(meeting=before, number=3, strength="assigned", text="ลงสำรวจตำบลซ้ำ")


@pytest.fixture
def planning(places, before) -> Meeting:
    """The planning meeting after it."""
    found = make_meeting(places.province, title="หารือหนุนเสริมตำบล", kind="planning", held_on=DAY)
    MeetingLink.objects.create(earlier=before, later=found, kind="reports_to")
    return found


@pytest.fixture
def survey_round(places, resolution, planning) -> Round:
    """A round between the two, with a tambon sent, one sent back, one in draft and one dropped."""
    found = make_round(places.province, name="รอบซ้ำ", resolution=resolution, planning_meeting=planning)
    make_submission(found, places.tambons["801217"], state="approved")
    make_submission(found, places.tambons["800601"], state="returned", fix_by=timezone.localdate())
    make_submission(found, places.tambons["800304"], state="draft")
    make_submission(found, places.tambons["800115"], state="draft", dropped_at=timezone.now())
    ZoneReport.objects.create(round=found, zone=places.zone3, submitted_at=timezone.now())
    ZoneReport.objects.create(round=found, zone=places.zone2)
    return found


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def back_of(planning: Meeting, user):
    today = timezone.localdate()
    before = chain.part(planning, viewer=user, today=today)["links_before"]
    return came_back(planning, user, before=before, today=today)


# ---- one truth about the day -----------------------------------------------------------------------------------------
def test_the_day_of_the_recorded_meeting_wins(survey_round, planning):
    survey_round.planning_meeting_on = timezone.localdate()
    assert survey_round.planning_day == planning.day


@pytest.mark.parametrize("known", ["", "2030", "2030-01"])
def test_without_a_whole_day_there_the_written_day_counts(survey_round, planning, known):
    survey_round.planning_meeting_on = day = timezone.localdate()
    survey_round.planning_meeting.held_on = type(planning.held_on).from_iso(known)
    assert survey_round.planning_day == day


def test_home_and_boards_read_the_day_without_asking_again(survey_round, cast, django_assert_num_queries):
    found = current_round(cast.zone3, now=timezone.now())
    with django_assert_num_queries(0):
        assert str(found.planning_day) == DAY


# ---- the form of a round ---------------------------------------------------------------------------------------------
def plan(**changed: str) -> dict[str, str]:
    told = {"name": "รอบใหม่", "opens_day": "25/12/2579", "opens_hour": "09.00", "on_time_day": "1/1/2580"}
    told |= {"on_time_hour": "16.00", "closes_day": "3/1/2580", "closes_hour": "16.00"}
    return told | changed


def test_the_form_ties_a_round_to_its_resolution_and_meeting(resolution, planning, cast, sign_in):
    told = plan(resolution=resolution.pk, planning_meeting=planning.pk, planning_meeting_on="9/1/2580")
    sign_in(cast.staff).post(reverse("round_add", args=["80"]), told)
    found = Round.objects.get()
    assert (found.resolution, found.planning_meeting) == (resolution, planning)
    assert found.planning_meeting_on is None and found.planning_day == planning.day


def test_the_form_offers_no_withdrawn_resolution_and_none_of_another_province(places, resolution, cast, sign_in):
    other = make_meeting(make_province("81", name_th="กระบี่"), visibility="public")
    far = Resolution.objects.create(meeting=other, number=1, strength="settled", text="ของกระบี่")
    gone = Resolution.objects.create(
        meeting=resolution.meeting, number=4, strength="settled", text="ถอนแล้ว", withdrawn_at=timezone.now()
    )
    client, url = sign_in(cast.staff), reverse("round_add", args=["80"])
    page = text_of(client, url)
    assert "ลงสำรวจตำบลซ้ำ" in page and "ถอนแล้ว" not in page and "ของกระบี่" not in page
    assert [client.post(url, plan(resolution=one.pk)).status_code for one in (far, gone)] == [422, 422]


def test_a_round_of_one_province_reports_to_no_meeting_of_another(places, cast):
    other = make_meeting(make_province("81", name_th="กระบี่"))
    planned = make_round(places.province, opened=False)
    planned.planning_meeting = other
    with pytest.raises(Refused, match="จังหวัดเดียวกัน"):
        save_round(planned, by=cast.staff)


# ---- links -----------------------------------------------------------------------------------------------------------
def test_one_walks_from_the_resolution_to_the_meeting_and_back(
    survey_round, resolution, planning, cast, sign_in, places
):
    client, submission = sign_in(cast.zone3), survey_round.submissions.get(tambon="801217")
    report = reverse("zone_report", args=[survey_round.pk, places.zone3.pk])
    way = [
        resolution.meeting.get_absolute_url(), resolution.get_absolute_url(), survey_round.get_absolute_url(),
        submission.get_absolute_url(), report, planning.get_absolute_url(),
    ]  # fmt: skip
    back = [way[5], report, submission.get_absolute_url(), way[2], way[1], way[0]]
    for here, there in [*zip(way, way[1:]), *zip(back, back[1:])]:  # noqa: B905, RUF007
        assert f'href="{there}"' in text_of(client, here), (here, there)


def test_a_draft_meeting_is_not_named_on_the_pages_of_its_round(survey_round, planning, cast, sign_in):
    Meeting.objects.update(visibility="draft")
    pages = {one: text_of(sign_in(getattr(cast, one)), survey_round.get_absolute_url()) for one in ("zone3", "staff")}
    assert [planning.title in page for page in pages.values()] == [False, True]


def test_in_words_where_no_resolution_is_recorded(places, cast, sign_in):
    found = make_round(places.province, ordered_by="มติของที่ประชุมที่ไม่มีบันทึก")
    assert "มติของที่ประชุมที่ไม่มีบันทึก" in text_of(sign_in(cast.staff), found.get_absolute_url())


# ---- what came back --------------------------------------------------------------------------------------------------
def test_zones_and_tambon_are_counted_as_they_stand(survey_round, planning, cast):
    [found] = back_of(planning, cast.staff).rounds
    assert found.zones_received == 1
    counts = {zone.zone.number: (zone.received, zone.returned, zone.missing) for zone in found.zones}
    assert counts == {2: (0, 0, 1), 3: (1, 1, 0)}


def test_boards_and_reports_are_links_for_those_who_may_open_them(survey_round, planning, cast):
    opened = {}
    for name in ("staff", "zone3", "tambon", "member"):
        [found] = back_of(planning, getattr(cast, name)).rounds
        opened[name] = [zone.zone.number for zone in found.zones if zone.board_url and zone.report_url]
        assert bool(found.url) == (name != "member")
    assert opened == {"staff": [2, 3], "zone3": [3], "tambon": [], "member": []}


def test_every_link_of_what_came_back_opens(survey_round, planning, cast, sign_in):
    for name in ("staff", "zone2", "tambon"):
        user = getattr(cast, name)
        [found] = back_of(planning, user).rounds
        urls = [found.url, *(url for zone in found.zones for url in (zone.board_url, zone.report_url) if url)]
        assert {sign_in(user).get(url).status_code for url in urls} == {200}


def test_visitors_of_a_public_planning_meeting_read_nothing_of_the_survey(survey_round, planning, client):
    Meeting.objects.update(visibility="public")
    assert 'id="came-back"' not in text_of(client, planning.get_absolute_url())


def test_work_left_open_before_and_due_here_stands_there_once_for_each_order(planning, before, cast):
    orders = [Task.objects.create(meeting=before, text="ส่งข้อมูล", person=cast.zone3.person)]
    again = Task.objects.create(meeting=before, text="ส่งข้อมูล", person=cast.zone2.person, order=orders[0].order)
    Task.objects.create(meeting=before, text="เสร็จแล้ว", person=cast.zone3.person, state="done")
    elsewhere = make_meeting(before.province, title="ที่อื่น")
    Task.objects.create(meeting=elsewhere, text="ของที่อื่น", person=cast.zone3.person)
    Task.objects.create(meeting=elsewhere, text="ครบกำหนดที่นี่", person=cast.zone3.person, due_meeting=planning)
    found = back_of(planning, cast.staff)
    assert (
        sorted(line.task.text for line in found.orders) == ["ครบกำหนดที่นี่", "ส่งข้อมูล"] and again.order == orders[0].order
    )


def test_minutes_that_no_meeting_adopted_wait_there(planning, before, resolution, cast):
    stub = make_meeting(before.province, title="เตรียมการ")
    MeetingLink.objects.create(earlier=stub, later=planning)
    assert [(one.meeting, one.state) for one in back_of(planning, cast.staff).to_adopt] == [(before, "")]
    minutes = Minutes.objects.create(meeting=before, state="circulated")
    assert back_of(planning, cast.staff).to_adopt[0].state == minutes.get_state_display()
    Minutes.objects.filter(pk=minutes.pk).update(state="adopted", document={}, adopted_by_meeting=planning)
    assert back_of(planning, cast.staff).to_adopt == []


def test_a_planning_meeting_with_nothing_before_it_opens_as_any_other(places, cast, sign_in):
    found = make_meeting(places.province, kind="planning")
    assert 'id="came-back"' not in text_of(sign_in(cast.staff), found.get_absolute_url())


def test_a_dialogue_opens_as_any_other(survey_round, before, cast, django_assert_num_queries):
    survey_round.planning_meeting = before
    survey_round.save()
    with django_assert_num_queries(0):
        assert came_back(before, cast.staff, before=[], today=timezone.localdate()) is None


@pytest.mark.parametrize("many", [0, 30])
def test_what_came_back_asks_twice_beside_the_chain(
    survey_round, planning, before, places, cast, django_assert_num_queries, many
):
    for at in range(many):
        Task.objects.create(meeting=before, text=f"งาน {at}", person=cast.zone3.person)
        late = make_meeting(places.province, title=f"ก่อน {at}")
        MeetingLink.objects.create(earlier=late, later=planning)
        Minutes.objects.create(meeting=late)
    back_of(planning, cast.zone3)
    with django_assert_num_queries(3):
        assert back_of(planning, cast.zone3)
