"""Rows of the permission table about activities, partners and introductions, and their objects."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from organizations.models import Need, Offer, Organization
from tambon_survey.models import Activity, Introduction
from tests.factories import make_round, make_submission

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("activity_page", "3 judged", "safe",     "302  404  200  200  200  200  200  200  200"),
    ("activity_page", "3 unjudged", "safe",   "302  404  404  200  404  200  404  200  200"),
    ("activity_page", "2 judged", "safe",     "302  404  200  200  200  200  200  200  200"),
    ("activity_partners", "3 judged", "safe", "302  404  403  200  403  200  403  200  200"),
    ("activity_partners", "3 unjudged", "safe", "302 404 404 200  404  200  404  200  200"),
    ("activity_partners", "2 judged", "safe", "302  404  403  403  200  403  200  403  200"),
    ("introduction_add", "3 offered", "edit", "302  404  403  200  403  200  403  200  200"),
    ("introduction_add", "2 offered", "edit", "302  404  403  403  200  403  200  403  200"),
    ("need_introduce", "need offered", "edit", "302 403  403  403  403  403  403  200  200"),
    ("need_partners", "need", "safe",         "302  403  403  403  403  403  403  200  200"),
    ("organization_matches", "funder", "safe", "302 403  403  200  200  200  200  200  200"),
    ("introduction_list", "-", "safe",        "302  403  403  200  200  200  200  200  200"),
    ("introductions_file", "-", "safe",       "302  403  403  200  200  200  200  200  200"),
    ("introduction_page", "3 introduction", "safe", "302 404 404 200 404 200 404  200  200"),
    ("introduction_page", "2 introduction", "safe", "302 404 404 404 200 404 200  404  200"),
    ("introduction_page", "wide introduction", "safe", "302 404 404 200 200 200 200 200 200"),
    ("introduction_move", "3 introduction", "edit", "302 404 404 200 404 200 404  200  200"),
    ("introduction_move", "2 introduction", "edit", "302 404 404 404 200 404 200  404  200"),
    ("introduction_move", "wide introduction", "edit", "302 404 404 403 403 403 403 200 200"),
    ("introduction_follow_up", "3 introduction", "edit", "302 404 404 200 404 200 404 200 200"),
    ("introduction_follow_up", "2 introduction", "edit", "302 404 404 404 200 404 200 404 200"),
    ("introduction_follow_up", "wide introduction", "edit", "302 404 404 403 403 403 403 200 200"),
]  # fmt: skip


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """A funder of the province; an approved activity of each zone and its introduction; zone 2 speaks of `hidden`."""
    funder = Organization.objects.create(name="กองทุนสมมติ", kind="funder", province=places.province)
    group = Organization.objects.create(name="กลุ่มสมมติ", kind="group", zone=places.zone3)
    money = Offer.objects.create(organization=funder, kind="funding", text="ทุนตั้งต้น")
    need = Need.objects.create(organization=group, kind="funding", text="ทุนขยายกลุ่ม")
    found: dict[str, list[Any]] = {
        "funder": [funder.pk],
        "need": [need.pk],
        "need offered": [need.pk, f"offer-{money.pk}"],
    }
    latest = timezone.now() - timedelta(days=1)
    survey_round = make_round(places.province, name="รอบของกิจกรรม", opens_at=latest)
    for number, code, said in (("3", "801217", "ออมทุกเดือน"), ("2", "800304", hidden)):
        tambon = places.tambons[code]
        submission = make_submission(survey_round, tambon, state="approved")
        facts = {"submission": submission, "needs_funding": True}
        activity = Activity.objects.create(title="ออมทรัพย์", what=said, **facts)
        other = Activity.objects.create(title="ปุ๋ยหมัก", next_step=said, **facts)
        ends = {"activity": other, "partner": funder, "tambon": tambon, "province": places.province}
        introduction = Introduction.objects.create(kind="funding", purpose=said, made_on="2026-11-01", **ends)
        found[f"{number} judged"] = [activity.pk]
        found[f"{number} offered"] = [activity.pk, f"offer-{money.pk}"]
        found[f"{number} introduction"] = [introduction.pk]
    draft = make_submission(make_round(places.province, name="รอบร่าง"), places.tambons["801217"], state="draft")
    found["3 unjudged"] = [Activity.objects.create(submission=draft, title="ยังร่าง", needs_market=True).pk]
    ends = {"seeker": group, "partner": Organization.objects.create(name="แหล่งทุนอื่น"), "province": places.province}
    wide = Introduction.objects.create(kind="place", purpose="ดูงาน", made_on="2026-11-01", **ends)
    found["wide introduction"] = [wide.pk]
    return found
