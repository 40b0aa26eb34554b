"""The permission table: every address × the cast × method; and what nobody may find on any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from organizations.models import Invitation
from tests import rows
from tests.conftest import canary
from tests.factories import appoint, make_person, make_post

ROLES = ("anonymous", "nobody", "member", "tambon", "tambon2", "district", "zone2", "zone3", "staff")
SECRET_NAME = "ดอกแก้วซ่อนกลิ่น"
SECRET_PART = "ดอกแก้ว"
TOKEN = "token-of-the-permission-table"

# What is asked with: zone-3 objects ("3"), zone-2 objects ("2"), the one province ("p"), none ("-").
# Statuses stand in the order of ROLES. `edit`: a POST answers the same with 422 where a GET answers 200.
# `ticks`: the same with 302, for nothing ticked is an answer too. `safe`: a POST answers 405. `post`: a GET answers
# 405, the statuses are those of the POST.
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
TABLE: list[tuple[str, str, str, str]] = [
    ("home", "-", "safe",                     "200  200  200  200  200  200  200  200  200"),
    ("search", "-", "safe",                   "302  200  200  200  200  200  200  200  200"),
    ("province_page", "p", "safe",            "200  200  200  200  200  200  200  200  200"),
    ("zone_editor", "p", "safe",              "302  404  404  404  404  404  404  404  200"),
    ("zone_add", "p", "edit",                 "302  404  404  404  404  404  404  404  200"),
    ("zones_confirm", "p", "post",            "302  404  404  404  404  404  404  404  302"),
    ("focus_list", "p", "safe",               "302  404  404  404  404  404  404  404  200"),
    ("organization_chart", "p", "safe",       "302  404  200  200  200  200  200  200  200"),
    ("zone_page", "3 zone", "safe",           "302  404  404  404  404  404  404  200  200"),
    ("zone_page", "2 zone", "safe",           "302  404  404  404  404  404  200  404  200"),
    ("zone_edit", "3 zone", "edit",           "302  404  404  404  404  404  404  403  200"),
    ("zone_edit", "2 zone", "edit",           "302  404  404  404  404  404  403  404  200"),
    ("district_page", "3 district", "safe",   "302  404  404  404  404  200  404  200  200"),
    ("district_page", "2 district", "safe",   "302  404  404  404  404  404  200  404  200"),
    ("district_move", "3 district", "edit",   "302  404  404  404  404  403  404  403  200"),
    ("district_move", "2 district", "edit",   "302  404  404  404  404  404  403  404  200"),
    ("tambon_page", "3 tambon", "safe",       "302  404  404  200  404  200  404  200  200"),
    ("tambon_page", "2 tambon", "safe",       "302  404  404  404  200  404  200  404  200"),
    ("focus_choose", "3 tambon", "edit",      "302  404  404  403  404  403  404  403  200"),
    ("focus_choose", "2 tambon", "edit",      "302  404  404  404  403  404  403  404  200"),
    ("focus_drop", "3 tambon", "edit",        "302  404  404  403  404  403  404  403  200"),
    ("focus_drop", "2 tambon", "edit",        "302  404  404  404  403  404  403  404  200"),
    ("person_list", "-", "safe",              "302  200  200  200  200  200  200  200  200"),
    ("person_add", "-", "edit",               "302  403  403  403  403  200  200  200  200"),
    ("person_duplicates", "-", "safe",        "302  403  403  403  403  403  403  403  200"),
    ("person_page", "3 person", "safe",       "302  404  404  200  404  200  404  200  200"),
    ("person_page", "2 person", "safe",       "302  404  404  404  200  404  200  404  200"),
    ("person_page", "3 shared", "safe",       "302  404  200  200  200  200  200  200  200"),
    ("person_page", "postless", "safe",       "302  200  404  404  404  404  404  404  200"),
    ("person_edit", "3 person", "edit",       "302  404  404  200  404  200  404  200  200"),
    ("person_edit", "2 person", "edit",       "302  404  404  404  200  404  200  404  200"),
    ("person_edit", "3 shared", "edit",       "302  404  403  403  403  403  403  200  200"),
    ("person_merge", "two", "edit",           "302  403  403  403  403  403  403  403  200"),
    ("contact_add", "3 person", "edit",       "302  404  404  200  404  200  404  200  200"),
    ("contact_add", "2 person", "edit",       "302  404  404  404  200  404  200  404  200"),
    ("contact_add", "3 shared", "edit",       "302  404  403  403  403  403  403  200  200"),
    ("contact_edit", "3 contact", "edit",     "302  404  404  200  404  200  404  200  200"),
    ("contact_edit", "2 contact", "edit",     "302  404  404  404  200  404  200  404  200"),
    ("contact_edit", "3 above", "edit",       "302  404  404  403  404  200  404  200  200"),
    ("contact_remove", "3 contact", "edit",   "302  404  404  200  404  200  404  200  200"),
    ("contact_remove", "2 contact", "edit",   "302  404  404  404  200  404  200  404  200"),
    ("consent_withdraw", "3 contact", "post", "302  404  404  302  404  302  404  302  302"),
    ("consent_withdraw", "2 contact", "post", "302  404  404  404  302  404  302  404  302"),
    ("consent_withdraw", "3 above", "post",   "302  404  404  403  404  302  404  302  302"),
    ("post_page", "3 post", "safe",           "302  404  404  200  404  200  404  200  200"),
    ("post_page", "2 post", "safe",           "302  404  404  404  200  404  200  404  200"),
    ("post_page", "3 zone post", "safe",      "302  404  200  200  200  200  200  200  200"),
    ("post_appoint", "3 post", "edit",        "302  404  404  403  404  200  404  200  200"),
    ("post_appoint", "2 post", "edit",        "302  404  404  404  403  404  200  404  200"),
    ("post_appoint", "3 zone post", "edit",   "302  404  403  403  403  403  403  403  200"),
    ("invitation_issue", "3 post", "edit",    "302  404  404  403  404  200  404  200  200"),
    ("invitation_issue", "2 post", "edit",    "302  404  404  404  403  404  200  404  200"),
    ("invitation_issue", "3 zone post", "edit", "302 404 403  403  403  403  403  403  200"),
    ("appointment_end", "3 appointment", "edit", "302 404 404 403  404  200  404  200  200"),
    ("appointment_end", "2 appointment", "edit", "302 404 404 404  403  404  200  404  200"),
    ("invitation_page", "3 invitation", "safe", "302 404 404  404  404  200  404  200  200"),
    ("invitation_page", "2 invitation", "safe", "302 404 404  404  404  404  200  404  200"),
    ("invitation_revoke", "3 invitation", "post", "302 404 404 404 404  302  404  302  302"),
    ("invitation_revoke", "2 invitation", "post", "302 404 404 404 404  404  302  404  302"),
    ("invitation_accept", "token", "open",    "200  200  200  200  200  200  200  200  200"),
    ("account_page", "-", "safe",             "302  200  200  200  200  200  200  200  200"),
    ("account_edit", "-", "edit",             "302  200  200  200  200  200  200  200  200"),
    *rows.ROWS,
    ("healthz", "-", "safe",                  "200  200  200  200  200  200  200  200  200"),
    ("readyz", "-", "safe",                   "200  200  200  200  200  200  200  200  200"),
]  # fmt: skip

# The sign-in package's pages: (a visitor, anybody signed in) for GET. Ways in open to visitors and send who is in
# already onwards (302); the rest is one's own account, for which visitors sign in first (302). 404: nothing of the
# kind is set up; 401: signing in with LINE failed; 301: an address of before.
PACKAGE: dict[str, tuple[int, int]] = {
    r"^account/(?:confirm-email/(?:[-:\w]+/)?|email/)$": (302, 302),
    "account/social/connections/": (302, 301),
    "account/social/login/cancelled/": (302, 301),
    "account/social/login/error/": (302, 301),
    "account/social/signup/": (302, 301),
    "account_change_password": (302, 200),
    "account_confirm_email": (302, 302),
    "account_confirm_login_code": (302, 302),
    "account_email": (302, 302),
    "account_email_verification_sent": (302, 302),
    "account_inactive": (200, 200),
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_reauthenticate": (302, 200),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_set_password": (302, 302),
    "account_signup": (200, 302),
    "mfa_activate_totp": (302, 302),
    "mfa_add_webauthn": (302, 302),
    "mfa_authenticate": (302, 302),
    "mfa_deactivate_totp": (302, 404),
    "mfa_download_recovery_codes": (302, 404),
    "mfa_edit_webauthn": (302, 302),
    "mfa_generate_recovery_codes": (302, 302),
    "mfa_index": (302, 200),
    "mfa_list_webauthn": (302, 200),
    "mfa_login_webauthn": (302, 302),
    "mfa_reauthenticate": (302, 302),
    "mfa_reauthenticate_webauthn": (302, 302),
    "mfa_remove_webauthn": (302, 302),
    "mfa_view_recovery_codes": (302, 404),
    "set_language": (302, 302),
    "socialaccount_connections": (302, 200),
    "socialaccount_login_cancelled": (200, 200),
    "socialaccount_login_error": (401, 401),
    "socialaccount_signup": (302, 302),
    "usersessions_list": (302, 200),
}  # fmt: skip
# What a POST answers where a GET answers 200.
POSTED = {"edit": 422, "ticks": 302}
MISSING = {"3 zone": 10**9, "3 district": "8099", "3 tambon": "801299", "p": "99", "token": "no-such-token"}


@pytest.fixture
def world(cast: SimpleNamespace, places: SimpleNamespace) -> SimpleNamespace:
    """The cast, a zone-2 villager of a name that must not leak, and one open invitation in each zone."""
    hidden = make_person(first_name=SECRET_NAME, last_name="ลานสกา", nickname="ซ่อนกลิ่น")
    appoint(hidden, make_post("tambon-coordinator", places.tambons["800115"]))
    keeper = make_person(first_name=SECRET_NAME + "สอง", last_name="ลานสกา")
    appoint(keeper, make_post("district-coordinator", places.districts["8003"]))
    found: dict[str, list[Any]] = {
        **rows.objects(cast, places, hidden=SECRET_NAME),
        "-": [],
        "p": ["80"],
        "postless": [cast.nobody.person_id],
        "two": [cast.tambon.person_id, cast.tambon2.person_id],
        "token": [TOKEN],
        "3 shared": [cast.zone3.person_id],
        "3 zone post": [make_post("zone-representative", places.zone3).pk],
        "3 above": [cast.district.person.contacts.get().pk],
    }
    for number, zone, district, tambon, user in (
        ("3", places.zone3, "8012", "801217", cast.tambon),
        ("2", places.zone2, "8003", "800304", cast.tambon2),
    ):
        post = make_post("tambon-coordinator", places.tambons[tambon])
        invitation = Invitation.objects.create(
            post=post,
            person=make_person(first_name=f"ผู้ได้รับเชิญ{number}"),
            token_hash=Invitation.hash_of(TOKEN if number == "3" else "another"),
            expires_at=timezone.now() + timedelta(days=14),
        )
        found |= {
            f"{number} zone": [zone.pk],
            f"{number} district": [district],
            f"{number} tambon": [tambon],
            f"{number} person": [user.person_id],
            f"{number} contact": [user.person.contacts.get().pk],
            f"{number} post": [post.pk],
            f"{number} appointment": [user.person.appointments.get().pk],
            f"{number} invitation": [invitation.pk],
        }
    return SimpleNamespace(cast=cast, args=found, hidden=hidden)


def visitor(world: SimpleNamespace, role: str) -> Client:
    """A test client of one of ROLES."""
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(world.cast, role))
    return client


def patterns(found: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name with its namespace, or the route when it has none; route) of every address."""
    for one in get_resolver().url_patterns if found is None else found:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one.url_patterns, route, f"{one.namespace}:" if one.namespace else space)
        else:
            yield (f"{space}{one.name}" if one.name else route), route


