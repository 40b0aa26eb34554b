"""The search box by keyboard: one key leads into it, arrows over what was found; and it works without scripts."""

from django.urls import reverse
from playwright.sync_api import expect


def test_one_key_and_the_arrows_find_a_place(visit):
    visited = visit(who="province", screen="laptop")
    visited.open(reverse("home"))
    page = visited.page
    page.keyboard.press("/")
    page.keyboard.type("กำโลน")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    box, results = page.locator("#search-q"), page.locator("a[data-result]")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert page.url.endswith(reverse("tambon_page", args=["800304"]))


def test_a_slash_typed_into_a_field_is_a_slash(visit):
    visited = visit(who="province", screen="laptop")
    visited.open(reverse("search"))
    box = visited.page.locator("#search-q")
    box.fill("")
    box.press_sequentially("3/2549")
    expect(box).to_have_value("3/2549")
