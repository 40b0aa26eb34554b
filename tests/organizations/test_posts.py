"""The rulebook of posts: seats, days, and who fills and empties them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations import access
from organizations.actions import posts as actions
from organizations.models import Appointment, Person, User
from organizations.problems import Refused
from tests.factories import appoint, make_holder, make_person, make_post, make_user

FIRST, LAST = date(2007, 1, 4), date(2008, 1, 4)
SOURCE = {"source": "ที่ประชุม 25 ธ.ค. 2549", "starts_on": "25 ธ.ค. 2549", "prefix": "", "last_name": ""}


@pytest.fixture
def seats(cast, places):
    """The post of the zone representatives of zone 3: two seats, one held."""
    return make_post("zone-representative", places.zone3)


def put(person: Person, post, *, on: date = FIRST) -> Appointment:
    return actions.appoint(person, post=post, starts_on=on, source="ที่ประชุม", by=None)


def held_on(client, post, day: str) -> str:
    page = client.get(reverse("post_page", args=[post.pk]), {"on": day}).content.decode()
    return page[: page.index("</section>")]


def test_a_third_representative_is_refused_with_the_holders_names(cast, seats):
    put(make_person(first_name="คนที่สอง"), seats)
    with pytest.raises(Refused) as why:
        put(make_person(first_name="คนที่สาม"), seats)
    assert "zone3 ทดสอบ" in why.value.sentence and "คนที่สอง" in why.value.sentence


def test_a_refusal_on_the_form_keeps_everything_typed(cast, seats, sign_in):
    put(make_person(first_name="คนที่สอง"), seats)
    url = reverse("post_appoint", args=[seats.pk])
    answer = sign_in(cast.staff).post(url, {**SOURCE, "first_name": "คนที่สาม"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "คนที่สอง" in page
    assert 'value="คนที่สาม"' in page and SOURCE["source"] in page
    assert not Person.objects.filter(first_name="คนที่สาม").exists()


def test_a_seat_that_falls_free_later_may_be_filled_from_that_day(cast, seats):
    leaving = put(make_person(first_name="คนที่สอง"), seats)
    Appointment.objects.filter(pk=leaving.pk).update(ends_on=LAST)
    with pytest.raises(Refused):
        put(make_person(first_name="เร็วไป"), seats, on=LAST - timedelta(days=1))
    assert put(make_person(first_name="พอดี"), seats, on=LAST).starts_on == LAST


def test_appointments_one_after_the_other_take_one_seat(cast, seats):
    before = put(make_person(first_name="ก่อน"), seats)
    Appointment.objects.filter(pk=before.pk).update(ends_on=LAST)
    put(make_person(first_name="หลัง"), seats, on=LAST)
    Appointment.objects.filter(person=cast.zone3.person).update(ends_on=FIRST)
    assert put(make_person(first_name="คู่กัน"), seats, on=FIRST).pk


def test_a_person_holds_a_post_once(cast, seats):
    with pytest.raises(Refused, match="zone3 ทดสอบ"):
        put(cast.zone3.person, seats)


def test_a_merged_record_is_not_appointed(cast, seats):
    gone = make_person(first_name="รวมแล้ว", merged_into=cast.staff.person)
    with pytest.raises(Refused):
        put(gone, seats)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST - timedelta(days=1), True), (LAST, False)],
)
def test_a_post_is_held_from_the_first_day_up_to_the_day_it_is_left(cast, seats, sign_in, day, holds):
    appoint(make_person(first_name="วาระเดียว"), seats, since=FIRST, until=LAST)
    assert ("วาระเดียว" in held_on(sign_in(cast.staff), seats, day.isoformat())) is holds


@pytest.mark.parametrize("typed", ["4 ม.ค. 2550", "๔/๑/๒๕๕๐", "2007-01-04"])
def test_the_day_may_be_typed_in_any_spelling(cast, seats, sign_in, typed):
    appoint(make_person(first_name="วาระเดียว"), seats, since=FIRST, until=LAST)
    assert "วาระเดียว" in held_on(sign_in(cast.staff), seats, typed)


def test_a_day_that_cannot_be_read_is_asked_again(cast, seats, sign_in):
    answer = sign_in(cast.staff).get(seats.get_absolute_url(), {"on": "25/12/49"})
    assert answer.status_code == 422 and answer.context["form"].errors["on"]


def test_who_held_a_post_before_is_for_those_who_work_there(cast, seats, sign_in):
    appoint(make_person(first_name="ผู้เคยเป็น"), seats, since=FIRST, until=LAST)
    for who, sees in ((cast.staff, True), (cast.zone3, True), (cast.zone2, False), (cast.member, False)):
        page = sign_in(who).get(seats.get_absolute_url()).content.decode()
        assert ("ผู้เคยเป็น" in page) is sees and "zone3 ทดสอบ" in page
    assert "ผู้เคยเป็น" not in held_on(sign_in(cast.member), seats, "2550-06-01")


def test_appointing_somebody_known_moves_no_names(cast, places, sign_in):
    known = make_person(first_name="รู้จักแล้ว", created_by=cast.zone3)
    post = make_post("tambon-coordinator", places.tambons["801217"])
    client, url = sign_in(cast.zone3), reverse("post_appoint", args=[post.pk])
    assert known.name in client.get(url, {"q": "รู้จัก"}).content.decode()
    client.post(f"{url}?q=รู้จัก", {**SOURCE, "person": known.pk, "first_name": ""})
    assert Appointment.objects.get(person=known).starts_on == date(2006, 12, 25)


def test_nobody_out_of_sight_is_appointed_by_number(cast, places, sign_in):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    answer = sign_in(cast.district).post(
        reverse("post_appoint", args=[post.pk]), {**SOURCE, "person": cast.tambon2.person_id, "first_name": ""}
    )
    assert answer.status_code == 422
    assert not post.appointments.filter(person=cast.tambon2.person).exists()


def test_a_new_name_that_is_known_is_warned_of(cast, places, sign_in):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    typed = {**SOURCE, "first_name": "tambon", "last_name": "ทดสอบ"}
    answer = sign_in(cast.district).post(reverse("post_appoint", args=[post.pk]), typed)
    assert answer.status_code == 422 and "another_person" in answer.context["form"].errors


@pytest.mark.parametrize(("days", "status"), [(300, 302), (400, 422)])
def test_an_appointment_starts_at_most_a_year_ahead(cast, places, sign_in, days, status):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    start = timezone.localdate() + timedelta(days=days)
    typed = {**SOURCE, "first_name": "ล่วงหน้า", "starts_on": start.isoformat()}
    assert sign_in(cast.district).post(reverse("post_appoint", args=[post.pk]), typed).status_code == status


@pytest.mark.parametrize(("who", "status"), [("tambon", 403), ("tambon2", 404), ("zone2", 404), ("zone3", 302)])
def test_appointments_are_ended_by_those_above_only(cast, sign_in, who, status):
    appointment = cast.district.person.appointments.get()
    url = reverse("appointment_end", args=[appointment.pk])
    typed = {"ends_on": timezone.localdate().isoformat(), "reason": "หมดวาระ"}
    assert sign_in(getattr(cast, who)).post(url, typed).status_code == status


def test_an_ended_appointment_ends_access_at_once_and_keeps_its_history(cast, places, sign_in):
    appointment, tambon = cast.tambon.person.appointments.get(), places.tambons["801217"]
    client = sign_in(cast.tambon)
    assert client.get(tambon.get_absolute_url()).status_code == 200
    actions.end_appointment(appointment, ends_on=timezone.localdate(), reason="หมดวาระ", by=cast.staff)
    assert client.get(tambon.get_absolute_url()).status_code == 404
    page = sign_in(cast.staff).get(appointment.post.get_absolute_url()).content.decode()
    assert "tambon ทดสอบ" in page and "หมดวาระ" in page


@pytest.mark.parametrize("again", [timezone.localdate, lambda: date(2030, 1, 1)])
def test_an_appointment_ends_once(cast, again):
    appointment = cast.tambon.person.appointments.get()
    actions.end_appointment(appointment, ends_on=timezone.localdate(), reason="หมดวาระ", by=cast.staff)
    with pytest.raises(Refused):
        actions.end_appointment(appointment, ends_on=again(), reason="อีกครั้ง", by=cast.staff)


def test_a_settled_end_is_brought_forward_but_not_put_off(cast):
    appointment, soon = cast.tambon.person.appointments.get(), timezone.localdate() + timedelta(days=30)
    actions.end_appointment(appointment, ends_on=soon, reason="ลาออก", by=cast.staff)
    with pytest.raises(Refused):
        actions.end_appointment(appointment, ends_on=soon + timedelta(days=1), reason="เลื่อน", by=cast.staff)
    earlier = actions.end_appointment(appointment, ends_on=soon - timedelta(days=1), reason="เร็วขึ้น", by=cast.staff)
    assert earlier.ends_on == soon - timedelta(days=1)


def test_an_appointment_does_not_end_before_it_starts(cast):
    appointment = cast.tambon.person.appointments.get()
    with pytest.raises(Refused):
        actions.end_appointment(appointment, ends_on=date(1990, 1, 1), reason="ย้อน", by=cast.staff)


def test_the_last_who_manages_the_province_stays(cast, places):
    appointment = cast.staff.person.appointments.get()
    with pytest.raises(Refused, match="นครศรีธรรมราช"):
        actions.end_appointment(appointment, ends_on=timezone.localdate(), reason="ลาออก", by=cast.staff)
    appoint(make_person(first_name="ไม่มีบัญชี"), make_post("provincial-team", places.province))
    with pytest.raises(Refused):
        actions.end_appointment(appointment, ends_on=timezone.localdate(), reason="ลาออก", by=cast.staff)


def test_who_gives_up_the_own_post_goes_home(cast, places, sign_in):
    make_holder("staff2", "provincial-team", places.province)
    url = reverse("appointment_end", args=[cast.staff.person.appointments.get().pk])
    answer = sign_in(cast.staff).post(url, {"ends_on": timezone.localdate().isoformat(), "reason": "ลาออก"})
    assert answer.url == reverse("home")
    assert not access.of(User.objects.get(pk=cast.staff.pk)).is_staff


def test_a_post_that_manages_is_not_filled_from_below(cast, places):
    post = make_post("district-coordinator", places.districts["8012"])
    reach = access.of(cast.zone3)
    assert reach.may_appoint(post)
    post.role.authority = access.Authority.MANAGE
    assert not reach.may_appoint(post)


def chart(client, places, **query) -> str:
    answer = client.get(reverse("organization_chart", args=[places.province.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_chart_names_holders_and_vacancies_by_zone_and_district(cast, places, sign_in):
    page = chart(sign_in(cast.staff), places)
    order = ["zone2 ทดสอบ", "ลานสกา", "tambon2 ทดสอบ", "zone3 ทดสอบ", "ปากพนัง", "ปากแพรก", "tambon ทดสอบ"]
    assert sorted(order, key=page.index) == order
    assert page.count("is-vacant") == 7


def test_the_chart_counts_filled_and_expected(cast, places, sign_in):
    answer = sign_in(cast.staff).get(reverse("organization_chart", args=["80"]))
    counted = [(count.filled, count.expected) for count in answer.context["counts"]]
    assert counted[1:] == [(2, 4), (1, 4), (2, 4)]


def test_the_chart_of_one_zone_holds_nobody_unshared_of_another(cast, places, sign_in):
    page = chart(sign_in(cast.zone3), places)
    assert "zone2 ทดสอบ" in page and "tambon ทดสอบ" in page
    assert "tambon2 ทดสอบ" not in page and "ลานสกา" not in page


def test_the_chart_of_a_day_shows_who_held_a_post_then(cast, places, sign_in):
    appoint(
        make_person(first_name="ผู้เคยเป็น"),
        make_post("tambon-coordinator", places.tambons["801217"]),
        since=FIRST,
        until=LAST,
    )
    client = sign_in(cast.staff)
    assert "ผู้เคยเป็น" in chart(client, places, on="1 มิ.ย. 2550")
    assert "ผู้เคยเป็น" not in chart(client, places)


def test_only_who_may_appoint_is_offered_to(cast, places, sign_in):
    post = make_post("tambon-coordinator", places.tambons["800601"])
    url = reverse("post_appoint", args=[post.pk])
    assert url in chart(sign_in(cast.zone3), places)
    assert url not in chart(sign_in(cast.tambon), places)
    assert url not in chart(sign_in(cast.zone3), places, on="2560-01-01")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_chart_asks_as_much_for_many_holders_as_for_one(cast, places, sign_in, rows, django_assert_max_num_queries):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    for number in range(rows):
        appoint(make_person(first_name=f"คนที่{number}"), post)
    client = sign_in(cast.staff)
    with django_assert_max_num_queries(15):
        chart(client, places)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_post_page_asks_as_much_for_many_holders_as_for_one(
    cast, places, sign_in, rows, django_assert_max_num_queries
):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    for number in range(rows):
        put(make_person(first_name=f"คนที่{number}"), post)
    client = sign_in(cast.staff)
    with django_assert_max_num_queries(12):
        assert client.get(post.get_absolute_url()).status_code == 200


def test_an_account_without_a_post_sees_no_chart(cast, sign_in):
    client = sign_in(make_user("ใหม่มาก"))
    assert client.get(reverse("organization_chart", args=["80"])).status_code == 404
