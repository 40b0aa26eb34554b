"""A tambon from an empty form on a phone to a record the zone has approved."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from organizations.models import FocusTambon, Province, Tambon
from tambon_survey.actions.review import approve, submit
from tambon_survey.models import Round, Step, Submission
from tests.browser.test_entry import add, is_saved, section
from tests.factories import (
    LONG_AGO,
    fill_in,
    make_district,
    make_holder,
    make_province,
    make_round,
    make_submission,
    make_tambon,
    make_zone,
)


@pytest.fixture
def submission(site: str) -> Submission:
    """A tambon's empty form in a round that is open."""
    return make_submission(make_round(Province.objects.get(pk="80")), Tambon.objects.get(pk="800304"))


def open_page(visit, name: str, submission: Submission, who: str, screen: str = "phone") -> Page:
    """A page of the submission, as one account on one device."""
    visited = visit(who=who, screen=screen)
    assert visited.open(reverse(name, args=[submission.pk])).status == 200
    return visited.page


def begin(page: Page) -> None:
    """Half of the form."""
    section(page, "head").locator("#head-informant").fill("ประธานกลุ่มออมทรัพย์")
    page.get_by_label("ในการประชุม").check()
    for number in (1, 2):
        add(page, "coordinators", name=f"แกน {number}", phone=f"08123456{number}0")
    is_saved(page)


def finish(page: Page) -> None:
    """The other half."""
    add(page, "activities", title="ออมทรัพย์", next_step="ขยายสมาชิก")
    for number in (1, 2, 3):
        add(page, "team", name=f"ทีม {number}", role="กรรมการ")
    add(page, "agencies", name="อบต.กำโลน").locator("[data-cell=sector]").select_option("government")
    is_saved(page)


def send(page: Page) -> None:
    """From the form to the zone."""
    page.get_by_role("link", name="ตรวจและส่ง").click()
    page.get_by_role("button", name="ส่งให้โซนตรวจ").click()
    agree(page)
    expect(page.locator(".badge.is-submitted").first).to_be_visible()


def agree(page: Page) -> None:
    """Answer the question that comes before a step, where there is one."""
    yes = page.locator("dialog[open] [value=confirm]")
    if yes.count():
        yes.click()
    page.wait_for_load_state("networkidle")


def return_with_two_points(page: Page) -> None:
    """The representative pins two points and gives a day."""
    page.get_by_role("link", name=re.compile("ส่งกลับให้แก้")).click()
    boxes = page.locator("form textarea")
    for number, text in enumerate(("ขอเบอร์ที่ติดต่อได้", "ขาดหน่วยงานที่ไม่ใช่ราชการ")):
        choose(page, number)
        boxes.nth(number).fill(text)
    page.get_by_role("button", name=re.compile("ส่งกลับให้แก้")).click()
    agree(page)
    expect(page.locator(".badge.is-returned").first).to_be_visible()


def choose(page: Page, number: int) -> None:
    """The first place a point may be pinned to."""
    place = page.locator("form.form select, form select").nth(number)
    place.select_option(index=1)


def test_from_an_empty_form_to_an_approved_one(visit, submission):
    begin(open_page(visit, "submission_entry", submission, "tambon"))
    other = open_page(visit, "submission_entry", submission, "district")
    expect(other.locator("[data-cell=name]").first).to_have_value("แกน 1")
    finish(other)
    send(other)
    return_with_two_points(open_page(visit, "submission_review", submission, "zone2"))
    mend_and_send_again(open_page(visit, "submission_entry", submission, "tambon"), submission)
    first, second = (open_page(visit, "submission_review", submission, "zone2", "laptop") for _ in range(2))
    first.get_by_role("button", name="รับรอง").click()
    agree(first)
    expect(first.locator(".badge.is-approved").first).to_be_visible()
    too_late(second)
    assert Step.objects.filter(submission=submission, move="approve").count() == 1
    read_only(visit, submission)
    province = open_page(visit, "submission_review", submission, "province", "laptop")
    province.get_by_role("button", name=re.compile("รับเข้าชุด")).click()
    agree(province)
    expect(province.locator(".badge.is-accepted").first).to_be_visible()


def too_late(page: Page) -> None:
    """The same button on a page that was open before: refused, in words, with what stands now."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.get_by_role("button", name="รับรอง").click()
        agree(page)
    assert answer.value.status == 409
    expect(page.locator(".notice--danger")).to_be_visible()
    expect(page.locator(".badge.is-approved").first).to_be_visible()


def mend_and_send_again(page: Page, submission: Submission) -> None:
    """The points stand above the form; each is answered before it goes out again."""
    expect(page.get_by_text("ส่งกลับให้แก้ 2 จุด").first).to_be_visible()
    add(page, "agencies", name="เครือข่ายแผนชุมชน").locator("[data-cell=sector]").select_option("non_government")
    is_saved(page)
    page.get_by_role("link", name="ตรวจและส่ง").click()
    choices = page.get_by_label("แก้แล้ว")
    expect(choices).to_have_count(2)  # `all()` does not wait for the page that was asked for
    for choice in choices.all():
        choice.check()
    page.get_by_role("button", name="ส่งให้โซนตรวจ").click()
    agree(page)
    expect(page.locator(".badge.is-submitted").first).to_be_visible()
    submission.refresh_from_db()
    assert (submission.state, submission.snapshots.count()) == ("submitted", 2)


def read_only(visit, submission: Submission) -> None:
    """The form leads to what was sent and says why."""
    page = open_page(visit, "submission_entry", submission, "tambon")
    expect(page.get_by_text("อ่านได้อย่างเดียว").first).to_be_visible()
    assert page.url.endswith(f"/submissions/{submission.pk}/")


@pytest.fixture
def planned(site: str) -> Round:
    """A planned round of another province, which asks one tambon and has an account of its own: `krabi`."""
    province = make_province("81", name_th="กระบี่", name_en="Krabi")
    make_district("8101", "เมืองกระบี่", zone=make_zone(province, 1))
    tambon = make_tambon("810101", "ปากน้ำ")
    FocusTambon.objects.create(tambon=tambon, chosen_on=LONG_AGO, chosen_reason="ทดสอบ")
    make_holder("krabi", "provincial-team", province)
    return make_round(province, opened=False, name="รอบของกระบี่")


def test_the_province_opens_a_round_sees_its_board_and_accepts(visit, planned):
    visited = visit(who="krabi", screen="laptop")
    page = visited.page
    visited.open(reverse("round_list"))
    visited.follow(page.get_by_role("link", name="ตรวจและเปิดรอบ"))
    page.get_by_role("button", name="เปิดรอบ").click()
    agree(page)
    expect(page.get_by_text("ปากน้ำ").first).to_be_visible()
    approve_in_the_zone(planned.submissions.get())
    visited.open(reverse("round_page", args=[planned.pk]))
    visited.follow(page.locator("#accept a"))
    page.get_by_role("button", name=re.compile("รับเข้าชุด")).click()
    agree(page)
    expect(page.locator(".badge.is-accepted").first).to_be_visible()
    visited.open(reverse("round_page", args=[planned.pk]))
    expect(page.locator("#accept")).to_have_count(0)
    assert visited.console == []


def approve_in_the_zone(submission: Submission) -> None:
    """What happens between the opening and the province's decision."""
    submit(fill_in(submission), replies={}, by=None, now=timezone.now())
    approve(submission, by=None, now=timezone.now())
