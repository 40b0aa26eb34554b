"""The demo's accounts."""

import pytest

from nakhon_network.management.commands.demo import Command
from organizations.demo import set_passwords
from organizations.models import User


@pytest.fixture
def password(settings, tmp_path, monkeypatch):
    """`password(given)`: what a run of the demo answers in a room of its own."""
    settings.VAR_DIR = tmp_path

    def asked(given=""):
        monkeypatch.setenv("DEMO_PASSWORD", given)
        return Command()._password()

    return asked


def test_a_password_that_is_made_up_is_kept(password):
    made, is_new = password()
    assert is_new and len(made) >= 10
    assert password() == (made, False)


def test_a_password_that_is_given_stays_for_the_runs_after_it(password):
    password()
    assert password("chosen-1") == ("chosen-1", True)
    assert password() == ("chosen-1", False)


def test_every_demo_account_takes_the_password_and_no_other_account_does(cast):
    set_passwords("chosen-1")
    assert User.objects.get(pk=cast.tambon.pk).check_password("chosen-1")
    assert not User.objects.get(pk=cast.nobody.pk).check_password("chosen-1")
