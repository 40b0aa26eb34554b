"""Calendar files: one meeting for whoever may read it, a person's own behind an address that only they know."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.actions.calendars import make_address, revoke_address
from meetings.models import CalendarFeed, Meeting, Task
from organizations.models import AuditEntry
from tests.factories import make_meeting, make_round, make_submission

DAY = "2007-01-04"
LONG = "การประชุมวางแผนการประชุมปฏิบัติการหนุนเสริมตำบลเป้าหมายของเครือข่ายภาคประชาชนจังหวัดนครศรีธรรมราช"


def events(response) -> list:
    """The events of a calendar file, as a calendar app reads them."""
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def event_of(client, meeting: Meeting):
    [found] = events(client.get(reverse("meeting_calendar", args=[meeting.pk])))
    return found


def feed_of(client, user) -> list:
    return events(client.get(reverse("calendar_feed", args=[make_address(user, by=user).secret])))


def titles(found: list) -> list[str]:
    return sorted(str(one["SUMMARY"]) for one in found)


@pytest.fixture
def soon(places) -> Meeting:
    """A meeting of the network in ten days."""
    return make_meeting(places.province, title="ประชุมเครือข่าย", held_on=timezone.localdate() + timedelta(days=10))


def test_a_meeting_without_a_time_is_a_whole_day(places, client):
    found = event_of(client, make_meeting(places.province, visibility="public", held_on=DAY, title="วางแผน"))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2007, 1, 4), date(2007, 1, 5))


def test_several_days_end_after_the_last(places, client):
    told = {"visibility": "public", "held_on": DAY, "ends_on": date(2007, 1, 5)}
    assert event_of(client, make_meeting(places.province, **told))["DTEND"].dt == date(2007, 1, 6)


def test_times_are_those_of_bangkok(places, client):
    told = {"visibility": "public", "held_on": DAY, "starts_at": time(0, 30), "ends_at": time(12)}
    found = event_of(client, make_meeting(places.province, **told))
    assert found["DTSTART"].dt.astimezone(UTC) == datetime(2007, 1, 3, 17, 30, tzinfo=UTC)
    assert found["DTSTART"].params["TZID"] == "Asia/Bangkok"
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(hours=11, minutes=30)


@pytest.mark.parametrize("known", ["2007-01", "2007", ""])
def test_a_meeting_whose_day_is_not_known_is_no_event(places, client, known):
    meeting = make_meeting(places.province, visibility="public", held_on=known)
    assert client.get(reverse("meeting_calendar", args=[meeting.pk])).status_code == 404


def test_long_thai_lines_come_back_whole(places, client):
    meeting = make_meeting(
        places.province, visibility="public", held_on=DAY, title=LONG, venue="วัดสระเรียง; ถ.ราชดำเนิน, เมือง"
    )
    body = client.get(reverse("meeting_calendar", args=[meeting.pk])).content
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    found = event_of(client, meeting)
    assert (str(found["SUMMARY"]), str(found["LOCATION"])) == (LONG, "วัดสระเรียง; ถ.ราชดำเนิน, เมือง")


def test_an_event_keeps_its_identity_when_the_meeting_moves(places, client):
    meeting = make_meeting(places.province, visibility="public", held_on=DAY)
    before = event_of(client, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(held_on="2007-01-11", revision=5)
    after = event_of(client, meeting)
    assert before["UID"] == after["UID"] and before["DTSTART"].dt != after["DTSTART"].dt
    assert after["SEQUENCE"] == 5


def test_a_feed_holds_the_meetings_its_owner_may_read(places, cast, client, soon):
    make_meeting(places.province, title="ร่าง", visibility="draft", held_on=soon.held_on)
    make_meeting(places.province, title="นานแล้ว", held_on=DAY)
    make_meeting(places.province, title="ไม่ทราบวัน", held_on="2199")
    assert titles(feed_of(client, cast.member)) == ["ประชุมเครือข่าย"]
    assert titles(feed_of(client, cast.staff)) == ["ประชุมเครือข่าย", "ร่าง"]
    assert titles(feed_of(client, cast.nobody)) == []


def test_a_feed_holds_the_deadlines_of_rounds_of_ones_area(places, cast, client):
    survey_round = make_round(places.province, name="รอบซ้ำ")
    make_round(places.province, name="ยังไม่เปิด", opened=False)
    found = feed_of(client, cast.tambon)
    assert len(found) == 2 and all("รอบซ้ำ" in one for one in titles(found))
    assert {one["DTSTART"].dt.astimezone(UTC).replace(microsecond=0) for one in found} == {
        moment.astimezone(UTC).replace(microsecond=0) for moment in (survey_round.on_time_by, survey_round.closes_at)
    }
    assert feed_of(client, cast.member) == []


def test_who_fills_in_has_the_day_to_mend_of_their_own_tambon(places, cast, client):
    survey_round, day = make_round(places.province), timezone.localdate() + timedelta(days=2)
    for code in ("801217", "800304"):
        make_submission(survey_round, places.tambons[code], state="returned", fix_by=day)
    mend = [one for one in feed_of(client, cast.tambon) if one["DTSTART"].dt == day]
    assert [places.tambons["801217"].name_th in str(one["SUMMARY"]) for one in mend] == [True]


def test_a_feed_holds_ones_own_open_tasks_that_have_a_day(cast, client, soon):
    due = timezone.localdate() + timedelta(days=3)
    Task.objects.create(meeting=soon, text="ส่งข้อมูล", person=cast.tambon.person, due_on=due)
    Task.objects.create(meeting=soon, text="นำเข้าที่ประชุม", person=cast.tambon.person, due_meeting=soon)
    Task.objects.create(meeting=soon, text="ไม่มีวัน", person=cast.tambon.person)
    Task.objects.create(meeting=soon, text="เสร็จแล้ว", person=cast.tambon.person, due_on=due, state="done")
    Task.objects.create(meeting=soon, text="ของคนอื่น", person=cast.district.person, due_on=due)
    found = {str(one["SUMMARY"]): one["DTSTART"].dt for one in feed_of(client, cast.tambon)}
    assert found == {"ส่งข้อมูล": due, "นำเข้าที่ประชุม": soon.day, "ประชุมเครือข่าย": soon.day}


def test_a_feed_names_nobody_and_no_number(places, cast, client, soon):
    make_submission(make_round(places.province), places.tambons["801217"], informant="คนให้ข้อมูล")
    address = make_address(cast.staff, by=cast.staff)
    body = client.get(reverse("calendar_feed", args=[address.secret])).content.decode().replace("\r\n ", "")
    people = [cast.staff, cast.tambon, cast.zone3]
    assert [one.label for one in people if one.label in body] == []
    assert "0899990" not in body and "คนให้ข้อมูล" not in body and address.secret not in body


def test_an_unknown_and_a_revoked_address_look_the_same(cast, client):
    old = make_address(cast.member, by=cast.member).secret
    new = make_address(cast.member, by=cast.member).secret
    assert client.get(reverse("calendar_feed", args=[new])).status_code == 200
    revoke_address(cast.member, by=cast.member)
    for secret in (old, new, "x" * 43, "x"):
        assert client.get(reverse("calendar_feed", args=[secret])).status_code == 404
    assert AuditEntry.objects.about(cast.member).count() == 4


def test_the_calendar_of_a_closed_account_is_not_there(cast, client):
    secret = make_address(cast.member, by=cast.member).secret
    cast.member.is_active = False
    cast.member.save()
    assert client.get(reverse("calendar_feed", args=[secret])).status_code == 404


def test_the_feed_follows_what_its_owner_may_read_today(places, cast, client, soon):
    secret = make_address(cast.member, by=cast.member).secret
    cast.member.person.appointments.update(ends_on=timezone.localdate())
    assert events(client.get(reverse("calendar_feed", args=[secret]))) == []


def test_the_page_makes_shows_and_takes_back_the_address(cast, sign_in):
    client, page = sign_in(cast.member), reverse("calendar_settings")
    client.post(reverse("calendar_renew"))
    secret = CalendarFeed.objects.get(user=cast.member).secret
    assert secret in client.get(page).content.decode()
    client.post(reverse("calendar_revoke"))
    assert secret not in client.get(page).content.decode() and not CalendarFeed.objects.exists()


def test_nobody_elses_page_shows_the_address(cast, sign_in):
    secret = make_address(cast.member, by=cast.member).secret
    assert secret not in sign_in(cast.staff).get(reverse("calendar_settings")).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_a_feed_asks_the_database_six_times(places, cast, client, django_assert_num_queries, many):
    due, survey_round = timezone.localdate() + timedelta(days=3), make_round(places.province)
    for number in range(many):
        meeting = make_meeting(places.province, title=f"ครั้งที่ {number}", held_on=due)
        Task.objects.create(meeting=meeting, text="งาน", person=cast.tambon.person, due_on=due)
    make_submission(survey_round, places.tambons["801217"], state="returned", fix_by=due)
    secret = make_address(cast.tambon, by=cast.tambon).secret
    with django_assert_num_queries(6):
        client.get(reverse("calendar_feed", args=[secret]))
