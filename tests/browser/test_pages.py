"""Every page, as a phone and a laptop show it."""

import pytest
from django.urls import reverse

from tests.browser.chromium import SCREENS
from tests.browser.conftest import PASSWORD
from tests.browser.pages import PAGES


def name_of(case: object) -> str:
    if isinstance(case, tuple):
        name, arguments, who = case
        return " ".join([name, *map(str, arguments), "as", who or "anybody"])
    return str(case)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("case", PAGES, ids=name_of)
def test_a_page_is_sound(visit, case, screen):
    name, arguments, who = case
    visited = visit(who=who, screen=screen)
    response = visited.open(reverse(name, args=arguments))
    assert response.status == 200
    assert visited.problems() == []


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
