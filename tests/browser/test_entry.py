"""A coordinator fills in a tambon on a phone: what saves itself, what waits, what asks."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Province, Tambon
from tambon_survey.models import Save, Submission
from tests.factories import make_round, make_submission

SAVED = re.compile(r"บันทึกแล้ว \d\d\.\d\d น\.")


@pytest.fixture
def submission(site: str) -> Submission:
    """A tambon's empty form in a round that is open."""
    return make_submission(make_round(Province.objects.get(pk="80")), Tambon.objects.get(pk="800304"))


@pytest.fixture
def entry(visit, submission):
    """`entry(who)`: the form opened by a demo account on a phone."""

    def opened(who: str = "tambon", **options) -> Page:
        visited = visit(who=who, **options)
        response = visited.open(reverse("submission_entry", args=[submission.pk]))
        assert response.status == 200
        return visited.page

    return opened


def section(page: Page, name: str):
    return page.locator(f"form[data-section={name}]")


def add(page: Page, topic: str, **cells: str):
    """A new row with some of its boxes filled in."""
    section(page, topic).locator("[data-add]").click()
    row = section(page, topic).locator("[data-row]").last
    for name, value in cells.items():
        row.locator(f"[data-cell={name}]").fill(value)
    return row


def state(page: Page):
    return page.locator("[data-state]")


def is_saved(page: Page) -> None:
    expect(state(page)).to_have_text(SAVED, timeout=10_000)


def test_everything_saves_itself_and_is_there_on_another_phone(entry, submission):
    page = entry()
    section(page, "head").locator("#head-informant").fill("ประธานกลุ่ม")
    page.get_by_label("ในการประชุม").check()
    add(page, "coordinators", name="แกนหนึ่ง", phone="๐๘๑ ๒๓๔ ๕๖๗๘")
    section(page, "agencies").get_by_label("ไม่มี", exact=True).check()
    expect(state(page)).not_to_have_text(SAVED)
    is_saved(page)
    other = entry("district")
    expect(other.locator("[data-cell=name]").first).to_have_value("แกนหนึ่ง")
    expect(other.locator("[data-cell=phone]").first).to_have_value("081-234-5678")
    expect(section(other, "agencies").get_by_label("ไม่มี", exact=True)).to_be_checked()
    submission.refresh_from_db()
    assert (submission.informant, submission.manner, submission.filled) == ("ประธานกลุ่ม", "meeting", 2)


def test_rows_are_copied_moved_removed_and_brought_back(entry, submission):
    page = entry()
    add(page, "team", name="ก", role="ประธาน")
    add(page, "team", name="ข").locator("[data-row-action=up]").click()
    section(page, "team").locator("[data-row]").first.locator("[data-row-action=copy]").click()
    is_saved(page)
    assert [one.name for one in submission.team.in_order()] == ["ข", "ข", "ก"]
    section(page, "team").locator("[data-row]").nth(1).locator("[data-row-action=remove]").click()
    is_saved(page)
    assert submission.team.kept().count() == 2
    page.get_by_role("button", name="เอากลับมา").click()
    is_saved(page)
    expect(state(page)).to_have_attribute("data-state", "saved")
    assert [one.name for one in submission.team.kept().in_order()] == ["ข", "ข", "ก"]


def test_without_a_network_the_page_says_so_and_sends_later_once(entry, submission):
    page = entry()
    page.context.set_offline(True)
    row = add(page, "activities", title="ออมทรัพย์")
    expect(state(page)).to_have_text("อยู่ในเครื่องนี้ รอส่ง", timeout=10_000)
    row.locator("[data-cell=households]").fill("๑๒")
    page.context.set_offline(False)
    is_saved(page)
    activity = submission.activities.get()
    assert (activity.title, activity.households) == ("ออมทรัพย์", 12)


def test_a_lost_answer_is_sent_again_and_makes_one_change(entry, submission):
    page = entry()
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)  # the server did save it
        return route.abort()

    page.route("**/save/", lose)
    add(page, "team", name="ครั้งเดียว")
    is_saved(page)
    assert lost == [200]
    assert (submission.team.count(), Save.objects.filter(submission=submission).count()) == (1, 1)


