"""The gate: today's appointments and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from organizations import access
from organizations.access import Level
from organizations.models import District, Person, Post, Province, Role, Tambon, User, Zone
from tests.factories import appoint, make_holder, make_post, make_user


def reach(user):
    """Codes of the areas one may open."""
    user = User.objects.get(pk=user.pk)
    districts = District.objects.visible_to(user).values_list("pk", flat=True)
    tambons = Tambon.objects.visible_to(user).values_list("pk", flat=True)
    zones = Zone.objects.visible_to(user).values_list("number", flat=True)
    provinces = Province.objects.visible_to(user).values_list("pk", flat=True)
    return sorted(provinces), sorted(zones), sorted(districts), sorted(tambons)


EVERYTHING = (
    ["80"], [2, 3], ["8001", "8003", "8006", "8012"],
    ["800101", "800115", "800302", "800304", "800601", "800602", "801201", "801217"],
)  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), [
    ("staff", EVERYTHING),
    ("zone2", ([], [2], ["8001", "8003"], ["800101", "800115", "800302", "800304"])),
    ("zone3", ([], [3], ["8006", "8012"], ["800601", "800602", "801201", "801217"])),
    ("district", ([], [], ["8012"], ["801201", "801217"])),
    ("tambon", ([], [], [], ["801217"])),
    ("member", ([], [], [], [])),
    ("nobody", ([], [], [], [])),
])  # fmt: skip
def test_what_each_authority_reaches(cast, name, expected):
    """The own area and those below, never beside or above; READ and no post reach no working page."""
    assert reach(getattr(cast, name)) == expected


def test_an_ended_appointment_ends_access_at_once(cast, sign_in):
    """The next request of a running session is refused; the day it ends is the first without."""
    client = sign_in(cast.tambon)
    assert client.get("/tambons/801217/").status_code == 200
    cast.tambon.person.appointments.update(ends_on=timezone.localdate(), end_reason="ลาออก")
    assert client.get("/tambons/801217/").status_code == 404
    assert client.get(reverse("organization_chart", args=["80"])).status_code == 404
    assert reach(cast.tambon) == ([], [], [], [])


def test_the_last_day_still_counts(cast):
    """An appointment that ends tomorrow holds today."""
    cast.tambon.person.appointments.update(ends_on=timezone.localdate() + timedelta(1), end_reason="ลาออก")
    assert reach(cast.tambon)[3] == ["801217"]


def test_a_future_appointment_gives_nothing_yet(cast, places):
    """Not a day early."""
    tomorrow = timezone.localdate() + timedelta(1)
    appoint(cast.nobody.person, make_post("district-coordinator", places.districts["8012"]), since=tomorrow)
    assert reach(cast.nobody) == ([], [], [], [])
    assert not access.of(User.objects.get(pk=cast.nobody.pk)).is_member
    assert access.of(User.objects.get(pk=cast.nobody.pk), today=tomorrow).is_member


@pytest.mark.parametrize("role", ["member", "academic-adviser"])
def test_reading_opens_no_working_page(places, sign_in, role):
    """A post that only reads opens the chart and the people, and nothing to work on."""
    client = sign_in(make_holder("reader", role, places.province))
    assert client.get(reverse("organization_chart", args=["80"])).status_code == 200
    for url in ("/districts/8012/", "/tambons/801217/", f"/zones/{places.zone3.pk}/", "/provinces/80/zones/"):
        assert client.get(url).status_code == 404, url
    assert not access.of(User.objects.get(username="reader")).is_staff


def test_two_posts_add_up(cast, places):
    """The reach of two posts is both, not what lies between."""
    appoint(cast.tambon.person, make_post("tambon-coordinator", places.tambons["800304"]))
    assert reach(cast.tambon) == ([], [], [], ["800304", "801217"])


def test_a_closed_account_reaches_nothing(cast):
    """Posts stay with the person; the account opens nothing."""
    User.objects.filter(pk=cast.staff.pk).update(is_active=False)
    assert reach(cast.staff) == ([], [], [], [])
    assert access.of(AnonymousUser()).grants == ()


@pytest.mark.django_db
def test_an_account_without_a_person(places):
    """Reaches nothing and breaks nothing."""
    user = User.objects.create_user("ลอย", "ทดสอบ-2549")
    assert reach(user) == ([], [], [], []) and not Person.objects.visible_to(user).exists()


@pytest.mark.parametrize(("name", "expected"), [
    ("staff", ["district", "province", "tambon", "zone"]),
    ("zone3", ["district", "tambon"]),
    ("district", ["tambon"]),
    ("tambon", []),
    ("member", []),
])  # fmt: skip
def test_whom_each_may_appoint(cast, places, name, expected):
    """Those below the own level; a post that manages is filled only by who manages."""
    posts = Post.objects.filter(role__is_expected=True).of_province(places.province).with_areas()
    mine = [
        post for post in posts
        if post.area.lineage()[1:2] in ([], [(Level.ZONE, places.zone3.pk)])
        and access.of(getattr(cast, name)).may_appoint(post)
    ]  # fmt: skip
    assert sorted({post.role.level for post in mine}) == expected


def test_who_manages_less_than_a_province_is_no_staff(cast, places, sign_in):
    """Levels are data: a post that manages a zone opens the zone, and neither the admin nor the roles."""
    role = Role.objects.create(code="zone-manager", name_th="ผู้จัดการโซน", name_en="M", level="zone", authority="manage")
    appoint(cast.nobody.person, Post.objects.create(role=role, zone=places.zone3))
    user = User.objects.get(pk=cast.nobody.pk)
    assert access.of(user).may_manage(places.zone3) and not (user.is_staff or user.has_perm("organizations.add_role"))
    client = sign_in(user)
    assert client.get(reverse("zone_edit", args=[places.zone3.pk])).status_code == 200
    for url in ("/admin/", "/admin/organizations/role/add/", "/people/duplicates/"):
        assert client.get(url).status_code in (302, 403), url


def test_rows_and_questions_agree(cast, places):
    """What a queryset shows is exactly what `may_see` and `may_edit_person` allow."""
    for user in vars(cast).values():
        shown = {one.pk for one in Tambon.objects.visible_to(user)}
        assert shown == {one.pk for one in Tambon.objects.all() if access.of(user).may_see(one)}
        editable = [one for one in Person.objects.all() if access.may_edit_person(user, one)]
        assert {one.pk for one in editable} <= {one.pk for one in Person.objects.visible_to(user)}


def test_forget(cast, places):
    """A request that changed the user's own posts can ask afresh."""
    user = make_user("fresh")
    assert not access.of(user).is_member
    appoint(user.person, make_post("member", places.province))
    assert not access.of(user).is_member
    access.forget(user)
    assert access.of(user).is_member
