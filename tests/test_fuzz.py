"""Odd input: no address and no form answers with an unhandled error, and what was typed is shown again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from nakhon_network.lib import thai_dates
from organizations.models import Invitation
from tests.factories import PASSWORD, make_person, make_post
from tests.meetings.forms_walked import MEETING_BUTTONS, MEETING_FORMS
from tests.organizations import rows_directory, rows_knowledge
from tests.privacy.permission_rows import BUTTONS as PRIVACY_BUTTONS
from tests.privacy.permission_rows import FORMS as PRIVACY_FORMS
from tests.tambon_survey import rows_learning
from tests.tambon_survey.forms_walked import SURVEY_FORMS
from tests.test_permissions import TABLE

FORM = "application/x-www-form-urlencoded"
# As they travel: percent-encoded, some of them no UTF-8 at all.
ODD = {
    "NUL": "%00",
    "NUL inside": "%E0%B8%81%00%E0%B8%82",
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE%E0%B8",
    "long": "%E0%B8%81" * 10_000,
    "long digits": "9" * 10_000,
    "Thai digits": quote("๘๐๑๒๐๙"),
    "huge": str(10**30),
    "just too big": str(2**63),
    "negative": "-1",
    "zero": "0",
    "word": quote("สิบสอง"),
    "two-digit year": quote("25/12/49", safe=""),
    "no such day": quote("31/02/2549", safe=""),
    "year of nothing": quote("1/1/9999", safe=""),
    "superscript": quote("²"),
    "wrong code": "99",
    "markup": quote("<b>'\"&{{ 7|add:7 }}%s%(x)s\\", safe=""),
    "bidi and marks": quote("\u202e\u0e48\u0e48\u200b\ufeff"),
    "line ends": "%0D%0Aa%0D%0A",
    "brackets": quote("[({*?+.^$|", safe=""),
    "deep": "[" * 5_000,
}  # fmt: skip

# Enough where many boxes or many roles multiply them.
SOME = {kind: ODD[kind] for kind in (
    "NUL inside", "no UTF-8", "long", "huge", "just too big", "negative", "word", "two-digit year", "superscript",
    "brackets")}  # fmt: skip

FEW = {kind: ODD[kind] for kind in ("NUL", "lone surrogate", "Thai digits", "just too big", "brackets")}


@pytest.fixture
def client_of(cast: SimpleNamespace):
    """A client that raises what a view raised, signed in as one of the cast."""

    def made(name: str) -> Client:
        client = Client(raise_request_exception=True)
        if name != "anonymous":
            client.force_login(getattr(cast, name))
        return client

    return made


def routes(found=None, prefix: str = "") -> Iterator[str]:
    """Every address with parameters, these written as %s."""
    for one in get_resolver().url_patterns if found is None else found:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, route)
        elif "<" in route:
            plain = route.replace("%", "%%").replace("^", "").replace("$", "").replace("\\Z", "")
            yield "/" + re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "%s", plain)


@pytest.mark.parametrize("name", ["staff", "tambon", "anonymous"])
def test_addresses(client_of, name: str):
    """Odd parameters in any address are refused or not found, by GET and by POST."""
    client, asked = client_of(name), 0
    for route in sorted(set(routes())):
        number = route.count("%s")
        for kind, odd in (FEW if name != "staff" or number > 1 else ODD).items():
            for answers in product(("1", odd), repeat=number):
                url = route % answers
                if odd not in answers:
                    continue
                posted = [client.post(url, b"a=1", content_type=FORM)] if kind in FEW else []
                for response in (client.get(url), *posted):
                    asked += 1
                    assert response.status_code < 500, (route, kind, response.status_code)
                    if not url.startswith("/admin/") and "/join/" not in url and response.status_code == 200:
                        assert "account/" in url, (route, kind)
    assert asked > 1000


def pages(cast: SimpleNamespace, places: SimpleNamespace, name: str) -> dict[str, str]:
    """Addresses of every page with a form, those of the own area for this one of the cast."""
    tambon = cast.tambon.person
    post = make_post("tambon-coordinator", places.tambons["801217"]).pk
    args = {
        "zone_add": ["80"],
        "zone_edit": [places.zone3.pk],
        "district_move": ["8012"],
        "focus_choose": ["801201"] if name == "staff" else ["801217"],
        "focus_drop": ["801217"],
        "person_add": [],
        "person_edit": [tambon.pk],
        "person_merge": [tambon.pk, make_person("คนเดียวกัน").pk],
        "contact_add": [tambon.pk],
        "contact_edit": [tambon.contacts.get().pk],
        "contact_remove": [tambon.contacts.get().pk],
        "post_appoint": [post],
        "invitation_issue": [post],
        "appointment_end": [tambon.appointments.get().pk],
        "read_token_issue": ["80"],
        "account_edit": [],
        "account_login": [],
        "account_reset_password": [],
        "account_change_password": [],
        "account_reauthenticate": [],
        "set_language": [],
        "usersessions_list": [],
        "mfa_activate_totp": [],
        "mfa_add_webauthn": [],
        "mfa_login_webauthn": [],
    }
    return {one: reverse(one, args=found) for one, found in args.items()}


FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"")
# Written out where the page does not show them to everybody, so that posting past the form is tried too.
KNOWN = {
    "zone_add": ["number", "name_th", "name_en"],
    "zone_edit": ["number", "name_th", "name_en"],
    "district_move": ["zone", "reason"],
    "focus_choose": ["chosen_on", "reason"],
    "focus_drop": ["dropped_on", "reason"],
    "person_add": [
        *("prefix", "first_name", "last_name", "nickname", "form_of_address", "aliases", "note", "another_person")
    ],
    "person_edit": ["prefix", "first_name", "last_name", "nickname", "form_of_address", "aliases", "note"],
    "person_merge": ["reason"],
    "contact_add": ["kind", "value", "visibility", "consent"],
    "contact_edit": ["kind", "value", "visibility", "consent"],
    "contact_remove": ["reason"],
    "post_appoint": ["person", "prefix", "first_name", "last_name", "starts_on", "source"],
    "invitation_issue": ["person", "prefix", "first_name", "last_name"],
    "appointment_end": ["ends_on", "reason"],
    "read_token_issue": ["name", "expires_on"],
    "account_edit": ["username", "phone", "email"],
    "account_login": ["login", "password", "next"],
    "account_reset_password": ["email"],
    "account_change_password": ["oldpassword", "password1"],
    "account_reauthenticate": ["password", "next"],
    "usersessions_list": ["session"],
    "mfa_activate_totp": ["code"],
    "mfa_add_webauthn": ["name", "passwordless", "credential"],
    "mfa_login_webauthn": ["credential"],
    "set_language": ["language", "next"],
}  # fmt: skip
# A plausible answer for the other boxes, so that the odd one is really looked at.
PLAUSIBLE = {
    "number": "9", "kind": "phone", "value": "0812345678", "visibility": "network", "consent": "spoken", "phone": "",
    "chosen_on": "25/12/2549", "dropped_on": "25/12/2549", "ends_on": "25/12/2568", "starts_on": "25/12/2549",
    "email": "somebody@example.com", "username": "สมชาย", "zone": "", "person": "", "language": "th", "next": "/",
    "another_person": "", "phone_extension": "", "current": PASSWORD, "login": "district", "password": PASSWORD,
    "oldpassword": PASSWORD, "password1": "รหัสใหม่ที่ยาวพอ", "credential": "{}", "code": "000000",
    "sent": "0b7f3a54-6c1e-4d8e-9a2f-5d2c7e1b9f60", "seen": "",
    "expires_on": thai_dates.format_medium(timezone.localdate(), language="th"),
}  # fmt: skip
# Forms of visitors, and those that no plausible answer satisfies: they ask for a device.
VISITORS = {"account_login", "account_reset_password", "mfa_login_webauthn"}
DEVICES = {"mfa_activate_totp", "mfa_add_webauthn"}
# Addresses that take a POST but no answer: a button each. An invitation's answers have a test of their own.
BUTTONS = {
    *("zones_confirm", "invitation_revoke", "consent_withdraw", "notices_read", "round_open", "activity_photo_remove"),
    *("submission_approve", "submission_accept", "written_name_return", "notice_open", "read_token_revoke"),
    "read_token_renew",
    "import_again",
    "import_confirm",
    "import_undo",
    *MEETING_BUTTONS,
    *rows_learning.BUTTONS,
    *PRIVACY_BUTTONS,
    *rows_directory.BUTTONS,
}


# Forms of the sign-in package and of Django.
ALSO = {name for name in KNOWN if name not in {row[0] for row in TABLE}}


def test_every_form_is_walked(cast: SimpleNamespace, places: SimpleNamespace):
    """A new address that takes a POST without a row in KNOWN fails here."""
    takes = {name for name, _, kind, _ in TABLE if kind != "safe"} - BUTTONS - {"invitation_accept"}
    elsewhere = (SURVEY_FORMS, MEETING_FORMS, PRIVACY_FORMS, rows_directory.FORMS, rows_knowledge.FORMS)
    assert takes == (set(KNOWN) - set(ALSO)).union(*elsewhere)
    assert set(pages(cast, places, "staff")) == set(KNOWN)


def filled(fields: list[str], *, odd: str = "", box: str | None = "") -> bytes:
    """A body of plausible answers, with the odd value in one box (None: in all)."""
    answers = {one: quote(PLAUSIBLE.get(one, "ทดสอบ"), safe="") for one in fields}
    answers |= {one: odd for one in fields if box in (one, None)}
    return "&".join(f"{one}={value}" for one, value in answers.items()).encode()


def fields_of(form: str, shown: HttpResponse) -> list[str]:
    """The boxes that KNOWN names, and those that the page shows."""
    seen = FIELD.findall(shown.content.decode()) if shown.status_code == 200 else []
    return [one for one in dict.fromkeys([*KNOWN[form], *seen]) if one != "csrfmiddlewaretoken"]


def visiting(client_of, name: str, form: str) -> Client:
    """A client that may open the form: signed in just now, where the page asks for that."""
    client = client_of("anonymous" if form in VISITORS else name)
    if form in DEVICES:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("form", sorted(KNOWN))
def test_the_plausible_answer_is_accepted(client_of, cast: SimpleNamespace, places: SimpleNamespace, form: str):
    """So the odd one below is what is refused: the form opens, and without the odd value it is done (302)."""
    client, url = visiting(client_of, "staff", form), pages(cast, places, "staff")[form]
    shown = client.get(url)
    assert shown.status_code == (302 if form in {"set_language", "mfa_login_webauthn"} else 200)
    response = client.post(url, filled(fields_of(form, shown)), content_type=FORM)
    assert response.status_code == (200 if form in DEVICES else 302)


@pytest.mark.parametrize("name", ["staff", "tambon"])
@pytest.mark.parametrize("form", sorted(KNOWN))
def test_form(client_of, cast: SimpleNamespace, places: SimpleNamespace, name: str, form: str):
    """Each box with each odd value, the other boxes plausible; then all boxes odd at once."""
    client, url = visiting(client_of, name, form), pages(cast, places, name)[form]
    fields = fields_of(form, client.get(url))
    for kind, odd in (SOME if name == "staff" else FEW).items():
        for box in [*fields, None]:
            with transaction.atomic():
                response = client.post(url, filled(fields, odd=odd, box=box), content_type=FORM)
                assert response.status_code < 500, (form, box, kind, response.status_code)
                transaction.set_rollback(True)
            if form == "account_login":
                client.cookies.clear()


@pytest.mark.parametrize("name", ["staff", "tambon", "anonymous"])
def test_questions(client_of, cast: SimpleNamespace, places: SimpleNamespace, name: str):
    """Search boxes, dates, page numbers and whatever else stands behind the question mark."""
    client = client_of(name)
    post = make_post("tambon-coordinator", places.tambons["801217"]).pk
    urls = {
        "/search/": ["q"],
        "/people/": ["q", "page"],
        "/provinces/80/focus/": ["q"],
        "/provinces/80/chart/": ["on"],
        "/api/v1/areas.json": ["cursor", "limit"],
        "/api/v1/meetings.csv": ["cursor", "limit"],
        f"/posts/{post}/": ["on"],
        f"/posts/{post}/appoint/": ["q"],
        f"/posts/{post}/invite/": ["q"],
        "/": ["q", "next"],
        "/account/login/": ["next"],
        "/admin/organizations/person/": ["q", "p", "o", "e", "merged_into"],
        "/admin/organizations/tambon/": ["q", "p", "o", "district__code__exact"],
    }
    for url, names in urls.items():
        for one in names:
            for kind, odd in (ODD if name == "staff" else SOME).items():
                response = client.get(url, QUERY_STRING=f"{one}={odd}&{one}={odd}")
                assert response.status_code < 500, (url, one, kind)


def test_sign_in_attempts(client_of, cast: SimpleNamespace, places: SimpleNamespace):
    """The link of an invitation takes odd answers too, and stays open."""
    token = "a-token"
    invitation = Invitation.objects.create(
        post=make_post("tambon-coordinator", places.tambons["800601"]),
        person=cast.nobody.person.__class__.objects.create(first_name="ผู้มาใหม่"),
        token_hash=Invitation.hash_of(token),
        expires_at="2099-01-01T00:00:00Z",
    )
    client = client_of("anonymous")
    for box in ("username", "phone", "email", "password", None):
        for kind, odd in ODD.items():
            body = "&".join(
                f"{one}={odd if box in (one, None) else ''}" for one in ("username", "phone", "email", "password")
            )
            response = client.post(f"/join/{token}/", body.encode(), content_type=FORM)
            assert response.status_code == 422, (box, kind, response.status_code)
    invitation.refresh_from_db()
    assert invitation.used_at is None


AGAIN = {
    "zone_add": {"number": "สิบ", "name_th": "ชื่อที่พิมพ์ไว้", "name_en": "Typed name"},
    "zone_edit": {"number": "-5", "name_th": "ก" * 10_000, "name_en": "Typed"},
    "district_move": {"reason": "ก" * 10_000},
    "focus_choose": {"chosen_on": "25/12/49", "reason": "เหตุผลที่พิมพ์ไว้"},
    "focus_drop": {"dropped_on": "วันพรุ่งนี้", "reason": "เหตุผลที่พิมพ์ไว้"},
    "person_add": {"first_name": "ก" * 10_000, "last_name": "<b>ทดสอบ</b>", "aliases": "ชื่อเก่า", "note": "บันทึก"},
    "person_edit": {"first_name": "", "last_name": "นามสกุลที่พิมพ์ไว้", "nickname": "ข" * 200},
    "person_merge": {"reason": "ค" * 400},
    "contact_add": {"kind": "phone", "value": "หมายเลขเก้าหลัก"},
    "contact_edit": {"kind": "phone", "value": "12345678901234567890"},
    "contact_remove": {"reason": "ค" * 400},
    "post_appoint": {"first_name": "คนที่พิมพ์ไว้", "starts_on": "25/12/49", "source": "ประชุมที่พิมพ์ไว้"},
    "invitation_issue": {"first_name": "", "last_name": "นามสกุลที่พิมพ์ไว้"},
    "appointment_end": {"ends_on": "๒๕/๑๒/๔๙", "reason": "เหตุผลที่พิมพ์ไว้"},
    "account_edit": {"username": "มี ช่องว่าง", "phone": "เบอร์ผิด", "email": "ไม่ใช่อีเมล"},
}


@pytest.mark.parametrize("form", sorted(AGAIN))
def test_nothing_typed_is_lost(client_of, cast: SimpleNamespace, places: SimpleNamespace, form: str):
    """A refused form answers 422 with every answer still in its box, and says in Thai what to do."""
    url = pages(cast, places, "staff")[form]
    response = client_of("staff").post(url, urlencode(AGAIN[form]).encode(), content_type=FORM)
    body = unescape(response.content.decode())
    assert response.status_code == 422
    assert [box for box, typed in AGAIN[form].items() if typed not in body] == []
    assert "This field" not in body and "Enter a" not in body and "Ensure this" not in body
    assert re.search(r"กรุณา|โปรด|ต้อง|ไม่", body)