def ours() -> set[str]:
    """Names in the table."""
    return {row[0] for row in TABLE}


def test_every_address_has_a_row():
    """A new address without a row in this table fails here; so does a row without an address."""
    names = {name for name, route in patterns() if not route.startswith("admin/")}
    assert names == ours() | set(PACKAGE)


@pytest.mark.parametrize("role", ROLES)
def test_get(world: SimpleNamespace, role: str):
    """What each of the cast gets for every address, own and foreign."""
    wrong, client = [], visitor(world, role)
    for name, what, kind, statuses in TABLE:
        expected = int(statuses.split()[ROLES.index(role)])
        if kind == "post":
            expected = 302 if role == "anonymous" else 405
        response = client.get(reverse(name, args=world.args[what]))
        if response.status_code != expected:
            wrong.append((name, what, response.status_code, expected))
        if expected == 302 and role == "anonymous":
            assert response.url.startswith(reverse("account_login")), name
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_post(world: SimpleNamespace, role: str):
    """A POST reaches no further than a GET: 403 and 404 alike, 422 where the form opens, 405 where there is none."""
    wrong = []
    for name, what, kind, statuses in TABLE:
        expected = int(statuses.split()[ROLES.index(role)])
        if kind in POSTED and expected == 200:
            expected = POSTED[kind]
        if kind == "safe":
            expected = 302 if expected == 302 else 405
        if kind == "open":
            expected = 422 if role == "anonymous" else 409
        if name == "invitation_revoke" or kind == "post":
            Invitation.objects.update(revoked_at=None, revoked_by=None)
        response = visitor(world, role).post(reverse(name, args=world.args[what]), {"nothing": "1"})
        if response.status_code != expected:
            wrong.append((name, what, response.status_code, expected))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_not_there(world: SimpleNamespace, role: str):
    """What is not there looks as what is not yours: 404 (only merging asks for the right first)."""
    client = visitor(world, role)
    for name, what, kind, statuses in TABLE:
        if what == "-":
            continue
        nothing = MISSING.get(what.replace("2 ", "3 "), 10**9)
        args = [uuid4() if isinstance(one, UUID) else nothing for one in world.args[what]]
        private = statuses.split()[0] == "302"
        expected = 302 if role == "anonymous" and private else 403 if "merge" in name and role != "staff" else 404
        response = client.post(reverse(name, args=args)) if kind == "post" else client.get(reverse(name, args=args))
        assert response.status_code == expected, (name, what)


