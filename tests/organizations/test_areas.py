"""Areas: Thai order, names with their kind, what a district was when, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from organizations.models import District, DistrictStatus, Province, Tambon
from organizations.reference import apply_plan, plan_province
from tests.factories import make_zone

GOLDEN = [
    "ขนอม", "จุฬาภรณ์", "ฉวาง", "เฉลิมพระเกียรติ", "ชะอวด", "ช้างกลาง", "เชียรใหญ่", "ถ้ำพรรณรา", "ท่าศาลา", "ทุ่งสง",
    "ทุ่งใหญ่", "นบพิตำ", "นาบอน", "บางขัน", "ปากพนัง", "พรหมคีรี", "พระพรหม", "พิปูน",
    "เมืองนครศรีธรรมราช", "ร่อนพิบูลย์", "ลานสกา", "สิชล", "หัวไทร",
]  # fmt: skip


@pytest.fixture
def nakhon(db):
    """Province 80 as its sources have it."""
    apply_plan(plan_province("80"))


def test_the_23_districts_in_golden_order(nakhon):
    """The stored key sorts as a Thai dictionary does, on either database."""
    assert [one.name_th for one in District.objects.in_thai_order()] == GOLDEN


def test_the_chart_and_the_map_list_them_so(nakhon, client):
    """The public page names the districts of its table in that order."""
    body = client.get("/").content.decode()
    table = body[body.index("<table") :]
    places = [table.index(f">{name}<") if f">{name}<" in table else table.index(name) for name in GOLDEN]
    assert len(set(places)) == 23


@pytest.mark.parametrize("code", ["8021", "8022"])
@pytest.mark.parametrize(("day", "kind"), [(date(2007, 9, 7), "minor"), (date(2007, 9, 8), "full")])
def test_minor_districts_until_8_september_2550(nakhon, code, day, kind):
    """Two districts were กิ่งอำเภอ until the day before; every other one was a district all along."""
    assert District.objects.get(pk=code).status_on(day).kind == kind
    others = District.objects.exclude(pk__in=["8021", "8022"]).prefetch_related("statuses")
    assert {one.status_on(day).kind for one in others} == {"full"}


def test_status_not_recorded(places):
    """A district without a recorded status has none, rather than a guessed one."""
    assert places.districts["8012"].status_on(date(2026, 1, 1)) is None


def test_one_status_a_day(places):
    """A district has one first status and one a day."""
    DistrictStatus.objects.create(district=places.districts["8012"], kind="full")
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictStatus.objects.create(district=places.districts["8012"], kind="minor")


def test_names_with_their_kind(places):
    """Thai puts the kind before the name; English only when asked for."""
    tambon, district = places.tambons["801217"], places.districts["8012"]
    assert (tambon.full_name, district.full_name) == ("ตำบลปากแพรก", "อำเภอปากพนัง")
    district.name_en = "Pak Phanang"
    with translation.override("en"):
        assert district.name == "Pak Phanang"


@pytest.mark.parametrize("make", [
    lambda: District.objects.create(code="8112", name_th="ผิด", province_id="80"),
    lambda: Tambon.objects.create(code="801301", name_th="ผิด", district_id="8012"),
    lambda: make_zone(Province.objects.get(), 3),
])  # fmt: skip
def test_codes_lie_inside_each_other(places, make):
    """The database refuses a code that does not begin with that of the area above, and a zone's number twice."""
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
