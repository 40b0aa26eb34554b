"""Who came: three lists, one tap for an expected seat, names typed, nobody on two lists."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import attendance as actions
from meetings.actions.attendance import SameName
from meetings.expected import seats_of
from meetings.forms.attendance import name_and_organization
from meetings.models import Attendance, Minutes
from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import AuditEntry, Role
from organizations.problems import Refused
from tests.conftest import canary
from tests.factories import appoint, make_meeting, make_person, make_post

DAY = date(2006, 12, 25)


@pytest.fixture
def held(cast, places) -> SimpleNamespace:
    """A public meeting of 25 Dec 2549 that expects the representatives of zone 3 and the coordinator of 8012."""
    meeting = make_meeting(places.province, visibility="public", held_on=PartialDate(2006, 12, 25))
    zone, district = (
        make_post("zone-representative", places.zone3),
        make_post("district-coordinator", places.districts["8012"]),
    )
    meeting.expected_posts.add(zone, district)
    return SimpleNamespace(
        meeting=meeting, zone=zone, district=district, zone3=cast.zone3.person, person=cast.district.person
    )


def seat(post, person=None) -> str:
    return f"{post.pk}-{person.pk if person else 0}"


def tap(client, held, key, mark, **more):
    return client.post(reverse("attendance_mark", args=[held.meeting.pk]), {"seat": key, "mark": mark, **more})


def lists(held) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in held.meeting.attendance.with_facts().in_print_order():
        found.setdefault(line.roll, []).append(f"{line.name} {line.standing}".strip())
    return found


def write(held, *names, roll="attending", **more):
    return actions.add_names(held.meeting, roll=roll, names=[(name, "") for name in names], by=None, **more)


# ---- one tap ----
def test_one_tap_puts_a_holder_on_a_list_and_a_second_changes_nothing(held, cast, sign_in):
    client = sign_in(cast.staff)
    for _ in range(2):
        answer = tap(client, held, seat(held.zone, held.zone3), "present")
        assert answer.status_code == 302 and answer.url.endswith(f"#seat-{seat(held.zone, held.zone3)}")
    assert [one.person for one in held.meeting.attendance.all()] == [held.zone3]
    assert AuditEntry.objects.about(held.meeting).count() == 1


def test_another_tap_moves_the_holder_to_the_other_list(held, cast, sign_in):
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "present")
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "absent", reason="ติดราชการ")
    line = held.meeting.attendance.get()
    assert (line.roll, line.reason) == ("absent", "ติดราชการ")
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "present")
    assert held.meeting.attendance.get().reason == ""


def test_a_substitute_prints_for_the_post_and_the_holder_is_absent(held, cast, sign_in):
    for _ in range(2):
        tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "substitute", name="นายแทน ทดสอบ", reason="ป่วย")
    assert lists(held) == {
        "present": [f"นายแทน ทดสอบ แทน{held.zone.title}"],
        "absent": [f"zone3 ทดสอบ {held.zone.title}"],
    }
    assert held.meeting.attendance.get(roll="absent").reason == "ป่วย"


def test_a_holder_who_comes_after_all_sends_the_substitute_to_those_who_attend(held):
    actions.send_substitute(held.meeting, seat=seat(held.zone, held.zone3), name="นายแทน ทดสอบ", day=DAY, by=None)
    actions.mark(held.meeting, seat=seat(held.zone, held.zone3), roll="present", day=DAY, by=None)
    assert lists(held)["attending"] == [f"นายแทน ทดสอบ {held.zone.title}"]
    assert lists(held)["present"] == [f"zone3 ทดสอบ {held.zone.title}"]


def test_a_vacant_seat_is_shown_as_vacant_and_takes_a_substitute_only(held, cast, sign_in):
    client = sign_in(cast.staff)
    assert "ว่าง" in client.get(reverse("attendance_edit", args=[held.meeting.pk])).content.decode()
    assert tap(client, held, seat(held.zone), "present").status_code == 409
    for _ in range(2):
        tap(client, held, seat(held.zone), "substitute", name="นายแทน ทดสอบ")
    assert lists(held) == {"present": [f"นายแทน ทดสอบ แทน{held.zone.title}"]}


def test_clearing_takes_the_holder_and_the_substitute_off(held, cast, sign_in):
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "substitute", name="นายแทน ทดสอบ")
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "clear")
    assert not held.meeting.attendance.exists()
    assert AuditEntry.objects.about(held.meeting).filter(verb="remove").count() == 2


def test_the_holders_are_those_of_the_day_of_the_meeting(held):
    held.zone3.appointments.update(ends_on=DAY)
    appoint(make_person("คนใหม่"), held.zone, since=DAY)
    appoint(make_person("คนอนาคต"), held.zone, since=date(2006, 12, 26))
    named = [one.person and one.person.first_name for one in seats_of(held.meeting, day=DAY, lines=[])]
    assert named == ["คนใหม่", None, "district"]


def test_a_seat_that_changed_hands_is_refused_and_the_page_says_so(held, cast, sign_in):
    answer = tap(sign_in(cast.staff), held, seat(held.zone, cast.tambon.person), "present")
    assert answer.status_code == 409 and "เปลี่ยน" in answer.content.decode()


def test_htmx_gets_the_seat_the_count_and_the_lists_only(held, cast, sign_in):
    url = reverse("attendance_mark", args=[held.meeting.pk])
    key = seat(held.zone, held.zone3)
    answer = sign_in(cast.staff).post(url, {"seat": key, "mark": "present"}, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in body
    assert f'id="seat-{key}"' in body and 'id="attendance-lists"' in body and "1 / 3" in body


# ---- nobody twice ----
def test_a_person_who_holds_two_expected_posts_stands_on_one_list_once(held, cast, sign_in):
    appoint(held.zone3, held.district)
    tap(sign_in(cast.staff), held, seat(held.zone, held.zone3), "present")
    answer = tap(sign_in(cast.staff), held, seat(held.district, held.zone3), "absent")
    assert answer.status_code == 409 and "คนหนึ่งอยู่ได้รายชื่อเดียว" in answer.content.decode()
    assert held.meeting.attendance.count() == 1


def test_what_only_the_database_knows_of_a_second_list_is_refused_in_words(held):
    line = write(held, "zone3 ทดสอบ")[0]
    actions.mark(held.meeting, seat=seat(held.zone, held.zone3), roll="present", day=DAY, by=None)
    with pytest.raises(Refused, match="คนหนึ่งอยู่ได้รายชื่อเดียว"):
        actions.save_line(line, changes={"person": held.zone3}, by=None)


def test_a_name_written_twice_warns_and_is_kept_when_it_is_another_person(held, cast, sign_in):
    write(held, "นายสมชาย ใจดี")
    url, typed = reverse("attendance_edit", args=[held.meeting.pk]), {"roll": "present", "names": "สมชาย  ใจดี"}
    answer = sign_in(cast.staff).post(url, typed)
    assert (
        answer.status_code == 422 and "สมชาย  ใจดี" in answer.content.decode() and held.meeting.attendance.count() == 1
    )
    assert sign_in(cast.staff).post(url, typed | {"another": "on"}).status_code == 302
    assert held.meeting.attendance.count() == 2


def test_a_name_twice_in_one_go_warns_too(held):
    with pytest.raises(SameName):
        write(held, "นายสมชาย ใจดี", "นาย สมชาย ใจดี")


# ---- names ----
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("นาย สมชาย ใจดี · กลุ่มออมทรัพย์", ("นายสมชาย ใจดี", "กลุ่มออมทรัพย์")),
        ("๑. นางสาวดวงใจ งาม, เครือข่าย ก", ("นางสาวดวงใจ งาม", "เครือข่าย ก")),
        ("12) พ.ต.อ.สมศักดิ์ กล้า", ("พ.ต.อ.สมศักดิ์ กล้า", "")),
        ("พระครูสังฆรักษ์ธรรม - วัดสระเรียง", ("พระครูสังฆรักษ์ธรรม", "วัดสระเรียง")),
        ("ลุงนวล", ("ลุงนวล", "")),
    ],
)
def test_a_typed_line_is_a_name_and_an_organization(typed, read):
    assert name_and_organization(typed) == read


def test_several_names_are_written_in_one_go(held, cast, sign_in):
    names = "นายหนึ่ง ก · กลุ่มหนึ่ง\n\n2. นางสอง ข\n"
    answer = sign_in(cast.staff).post(
        reverse("attendance_edit", args=[held.meeting.pk]), {"roll": "attending", "names": names}
    )
    assert answer.status_code == 302
    assert lists(held) == {"attending": ["นายหนึ่ง ก กลุ่มหนึ่ง", "นางสอง ข"]}


# ---- order, changes, removal ----
def test_the_chair_stands_first_and_the_secretary_last(held):
    first, second, third = write(held, "หนึ่ง", "สอง", "สาม", roll="present")
    actions.save_line(first, changes={"duty": "secretary"}, by=None)
    actions.save_line(third, changes={"duty": "chair"}, by=None)
    assert lists(held)["present"] == ["สาม", "สอง", "หนึ่ง"]
    with pytest.raises(Refused, match="สาม เป็นประธาน"):
        actions.save_line(second, changes={"duty": "chair"}, by=None)


def test_a_line_goes_up_and_down_and_who_comes_later_stands_last(held, cast, sign_in):
    lines = write(held, "หนึ่ง", "สอง", "สาม")
    url = reverse("attendance_arrange", args=[held.meeting.pk])
    assert sign_in(cast.staff).post(url, {"up": lines[2].pk}).status_code == 302
    assert lists(held)["attending"] == ["หนึ่ง", "สาม", "สอง"]
    sign_in(cast.staff).post(url, {"down": lines[0].pk})
    write(held, "สี่")
    assert lists(held)["attending"] == ["สาม", "หนึ่ง", "สอง", "สี่"]


def test_posts_stand_by_role_and_area_however_they_were_tapped(held):
    actions.mark(held.meeting, seat=seat(held.district, held.person), roll="present", day=DAY, by=None)
    actions.mark(held.meeting, seat=seat(held.zone, held.zone3), roll="present", day=DAY, by=None)
    assert [one.split()[0] for one in lists(held)["present"]] == ["zone3", "district"]


def test_a_line_moves_to_another_list_and_leaves_it(held, cast, sign_in):
    line, client = write(held, "นายหนึ่ง ก")[0], sign_in(cast.staff)
    url = reverse("attendance_line", args=[line.pk])
    shown = {"name": line.name, "initial-roll": "attending", "initial-name": line.name}
    assert client.post(url, shown | {"roll": "absent", "reason": "ป่วย"}).status_code == 302
    assert lists(held) == {"absent": ["นายหนึ่ง ก"]}
    assert client.post(reverse("attendance_remove", args=[line.pk])).status_code == 302
    assert lists(held) == {}


def test_two_who_change_different_boxes_of_a_line_do_not_collide(held, cast, sign_in):
    line, url_of = write(held, "นายหนึ่ง ก")[0], "attendance_line"
    shown = {"roll": "attending", "name": line.name, "initial-roll": "attending", "initial-name": line.name}
    sign_in(cast.staff).post(reverse(url_of, args=[line.pk]), shown | {"organization_name": "กลุ่มก"})
    sign_in(cast.staff).post(reverse(url_of, args=[line.pk]), shown | {"name": "นางหนึ่ง ก"})
    assert lists(held) == {"attending": ["นางหนึ่ง ก กลุ่มก"]}


def test_nothing_changes_once_the_minutes_are_adopted(held, cast, sign_in):
    line = write(held, "นายหนึ่ง ก")[0]
    Minutes.objects.create(meeting=held.meeting, state="adopted", document={}, adopted_by_meeting=held.meeting)
    client = sign_in(cast.staff)
    assert tap(client, held, seat(held.zone, held.zone3), "present").status_code == 409
    assert (
        client.post(reverse("attendance_edit", args=[held.meeting.pk]), {"roll": "present", "names": "ก"}).status_code
        == 422
    )
    client.post(reverse("attendance_remove", args=[line.pk]))
    assert lists(held) == {"attending": ["นายหนึ่ง ก"]}


# ---- expected posts ----
def test_a_whole_role_is_expected_by_one_tap_and_single_posts_by_choice(held, cast, places, sign_in):
    url, client = reverse("expected_posts_edit", args=[held.meeting.pk]), sign_in(cast.staff)
    client.post(url, {"role": "district-coordinator", "which": "all"})
    assert held.meeting.expected_posts.filter(role="district-coordinator").count() == 4
    client.post(url, {"role": "district-coordinator", "which": "these", "posts": [held.district.pk]})
    client.post(url, {"role": "zone-representative", "which": "none"})
    assert list(held.meeting.expected_posts.all()) == [held.district]
    assert AuditEntry.objects.about(held.meeting).count() == 3


def test_a_post_of_another_province_is_never_expected(held, cast, sign_in):
    role = Role.objects.create(code="elsewhere", name_th="ที่อื่น", name_en="x", level="province", authority="read")
    answer = sign_in(cast.staff).post(
        reverse("expected_posts_edit", args=[held.meeting.pk]), {"role": role.pk, "which": "all"}
    )
    assert answer.status_code == 422


# ---- on the meeting's page ----
def test_names_are_for_the_network_and_everybody_reads_how_many(held, cast, sign_in, client):
    write(held, "นายหนึ่ง ก", "นายสอง ข")
    held.meeting.head_count, held.meeting.head_count_is_approximate = 50, True
    held.meeting.save()
    seen = {}
    for who, one in (("visitor", client), ("nobody", sign_in(cast.nobody)), ("member", sign_in(cast.member))):
        seen[who] = one.get(held.meeting.get_absolute_url()).content.decode()
        assert "รวมผู้ร่วมประชุมประมาณ 50 คน" in seen[who]
    assert ["นายหนึ่ง ก" in seen[who] for who in ("visitor", "nobody", "member")] == [False, False, True]
    assert not any(canary(number) in body for body in seen.values() for number in range(8))


def test_three_hundred_names_cost_one_query(held, cast):
    write(held, *[f"นาย{number} ทดสอบ" for number in range(300)])
    lines = Attendance.objects.filter(meeting=held.meeting).with_facts().in_print_order()
    with CaptureQueriesContext(connection) as asked:
        assert len([one.standing for one in lines]) == 300
    assert len(asked) == 1
