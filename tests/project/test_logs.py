"""The log, and the mail about a failure: where it happened, and nothing about anybody."""

import io
import logging

import pytest
from django.db import IntegrityError
from django.test import Client

from nakhon_network.logs import Discreet
from organizations.actions import accounts as actions

ROW = "duplicate key value\nDETAIL:  Failing row contains (1, สมหญิง\n\nใจดี, 0899990000)."


def logged(message: str, *args: object, problem: Exception | None = None) -> str:
    """A line of the log with its trace, as it is written."""
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, None)
    if problem is not None:
        try:
            raise ValueError("outer") from problem
        except ValueError as outer:
            record.exc_info = (type(outer), outer, outer.__traceback__)
    assert Discreet().filter(record)
    return logging.Formatter().format(record)


@pytest.mark.parametrize(
    "address", ["/join/Abc-123_x/", "/account/password/reset/key/1-abc-def/", "/calendar/Abc-123_x.ics"]
)
def test_the_log_names_no_link_that_opens_an_account_or_a_calendar(address):
    line = logged("%s: %s", "Gone", address, problem=ValueError(address))
    assert "…" in line and "abc" not in line.lower()


def test_the_log_holds_no_row_that_the_database_refused():
    line = logged("Failed", problem=IntegrityError(ROW))
    assert "duplicate key value" in line and "ValueError: outer" in line
    assert [word for word in ("สมหญิง", "ใจดี", "0899990000") if word in line] == []


@pytest.fixture
def failing(cast, settings, monkeypatch):
    """A client at a page that fails with what was typed, and a stream the log is written to."""
    settings.ADMINS = [("", "admin@example.org")]

    def refused(*args, **kwargs):
        raise IntegrityError(ROW)

    monkeypatch.setattr(actions, "issue_invitation", refused)
    client = Client(raise_request_exception=False)
    client.force_login(cast.staff)
    return client


def test_a_failure_is_mailed_without_a_word_of_the_request(failing, cast, mailoutbox):
    """The trace, and neither answers nor cookies nor the question behind the address."""
    typed = {"first_name": "ดอกแก้ว", "last_name": "ซ่อนกลิ่น"}
    post = cast.tambon.person.appointments.get().post_id
    assert failing.post(f"/posts/{post}/invite/?q=0811112222", typed).status_code == 500
    text = mailoutbox[0].subject + mailoutbox[0].body
    assert f"/posts/{post}/invite/" in text and "IntegrityError: duplicate key value" in text
    secrets = ("ดอกแก้ว", "ซ่อนกลิ่น", "ใจดี", "0811112222", "0899990000", failing.session.session_key)
    assert [word for word in secrets if word in text] == []


def test_the_log_of_a_visit_names_nobody(failing, cast, places):
    """Searching, signing in and a dead link leave neither the words, nor the names, nor the token."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Discreet())
    logging.getLogger().addHandler(handler)
    try:
        failing.get("/people/?q=ดอกแก้ว")
        failing.get("/people/99999/?q=ดอกแก้ว")
        failing.get("/join/a-token-nobody-may-read/")
        Client().post("/account/login/", {"login": "พัชนี", "password": "รหัสลับมาก"})
    finally:
        logging.getLogger().removeHandler(handler)
    told = stream.getvalue()
    assert "/people/99999/" in told
    assert [word for word in ("ดอกแก้ว", "a-token", "พัชนี", "รหัสลับ") if word in told] == []
