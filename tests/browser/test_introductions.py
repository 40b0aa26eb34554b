"""From an activity that needs money to a recorded introduction in two clicks, and where it is seen then."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import expect

from tambon_survey.models import Introduction
from tests.browser.scenery import KEYS


def test_two_clicks_bring_an_activity_and_a_funder_together(visit):
    activity = KEYS["@activity-to-fund"]()
    visited = visit(who="zone3", screen="phone")
    assert visited.open(reverse("activity_page", args=[activity])).status == 200
    page = visited.page
    page.get_by_role("link", name="ใครช่วยได้บ้าง").click()
    first = page.get_by_role("article").first
    expect(first).to_contain_text("ให้ทุน")
    funder = first.get_by_role("heading").inner_text()
    first.get_by_role("button", name=re.compile("บันทึกการเชื่อมต่อ")).click()
    expect(page.get_by_role("status")).to_contain_text("บันทึกการเชื่อมต่อแล้ว")
    made = Introduction.objects.latest("pk")
    assert (made.activity_id, made.partner.name) == (activity, funder)
    places = [
        reverse("tambon_page", args=[made.tambon_id]),
        reverse("organization_matches", args=[made.partner_id]),
        reverse("introduction_list") + f"?quarter={made.made_on.year}-{(made.made_on.month + 2) // 3}",
        reverse("activity_page", args=[activity]),
    ]
    for address in places:
        assert visited.open(address).status == 200
        expect(page.get_by_role("main")).to_contain_text(made.title)
