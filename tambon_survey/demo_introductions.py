"""The demo's introductions, all of them a sample: made through the real actions, over two quarters, in every state.

Bodies that offer something come from the directory's own sample; where that made none, a few are made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from meetings.actions.tasks import Order
from meetings.models import Reach
from organizations.models import Help, Need, Offer, Organization, Post, Province, Theme, User, Zone
from tambon_survey.actions.introductions import Other, follow_up, introduce, move
from tambon_survey.activities import introductions_of, rounds_of
from tambon_survey.models import Activity, Introduction
from tambon_survey.partners import Partner, partners_of_activity

SAMPLE = "(ตัวอย่าง)"
THEMES = [
    ("community-finance", "การเงินชุมชน", "Community finance", "ออมทรัพย์\nกลุ่มออม\nสัจจะ\nกองทุนหมู่บ้าน\nสวัสดิการ"),
    ("coast", "ทะเลและชายฝั่ง", "Sea and coast", "ป่าชายเลน\nปะการัง\nชายฝั่ง\nสัตว์น้ำ\nประมง\nแปรรูปปลา"),
    ("farming", "เกษตรปลอดภัย", "Safe farming", "ปุ๋ย\nสวนสมรม\nข้าว\nผักปลอดสาร\nเกษตร"),
    ("craft", "อาชีพและงานฝีมือ", "Livelihoods and crafts", "เครื่องแกง\nจักสาน\nกระจูด\nแปรรูป\nผลิตภัณฑ์"),
]


@dataclass(frozen=True)
class Told:
    """One introduction of the story: for which kind of help, how many days ago, how it ended."""

    kind: str
    days_ago: int
    state: str
    outcome: str = ""
    reach: str = ""
    work: str = ""


STORY = [
    Told(Help.FUNDING, 3, "proposed"),
    Told(Help.KNOWLEDGE, 9, "in_touch", f"โทรคุยกันแล้ว นัดเจอที่ตำบลเดือนหน้า {SAMPLE}", work="นัดวันลงพื้นที่ด้วยกัน"),
    Told(Help.FUNDING, 20, "agreed", f"ได้ทุนตั้งต้นหนึ่งก้อน เริ่มเดือนหน้า {SAMPLE}", Reach.GROUP, "เตรียมเอกสารขอรับทุน"),
    Told(Help.PLACE, 95, "agreed", f"ไปดูงานมาแล้วหนึ่งวัน {SAMPLE}", Reach.VILLAGE),
    Told(Help.MARKET, 100, "failed", f"ตลาดเต็มแล้วในปีนี้ ลองใหม่ปีหน้า {SAMPLE}"),
    Told(Help.KNOWLEDGE, 110, "agreed", f"อบรมการทำบัญชีสองครั้ง {SAMPLE}", Reach.WORKING_TEAM),
]


@transaction.atomic
def make_introductions_demo(province: Province, *, today: date) -> bool:
    """Make the story as seen from `today`; whether anything was made: where an introduction exists nothing changes."""
    if Introduction.objects.exists() or not Activity.objects.newest_judged().exists():
        return False
    if not Offer.objects.exists():
        _make_bodies(province, today=today)
    by = User.objects.select_related("person").get(username="province")
    used: set[Any] = set()
    for told in STORY:
        _tell(told, used, by=by, today=today)
    return True


def _tell(told: Told, used: set[Any], *, by: User, today: date) -> None:
    activities = Activity.objects.newest_judged().looking_for(told.kind).with_areas().order_by("submission", "position")
    for activity in activities.exclude(pk__in=used):
        known = introductions_of(rounds_of(activity), by)
        found = partners_of_activity(activity, kinds=[told.kind], viewer=by, today=today, known=known)
        partner = next((one for one in found if one.organization and one.may_be_introduced), None)
        if partner is not None:
            used.add(activity.pk)
            return _introduce(told, activity, partner, by=by, today=today)
    return None


def _introduce(told: Told, activity: Activity, partner: Partner, *, by: User, today: date) -> None:
    to = Other(told.kind, partner=partner.organization, offer=partner.offer, reasons=partner.reasons)
    purpose = activity.next_step or activity.title
    made_on = today - timedelta(days=told.days_ago)
    made = introduce(activity, to=to, purpose=purpose, made_on=made_on, by=by, is_sample=True)
    if told.state != Introduction.State.PROPOSED:
        move(made, state=told.state, outcome=told.outcome, reach=told.reach, by=by)
    if told.work:
        post = Post.objects.in_line_of(activity.submission.tambon).with_areas().first()
        order = Order(key=uuid4(), text=f"{told.work} {SAMPLE}", due_on=today + timedelta(days=14))
        if post is not None:
            follow_up(made, to=post, order=order, today=today, by=by)


# ---- bodies, where the directory made none ---------------------------------------------------------------------------
def _make_bodies(province: Province, *, today: date) -> None:
    themes = {code: _theme(code, *rest) for code, *rest in THEMES}
    zone = Zone.objects.filter(province=province).order_by("number").first()
    ends = today + timedelta(days=68)
    fund = _body(f"กองทุนพัฒนาชุมชนจังหวัด {SAMPLE}", "funder", province=province)
    _offer(fund, "funding", "ทุนตั้งต้นไม่เกิน 30,000 บาท", [], ends_on=ends, conditions=f"กลุ่มทำมาแล้วหนึ่งปี {SAMPLE}")
    savings = _body(f"เครือข่ายการเงินชุมชน {SAMPLE}", "network", province=province)
    _offer(savings, "knowledge", "พี่เลี้ยงทำบัญชีกลุ่ม", [themes["community-finance"]])
    _offer(savings, "funding", "เงินหมุนเวียนให้กลุ่มออม", [themes["community-finance"]])
    market = _body(f"ตลาดชุมชนหน้าวัด {SAMPLE}", "organization", zone=zone)
    _offer(market, "market", "แผงขายทุกวันเสาร์", [themes["craft"], themes["farming"], themes["coast"]])
    _body(f"ศูนย์เรียนรู้ป่าชายเลน {SAMPLE}", "place_to_learn", zone=zone)
    _body(f"มูลนิธิคนรักถิ่น {SAMPLE}", "funder", province=province)
    group = _body(f"กลุ่มแม่บ้านรวมใจ {SAMPLE}", "group", zone=zone)
    Need.objects.create(organization=group, kind="funding", text=f"ทุนซื้อเครื่องสับวัสดุ {SAMPLE}")


def _theme(code: str, name_th: str, name_en: str, words: str) -> Theme:
    return Theme.objects.get_or_create(pk=code, defaults={"name_th": name_th, "name_en": name_en, "words": words})[0]


def _body(name: str, kind: str, **area: Any) -> Organization:
    return Organization.objects.create(name=name, kind=kind, is_sample=True, source=f"ข้อมูลตัวอย่าง {SAMPLE}", **area)


def _offer(body: Organization, kind: str, text: str, themes: list[Theme], **more: Any) -> None:
    Offer.objects.create(organization=body, kind=kind, text=f"{text} {SAMPLE}", **more).themes.set(themes)
