"""Every page, as a phone and a laptop show it."""

import os
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.browser.chromium import SCREENS
from tests.browser.conftest import PASSWORD
from tests.browser.pages import HOMES, PAGES
from tests.browser.scenery import keys

# `PAGES_ONCE=1` looks at each address with one account, as CI does, whose time is limited.
WALKED = list({page.name: page for page in reversed(PAGES)}.values()) if os.environ.get("PAGES_ONCE") else PAGES


@pytest.mark.parametrize("page", WALKED, ids=str)
def test_a_page_is_sound_on_every_screen(visit, page):
    visited = visit(who=page.who)
    address = reverse(page.name, args=keys(page.arguments))
    response = visited.open(f"{address}?{page.query}" if page.query else address)
    assert (urlsplit(visited.page.url).path, response.status) == (address, page.status)
    assert visited.problems(status=page.status) == []
    visited.look_as(SCREENS["small phone"])
    assert visited.sideways() == []
    visited.look_as(SCREENS["laptop"])
    assert visited.sights() == []


@pytest.mark.parametrize("page", HOMES, ids=str)
def test_a_home_page_is_sound_at_night(visit, page):
    visited = visit(who=page.who, screen="laptop at night")
    visited.open(reverse(page.name))
    assert visited.sights() == []


def test_a_demo_account_can_sign_in_by_hand(visit):
    visited = visit()
    visited.open(reverse("account_login"))
    visited.page.locator("input[name=login]").fill("tambon")
    visited.page.locator("input[name=password]").fill(PASSWORD)
    visited.page.locator("input[name=password]").press("Enter")
    visited.page.wait_for_load_state("networkidle")
    assert visited.page.locator("form[action$='/logout/'], a[href$='/account/']").count() > 0
    assert visited.console == []


def test_the_harness_sees_what_is_wrong(visit):
    visited = visit()
    visited.open(reverse("home"))
    visited.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://other.invalid/x.png\">"
        '<p id=wide>wide</p><script src="/nowhere.js"></script>\');'
        "document.getElementById('wide').style.width = '3000px'"
    )
    visited.page.wait_for_timeout(500)
    told = " ".join(visited.problems())
    assert "another host" in told
    assert "sideways" in told
    assert "axe image-alt" in told
    assert "Content Security Policy" in told
