"""Tasks: given to whom, inherited by whom, followed to their end."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import following
from meetings.actions.tasks import EveryoneWhoAttended, EveryPost, Order, give
from meetings.models import Attendance, Task
from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import Appointment, Organization, Role
from organizations.problems import Refused
from tests.factories import (
    LONG_AGO,
    adopt,
    appoint,
    make_meeting,
    make_person,
    make_post,
    make_resolution,
    make_task,
    make_user,
    make_zone,
)

TODAY = timezone.localdate()


@pytest.fixture
def meeting(places):
    """A meeting the network may read."""
    return make_meeting(places.province, held_on=PartialDate(2006, 12, 25))


@pytest.fixture
def five_zones(places):
    """The two zones of the cast and three more, each with the post of its two representatives."""
    zones = [places.zone2, places.zone3, *(make_zone(places.province, number) for number in (1, 4, 5))]
    return [make_post("zone-representative", zone) for zone in zones]


@pytest.fixture
def seats(places):
    """Zone 3 with representatives A and B: `.a`, `.b` and `.post`."""
    post = make_post("zone-representative", places.zone3)
    a, b = make_user("ก"), make_user("ข")
    for user in (a, b):
        appoint(user.person, post)
    return SimpleNamespace(a=a, b=b, post=post)


def ordered(**more) -> Order:
    return Order(**{"key": uuid.uuid4(), "text": "นำข้อมูลเข้าที่ประชุม", **more})


def hand_out(meeting, to, **more) -> list[Task]:
    return give(meeting, to=to, order=ordered(**more), today=TODAY, by=None)


def representatives() -> EveryPost:
    return EveryPost(Role.objects.get(pk="zone-representative"))


def leave(user) -> None:
    Appointment.objects.filter(person=user.person).update(ends_on=TODAY)


def texts(user) -> list[str]:
    return sorted(Task.objects.given_to(user).values_list("person__first_name", flat=True))


def came(meeting, name: str, roll: str = "present", **fields) -> Attendance:
    return Attendance.objects.create(meeting=meeting, name=name, roll=roll, **fields)


# ---- to whom ----
def test_a_task_for_every_zone_representative_makes_ten(meeting, five_zones):
    tasks = hand_out(meeting, representatives())
    assert len(tasks) == 10 and len({task.order for task in tasks}) == 1
    assert {task.post for task in tasks} == set(five_zones)


def test_a_double_click_makes_no_second_set_of_ten(meeting, five_zones):
    order = ordered()
    sets = [give(meeting, to=representatives(), order=order, today=TODAY, by=None) for _ in range(2)]
    assert sets[0] == sets[1] and meeting.tasks.count() == 10


def test_each_seat_knows_who_holds_it_when_the_task_is_given(meeting, five_zones, cast):
    tasks = hand_out(meeting, representatives())
    assert {task.person for task in tasks} == {cast.zone2.person, cast.zone3.person, None}


def test_a_post_without_a_limit_of_seats_gets_one_task(cast, meeting, places):
    appoint(make_person("คนที่สอง"), make_post("provincial-team", places.province))
    assert len(hand_out(meeting, make_post("provincial-team", places.province))) == 1


def test_posts_of_another_province_get_none(meeting, five_zones):
    assert all(task.post.zone.province_id == "80" for task in hand_out(meeting, representatives()))


def test_a_role_without_posts_is_refused(meeting):
    nowhere = Role.objects.create(code="nowhere", name_th="ว่าง", name_en="none", level="zone", authority="read")
    with pytest.raises(Refused):
        hand_out(meeting, EveryPost(nowhere))


def test_everyone_who_attended_gets_one_each(cast, meeting):
    came(meeting, "ก", person=cast.zone2.person)
    came(meeting, "ข", "attending", person=cast.member.person)
    came(meeting, "ค", "absent", person=cast.tambon.person)
    assert {task.person for task in hand_out(meeting, EveryoneWhoAttended())} == {cast.zone2.person, cast.member.person}


def test_without_a_list_all_who_attended_share_one_task(meeting):
    (task,) = hand_out(meeting, EveryoneWhoAttended())
    assert task.is_for_attendees


def test_names_without_a_record_share_one_task(cast, meeting):
    came(meeting, "ก", person=cast.zone2.person)
    came(meeting, "ไม่มีทะเบียน")
    assert [task.is_for_attendees for task in hand_out(meeting, EveryoneWhoAttended())] == [False, True]


def test_who_is_listed_later_is_given_the_shared_task(cast, meeting):
    hand_out(meeting, EveryoneWhoAttended())
    assert not Task.objects.given_to(cast.member).exists()
    came(meeting, "ภาคี", person=cast.member.person)
    assert Task.objects.given_to(cast.member).exists()


def test_a_person_and_an_organization_get_one_each(cast, meeting):
    body = Organization.objects.create(name="หน่วยประสานงาน")
    assert [hand_out(meeting, to)[0].pk for to in (cast.member.person, body)] == [
        task.pk for task in Task.objects.all()
    ]


def test_a_withdrawn_resolution_gives_no_work(meeting):
    withdrawn = make_resolution(meeting, withdrawn_at=timezone.now())
    with pytest.raises(Refused):
        hand_out(meeting, EveryoneWhoAttended(), resolution=withdrawn)


def test_no_work_is_given_once_the_minutes_are_adopted(meeting):
    adopt(meeting)
    with pytest.raises(Refused):
        hand_out(meeting, EveryoneWhoAttended())


# ---- inherited by whom ----
def test_each_representative_has_the_own_task(meeting, seats):
    hand_out(meeting, representatives())
    assert (texts(seats.a), texts(seats.b)) == (["ก"], ["ข"])


def test_a_new_representative_sees_the_task_of_who_left(meeting, seats):
    hand_out(meeting, representatives())
    leave(seats.a)
    newcomer = make_user("ค")
    appoint(newcomer.person, seats.post, since=TODAY)
    assert (texts(seats.a), texts(seats.b), texts(newcomer)) == ([], ["ข"], ["ก"])


def test_while_the_seat_is_empty_the_other_representative_sees_the_task(meeting, seats):
    hand_out(meeting, representatives())
    leave(seats.a)
    assert texts(seats.b) == ["ก", "ข"]


def test_the_task_of_an_empty_seat_waits_for_who_comes(meeting, seats):
    leave(seats.a)
    hand_out(meeting, seats.post)
    newcomer = make_user("ค")
    appoint(newcomer.person, seats.post, since=TODAY)
    assert (texts(seats.b), texts(newcomer)) == (["ข"], [None])


def test_who_finished_the_own_task_is_not_given_that_of_a_colleague(meeting, seats):
    hand_out(meeting, representatives())
    Task.objects.filter(person=seats.b.person).update(state="done")
    leave(seats.a)
    newcomer = make_user("ค")
    appoint(newcomer.person, seats.post, since=TODAY)
    assert not Task.objects.given_to(seats.b).open().exists()
    assert Task.objects.given_to(newcomer).open().get().person == seats.a.person


def test_two_newcomers_share_what_both_left_behind(meeting, seats):
    hand_out(meeting, representatives())
    leave(seats.a), leave(seats.b)
    newcomers = [make_user(name) for name in ("ค", "ง")]
    for user in newcomers:
        appoint(user.person, seats.post, since=TODAY)
    assert [texts(user) for user in newcomers] == [["ก", "ข"]] * 2


def test_a_task_given_to_the_person_stays_with_the_person(meeting, seats):
    hand_out(meeting, seats.a.person)
    leave(seats.a)
    assert (texts(seats.a), texts(seats.b)) == (["ก"], [])


def test_a_merged_record_brings_its_tasks_along(cast, meeting, sign_in):
    gone, into = make_person("คนเดียวกัน"), make_person("คนเดียวกัน")
    task = make_task(meeting, person=gone)
    url = reverse("person_merge", args=[into.pk, gone.pk])
    assert sign_in(cast.staff).post(url, {"reason": "คนเดียวกัน"}).status_code == 302
    task.refresh_from_db()
    assert task.person == into


# ---- followed ----
def page(task: Task, name: str = "task_page") -> str:
    return reverse(name, args=[task.pk])


def test_who_has_the_task_reports_and_finishes_it(cast, meeting, sign_in):
    task, client = make_task(meeting, person=cast.member.person), sign_in(cast.member)
    assert client.post(page(task, "task_report"), {"text": "นัดประชุมแล้ว"}).status_code == 302
    assert client.post(page(task, "task_finish"), {"outcome": "สำรวจครบ", "reach": "household"}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.reach, task.closed_by) == ("done", "household", cast.member)


@pytest.mark.parametrize("name", ["task_report", "task_finish", "task_drop", "task_reopen", "task_edit"])
def test_who_only_reads_the_task_does_nothing_with_it(cast, meeting, sign_in, name):
    task = make_task(meeting, person=cast.member.person)
    assert sign_in(cast.zone3).get(page(task, name)).status_code == 403


def test_who_has_the_task_neither_drops_nor_reopens_it(cast, meeting, sign_in):
    task, client = make_task(meeting, person=cast.member.person), sign_in(cast.member)
    assert [client.get(page(task, name)).status_code for name in ("task_drop", "task_reopen")] == [403, 403]


def test_what_all_who_attended_share_is_finished_by_who_keeps_the_record(cast, meeting, sign_in):
    task = make_task(meeting)
    came(meeting, "ภาคี", person=cast.member.person)
    assert sign_in(cast.member).get(page(task, "task_report")).status_code == 200
    assert sign_in(cast.member).get(page(task, "task_finish")).status_code == 403
    assert sign_in(cast.staff).get(page(task, "task_finish")).status_code == 200


def test_an_end_without_outcome_or_reach_is_asked_for_again(cast, meeting, sign_in):
    answer = sign_in(cast.staff).post(page(make_task(meeting), "task_finish"), {"outcome": ""})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"outcome", "reach"}


def test_the_same_report_twice_is_one(cast, meeting):
    task = make_task(meeting)
    for text in ("นัดแล้ว", "นัดแล้ว", "ไปแล้ว"):
        following.report(task, text=text, by=cast.staff)
    assert [update.text for update in task.updates.all()] == ["ไปแล้ว", "นัดแล้ว"]


def test_a_task_ends_once(cast, meeting):
    task, now = make_task(meeting), timezone.now()
    for _ in range(2):
        following.finish(task, outcome="เสร็จ", reach="group", now=now, by=cast.staff)
    with pytest.raises(Refused):
        following.drop(task, reason="เลิก", now=now, by=cast.staff)


def test_reopening_keeps_what_stood_as_the_outcome(cast, meeting):
    task = make_task(meeting)
    following.finish(task, outcome="คิดว่าเสร็จ", reach="group", now=timezone.now(), by=cast.staff)
    task = following.reopen(task, reason="ยังขาดสองตำบล", by=cast.staff)
    assert (task.state, task.outcome, task.closed_at) == ("open", "", None)
    assert {update.text for update in task.updates.all()} == {"คิดว่าเสร็จ", "ยังขาดสองตำบล"}


def test_a_task_is_followed_after_the_minutes_are_adopted(cast, meeting):
    task = make_task(meeting)
    adopt(meeting)
    assert following.finish(task, outcome="เสร็จ", reach="group", now=timezone.now(), by=cast.staff).state == "done"


def test_ones_own_task_of_a_draft_opens_without_the_meetings_name(cast, places, sign_in):
    draft = make_meeting(places.province, title="ประชุมที่ยังร่าง", visibility="draft")
    answer = sign_in(cast.tambon).get(page(make_task(draft, person=cast.tambon.person)))
    assert answer.status_code == 200 and "ประชุมที่ยังร่าง" not in answer.content.decode()


def test_reports_name_their_writer_only_for_those_who_follow_the_task(cast, meeting, sign_in):
    task = make_task(meeting, person=cast.tambon2.person)
    following.report(task, text="นัดแล้ว", by=cast.tambon2)
    seen = {name: sign_in(getattr(cast, name)).get(page(task)).context["updates"] for name in ("staff", "zone3")}
    assert seen["staff"][0].by and seen["zone3"][0].text == "นัดแล้ว" and not seen["zone3"][0].by


# ---- the form ----
def answers(**more) -> dict[str, str]:
    return {"text": "สำรวจซ้ำ", "to": "attended", "order": str(uuid.uuid4()), **more}


def add_page(meeting) -> str:
    return reverse("task_add", args=[meeting.pk])


def test_the_form_says_how_many_tasks_an_order_makes(cast, meeting, five_zones, sign_in):
    choices = dict(sign_in(cast.staff).get(add_page(meeting)).context["form"].fields["to"].choices)
    assert "10" in choices["role:zone-representative"]


def test_a_part_of_the_name_is_enough_where_one_has_it(cast, meeting, sign_in):
    assert sign_in(cast.staff).post(add_page(meeting), answers(to="one", name="tambon2")).status_code == 302
    assert Task.objects.get().person == cast.tambon2.person


def test_where_several_have_the_name_one_is_chosen(cast, meeting, sign_in):
    people = [make_person("สมชาย", f"คนที่{number}") for number in range(2)]
    client, typed = sign_in(cast.staff), answers(to="one", name="สมชาย")
    asked = client.post(add_page(meeting), typed)
    assert asked.status_code == 422 and "คนที่0" in asked.content.decode()
    assert client.post(add_page(meeting), typed | {"found": f"person:{people[1].pk}"}).status_code == 302
    assert Task.objects.get().person == people[1]


def test_a_name_nobody_has_is_told(cast, meeting, sign_in):
    answer = sign_in(cast.staff).post(add_page(meeting), answers(to="one", name="ไม่มีคนนี้"))
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"name"}


def test_somebody_found_by_another_name_cannot_be_slipped_in(cast, meeting, sign_in):
    for number in range(2):
        make_person("สมชาย", f"คนที่{number}")
    typed = answers(to="one", name="สมชาย", found=f"person:{cast.tambon.person_id}")
    assert sign_in(cast.staff).post(add_page(meeting), typed).status_code == 422


def test_a_day_and_a_meeting_are_not_both_given(cast, meeting, places, sign_in):
    later = make_meeting(places.province, held_on=PartialDate(2007, 1, 4))
    answer = sign_in(cast.staff).post(add_page(meeting), answers(due_on="4/1/2550", due_meeting=later.pk))
    assert answer.status_code == 422 and not Task.objects.exists()


def test_a_day_before_the_meeting_is_refused(cast, meeting, sign_in):
    answer = sign_in(cast.staff).post(add_page(meeting), answers(due_on="24/12/2549"))
    assert answer.status_code == 422 and "due_on" in answer.context["form"].errors


def test_by_the_meeting_is_by_its_day(meeting, places):
    later = make_meeting(places.province, held_on=PartialDate(2007, 1, 4))
    assert make_task(meeting, due_meeting=later).due_day == date(2007, 1, 4)


def test_only_open_tasks_are_put_right(cast, meeting, sign_in):
    task, client = make_task(meeting), sign_in(cast.staff)
    assert client.post(page(task, "task_edit"), {"text": "สำรวจอีกครั้ง", "is_urgent": "on"}).status_code == 302
    Task.objects.update(state="done")
    assert client.post(page(task, "task_edit"), {"text": "แก้หลังปิด"}).status_code == 422
    task.refresh_from_db()
    assert (task.text, task.is_urgent) == ("สำรวจอีกครั้ง", True)


def test_a_post_held_long_ago_gives_nothing(cast, meeting, places):
    post = make_post("zone-representative", places.zone2)
    appoint(cast.member.person, post, until=LONG_AGO + timedelta(days=1))
    make_task(meeting, post=post)
    assert not Task.objects.given_to(cast.member).exists()
