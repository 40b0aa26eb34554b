"""What goes wrong below every page: the database, a cookie, our own mistake."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import Client

from nakhon_network import home


def failing(problem: Exception):
    """A function that raises `problem` whatever it is asked."""

    def raises(*args, **kwargs):
        raise problem

    return raises


@pytest.fixture
def visitor(cast):
    """A client that is shown what a browser is shown, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.zone3)
    return client


@pytest.mark.parametrize("problem", [OperationalError("10.0.0.7 is gone"), InterfaceError("10.0.0.7 hung up")])
@pytest.mark.parametrize(("owner", "name"), [(SessionStore, "load"), (home, "_own_area")], ids=["middleware", "view"])
def test_without_the_database_every_page_is_a_503(visitor, monkeypatch, problem, owner, name):
    """Whoever notices first: Retry-After, the strict policy, no copy, no detail."""
    monkeypatch.setattr(owner, name, failing(problem))
    response = visitor.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert "10.0.0.7" not in response.content.decode() and "ฐานข้อมูล" in response.content.decode()


def test_our_own_mistake_is_a_500_in_thai(visitor, monkeypatch):
    """No copy, and no detail."""
    monkeypatch.setattr(home, "_own_area", failing(KeyError("inner secret")))
    response = visitor.get("/")
    assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
    assert "inner secret" not in response.content.decode() and "ระบบขัดข้อง" in response.content.decode()


@pytest.mark.parametrize("value", [r'"\000aaaaaaaaaaaa"', r'"\033[31maaaaaaaa"', "a" * 5000])
@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"])
def test_an_unreadable_cookie_is_no_cookie(client, places, name, value):
    """PostgreSQL cannot even be asked for a NUL."""
    response = client.get("/", headers={"cookie": f"{getattr(settings, name)}={value}"})
    assert response.status_code == 200
