"""The demo's two rounds: the one for 4 January 2550, closed, and a "survey again" that is open today.

Everything is entered through the real actions. Activities are public facts in our own words; persons are fictional and
named by their post; both rounds are marked as a sample.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from organizations.models import Province, User, Zone
from tambon_survey.actions import reports, review, rounds
from tambon_survey.actions.directory import name_agencies
from tambon_survey.actions.entry import save_section
from tambon_survey.actions.notices import make_notices
from tambon_survey.forms import delta as deltas
from tambon_survey.models import Round, State, Submission

DATA = Path(__file__).parent / "data/sample_activities.csv"
ORDERED_BY = "ประชุมเสวนา 25 ธันวาคม 2549 เป้าหมายที่ 3: มอบหมายให้ผู้ร่วมประชุมกระจายกันสำรวจตำบลซ้ำ"
SECTORS = {
    "อบต": "government",
    "กศน": "government",
    "สถ": "government",
    "สำ": "government",
    "โร": "government",
    "พอช": "independent",
    "สกว": "independent",
    "มหา": "independent",
}
OWN = "800304"  # the tambon of the demo account `tambon`


@transaction.atomic
def make_survey_demo(province: Province, *, now: datetime) -> None:
    """Make both rounds where the province has none yet; what exists is left alone."""
    if province.rounds.exists():
        return
    first = _first_round(province)
    _second_round(province, first, now=now)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _zone_number(submission: Submission) -> int:
    zone = submission.tambon.district.zone
    return zone.number if zone else 0


def _by_zone(survey_round: Round) -> dict[int, list[Submission]]:
    found: dict[int, list[Submission]] = {}
    for one in Submission.objects.of_round(survey_round).with_areas().in_thai_order():
        found.setdefault(_zone_number(one), []).append(one)
    return found


def _people(number: int) -> User | None:
    """The representative's account of a zone that has one."""
    return User.objects.filter(username=f"zone{number}").first()


# ---- the round of 2549 --------------------------------------------------------------------------------------------
def _first_round(province: Province) -> Round:
    survey_round = Round(
        province=province,
        name="สำรวจตำบลเป้าหมาย รอบแรก",
        ordered_by=ORDERED_BY,
        opens_at=_at(date(2006, 12, 26), 9),
        on_time_by=_at(date(2007, 1, 2), 16),
        closes_at=_at(date(2007, 1, 3), 18),
        planning_meeting_on=date(2007, 1, 4),
        is_sample=True,
    )
    rounds.save_round(survey_round, by=None)
    rounds.open_round(survey_round, by=None, now=survey_round.opens_at)
    for number, submissions in _by_zone(survey_round).items():
        for place, one in enumerate(submissions):
            _first_answers(one, place)
        zone = submissions[0].tambon.district.zone
        if zone is not None and number != 5:
            _report(survey_round, zone, now=_at(date(2007, 1, 3), 20))
    for one in Submission.objects.of_round(survey_round).filter(state=State.APPROVED):
        review.accept(one, by=None, now=_at(date(2007, 1, 4), 8))
    name_agencies(Submission.objects.of_round(survey_round).with_areas(), by=None)
    survey_round.refresh_from_db()
    return survey_round


def _first_answers(submission: Submission, place: int) -> None:
    """Most tambon of a zone were approved; two sent late, one was left in draft and one never came."""
    day = date(2006, 12, 28) + timedelta(days=place % 4)
    if place == 9:
        return
    _fill(submission, now=_at(day, 10), thin=place % 3 == 2)
    if place == 8:
        return
    sent = _at(date(2007, 1, 3), 9) if place in (6, 7) else _at(day, 15)
    review.submit(submission, replies={}, by=None, now=sent)
    review.approve(submission, by=None, now=sent + timedelta(hours=3))


