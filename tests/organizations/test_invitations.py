"""Invitations: who may make a link, what opening it does, and when it no longer works."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from organizations.actions.accounts import accept_invitation, issue_invitation, revoke_invitation
from organizations.actions.posts import end_appointment
from organizations.models import AuditEntry, Invitation, Person, Post, User
from organizations.problems import Refused
from tests.factories import PASSWORD, appoint, make_person, make_post, make_user

pytestmark = pytest.mark.django_db
JOIN = {"username": "แก้วตา", "password": PASSWORD}


@pytest.fixture
def post(cast: SimpleNamespace, places: SimpleNamespace) -> Post:
    """The post of core coordinator in a tambon of zone 3."""
    return make_post("tambon-coordinator", places.tambons["801217"])


@pytest.fixture
def newcomer() -> Person:
    """Somebody without an account and without a post."""
    return make_person("แก้วตา", "ใจงาม")


def link_for(person: Person, post: Post, *, by: User | None) -> str:
    return f"/join/{issue_invitation(person, post=post, by=by)[1]}/"


def test_an_invited_person_lands_signed_in_on_the_own_tambon(cast, post, newcomer):
    client, link = Client(), link_for(newcomer, post, by=cast.zone3)
    assert "ท่านได้รับเชิญ" in client.get(link).content.decode()
    answer = client.post(link, JOIN, follow=True)
    assert answer.redirect_chain == [("/tambons/801217/", 302)]
    assert answer.context["user"].person == newcomer


def test_accepting_makes_the_appointment_from_today_on_the_word_of_the_inviter(cast, post, newcomer):
    Client().post(link_for(newcomer, post, by=cast.zone3), JOIN)
    appointment = newcomer.appointments.get()
    assert (appointment.post, appointment.starts_on) == (post, timezone.localdate())
    assert cast.zone3.label in appointment.source
    assert appointment.created_by == cast.zone3


def test_a_link_works_once_whoever_comes_second(cast, post, newcomer):
    link = link_for(newcomer, post, by=cast.zone3)
    first, second = Client(), Client()
    assert first.post(link, JOIN).status_code == 302
    answer = second.post(link, {"username": "คนอื่น", "password": PASSWORD})
    assert answer.status_code == 410
    assert "ลิงก์นี้ใช้ไปแล้ว" in answer.content.decode()
    assert not User.objects.filter(username="คนอื่น").exists()


def test_sending_the_form_twice_makes_one_account_and_leads_to_the_own_page(cast, post, newcomer):
    client, link = Client(), link_for(newcomer, post, by=cast.zone3)
    client.post(link, JOIN)
    answer = client.post(link, {"username": "คนอื่น", "password": "อีกรหัสหนึ่งที่ยาว"}, follow=True)
    assert answer.redirect_chain == [("/tambons/801217/", 302)]
    assert "ลิงก์นี้ใช้ไปแล้ว" in answer.content.decode()
    assert User.objects.filter(person=newcomer).count() == 1


def test_an_expired_link_says_so(cast, post, newcomer):
    link = link_for(newcomer, post, by=cast.zone3)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = Client().post(link, JOIN)
    assert answer.status_code == 410
    assert "หมดอายุ" in answer.content.decode()
    assert not hasattr(Person.objects.get(pk=newcomer.pk), "user")


def test_a_link_is_valid_for_14_days(cast, post, newcomer):
    invitation, _token = issue_invitation(newcomer, post=post, by=cast.zone3)
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)


def test_a_revoked_link_says_so(cast, post, newcomer, sign_in):
    invitation, token = issue_invitation(newcomer, post=post, by=cast.zone3)
    sign_in(cast.zone3).post(f"/invitations/{invitation.pk}/revoke/")
    answer = Client().post(f"/join/{token}/", JOIN)
    assert answer.status_code == 410
    assert "ใช้ไม่ได้แล้ว" in answer.content.decode()


def test_a_used_link_cannot_be_revoked(cast, post, newcomer):
    invitation, _token = issue_invitation(newcomer, post=post, by=cast.zone3)
    accept_invitation(invitation, **JOIN)
    with pytest.raises(Refused):
        revoke_invitation(invitation, by=cast.zone3)


def test_a_new_link_for_the_same_person_and_post_stops_the_older_one(cast, post, newcomer):
    older = link_for(newcomer, post, by=cast.zone3)
    newer = link_for(newcomer, post, by=cast.zone3)
    assert Client().get(older).status_code == 410
    assert Client().get(newer).status_code == 200


@pytest.mark.parametrize("token", ["unknown", "๑๒๓", "x" * 5000, "%00", "%ED%A0%80"])
def test_an_unknown_link_is_a_page_in_thai_that_says_what_to_do(db, token):
    answer = Client().get(f"/join/{token}/")
    assert answer.status_code == 404
    assert "ขอลิงก์ใหม่" in answer.content.decode()


def test_the_token_is_stored_nowhere(cast, post, newcomer):
    invitation, token = issue_invitation(newcomer, post=post, by=cast.zone3)
    stored = [str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list().get()]
    trail = [str(row) for row in AuditEntry.objects.values_list()]
    assert not [text for text in stored + trail if token in text]


def test_the_link_is_shown_once_to_its_maker(cast, post, newcomer, sign_in):
    client = sign_in(cast.zone3)
    page = client.post(f"/posts/{post.pk}/invite/", {"first_name": "แก้วตา", "last_name": "ใจงาม"})
    address = page.headers["Location"]
    assert client.get(address).content.decode().count("/join/") >= 2
    assert "/join/" not in client.get(address).content.decode()


def test_the_page_of_a_link_is_kept_by_no_browser(cast, post, newcomer):
    answer = Client().get(link_for(newcomer, post, by=cast.zone3))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_making_using_and_revoking_are_in_the_trail(cast, post, newcomer):
    first, _token = issue_invitation(newcomer, post=post, by=cast.zone3)
    second, _token = issue_invitation(newcomer, post=post, by=cast.zone3)
    user = accept_invitation(second, **JOIN)
    trail = [(entry.verb, entry.by) for entry in AuditEntry.objects.about(first, second)]
    assert ("invite", cast.zone3) in trail
    assert ("revoke_invitation", cast.zone3) in trail
    assert ("accept_invitation", user) in trail


# ---- the way up is closed -------------------------------------------------------------------------------------
def test_a_zone_representative_cannot_make_a_link_for_a_provincial_account(cast, post):
    with pytest.raises(Refused):
        issue_invitation(cast.staff.person, post=post, by=cast.zone3)


def test_nor_for_a_person_of_the_province_who_has_no_account_yet(cast, post, places, newcomer):
    appoint(newcomer, make_post("provincial-team", places.province))
    with pytest.raises(Refused):
        issue_invitation(newcomer, post=post, by=cast.zone3)


def test_nor_for_somebody_whose_provincial_post_begins_later(cast, post, places, newcomer):
    soon = timezone.localdate() + timedelta(days=7)
    appoint(newcomer, make_post("provincial-team", places.province), since=soon)
    with pytest.raises(Refused):
        issue_invitation(newcomer, post=post, by=cast.zone3)


def test_an_open_link_is_void_once_the_person_rises_above_its_maker(cast, post, places, newcomer):
    link = link_for(newcomer, post, by=cast.zone3)
    appoint(newcomer, make_post("provincial-team", places.province))
    assert Client().post(link, JOIN).status_code == 410
    assert not User.objects.filter(person=newcomer).exists()


def test_an_open_link_is_void_once_its_maker_has_lost_the_post(cast, post, newcomer):
    link = link_for(newcomer, post, by=cast.zone3)
    cast.zone3.person.appointments.update(ends_on=timezone.localdate())
    assert Client().get(link).status_code == 410


def test_an_open_link_does_not_bring_back_an_appointment_that_was_ended(cast, post, newcomer):
    held = appoint(newcomer, post)
    link = link_for(newcomer, post, by=cast.zone3)
    end_appointment(held, ends_on=timezone.localdate(), reason="ทดสอบ", by=cast.zone3)
    assert Client().post(link, JOIN).status_code == 410
    assert not newcomer.appointments.not_ended(timezone.localdate()).exists()


def test_nobody_invites_to_a_post_beside_or_above_the_own(cast, places, sign_in):
    own = make_post("zone-representative", places.zone3)
    foreign = make_post("tambon-coordinator", places.tambons["800304"])
    client = sign_in(cast.zone3)
    assert client.get(f"/posts/{own.pk}/invite/").status_code == 403
    assert client.get(f"/posts/{foreign.pk}/invite/").status_code in {403, 404}


def test_another_zones_invitation_is_not_there(cast, post, newcomer, sign_in):
    invitation, _token = issue_invitation(newcomer, post=post, by=cast.zone3)
    client = sign_in(cast.zone2)
    assert client.get(f"/invitations/{invitation.pk}/").status_code == 404
    assert client.post(f"/invitations/{invitation.pk}/revoke/").status_code == 404


def test_a_closed_account_gets_no_link(cast, post):
    User.objects.filter(pk=cast.tambon.pk).update(is_active=False)
    with pytest.raises(Refused):
        issue_invitation(Person.objects.get(pk=cast.tambon.person_id), post=post, by=cast.zone3)


# ---- a new password -------------------------------------------------------------------------------------------
def test_for_an_account_the_link_sets_a_password_and_keeps_the_user_name(cast, post):
    link = link_for(cast.tambon.person, post, by=cast.zone3)
    Client().post(link, {"password": "รหัสใหม่ของฉัน"})
    user = User.objects.get(pk=cast.tambon.pk)
    assert user.username == "tambon"
    assert user.check_password("รหัสใหม่ของฉัน")
    assert user.person.appointments.count() == 1


def test_a_new_password_by_link_ends_the_other_sessions(cast, post, sign_in):
    other = sign_in(cast.tambon)
    Client().post(link_for(cast.tambon.person, post, by=cast.zone3), {"password": "รหัสใหม่ของฉัน"})
    assert other.get("/account/").status_code == 302


def test_somebody_else_who_is_signed_in_is_told_so_and_offered_to_sign_out(cast, post, newcomer, sign_in):
    link, client = link_for(newcomer, post, by=cast.zone3), sign_in(cast.member)
    page = client.get(link).content.decode()
    assert "ลิงก์นี้เป็นของผู้อื่น" in page
    assert f'value="{link}"' in page
    assert client.post(link, JOIN).status_code == 409
    assert not User.objects.filter(person=newcomer).exists()


# ---- refusals lose nothing ------------------------------------------------------------------------------------
def test_a_full_post_refuses_in_a_sentence_and_the_link_stays_open(cast, places, newcomer):
    post = make_post("district-coordinator", places.districts["8006"])
    link = link_for(newcomer, post, by=cast.zone3)
    appoint(make_person("มาก่อน"), post)
    answer = Client().post(link, JOIN)
    assert answer.status_code == 422
    assert "มาก่อน" in answer.content.decode() and 'value="แก้วตา"' in answer.content.decode()
    assert not User.objects.filter(person=newcomer).exists()
    assert Invitation.objects.get().used_at is None


def test_a_full_post_cannot_be_offered_to_a_newcomer(cast, places, newcomer):
    post = make_post("district-coordinator", places.districts["8012"])
    with pytest.raises(Refused, match=cast.district.label):
        issue_invitation(newcomer, post=post, by=cast.zone3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": "tambon2"}, "ชื่อผู้ใช้นี้มีผู้ใช้แล้ว"),
        ({"username": "๐๘๑-๒๓๔-๕๖๗๘".replace("-", "")}, "ตั้งชื่อที่มีตัวอักษร"),
        ({"username": "แก้ว ตา"}, "ไม่เว้นวรรค"),
        ({"password": "12345678"}, "เดาได้ง่าย"),
        ({"password": "แก้วตาแก้วตา", "username": "แก้วตาแก้วตา"}, "ชื่อผู้ใช้"),
        ({"phone": "12"}, "081-234-5678"),
        ({"email": "ไม่ใช่อีเมล"}, "อีเมล"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(cast, post, newcomer, typed, sentence):
    answer = Client().post(link_for(newcomer, post, by=cast.zone3), {**JOIN, **typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(person=newcomer).exists()


def test_a_known_name_is_warned_of_and_the_record_offered(cast, post, sign_in):
    client, typed = sign_in(cast.zone3), {"first_name": "tambon", "last_name": "ทดสอบ"}
    answer = client.post(f"/posts/{post.pk}/invite/", typed)
    assert answer.status_code == 422
    assert f'name="person" value="{cast.tambon.person_id}"' in answer.content.decode()
    chosen = client.post(f"/posts/{post.pk}/invite/", {**typed, "person": cast.tambon.person_id})
    assert Invitation.objects.get().person == cast.tambon.person
    assert chosen.status_code == 302


# ---- the first administrator ----------------------------------------------------------------------------------
def test_the_command_prints_a_link_for_the_first_administrator(places, capsys):
    make_post("provincial-team", places.province)
    call_command("invite", post="provincial-team", area="80", name="นางสาวแก้วตา ใจงาม", site="https://nakhon.example")
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert link.startswith("https://nakhon.example/join/")
    answer = Client().post(link.removeprefix("https://nakhon.example"), JOIN, follow=True)
    assert answer.redirect_chain[-1][0] == "/provinces/80/"
    assert answer.context["user"].is_staff


@pytest.mark.parametrize("words", [{"post": "king"}, {"area": "99"}, {"name": "tambon ทดสอบ"}])
def test_the_command_says_what_is_wrong(cast, words):
    with pytest.raises(CommandError):
        call_command("invite", **{"post": "provincial-team", "area": "80", "name": "แก้วตา ใจงาม", **words})
    assert not Invitation.objects.exists()


def test_the_command_finds_a_zone_and_a_person_on_record(places, capsys):
    make_post("zone-representative", places.zone3)
    person = make_user("someone").person
    call_command("invite", post="zone-representative", area="80/3", person=person.pk)
    assert Invitation.objects.get().post.zone == places.zone3
