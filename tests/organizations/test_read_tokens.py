"""Read tokens: shown once, kept as a hash, written down, taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.actions import tokens as actions
from organizations.models import AuditEntry, ReadToken
from organizations.problems import Refused

LIST, ADD = "/provinces/80/tokens/", "/provinces/80/tokens/add/"


@pytest.fixture
def staff(cast, sign_in):
    """Province staff, signed in."""
    return sign_in(cast.staff)


def _in(days: int) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day}/{day.month}/{day.year + 543}"


def made(client) -> tuple[ReadToken, str]:
    """A token made by the form, and what the page shows of it once."""
    response = client.post(ADD, {"name": "เว็บไซต์ของภาคี", "expires_on": _in(365)}, follow=True)
    return ReadToken.objects.get(), response.context["secret"]


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(staff):
    token, secret = made(staff)
    assert len(secret) >= 40 and token.token_hash == ReadToken.hash_of(secret) != secret
    again = staff.get(LIST)
    assert secret not in again.content.decode()
    assert again.headers["Cache-Control"] == "no-store"


def test_making_and_revoking_are_written_down_without_the_secret(staff, cast):
    token, secret = made(staff)
    staff.post(f"/tokens/{token.pk}/revoke/")
    staff.post(f"/tokens/{token.pk}/revoke/")
    entries = list(AuditEntry.objects.about(token))
    assert [(entry.verb, entry.by) for entry in entries] == [("remove", cast.staff), ("add", cast.staff)]
    assert not re.search(f"{secret}|{token.token_hash}", str([entry.changes for entry in entries]))


def test_a_revoked_token_opens_nothing(staff):
    token, secret = made(staff)
    assert ReadToken.objects.opening(secret).get() == token
    staff.post(f"/tokens/{token.pk}/revoke/")
    assert not ReadToken.objects.opening(secret).exists()
    assert "ยกเลิกเมื่อ" in staff.get(LIST).content.decode()


def test_the_page_says_when_a_token_was_used(staff, client):
    token, secret = made(staff)
    assert token.last_used_at is None
    client.get("/api/v1/areas.json", headers={"Authorization": f"Bearer {secret}"})
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_reading_page_after_page_notes_the_use_once(staff):
    _token, secret = made(staff)
    now = timezone.now()
    assert [ReadToken.objects.opening(secret).note_use(now) for _number in range(3)] == [1, 0, 0]


def test_a_token_needs_a_name(staff):
    response = staff.post(ADD, {"name": " ", "expires_on": _in(365)})
    assert response.status_code == 422
    assert not ReadToken.objects.exists()


def test_there_are_not_too_many(places, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 1)
    token, _secret = actions.issue_token("หนึ่ง", province=places.province, by=None)
    with pytest.raises(Refused):
        actions.issue_token("สอง", province=places.province, by=None)
    actions.revoke_token(token, by=None)
    assert actions.issue_token("สอง", province=places.province, by=None)


def test_a_token_over_is_refused_with_words_until_it_is_renewed(staff, client):
    token, secret = made(staff)
    ReadToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    headers = {"Authorization": f"Bearer {secret}"}
    answer = client.get("/api/v1/areas.json", headers=headers)
    assert answer.status_code == 401 and answer.json()["error"]["code"] == "expired_token"
    assert "หมดอายุ" in answer.json()["error"]["message"] and "หมดอายุ" in staff.get(LIST).content.decode()
    staff.post(f"/tokens/{token.pk}/renew/")
    assert client.get("/api/v1/areas.json", headers=headers).status_code == 200
    assert "ใช้ได้ถึง" in staff.get(LIST).content.decode()
    assert [one.verb for one in AuditEntry.objects.about(token)] == ["change", "add"]


@pytest.mark.parametrize("days", [-1, 4 * 365])
def test_the_last_day_is_neither_over_nor_too_far(staff, days):
    assert staff.post(ADD, {"name": "ภาคี", "expires_on": _in(days)}).status_code == 422


def test_a_revoked_token_is_not_renewed(staff):
    token, _secret = made(staff)
    staff.post(f"/tokens/{token.pk}/revoke/")
    staff.post(f"/tokens/{token.pk}/renew/")
    token.refresh_from_db()
    assert token.revoked_at is not None and AuditEntry.objects.about(token).count() == 2