# ---- the round that is open today ---------------------------------------------------------------------------------
def _second_round(province: Province, first: Round, *, now: datetime) -> None:
    today = timezone.localdate(now)
    survey_round = Round(
        province=province,
        name=f"สำรวจซ้ำ พ.ศ. {today.year + 543}",
        ordered_by="สำรวจซ้ำตามมติเดิม เพื่อปรับข้อมูลให้เป็นปัจจุบัน",
        follows=first,
        opens_at=_at(today - timedelta(days=11), 9),
        on_time_by=_at(today + timedelta(days=6), 16),
        closes_at=_at(today + timedelta(days=8), 16),
        planning_meeting_on=today + timedelta(days=10),
        is_sample=True,
    )
    rounds.save_round(survey_round, by=None)
    rounds.open_round(survey_round, by=None, now=survey_round.opens_at)
    # How many of each zone's tambon got how far: approved, sent, sent back, in draft; the others have not begun.
    plan = {1: (9, 0, 0, 1), 2: (3, 2, 1, 2), 3: (2, 4, 1, 1), 4: (0, 1, 0, 6), 5: (0, 0, 0, 2)}
    for number, submissions in _by_zone(survey_round).items():
        _zone_today(number, submissions, plan.get(number, (0, 0, 0, 0)), now=now)
    zone = Zone.objects.get(province=province, number=1)
    _report(survey_round, zone, now=now - timedelta(hours=20))
    make_notices(now)


def _zone_today(number: int, submissions: list[Submission], plan: tuple[int, ...], *, now: datetime) -> None:
    approved, sent, returned, draft = plan
    goals = ["approved"] * approved + ["sent"] * sent + ["returned"] * returned + ["draft"] * draft
    # The demo's own tambon is the one that was sent back.
    ordered = sorted(submissions, key=lambda one: one.tambon_id == OWN)
    if number == 2:
        goals.sort(key=lambda goal: goal == "returned")
        others = [one for one in ordered if one.tambon_id != OWN]
        ordered = [*others[: len(goals) - 1], ordered[-1]]
    for place, (one, goal) in enumerate(zip(ordered, goals, strict=False)):
        begun = now - timedelta(days=9 - place % 7, hours=2)
        _walk(one, goal, now=begun, number=number)


def _walk(submission: Submission, goal: str, *, now: datetime, number: int) -> None:
    """As far as the goal says, by the accounts of the demo where the place is theirs."""
    by = User.objects.get(username="tambon") if submission.tambon_id == OWN else None
    _confirm(submission, by=by, now=now, half=goal == "draft")
    if goal == "draft":
        return
    _fill(submission, now=now + timedelta(minutes=20), by=by)
    review.submit(submission, replies={}, by=by, now=now + timedelta(hours=1))
    if goal == "approved":
        review.approve(submission, by=_people(number), now=now + timedelta(hours=30))
    elif goal == "returned":
        row = submission.activities.kept().in_order().first()
        points = [
            ("activities", row.pk if row else None, "ขอให้บอกว่าจะต่อยอดกับใคร และเริ่มเมื่อไร"),
            ("agencies", None, "ยังขาดหน่วยงานที่ไม่ใช่ราชการ ถ้าไม่มีจริงกรุณาเขียนหมายเหตุ"),
        ]
        fix_by = timezone.localdate(now) + timedelta(days=13)
        review.return_for_changes(
            submission, points=points, fix_by=fix_by, by=_people(number), now=now + timedelta(hours=26)
        )