@pytest.mark.parametrize("role", ROLES)
def test_sign_in_package(world: SimpleNamespace, role: str):
    """Pages of the sign-in package: as the table says, for visitors and for anybody signed in."""
    wrong = []
    for name, (visitors, members) in PACKAGE.items():
        expected = visitors if role == "anonymous" else members
        response = visitor(world, role).get(_package_url(name))
        if response.status_code != expected:
            wrong.append((name, response.status_code, expected))
    assert wrong == []


def _package_url(name: str) -> str:
    if name.startswith("^"):
        return "/account/confirm-email/"
    if "/" in name:
        return f"/{name}"
    for args in ([], [1], ["abc"], ["1", "abc-def"]):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


@pytest.mark.parametrize("role", ROLES)
def test_admin(world: SimpleNamespace, role: str):
    """The admin site opens for province staff only, whatever the model or the action."""
    client, seen = visitor(world, role), 0
    for name, route in patterns():
        if "admin/" not in route or name == "admin:logout":
            continue
        url = "/" + re.sub(r"\(\?P<\w+>[^)]*\)\??|<[^>]+>", "1", route).replace("^", "").replace("$", "")
        for response in (client.get(url), client.post(url, {"nothing": "1"})):
            seen += 1
            if role == "staff":
                assert response.status_code < 500, url
            else:
                assert response.status_code in (302, 403, 405), (url, response.status_code)
                assert response.status_code != 302 or "/admin/login/" in response.url or "/login/" in response.url, url
    assert seen > 50
    assert (client.get(reverse("admin:index")).status_code == 200) == (role == "staff")