def test_what_was_not_sent_survives_closing_the_page(entry, submission):
    page = entry()
    page.route("**/save/", lambda route: route.abort())
    add(page, "team", name="ยังไม่ถึง", duty="บัญชี")
    expect(state(page)).to_have_text("อยู่ในเครื่องนี้ รอส่ง", timeout=10_000)
    page.unroute_all()
    page.reload()
    is_saved(page)
    assert submission.team.get().duty == "บัญชี"


def test_two_people_in_different_rows_both_stay(entry, submission):
    page, other = entry(), entry("district")
    add(page, "team", name="จากตำบล")
    is_saved(page)
    add(other, "team", name="จากอำเภอ")
    is_saved(other)
    expect(section(other, "team").locator("[data-row]")).to_have_count(2)
    assert {one.name for one in submission.team.kept()} == {"จากตำบล", "จากอำเภอ"}


@pytest.mark.parametrize(("choice", "kept"), [("ใช้ของฉัน", "หมอ"), ("ใช้ของเขา", "ครู")])
def test_two_people_in_the_same_box_are_asked(entry, submission, choice, kept):
    page = entry()
    add(page, "team", name="คนเดียวกัน")
    is_saved(page)
    page, other = entry(), entry("district")
    for one, text in ((other, "ครู"), (page, "หมอ")):
        one.locator(".row__title").first.click()
        one.locator("[data-cell=role]").first.fill(text)
    expect(state(other)).to_have_text(SAVED, timeout=10_000)
    expect(state(page)).to_contain_text("มีคนอื่นแก้ช่องเดียวกัน", timeout=10_000)
    assert submission.team.get().role == "ครู" or kept == "หมอ"
    page.get_by_role("button", name=re.compile(choice)).click()
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=10_000)
    assert submission.team.get().role == kept
    expect(page.locator("[data-cell=role]").first).to_have_value(kept)


def test_a_word_in_a_number_box_says_what_to_do_and_stays(entry, submission):
    page = entry()
    row = add(page, "activities", title="ออมทรัพย์", households="สิบ")
    expect(row.locator("[data-error]").filter(has_text="กรุณาใส่เป็นตัวเลข")).to_be_visible(timeout=10_000)
    expect(state(page)).to_contain_text("มีช่องที่ต้องดูอีกครั้ง")
    page.reload()
    box = page.locator("[data-cell=households]").first
    expect(box).to_have_value("สิบ")
    box.fill("10")
    is_saved(page)
    assert submission.activities.get().households == 10


def test_enter_never_leaves_the_page(entry, submission):
    page = entry()
    box = add(page, "team", name="พิมพ์แล้วกดเอ็นเทอร์").locator("[data-cell=name]")
    box.press("Enter")
    is_saved(page)
    assert page.url.endswith("/entry/")
    expect(section(page, "team").locator("[data-row]")).to_have_count(1)


def test_a_session_that_ended_loses_nothing(entry, submission):
    page = entry()
    page.context.clear_cookies()
    add(page, "team", name="ยังอยู่")
    expect(page.get_by_role("link", name="เข้าสู่ระบบใหม่")).to_be_visible(timeout=10_000)
    expect(state(page)).to_have_attribute("data-state", "login")


def test_the_form_works_without_scripts(visit, submission):
    page = visit(who="tambon", java_script_enabled=False).page
    page.goto(reverse("submission_entry", args=[submission.pk]))
    section(page, "team").get_by_role("button", name="เพิ่มคณะทำงาน").click()
    section(page, "team").locator("[data-cell=name]").fill("ไม่มีสคริปต์")
    section(page, "team").get_by_role("button", name="บันทึกส่วนนี้").click()
    expect(page.get_by_text("บันทึกแล้ว")).to_be_visible()
    expect(section(page, "team").locator("[data-cell=name]")).to_have_value("ไม่มีสคริปต์")
    assert submission.team.get().name == "ไม่มีสคริปต์"