def _confirm(submission: Submission, *, by: User | None, now: datetime, half: bool) -> None:
    """What came from the last round is still true; half of it where somebody has only begun."""
    for topic in deltas.FIELDS:
        rows = [str(row.pk) for row in getattr(submission, topic).kept().in_order() if row.standing == "carried"]
        if half:
            rows = rows[: (len(rows) + 1) // 2]
        if rows:
            _save(submission, topic, by=by, now=now, confirmed=rows)


# ---- answers ------------------------------------------------------------------------------------------------------
def _facts() -> dict[str, dict[str, str]]:
    with DATA.open(encoding="utf-8") as file:
        return {row["tambon_code"]: row for row in csv.DictReader(file)}


FACTS = _facts()


def _fill(submission: Submission, *, now: datetime, by: User | None = None, thin: bool = False) -> None:
    """All four topics of a tambon; where rows are there already only what is missing."""
    tambon, name = submission.tambon, submission.tambon.name_th
    fact = FACTS.get(tambon.pk, {})
    _save(submission, "head", by=by, now=now, head={"informant": f"แกนประสานตำบล{name} (ตัวอย่าง)", "manner": "meeting"})
    number = int(tambon.pk[-3:])
    people = [
        {"name": f"แกนประสานตำบล{name} คนที่ {at} (ตัวอย่าง)", "role": role, "phone": f"08000{number:03}{at:02}"}
        for at, role in enumerate(("ผู้นำชุมชน", "อาสาสมัคร"), 1)
    ]
    team = [
        {"name": f"คณะทำงานตำบล{name} คนที่ {at} (ตัวอย่าง)", "role": role, "duty": duty}
        for at, (role, duty) in enumerate((("ประธาน", "นัดหมาย"), ("เลขานุการ", "จดบันทึก"), ("กรรมการ", "")), 1)
    ]
    activity = {
        "title": fact.get("title", f"กลุ่มออมทรัพย์ตำบล{name} (ตัวอย่าง)"),
        "group": fact.get("group", f"กลุ่มออมทรัพย์ตำบล{name} (ตัวอย่าง)"),
        "since": fact.get("since", ""),
        "households": str(20 + number % 60),
        "people": str(50 + number % 90),
        "next_step": "" if thin else fact.get("next_step", "ชวนหมู่บ้านข้างเคียงเข้าร่วม"),
        "needs_knowledge": "on",
    }
    agencies = _agencies(fact.get("agencies", f"อบต.{name}"), thin=thin)
    answers = {
        "coordinators": people[: 1 if thin else 2],
        "activities": [activity],
        "team": team[: 2 if thin else 3],
        "agencies": agencies,
    }
    for topic, rows in answers.items():
        if not getattr(submission, topic).kept().exists():
            _save(
                submission,
                topic,
                by=by,
                now=now,
                rows={_key(submission, topic, at): row for at, row in enumerate(rows)},
            )


def _agencies(names: str, *, thin: bool) -> list[dict[str, str]]:
    found = [
        {"name": name, "sector": next((word for start, word in SECTORS.items() if name.startswith(start)), "other")}
        for name in names.split(";")
    ]
    if not thin and len({one["sector"] for one in found}) < 2:
        found.append({"name": "เครือข่ายแผนชุมชนจังหวัด", "sector": "non_government"})
    return [{**one, "kind": "วิชาการและการเดินทาง"} for one in found]


def _key(submission: Submission, topic: str, at: int) -> str:
    """The same row has the same key whenever the demo is made."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{submission.round_id}:{submission.tambon_id}:{topic}:{at}"))


def _save(submission: Submission, section: str, *, by: User | None, now: datetime, **parts: Any) -> None:
    base = 10**8  # nobody else writes while the demo is made
    delta = deltas.read({"section": section, "mutation": str(uuid.uuid4()), "base": base, **parts})
    save_section(submission, delta=delta, by=by, now=now)
    submission.refresh_from_db()


def _report(survey_round: Round, zone: Zone, *, now: datetime) -> None:
    missing: Iterable[Submission] = Submission.objects.of_round(survey_round).in_zone(zone).expected().missing()
    reports.submit_report(
        survey_round,
        zone=zone,
        summary="ตำบลส่วนใหญ่มีกลุ่มการเงินและกลุ่มอาชีพที่ต่อยอดได้ ขอให้ที่ประชุมช่วยหาพี่เลี้ยงและแหล่งเรียนรู้ (ตัวอย่าง)",
        explanations={one.pk: "แกนประสานติดงานบุญ จะส่งหลังประชุม (ตัวอย่าง)" for one in missing},
        by=_people(zone.number),
        now=now,
    )
