"""How long a session lasts, and what ends it at once."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from organizations.models import User
from organizations.sessions import device_name
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def idle(client: Client, *, seconds: int) -> None:
    """Pretend that the last visit was that long ago."""
    session = client.session
    session["seen"] = int(time.time()) - seconds
    session.save()


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def visit(sign_in):
    """A client of somebody who has just looked at a page."""

    def visited(user: User) -> Client:
        client = sign_in(user)
        assert is_signed_in(client)
        return client

    return visited


@pytest.mark.parametrize(("seconds", "stays"), [(8 * 3600 - 60, True), (8 * 3600 + 1, False)])
def test_a_coordinators_session_ends_after_eight_idle_hours(cast, visit, seconds, stays):
    client = visit(cast.tambon)
    idle(client, seconds=seconds)
    assert is_signed_in(client) is stays


@pytest.mark.parametrize(("seconds", "stays"), [(30 * 60 - 60, True), (30 * 60 + 1, False)])
def test_the_provinces_session_ends_after_thirty_idle_minutes(cast, visit, seconds, stays):
    client = visit(cast.staff)
    idle(client, seconds=seconds)
    assert is_signed_in(client) is stays


def test_cookie_and_row_live_no_longer_than_the_idle_limit(cast, visit):
    for user, limit in ((cast.staff, 30 * 60), (cast.tambon, 8 * 3600)):
        client = visit(user)
        assert client.cookies["nakhon_session"]["max-age"] == limit
        row = Session.objects.get(pk=client.session.session_key)
        assert abs((row.expire_date - timezone.now()).total_seconds() - limit) < 60


def test_the_idle_time_runs_from_signing_in(cast):
    """Also where the page after it is never opened."""
    client = Client()
    client.post("/account/login/", {"login": "staff", "password": PASSWORD})
    idle = client.session.get_expiry_date() - timezone.now()
    assert "seen" in client.session and idle.total_seconds() <= 30 * 60


def test_reading_within_a_minute_writes_nothing(cast, visit, django_assert_num_queries):
    client = visit(cast.tambon)
    before = Session.objects.get(pk=client.session.session_key).expire_date
    assert is_signed_in(client)
    assert Session.objects.get(pk=client.session.session_key).expire_date == before


def test_an_ended_appointment_ends_access_in_the_next_request_of_the_same_session(cast, visit):
    client = visit(cast.tambon)
    assert client.get("/tambons/801217/").status_code == 200
    cast.tambon.person.appointments.update(ends_on=timezone.localdate())
    assert client.get("/tambons/801217/").status_code == 404
    assert is_signed_in(client)


def test_a_closed_account_is_out_in_the_next_request(cast, visit):
    client = visit(cast.tambon)
    User.objects.filter(pk=cast.tambon.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(cast, visit):
    here, elsewhere = visit(cast.tambon), visit(cast.tambon)
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "รหัสใหม่ของฉัน"})
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_the_list_of_devices_signs_out_everywhere_else(cast):
    here, elsewhere = Client(), Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/80.0"})
    for client in (here, elsewhere):
        client.post("/account/login/", {"login": "tambon", "password": PASSWORD})
    assert "Chrome, Android" in here.get("/account/sessions/").content.decode()
    here.post("/account/sessions/")
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_signing_out_is_a_post(cast, visit):
    client = visit(cast.tambon)
    client.get("/account/logout/")
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("says", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36 Line/14.1",
            "LINE, Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows"),
    ],
)
def test_a_device_is_called_by_a_name_people_know(says, name):
    assert device_name(says) == name
