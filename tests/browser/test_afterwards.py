"""From the third goal of 25 December 2549 by links to the meeting of 4 January 2550 and back; and asking a question."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import expect

from meetings.demo import planning_meeting, survey_order, the_meeting
from organizations.models import Province, Zone


def test_one_walks_from_a_goal_to_the_planning_meeting_and_back(visit):
    province, zone = Province.objects.get(pk="80"), Zone.objects.get(number=3)
    meeting, order, planning = the_meeting(province), survey_order(province), planning_meeting(province)
    visited = visit(who="zone3", screen="phone")
    page = visited.page
    visited.open(meeting.get_absolute_url())
    visited.follow(page.locator("#goal-3").locator(f'a[href="{order.get_absolute_url()}"]'))
    visited.follow(page.get_by_role("link", name="สำรวจตำบลเป้าหมาย รอบแรก"))
    visited.follow(page.locator("main table a").first)
    expect(page).to_have_url(re.compile(r"/submissions/\d+/$"))
    visited.follow(page.get_by_role("link", name=f"รายงานของ{zone.full_name}"))
    visited.follow(page.get_by_role("link", name=planning.title))
    came_back = page.locator("#came-back")
    expect(came_back).to_contain_text("4/5")
    visited.follow(came_back.get_by_role("link", name=zone.full_name, exact=True))
    visited.follow(page.get_by_role("link", name=re.compile("^มติ ")))
    visited.follow(page.get_by_role("main").get_by_role("link", name=meeting.title).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(meeting.title)
    assert visited.console == []


def test_a_member_asks_without_a_script_and_the_keeper_answers(visit):
    meeting = the_meeting(Province.objects.get(pk="80"))
    visited = visit(who="member", java_script_enabled=False)
    page = visited.page
    visited.open(meeting.get_absolute_url())
    page.locator("#comment-form summary").click()
    page.locator("#comment-form textarea").fill("จะเริ่มเวทีเรียนรู้ที่ไหนก่อน")
    page.locator("#comment-form button[type=submit]").click()
    expect(page.locator("#discussion")).to_contain_text("จะเริ่มเวทีเรียนรู้ที่ไหนก่อน")
    keeper = visit(who="province", screen="laptop")
    keeper.open(reverse("question_list"))
    asked = keeper.page.locator("article", has_text="จะเริ่มเวทีเรียนรู้ที่ไหนก่อน")
    keeper.follow(asked.get_by_role("link", name="ตอบคำถามนี้"))
    keeper.page.get_by_label("คำตอบ").fill("ที่เครือข่ายออมทรัพย์")
    keeper.page.get_by_role("button", name="ส่งคำตอบ").click()
    answered = keeper.page.locator("article", has_text="จะเริ่มเวทีเรียนรู้ที่ไหนก่อน")
    expect(answered).to_contain_text("ตอบแล้ว")
    expect(answered).to_contain_text("ที่เครือข่ายออมทรัพย์")
    assert keeper.console == []
