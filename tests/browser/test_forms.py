"""What a form looks like when something is wrong with it, and what asks before it does something."""

import pytest
from django.urls import reverse

from tests.browser.chromium import SCREENS
from tests.browser.pages import STAFF, Page
from tests.browser.scenery import keys

# Sent empty, each answers 422 with its mistakes in words.
FORMS = [
    Page("zone_add", ("80",), STAFF),
    Page("focus_choose", ("@tambon-not-in-focus",), STAFF),
    Page("person_add", (), STAFF),
    Page("contact_add", ("@tambon-person",), STAFF),
    Page("post_appoint", ("@vacant-post",), STAFF),
    Page("invitation_issue", ("@vacant-post",), STAFF),
    Page("invitation_accept", ("an-open-link",)),
    Page("account_edit", (), "tambon"),
    Page("account_change_password", (), "tambon"),
    Page("account_login"),
]


def send(visited):
    """Press the main button of the page's form."""
    visited.follow(visited.page.locator("main form[method=post] .button--primary").first)


@pytest.mark.parametrize("page", FORMS, ids=str)
def test_an_empty_form_says_what_is_missing(visit, page):
    visited = visit(who=page.who, screen="phone")
    visited.open(reverse(page.name, args=keys(page.arguments)))
    send(visited)
    assert visited.page.locator(".field.is-invalid").count() > 0
    assert visited.problems(status=422) == []
    visited.look_as(SCREENS["small phone"])
    assert visited.sideways() == []


def test_a_date_without_its_century_is_refused_and_kept(visit):
    visited = visit(who=STAFF, screen="phone")
    visited.open(reverse("focus_choose", args=["800302"]))
    visited.page.locator("[name=chosen_on]").fill("25/12/49")
    visited.page.locator("[name=reason]").fill("ที่ประชุมเลือก")
    send(visited)
    assert "กรุณาใส่ปีให้ครบสี่หลัก" in visited.page.inner_text("main")
    assert visited.page.locator("[name=chosen_on]").input_value() == "25/12/49"
    assert visited.page.locator("[name=reason]").input_value() == "ที่ประชุมเลือก"


def test_a_focus_tambon_is_chosen_on_a_day_in_thai_digits(visit):
    visited = visit(who=STAFF, screen="phone")
    visited.open(reverse("focus_choose", args=["800303"]))
    visited.page.locator("[name=chosen_on]").fill("๒๕/๑๒/๒๕๔๙")
    visited.page.locator("[name=reason]").fill("ที่ประชุมเลือก")
    send(visited)
    visited.open(reverse("tambon_page", args=["800303"]))
    assert "25 ธันวาคม 2549" in visited.page.inner_text("main")


def test_a_district_moves_after_a_question_only(visit):
    visited = visit(who=STAFF, screen="laptop")
    visited.open(reverse("district_move", args=["8021"]))
    visited.page.locator("select[name=zone]").select_option(index=5)
    visited.page.locator("[name=reason]").fill("ที่ประชุมตกลง")
    visited.page.locator("main form[method=post] .button--primary").click()
    dialog = visited.page.locator("dialog[open]")
    assert "ย้ายอำเภอนบพิตำไปโซนที่เลือกใช่หรือไม่" in dialog.inner_text()
    visited.follow(dialog.locator("button").last)
    visited.open(reverse("district_page", args=["8021"]))
    assert "ที่ประชุมตกลง" in visited.page.inner_text(".history")