# ---- canaries ----
NUMBERS = {role: canary(at) for at, role in enumerate(
    ("staff", "zone2", "zone3", "district", "tambon", "tambon2", "member", "nobody"))}  # fmt: skip
# Whose number each may read: the own, those of the people in the own areas, and those who work above.
READS = {
    "anonymous": set(),
    "nobody": {"nobody"},
    "member": {"member"},
    "tambon": {"tambon", "district", "zone3", "staff"},
    "tambon2": {"tambon2", "zone2", "staff"},
    "district": {"district", "tambon", "zone3", "staff"},
    "zone2": {"zone2", "tambon2", "staff"},
    "zone3": {"zone3", "district", "tambon", "staff"},
    "staff": set(NUMBERS),
}  # fmt: skip


def pages(world: SimpleNamespace, role: str) -> Iterator[tuple[str, str]]:
    """(address, body) of everything this role can ask for, searches and guessed addresses included."""
    client = visitor(world, role)
    urls = [reverse(name, args=world.args[what]) for name, what, _, _ in TABLE]
    everybody = [*vars(world.cast).values()]
    urls += [reverse("person_page", args=[user.person_id]) for user in everybody]
    urls += [reverse("person_page", args=[world.hidden.pk])]
    urls += [reverse("post_page", args=[user.person.appointments.get().post_id]) for user in everybody[:-1]]
    urls += [reverse("contact_edit", args=[user.person.contacts.get().pk]) for user in everybody]
    for name, what in (
        ("search", "-"),
        ("person_list", "-"),
        ("post_appoint", "3 post"),
        ("invitation_issue", "3 post"),
    ):
        for wanted in (SECRET_PART, "ซ่อน", "089", "tambon", "ลานสก", "2"):
            urls.append(f"{reverse(name, args=world.args[what])}?q={wanted}")
    urls += [f"{reverse('organization_chart', args=['80'])}?on=2549-12-25", reverse("admin:index")]
    for url in urls:
        response = client.get(url)
        yield url, response.getvalue().decode(errors="replace")
    for name, what in (("person_add", "-"), ("post_appoint", "3 post"), ("invitation_issue", "3 post")):
        url = reverse(name, args=world.args[what])
        body = client.post(url, {"first_name": SECRET_NAME[:-1], "person": world.hidden.pk}).content.decode()
        yield f"POST {url}", body


