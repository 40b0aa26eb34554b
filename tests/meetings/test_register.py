"""The register of tasks: over all meetings one may read, the most overdue first, quick with thousands."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.home import my_tasks
from meetings.models import Goal, Task
from meetings.parts.decisions import part
from nakhon_network.lib.thai_dates import PartialDate
from tests.factories import make_meeting, make_person, make_post, make_resolution, make_task

NEW_YEARS_EVE, NEW_YEAR, THE_FOURTH = date(2006, 12, 31), date(2007, 1, 1), date(2007, 1, 4)
MOST = 10


@pytest.fixture
def meeting(places):
    """The meeting of 25 December 2549, read by the network."""
    return make_meeting(places.province, number=3, number_year=2549, held_on=PartialDate(2006, 12, 25))


@pytest.fixture
def planning(places):
    """The planning meeting of 4 January 2550."""
    return make_meeting(places.province, title="ประชุมวางแผน", held_on=PartialDate(2007, 1, 4))


def register(client, **wanted):
    return client.get(reverse("task_list"), wanted)


def listed(client, **wanted) -> list[str]:
    return [line.task.text for line in register(client, **wanted).context["page_obj"].object_list]


# ---- overdue ----
def test_a_task_is_overdue_from_the_day_after_its_day(meeting):
    task = make_task(meeting, due_on=NEW_YEARS_EVE)
    assert [task.days_overdue(day) for day in (NEW_YEARS_EVE, NEW_YEAR, THE_FOURTH)] == [0, 1, 4]


def test_the_database_counts_overdue_across_the_new_year_alike(meeting):
    make_task(meeting, due_on=NEW_YEARS_EVE)
    assert [Task.objects.overdue(day).count() for day in (NEW_YEARS_EVE, NEW_YEAR)] == [0, 1]


def test_a_task_due_by_a_meeting_is_overdue_after_its_day(meeting, planning):
    task = make_task(meeting, due_meeting=planning)
    days = (THE_FOURTH, date(2007, 1, 5))
    assert [task.days_overdue(day) for day in days] == [0, 1]
    assert [Task.objects.overdue(day).count() for day in days] == [0, 1]


@pytest.mark.parametrize("held_on", [PartialDate(), PartialDate(2006), PartialDate(2006, 12)])
def test_a_meeting_without_a_whole_day_makes_nothing_overdue(meeting, places, held_on):
    task = make_task(meeting, due_meeting=make_meeting(places.province, held_on=held_on))
    assert task.days_overdue(timezone.localdate()) == 0
    assert not Task.objects.overdue(timezone.localdate()).exists()


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_closed_is_not_overdue(meeting, state):
    task = make_task(meeting, due_on=NEW_YEARS_EVE, state=state)
    assert task.days_overdue(NEW_YEAR) == 0 and not Task.objects.overdue(NEW_YEAR).exists()


# ---- what is listed ----
def test_it_says_source_responsible_and_day_in_buddhist_years(cast, meeting, places, sign_in):
    resolution = make_resolution(meeting, number=2)
    make_task(meeting, resolution=resolution, post=make_post("zone-representative", places.zone3), due_on=THE_FOURTH)
    body = register(sign_in(cast.zone3)).content.decode()
    assert "3/2549-2" in body and "โซนทดสอบ 3" in body and "4 ม.ค. 50" in body


def test_due_first_and_what_has_no_day_last(cast, meeting, planning, sign_in):
    make_task(meeting, text="ไม่มีกำหนด")
    make_task(meeting, text="ตามที่ประชุม", due_meeting=planning)
    make_task(meeting, text="สิ้นปี", due_on=NEW_YEARS_EVE)
    assert listed(sign_in(cast.member)) == ["สิ้นปี", "ตามที่ประชุม", "ไม่มีกำหนด"]


def test_tasks_of_a_draft_are_listed_for_who_keeps_it_and_who_has_them(cast, places, sign_in):
    draft = make_meeting(places.province, title="ชื่อร่าง", visibility="draft")
    make_task(draft, person=cast.tambon.person)
    numbers = [len(listed(sign_in(user))) for user in (cast.staff, cast.tambon, cast.zone3, cast.nobody)]
    assert numbers == [1, 1, 0, 0]
    assert "ชื่อร่าง" not in register(sign_in(cast.tambon)).content.decode()


def test_closed_tasks_are_listed_on_request(cast, meeting, sign_in):
    for state in ("open", "done", "dropped"):
        make_task(meeting, text=state, state=state)
    client = sign_in(cast.member)
    assert (listed(client), listed(client, state="done")) == (["open"], ["done"])
    assert len(listed(client, state="all")) == 3


def test_of_a_zone_are_those_of_its_posts_and_of_who_holds_them(cast, meeting, places, sign_in):
    make_task(meeting, text="ตำแหน่ง", post=make_post("tambon-coordinator", places.tambons["801217"]))
    make_task(meeting, text="บุคคล", person=cast.district.person)
    make_task(meeting, text="โซนอื่น", post=make_post("zone-representative", places.zone2))
    assert sorted(listed(sign_in(cast.staff), zone=places.zone3.pk)) == ["ตำแหน่ง", "บุคคล"]


def test_only_overdue_and_only_mine(cast, meeting, sign_in):
    make_task(meeting, text="ของฉัน", person=cast.member.person)
    make_task(meeting, text="เลยกำหนด", due_on=NEW_YEARS_EVE)
    client = sign_in(cast.member)
    assert (listed(client, mine="on"), listed(client, overdue="on")) == (["ของฉัน"], ["เลยกำหนด"])


@pytest.mark.parametrize("odd", [{"sort": "person__user__password"}, {"state": "?"}, {"zone": "9" * 30}, {"page": "x"}])
def test_what_is_not_offered_is_left_aside(cast, meeting, sign_in, odd):
    make_task(meeting, text="งาน")
    assert listed(sign_in(cast.member), **odd) == ["งาน"]


def test_a_name_behind_a_post_is_read_by_those_who_work_there(cast, meeting, places, sign_in):
    make_task(meeting, post=make_post("tambon-coordinator", places.tambons["801217"]), person=cast.tambon.person)
    name = cast.tambon.person.name
    assert name in register(sign_in(cast.zone3)).content.decode()
    assert name not in register(sign_in(cast.zone2)).content.decode()


# ---- thousands ----
@pytest.fixture
def thousands(cast, places, meeting, planning):
    """5,000 tasks of many kinds."""
    posts = [make_post("zone-representative", zone) for zone in (places.zone2, places.zone3)]
    resolution = make_resolution(meeting)
    common = {"meeting": meeting, "resolution": resolution, "text": "งาน"}
    Task.objects.bulk_create(
        Task(
            **common,
            post=posts[at % 2],
            person=cast.zone3.person if at % 3 else None,
            due_on=None if at % 2 else NEW_YEARS_EVE,
            due_meeting=planning if at % 2 else None,
        )
        for at in range(5000)
    )


@pytest.mark.parametrize("who", ["staff", "zone3", "member"])
@pytest.mark.parametrize("wanted", [{}, {"mine": "on", "overdue": "on", "zone": "3"}, {"state": "all", "page": "50"}])
def test_ten_queries_with_five_thousand_tasks(cast, places, thousands, sign_in, who, wanted):
    wanted = wanted | ({"zone": str(places.zone3.pk)} if "zone" in wanted else {})
    client = sign_in(getattr(cast, who))
    register(client)  # a session's first page is noted
    with CaptureQueriesContext(connection) as asked:
        assert register(client, **wanted).status_code == 200
    assert len(asked) <= MOST


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is read in SQLite's words")
def test_no_question_about_ones_own_tasks_reads_the_whole_table(cast, thousands):
    for found in (Task.objects.given_to(cast.zone3).open(), Task.objects.visible_to(cast.member).open()):
        plan = found.explain()
        assert "SCAN meetings_task\n" not in plan + "\n", plan


def test_the_meetings_page_asks_three_times_with_sixty_resolutions(cast, places, meeting):
    goal = Goal.objects.create(meeting=meeting, position=1, title="เป้าหมาย")
    for number in range(1, 61):
        resolution = make_resolution(meeting, number=number, goal=goal if number % 2 else None)
        order = uuid.uuid4()
        for _ in range(10):
            make_task(meeting, resolution=resolution, order=order, person=cast.member.person)
    with CaptureQueriesContext(connection) as asked:
        found = part(meeting, viewer=cast.member, today=NEW_YEAR)
    first = found["goals"][0].decided[0]
    assert len(found["goals"][0].decided) == 30 and (first.given, first.still_open, len(first.orders)) == (10, 10, 1)
    assert len([one for one in asked if "meetings_" in one["sql"]]) == 3


# ---- the meeting's page and home ----
def test_what_is_to_do_stands_before_what_is_done(cast, meeting):
    resolution = make_resolution(meeting)
    make_task(meeting, text="เสร็จแล้ว", resolution=resolution, state="done", due_on=NEW_YEARS_EVE)
    make_task(meeting, text="ยังต้องทำ", resolution=resolution)
    (under,) = part(meeting, viewer=cast.member, today=NEW_YEAR)["other_resolutions"]
    assert [line.task.text for line in under.decided[0].orders] == ["ยังต้องทำ", "เสร็จแล้ว"]


def test_a_visitor_reads_no_name_of_who_has_a_task(places, client):
    public = make_meeting(places.province, visibility="public")
    make_task(public, person=make_person("ชื่อลับ"), resolution=make_resolution(public))
    for url in (public.get_absolute_url(), public.resolutions.get().get_absolute_url()):
        assert "ชื่อลับ" not in client.get(url).content.decode()


def test_home_shows_at_most_five_of_ones_open_tasks_the_overdue_first(cast, meeting, sign_in):
    for at in range(6):
        make_task(meeting, text=f"งาน {at}", person=cast.tambon.person)
    make_task(meeting, text="เลยกำหนด", person=cast.tambon.person, due_on=NEW_YEARS_EVE)
    tasks = sign_in(cast.tambon).get(reverse("home")).context["tasks"]
    assert len(tasks.lines) == 5 and tasks.has_more and tasks.lines[0].task.text == "เลยกำหนด"


def test_home_of_who_has_nothing_to_do_says_nothing_of_tasks(cast, meeting, sign_in):
    make_task(meeting, person=cast.tambon.person, state="done")
    assert my_tasks(cast.tambon, today=NEW_YEAR) is None
    assert sign_in(cast.tambon).get(reverse("home")).context["tasks"] is None


def test_the_provinces_home_counts_what_is_overdue(cast, meeting, sign_in):
    make_task(meeting, due_on=NEW_YEARS_EVE)
    things = sign_in(cast.staff).get(reverse("home")).context["things"]
    assert things[0].url == reverse("task_list") + "?overdue=on"
