"""The cast: a small province, and one account for each kind of person.

Zone 2 holds districts 8001 and 8003, zone 3 holds 8012 and 8006. Every person of the cast has a canary number.
"""

from __future__ import annotations

from types import SimpleNamespace

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from organizations.models import Contact, FocusTambon, User
from tests.factories import (
    LONG_AGO,
    make_district,
    make_holder,
    make_post,
    make_province,
    make_tambon,
    make_user,
    make_zone,
)

# Machines are shared: how long an example takes says nothing.
hypothesis.settings.register_profile("shared machine", deadline=None)
hypothesis.settings.load_profile("shared machine")

PLACES = {
    "8001": ("เมืองนครศรีธรรมราช", 2, {"800101": "ในเมือง", "800115": "นาเคียน"}),
    "8003": ("ลานสกา", 2, {"800304": "กำโลน", "800302": "ลานสกา"}),
    "8012": ("ปากพนัง", 3, {"801217": "ปากแพรก", "801201": "ปากพนัง"}),
    "8006": ("เชียรใหญ่", 3, {"800601": "เชียรใหญ่", "800602": "ท่าขนาน"}),
}
FOCUS = ("800304", "800115", "801217", "800601")


@pytest.fixture(autouse=True)
def fresh_limits(request: pytest.FixtureRequest) -> None:
    """Sign-in limits live in the cache: no test inherits another's."""
    if {"db", "transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def places(db: None) -> SimpleNamespace:
    """The small province: `.province`, `.zone2`, `.zone3`, `.districts` and `.tambons` by code."""
    province = make_province()
    zones = {number: make_zone(province, number) for number in (2, 3)}
    districts, tambons = {}, {}
    for code, (name, number, below) in PLACES.items():
        districts[code] = make_district(code, name, zone=zones[number])
        tambons |= {one: make_tambon(one, called) for one, called in below.items()}
    for code in FOCUS:
        FocusTambon.objects.create(tambon=tambons[code], chosen_on=LONG_AGO, chosen_reason="ทดสอบ")
        make_post("tambon-coordinator", tambons[code])
    for district in districts.values():
        make_post("district-coordinator", district)
    return SimpleNamespace(province=province, zone2=zones[2], zone3=zones[3], districts=districts, tambons=tambons)


@pytest.fixture
def cast(places: SimpleNamespace) -> SimpleNamespace:
    """One account of each kind, by a name that says what it is."""
    people = {
        "staff": make_holder("staff", "provincial-team", places.province),
        "zone2": make_holder("zone2", "zone-representative", places.zone2),
        "zone3": make_holder("zone3", "zone-representative", places.zone3),
        "district": make_holder("district", "district-coordinator", places.districts["8012"]),
        "tambon": make_holder("tambon", "tambon-coordinator", places.tambons["801217"]),
        "tambon2": make_holder("tambon2", "tambon-coordinator", places.tambons["800304"]),
        "member": make_holder("member", "member", places.province),
        "nobody": make_user("nobody"),
    }
    for number, user in enumerate(people.values()):
        Contact.objects.create(person=user.person, kind="phone", value=canary(number))
    return SimpleNamespace(**people)


def canary(number: int) -> str:
    """A telephone number that must never show where it does not belong."""
    return f"08999900{number:02d}"


@pytest.fixture
def sign_in():
    """A test client signed in as one of the cast."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def flushable(transactional_db: None):
    """SQLite empties tables by DELETE after a transactional test, which the audit trail and packets refuse."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in ("auditentry", "auditsubject"):
                cursor.execute(f"DROP TRIGGER IF EXISTS organizations_{table}_no_delete")
            cursor.execute("DROP TRIGGER IF EXISTS tambon_survey_packet_no_delete")


@pytest.fixture
def staff(cast: SimpleNamespace) -> Client:
    """Province staff, who may open every form; what a view raised is raised."""
    client = Client()
    client.force_login(cast.staff)
    return client