# Who works in zone 2, and so finds the names of its people.
NAMES = {"tambon2", "zone2", "staff"}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(world: SimpleNamespace, role: str):
    """No reply holds a telephone number that its reader may not see, in any spelling, nor a name of zone 2's people.

    The canaries sing as well: who may read a number or a name does find it.
    """
    numbers: set[tuple[str, str]] = set()
    names: set[str] = set()
    for url, body in pages(world, role):
        digits = re.sub(r"[\s-]", "", body)
        numbers |= {(url, owner) for owner, number in NUMBERS.items() if number in digits}
        if SECRET_NAME in body or "ซ่อนกลิ่น" in body:
            names.add(url)
    assert sorted((url, owner) for url, owner in numbers if owner not in READS[role]) == []
    assert {owner for _, owner in numbers} == READS[role]
    assert bool(names) == (role in NAMES), names


def test_no_count_of_zone_2(world: SimpleNamespace, places: SimpleNamespace):
    """The counts a zone-3 representative reads do not move when somebody in zone 2 is appointed or leaves."""
    client = visitor(world, "zone3")
    urls = [reverse("home"), reverse("province_page", args=["80"]), reverse("organization_chart", args=["80"])]
    before = [_text(client.get(url)) for url in urls]
    appoint(make_person("ใหม่"), make_post("tambon-coordinator", places.tambons["800304"]))
    appoint(make_person("ใหม่กว่า"), make_post("district-coordinator", places.districts["8001"]))
    assert [_text(client.get(url)) for url in urls] == before


def _text(response: Any) -> str:
    body = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(body.split())
