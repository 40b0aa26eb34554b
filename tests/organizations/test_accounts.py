"""Signing in, one's own account, and the second step."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from organizations.actions.accounts import issue_invitation
from organizations.models import AuditEntry, User
from tests.factories import PASSWORD, make_post, make_user

pytestmark = pytest.mark.django_db
LOCKED, WRONG = "ใส่ผิดหลายครั้งเกินไป", "ชื่อหรือรหัสผ่านไม่ถูกต้อง"


def attempt(name: str, *, password: str = PASSWORD, address: str = "10.0.0.1", client: Client | None = None) -> str:
    """Sign in; returns "in", or the page that came back."""
    client = client or Client(REMOTE_ADDR=address)
    answer = client.post("/account/login/", {"login": name, "password": password})
    return "in" if answer.status_code == 302 else answer.content.decode()


@pytest.fixture
def user(db: None) -> User:
    """An account with all three names."""
    return make_user("พัชนี", email="patchanee@example.org", phone="0812345678")


# ---- the three names ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        *("พัชนี", " พัชนี ", "patchanee@example.org", "Patchanee@Example.ORG"),
        *("0812345678", "๐๘๑-๒๓๔-๕๖๗๘", "+66 81 234 5678", "66812345678", "081 234 5678"),
    ],
)
def test_one_signs_in_by_user_name_e_mail_or_telephone_in_any_spelling(user, name):
    assert attempt(name) == "in"


@pytest.mark.parametrize("name", ["พัชนีย์", "0812345679", "other@example.org", "", "\x00", "พ" * 10_000, "' or 1=1"])
def test_another_name_does_not_sign_in(user, name):
    assert attempt(name) != "in"


def test_an_unknown_name_and_a_wrong_password_get_the_same_sentence(user):
    assert WRONG in attempt("พัชนี", password="ไม่ใช่")
    assert WRONG in attempt("ไม่มีคนนี้", password="ไม่ใช่")


def test_an_unknown_name_costs_a_password_hash_too(user, monkeypatch):
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda self, password: hashed.append(password))
    attempt("ไม่มีคนนี้", password="ไม่ใช่")
    assert hashed == ["ไม่ใช่"]


def test_a_name_is_stored_as_it_is_written_with_its_vowels_whole(db):
    assert make_user("กำไล").username == "กำไล"


def test_a_closed_account_is_told_so_and_stays_out(user):
    User.objects.update(is_active=False)
    client = Client()
    answer = client.post("/account/login/", {"login": "พัชนี", "password": PASSWORD}, follow=True)
    assert "บัญชีนี้ปิดอยู่" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_the_page_one_came_for_opens_but_no_other_site(user):
    for wanted, where in (("/people/", "/people/"), ("https://evil.example/", "/")):
        answer = Client().post("/account/login/", {"login": "พัชนี", "password": PASSWORD, "next": wanted})
        assert answer.headers["Location"] == where


# ---- limits ---------------------------------------------------------------------------------------------------
def test_five_wrong_passwords_lock_the_account_at_that_address(user):
    for _ in range(5):
        assert WRONG in attempt("พัชนี", password="ไม่ใช่")
    assert LOCKED in attempt("พัชนี")


def test_the_lock_holds_for_every_name_of_the_account(user):
    for name in ("พัชนี", "0812345678", "patchanee@example.org", "๐๘๑๒๓๔๕๖๗๘", "พัชนี"):
        attempt(name, password="ไม่ใช่")
    assert LOCKED in attempt("patchanee@example.org")


def test_others_at_the_same_address_are_not_locked_out(user):
    make_user("คนข้าง")
    for _ in range(8):
        attempt("พัชนี", password="ไม่ใช่")
    assert attempt("คนข้าง") == "in"


def test_a_whole_meeting_signs_in_from_one_address(db):
    for number in range(45):
        make_user(f"คน{number}")
    assert {attempt(f"คน{number}") for number in range(45)} == {"in"}


def test_the_account_at_another_address_is_not_locked_by_one_address(user):
    for _ in range(8):
        attempt("พัชนี", password="ไม่ใช่")
    assert attempt("พัชนี", address="10.0.0.2") == "in"


def test_many_addresses_together_lock_the_account(user):
    for number in range(31):
        attempt("พัชนี", password="ไม่ใช่", address=f"10.0.1.{number}")
    assert LOCKED in attempt("พัชนี", address="10.0.2.1")


def test_right_passwords_are_not_counted(user):
    assert {attempt("พัชนี") for _ in range(8)} == {"in"}


# ---- no way in but an invitation ------------------------------------------------------------------------------
def test_signing_up_is_closed_and_says_whom_to_ask(db):
    assert "ผู้ประสานงานอำเภอ" in Client().get("/account/signup/").content.decode()
    typed = {"username": "ใครก็ได้", "password1": PASSWORD, "email": "a@example.org"}
    Client().post("/account/signup/", typed)
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "confirm-email/abc/"])
def test_the_packages_own_e_mail_pages_lead_to_ours(user, sign_in, address):
    assert sign_in(user).get(f"/account/{address}").headers["Location"] == "/account/details/"


def test_line_is_offered_only_where_it_is_configured(db):
    assert "LINE" not in Client().get("/account/login/").content.decode()


PAGES = [
    *("login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/"),
    *("password/reset/key/1-abc/", "3rdparty/login/cancelled/"),
]
OWN_PAGES = [
    *("", "details/", "password/change/", "2fa/", "sessions/", "3rdparty/", "2fa/webauthn/", "logout/"),
    *("reauthenticate/", "2fa/totp/activate/", "2fa/webauthn/add/"),
]


@pytest.mark.parametrize("page", [*PAGES, *OWN_PAGES])
def test_no_english_on_the_pages_of_signing_in(user, page):
    client = Client()
    if page in OWN_PAGES:
        client.post("/account/login/", {"login": "พัชนี", "password": PASSWORD})
    body = client.get(f"/account/{page}", follow=True).content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    words = re.sub(r"<script.*?</script>|<svg.*?</svg>|<code.*?</code>|<[^>]+>|&#?\w+;", " ", main, flags=re.S)
    known = r"patchanee@example\.org|Google Authenticator|LINE|an unknown"
    assert not re.findall(r"[A-Za-z]{3,}", re.sub(known, "", words))


@pytest.mark.parametrize("page", [*PAGES, *OWN_PAGES])
def test_no_inline_script_or_style_on_the_pages_of_signing_in(user, page):
    client = Client()
    if page in OWN_PAGES:
        client.post("/account/login/", {"login": "พัชนี", "password": PASSWORD})
    body = client.get(f"/account/{page}", follow=True).content.decode()
    inline = [tag for tag in re.findall(r"<script[^>]*>", body) if "src=" not in tag and "application/json" not in tag]
    assert not inline
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", body)


# ---- one's own account ----------------------------------------------------------------------------------------
def edit(client: Client, **typed: str) -> SimpleNamespace:
    data = {"username": "พัชนี", "phone": "", "email": "", "current": PASSWORD, **typed}
    answer = client.post("/account/details/", data)
    return SimpleNamespace(status=answer.status_code, page=answer.content.decode())


def test_the_three_names_are_changed_with_the_present_password(user, sign_in):
    assert edit(sign_in(user), username="พัชนี๒", phone="๐๗๕ ๓๔๑ ๒๓๔", email="New@Example.org").status == 302
    changed = User.objects.get(pk=user.pk)
    assert (changed.username, changed.phone, changed.email) == ("พัชนี2", "075341234", "new@example.org")
    assert [entry.verb for entry in AuditEntry.objects.about(changed)] == ["change"]


def test_the_packages_table_of_addresses_stays_in_step(user, sign_in):
    client = sign_in(user)
    for email in ("one@example.org", "two@example.org"):
        edit(client, email=email)
        assert list(user.emailaddress_set.values_list("email", flat=True)) == [email]
    edit(client, email="")
    assert not user.emailaddress_set.exists()


def test_without_the_present_password_nothing_changes(user, sign_in):
    answer = edit(sign_in(user), phone="0899999999", current="ไม่ใช่")
    assert answer.status == 422
    assert "รหัสผ่านไม่ถูกต้อง" in answer.page
    assert User.objects.get(pk=user.pk).phone == "0812345678"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": "OTHER"}, "ชื่อผู้ใช้นี้มีผู้ใช้แล้ว"),
        ({"email": "Other@Example.org"}, "อีเมลนี้ใช้กับบัญชีอื่นแล้ว"),
        ({"phone": "๐๘๙ ๑๑๑ ๑๑๑๑"}, "เบอร์โทรศัพท์นี้ใช้กับบัญชีอื่นแล้ว"),
        ({"username": "0891111111"}, "ตั้งชื่อที่มีตัวอักษร"),
    ],
)
def test_a_name_of_somebody_else_is_refused_in_a_sentence(user, sign_in, typed, sentence):
    make_user("other", email="other@example.org", phone="0891111111")
    answer = edit(sign_in(user), **typed)
    assert answer.status == 422
    assert sentence in answer.page


def test_the_present_password_cannot_be_guessed_without_end(user, sign_in):
    client = sign_in(user)
    for _ in range(5):
        edit(client, current="ไม่ใช่")
    assert edit(client).status == 422


# ---- lost password --------------------------------------------------------------------------------------------
def test_a_lost_password_is_renewed_by_the_link_in_an_e_mail(user):
    client = Client()
    client.post("/account/password/reset/", {"email": "PATCHANEE@example.org"})
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[0], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "รหัสใหม่ของฉัน"})
    assert attempt("พัชนี", password="รหัสใหม่ของฉัน") == "in"


def test_the_mail_is_in_thai_and_names_the_account(user):
    Client().post("/account/password/reset/", {"email": user.email})
    assert mail.outbox[0].subject == "ลิงก์ตั้งรหัสผ่านใหม่"
    assert "ชื่อผู้ใช้ของท่านคือ พัชนี" in mail.outbox[0].body


def test_an_unknown_e_mail_gets_the_same_page_and_no_mail(user):
    known = Client().post("/account/password/reset/", {"email": user.email}).headers["Location"]
    unknown = Client().post("/account/password/reset/", {"email": "no@example.org"}).headers["Location"]
    assert known == unknown
    assert len(mail.outbox) == 1


# ---- the second step ------------------------------------------------------------------------------------------
def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def enrol(client: Client) -> str:
    """Set up the app of a signed-in client; returns its secret."""
    client.get("/account/2fa/totp/activate/")
    client.post("/account/reauthenticate/?next=/account/2fa/totp/activate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return str(secret)


def test_with_an_app_set_up_signing_in_asks_for_its_code(user, sign_in):
    secret, client = enrol(sign_in(user)), Client()
    answer = client.post("/account/login/", {"login": "พัชนี", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/").status_code == 302
    assert "รหัสหกหลัก" in client.get("/account/2fa/authenticate/").content.decode()
    thai = code_of(secret).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    client.post("/account/2fa/authenticate/", {"code": thai})
    assert client.get("/account/").status_code == 200


def test_a_wrong_code_is_refused_in_thai_and_not_without_end(user, sign_in):
    enrol(sign_in(user))
    client = Client()
    client.post("/account/login/", {"login": "พัชนี", "password": PASSWORD})
    pages = [client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode() for _ in range(31)]
    assert "รหัสไม่ถูกต้อง" in pages[0]
    assert LOCKED in pages[-1]


def test_a_new_password_by_link_does_not_skip_the_second_step(cast, places, sign_in):
    enrol(sign_in(cast.tambon))
    post = make_post("tambon-coordinator", places.tambons["801217"])
    _invitation, token = issue_invitation(cast.tambon.person, post=post, by=cast.zone3)
    client = Client()
    answer = client.post(f"/join/{token}/", {"password": "รหัสใหม่ของฉัน"})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/").status_code == 302


def test_spare_codes_are_shown_after_setting_up(user, sign_in):
    client = sign_in(user)
    enrol(client)
    assert "รหัสสำรอง" in client.get("/account/2fa/recovery-codes/").content.decode()


def test_a_passkey_is_asked_for_with_data_not_with_script(user, sign_in):
    client = sign_in(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    body = client.get("/account/2fa/webauthn/add/").content.decode()
    assert '<script id="js_data" type="application/json">' in body
    assert client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"}).status_code in {200, 302}
