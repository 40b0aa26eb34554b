"""The zone editor: moving asks and is remembered, confirming clears the notice, nobody is left without a zone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organizations.actions.areas import confirm_zones, move_district, save_zone
from organizations.history import history_of
from organizations.models import AuditEntry, Post, Zone
from organizations.problems import Refused
from tests.factories import make_province, make_round, make_zone

NOTICE = "ข้อสันนิษฐาน"
MOVE = "/districts/8012/move/"


def open_round(province, *, opens=-1, closes=1):
    """A round by days from now."""
    now = timezone.now()
    ends = now + timedelta(closes)
    return make_round(province, opens_at=now + timedelta(opens), on_time_by=ends, closes_at=ends)


def test_a_number_that_was_taken_meanwhile_is_refused(places):
    """The form found it free; somebody else was quicker."""
    with pytest.raises(Refused):
        save_zone(Zone(province=places.province, number=2, name_th="อีกโซน"), by=None)
    assert Zone.objects.filter(number=2).count() == 1


def test_no_zone_is_refused_while_a_round_is_open(cast, places, sign_in):
    """Said in Thai on the box itself; what was typed stays, nothing is written."""
    open_round(places.province)
    response = sign_in(cast.staff).post(MOVE, {"zone": "", "reason": "ลองดู"})
    assert response.status_code == 422
    assert "มีรอบสำรวจเปิดอยู่ ทุกอำเภอต้องมีโซน" in response.content.decode() and "ลองดู" in response.content.decode()
    places.districts["8012"].refresh_from_db()
    assert places.districts["8012"].zone == places.zone3
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("opens", "closes"), [(-9, -1), (1, 9)], ids=["closed", "to come"])
def test_no_zone_is_allowed_without_an_open_round(cast, places, sign_in, opens, closes):
    """A closed round and one to come do not hold a district."""
    open_round(places.province, opens=opens, closes=closes)
    assert sign_in(cast.staff).post(MOVE, {"zone": "", "reason": "ลองดู"}).status_code == 302
    places.districts["8012"].refresh_from_db()
    assert places.districts["8012"].zone is None


def test_a_round_elsewhere_does_not_count(cast, places):
    """Another province's round leaves this one alone."""
    open_round(make_province("81", name_th="กระบี่"))
    move_district(places.districts["8012"], to=None, by=cast.staff, reason="ย้าย")


def test_another_zone_is_allowed_while_a_round_is_open(cast, places):
    """Moving between zones is always possible."""
    open_round(places.province)
    move_district(places.districts["8012"], to=places.zone2, by=cast.staff, reason="ย้าย")
    assert places.zone2.districts.filter(pk="8012").exists()


def test_moving_asks_first(cast, places, sign_in):
    """A GET says what is about to change, the focus tambon included, and changes nothing."""
    body = sign_in(cast.staff).get(MOVE).content.decode()
    assert "อำเภอปากพนัง" in body and "ปากแพรก" in body and places.zone2.full_name in body
    places.districts["8012"].refresh_from_db()
    assert places.districts["8012"].zone == places.zone3


def test_moving_needs_a_reason_and_is_in_three_histories(cast, places, sign_in):
    """District, old zone and new zone each tell who, from where, to where and why."""
    client = sign_in(cast.staff)
    assert client.post(MOVE, {"zone": places.zone2.pk}).status_code == 422
    assert client.post(MOVE, {"zone": places.zone2.pk, "reason": "อยู่ใกล้กว่า"}).status_code == 302
    for thing in (places.districts["8012"], places.zone2, places.zone3):
        line = history_of(thing, viewer=cast.staff)[0]
        assert (line.who, line.reason) == (cast.staff.label, "อยู่ใกล้กว่า")
        assert line.changes[0][1:] == ("3", "2")
        assert "อยู่ใกล้กว่า" in client.get(thing.get_absolute_url(), {"history": "on"}).content.decode()


def test_moving_changes_who_sees_it(cast, places, sign_in):
    """Access follows the district at once."""
    move_district(places.districts["8012"], to=places.zone2, by=cast.staff, reason="ย้าย")
    assert sign_in(cast.zone2).get("/districts/8012/").status_code == 200
    assert sign_in(cast.zone3).get("/districts/8012/").status_code == 404


def test_refused_moves(cast, places):
    """A zone of another province, and the zone it is in already."""
    foreign = make_zone(make_province("81", name_th="กระบี่"), 1)
    for zone in (foreign, places.zone3):
        with pytest.raises(Refused):
            move_district(places.districts["8012"], to=zone, by=cast.staff, reason="ย้าย")


def test_confirming_takes_the_notice_away(cast, places, sign_in):
    """The assumption is shown to everybody until province staff confirm it."""
    client = sign_in(cast.staff)
    assert NOTICE in client.get("/provinces/80/").content.decode()
    assert NOTICE in client.get("/provinces/80/zones/").content.decode()
    assert client.post("/provinces/80/zones/confirm/").status_code == 302
    client.get("/account/")  # the message that says so is shown once
    for url in ("/", "/provinces/80/", f"/zones/{places.zone3.pk}/"):
        assert NOTICE not in client.get(url).content.decode(), url
    places.province.refresh_from_db()
    assert places.province.zones_confirmed_by == cast.staff
    assert AuditEntry.objects.about(places.province).filter(verb="confirm_zones").count() == 1


def test_confirming_waits_for_every_district(cast, places):
    """A district without a zone is named in the refusal."""
    move_district(places.districts["8012"], to=None, by=cast.staff, reason="ย้าย")
    with pytest.raises(Refused) as why:
        confirm_zones(places.province, by=cast.staff)
    assert "อำเภอปากพนัง" in why.value.sentence


def test_a_new_zone_has_its_post_and_its_history(cast, places):
    """Two seats of representatives wait in a zone from its first day."""
    zone = save_zone(Zone(province=places.province, number=6, name_th="ใหม่"), by=cast.staff)
    assert Post.objects.get(zone=zone).seats == 2
    assert AuditEntry.objects.about(zone).get().verb == "add"


def test_a_number_is_given_once(cast, places, sign_in):
    """The second zone of one number is refused with a sentence."""
    response = sign_in(cast.staff).post("/provinces/80/zones/add/", {"number": "๓", "name_th": "ซ้ำ"})
    assert response.status_code == 422
    assert "จังหวัดนี้มีโซนลำดับที่นี้อยู่แล้ว" in response.content.decode()
    assert Zone.objects.count() == 2


def move_apart(district, zone, user):
    """Move over a database connection of its own, as another process does."""
    try:
        move_district(district, to=zone, by=user, reason="ย้ายพร้อมกัน")
    finally:
        connection.close()


def somebody_waits() -> bool:
    """Whether a connection stands before a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what it saw first
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0


def test_two_who_move_a_district_at_once_move_it_once(flushable, cast, places):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time")
    district, zone = places.districts["8012"], places.zone2
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            move_district(district, to=zone, by=cast.staff, reason="ย้าย")
            second = pool.submit(move_apart, district, zone, cast.staff)
            while not (somebody_waits() or second.done()):
                pass
        with pytest.raises(Refused):
            second.result()
    assert AuditEntry.objects.about(district).count() == 1
