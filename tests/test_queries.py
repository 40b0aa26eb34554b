"""Every page asks the database at most 15 times (a tambon's 18), whatever the number of rows."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from organizations.models import District, FocusTambon, Post, Province, Tambon, Zone
from organizations.reference import apply_plan, ensure_posts, ensure_zones, plan_province, province_codes
from tests.factories import LONG_AGO, appoint, make_holder, make_person, make_post, make_tambon

MOST = 15
# A tambon's page tells what every app knows of the place, each part in one query.
MOST_OF_A_PLACE = 18


def area_pages(zone: Zone, district: str, tambon: str) -> list[str]:
    """Home, areas, chart, lists; the search box has a budget for each group (tests/project/test_search.py)."""
    code = settings.HOME_PROVINCE
    return [
        reverse("home"),
        reverse("province_page", args=[code]),
        reverse("organization_chart", args=[code]),
        reverse("organization_chart", args=[code]) + "?on=2549-12-25",
        reverse("zone_page", args=[zone.pk]),
        reverse("district_page", args=[district]),
        reverse("tambon_page", args=[tambon]),
        reverse("zone_editor", args=[code]),
        reverse("focus_list", args=[code]) + "?q=บ้าน",
        reverse("person_list"),
        reverse("person_list") + "?q=ทดสอบ",
        reverse("person_duplicates"),
        reverse("account_page"),
        reverse("meeting_list"),
    ]


def asked(client: Client, urls: list[str], counted) -> list[tuple[str, int]]:
    """The pages that ask more than MOST times, with how often."""
    found = []
    for url in urls:
        with counted(10_000) as queries:
            response = client.get(url)
        assert response.status_code in (200, 403, 404), (url, response.status_code)
        number = sum(
            not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in queries
        )  # of the test's own wrapping
        if number > (MOST_OF_A_PLACE if url.startswith("/tambons/") else MOST):
            found.append((url, number))
    return found


def grow(places: SimpleNamespace, number: int = 40) -> None:
    """Many more tambon in focus, posts, holders and persons of one name, all in zone 3."""
    for at in range(number):
        tambon = make_tambon(f"8012{at + 40:02d}", f"บ้านทดสอบ{at}")
        FocusTambon.objects.create(tambon=tambon, chosen_on=LONG_AGO, chosen_reason="ทดสอบ")
        post = make_post("tambon-coordinator", tambon)
        for who in ("หนึ่ง", "สอง"):
            appoint(make_person(f"คน{who}{at % 7}"), post)


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("name", ["staff", "zone3", "district", "tambon", "member", "nobody"])
def test_area_and_list_pages(cast, places, sign_in, django_assert_max_num_queries, name: str, many: bool):
    """Lists, areas and chart, with few rows and with many, for each of the cast."""
    if many:
        grow(places)
    urls = area_pages(places.zone3, "8012", "801217")
    assert asked(sign_in(getattr(cast, name)), urls, django_assert_max_num_queries) == []


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_pages_of_one_thing(cast, places, sign_in, django_assert_max_num_queries, many: bool):
    """Persons, posts and every form, with few rows and with many."""
    if many:
        grow(places)
        for at in range(20):
            appoint(cast.tambon.person, make_post("tambon-coordinator", places.tambons["800602"]), until=LONG_AGO)
            cast.tambon.person.contacts.create(kind="phone", value=f"08112233{at:02d}")
    person, post = cast.tambon.person, make_post("tambon-coordinator", places.tambons["801217"])
    named = [
        ("person_page", person.pk), ("person_edit", person.pk), ("contact_add", person.pk), ("post_page", post.pk),
        ("post_appoint", post.pk), ("invitation_issue", post.pk), ("focus_choose", "801217"), ("focus_drop", "801217"),
        ("district_move", "8012"), ("zone_edit", places.zone3.pk), ("zone_add", "80"),
        ("appointment_end", person.appointments.order_by("pk")[0].pk), ("contact_edit", person.contacts.all()[0].pk),
    ]  # fmt: skip
    urls = [reverse(name, args=[key]) for name, key in named]
    urls += [reverse("post_appoint", args=[post.pk]) + "?q=คน", reverse("invitation_issue", args=[post.pk]) + "?q=คน"]
    urls += [reverse("person_merge", args=[person.pk, cast.tambon2.person_id]), reverse("account_edit")]
    assert asked(sign_in(cast.staff), urls, django_assert_max_num_queries) == []


def test_visitor(cast, places, client, django_assert_max_num_queries):
    """What a visitor opens."""
    grow(places)
    urls = [reverse("home"), reverse("province_page", args=["80"])]
    assert asked(client, urls, django_assert_max_num_queries) == []


def test_the_whole_country(db, sign_in, django_assert_max_num_queries):
    """All 7,436 tambon loaded, every tambon of the province in focus and held: still at most 15 queries a page."""
    for code in province_codes():
        apply_plan(plan_province(code))
    assert Tambon.objects.count() == 7436
    province = Province.objects.get(pk="80")
    ensure_zones(province)
    own = list(Tambon.objects.in_province(province))
    FocusTambon.objects.bulk_create(FocusTambon(tambon=one, chosen_on=LONG_AGO, chosen_reason="ทดสอบ") for one in own)
    ensure_posts(province)
    person = make_person()
    for post in Post.objects.filter(tambon__isnull=False):
        appoint(person, post)
    zone = District.objects.get(pk="8012").zone
    urls = area_pages(zone, "8012", "801217")
    for role, area in (("provincial-team", province), ("zone-representative", zone)):
        user = make_holder(role, role, area)
        assert asked(sign_in(user), urls, django_assert_max_num_queries) == []
