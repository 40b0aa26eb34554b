"""The second step of signing in, and the pages of failures."""

import pytest
from django.urls import reverse

from tests.browser.chromium import SCREENS
from tests.browser.conftest import PASSWORD
from tests.browser.pages import CAREFUL


def test_the_second_step_of_signing_in_is_sound(visit):
    visited = visit(screen="phone")
    visited.open(reverse("account_login"))
    visited.page.locator("input[name=login]").fill(CAREFUL)
    visited.page.locator("input[name=password]").fill(PASSWORD)
    visited.follow(visited.page.locator("main form[method=post] .button--primary").first)
    assert visited.page.url.endswith(reverse("mfa_authenticate"))
    assert visited.problems() == []
    visited.look_as(SCREENS["laptop"])
    assert visited.sights() == []


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_failure_is_told_in_thai(visit, status):
    visited = visit(who="tambon", screen="phone")
    assert visited.open(f"/failing/{status}/").status == status
    assert visited.problems(status=status) == []
    assert visited.page.locator("html").get_attribute("lang") == "th"
    assert visited.page.locator("h1").count() == 1
    visited.look_as(SCREENS["laptop"])
    assert visited.sights() == []


def test_a_form_that_was_open_too_long_says_what_to_do(visit):
    visited = visit(screen="laptop")
    visited.open(reverse("account_login"))
    visited.page.context.clear_cookies()
    visited.follow(visited.page.locator("main form[method=post] .button--primary").first)
    assert visited.problems(status=403) == []
    assert visited.page.locator("main a").count() > 0
