"""Who came, on a phone: one tap with and without script; photos one by one, a bad one named."""

import io

from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from meetings.models import Meeting
from tests.browser.pages import STAFF
from tests.browser.scenery_meetings import EVERYTHING


def meeting() -> Meeting:
    return Meeting.objects.get(title=EVERYTHING)


def unmarked(visited):
    """The first expected seat with a holder of whom nothing is said."""
    return visited.page.locator("#expected li:has([value=present]):not(:has([aria-pressed]))").first


def picture(name: str) -> dict[str, object]:
    drawn = io.BytesIO()
    Image.new("RGB", (2000, 1500), "purple").save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def test_one_tap_marks_a_seat_where_it_stands(visit):
    visited = visit(who=STAFF, screen="phone")
    visited.open(reverse("attendance_edit", args=[meeting().pk]))
    key = unmarked(visited).get_attribute("id")
    visited.page.locator(f"#{key} button[value=present]").click()
    expect(visited.page.locator(f"#{key} button[value=present]")).to_have_attribute("aria-pressed", "true")
    expect(visited.page.locator(f"#{key} button[value=present]")).to_be_focused()
    expect(visited.page.locator("#attendance-lists")).to_contain_text("ผู้มาประชุม (3)")
    visited.page.locator(f"#{key} button[value=clear]").click()
    expect(visited.page.locator(f"#{key} [aria-pressed]")).to_have_count(0)
    assert visited.problems() == []


def test_one_tap_works_without_script(visit):
    visited = visit(who=STAFF, screen="phone", java_script_enabled=False)
    visited.open(reverse("attendance_edit", args=[meeting().pk]))
    key = unmarked(visited).get_attribute("id")
    visited.follow(visited.page.locator(f"#{key} button[value=absent]"))
    expect(visited.page.locator(f"#{key} button[value=absent]")).to_have_attribute("aria-pressed", "true")
    visited.follow(visited.page.locator(f"#{key} button[value=clear]"))
    expect(visited.page.locator(f"#{key} [aria-pressed]")).to_have_count(0)


def test_a_tap_that_got_no_answer_says_so(visit):
    visited = visit(who=STAFF, screen="phone")
    visited.open(reverse("attendance_edit", args=[meeting().pk]))
    key = unmarked(visited).get_attribute("id")
    visited.page.route("**/attendance/mark/", lambda route: route.abort())
    visited.page.locator(f"#{key} button[value=present]").click()
    expect(visited.page.locator(f"#{key} [data-unsent]")).to_be_visible()


def test_photos_go_one_by_one_and_a_bad_one_is_named(visit):
    visited = visit(who=STAFF, screen="phone")
    visited.open(reverse("meeting_photos", args=[meeting().pk]))
    count = meeting().photos.kept().count()
    bad = {"name": "ภาพวาด.jpg", "mimeType": "image/jpeg", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    visited.page.locator("[name=photos]").set_input_files([picture("ที่ประชุม.jpg"), bad, picture("ทีประชุม.jpg")])
    visited.page.locator("[data-behaviour=photo-queue] .button--primary").click()
    files = visited.page.locator("[data-files] > li")
    expect(files.nth(2)).to_contain_text("เก็บแล้ว")
    expect(files.nth(1)).to_contain_text("ไฟล์นี้ไม่ใช่ภาพถ่าย")
    visited.follow(visited.page.locator("[data-after] a"))
    expect(visited.page.locator(".photos > li")).to_have_count(count + 2)


def test_photos_that_got_no_answer_are_sent_again_and_are_kept_once(visit):
    visited = visit(who=STAFF, screen="phone")
    page = visited.page
    visited.open(reverse("meeting_photos", args=[meeting().pk]))
    count = meeting().photos.kept().count()
    asked = []

    def lose_the_first_answer(route):
        asked.append(route.request.method)
        if route.request.method == "POST" and asked.count("POST") == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/photos/", lose_the_first_answer)
    page.locator("[name=photos]").set_input_files([picture("หนึ่ง.jpg")])
    page.locator("[data-behaviour=photo-queue] .button--primary").click()
    expect(page.locator(".photos > li")).to_have_count(count + 1)
    assert asked.count("POST") == 2
