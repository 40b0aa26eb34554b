"""The demo's survey: a closed round for the meeting of 4 January 2550 and one that surveys again now, both a sample.

Everything goes through the real actions. `data/sample_*.csv` hold the story: activities are public facts about
organisations in our own words; what is made up, and every person, says so in brackets.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from meetings.actions.following import finish
from meetings.demo import planning_meeting, sample_planning, survey_order
from meetings.models import Reach, Task
from organizations.models import Post, Province, User, Zone
from tambon_survey.actions.entry import save_section
from tambon_survey.actions.notices import make_notices
from tambon_survey.actions.reports import submit_report
from tambon_survey.actions.review import accept, approve, return_for_changes, submit
from tambon_survey.actions.rounds import extend, open_round, save_round
from tambon_survey.answers import HAS, HAS_NONE, TOPICS
from tambon_survey.demo_names import make_names_demo
from tambon_survey.forms import delta
from tambon_survey.models import Point, Round, Submission

DATA = Path(__file__).parent / "data"
SAMPLE = "(ตัวอย่าง)"
FIRST, SECOND = "first", "second"
ORDERED_BY = "ที่ประชุม 25 ธ.ค. 2549 เป้าหมายที่ 3 ข้อสรุป (มอบหมาย): ผู้เข้าร่วมกระจายกันลงสำรวจตำบลซ้ำ"
EXTENDED = "801102"
COORDINATOR_ROLES = ("ผู้นำชุมชน", "อาสาสมัคร", "ครูในชุมชน")
TEAM_ROLES = ("ประธาน", "เลขานุการ", "เหรัญญิก", "กรรมการ", "กรรมการ", "ที่ปรึกษา")
# How far a tambon of the story came; each kind also went through what is said of the kinds before it.
SENT = {"late", "mended", "sent", "returned", "approved", "after_report", "accepted"}
DECIDED = {"late", "mended", "approved", "accepted"}
ACCEPTED = {"late", "mended", "accepted"}

Rows = list[dict[str, Any]]


def read_sample(name: str) -> list[dict[str, str]]:
    """Rows of one file of the story."""
    with (DATA / f"sample_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Form:
    """A submission on its way through the story: its line there, its number, and what the last save left."""

    submission: Submission
    told: dict[str, str]
    number: int
    by: User | None
    reviewer: User

    def save(self, section: str, *, now: datetime, by: User | None = None, **payload: Any) -> None:
        """One save, as a browser sends it."""
        sent = {"section": section, "mutation": str(uuid4()), "base": self.submission.revision, **payload}
        read = delta.read(sent)
        if read.errors:
            raise ValueError(read.errors)
        self.submission = save_section(self.submission, delta=read, by=by or self.by, now=now).submission


@dataclass
class Story:
    """What is told of one round: rows by tambon, the forms made of it, and who acts."""

    kind: str
    round: Round
    accounts: dict[str, User]
    forms: list[Form] = field(default_factory=list)
    activities: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    agencies: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    points: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for name in ("activities", "agencies", "points"):
            for row in read_sample(name):
                if row["round"] == self.kind:
                    getattr(self, name)[row["tambon_code"]].append(row)
        made = {one.tambon_id: one for one in Submission.objects.of_round(self.round).with_areas()}
        told = enumerate(read_sample("story"))
        self.forms = [self._form(made[row["tambon_code"]], row, number) for number, row in told]

    def _form(self, submission: Submission, row: dict[str, str], number: int) -> Form:
        """Entered by the tambon's own account where it has one, judged by the zone's, else by the province's."""
        zone = submission.tambon.district.zone
        reviewer = self.accounts.get(f"zone{zone.number}" if zone else "", self.accounts["province"])
        by = self.accounts["tambon"] if submission.tambon_id == "800304" else None
        return Form(submission, {"end": row[self.kind], **row}, number, by, reviewer)

    def ended(self, ends: set[str]) -> Iterator[Form]:
        """The forms that came as far as one of these ends."""
        return (form for form in self.forms if form.told["end"] in ends)


@transaction.atomic
def make_survey_demo(province: Province, *, now: datetime) -> bool:
    """Make both rounds as seen from `now`; whether anything was made: where a round exists nothing changes."""
    if province.rounds.exists():
        return False
    accounts = {one.username: one for one in User.objects.select_related("person")}
    _first_round(province, accounts)
    _second_round(province, accounts, now=now)
    return True


@transaction.atomic
def tie_survey_to_meetings(province: Province) -> bool:
    """Where the demo was made before its meetings: the first round names its order and its meeting from now on."""
    first, order = province.rounds.opened().order_by("opens_at").first(), survey_order(province)
    if first is None or order is None or first.resolution is not None:
        return False
    first.resolution, first.planning_meeting = order, planning_meeting(province)
    first.ordered_by, first.planning_meeting_on = "", None
    save_round(first, by=User.objects.filter(username="province").first())
    return True


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _opened(survey_round: Round, *, by: User, now: datetime) -> Round:
    survey_round.is_sample = True
    save_round(survey_round, by=by)
    return open_round(survey_round, by=by, now=now)


# ---- the round for 4 January 2550 ------------------------------------------------------------------------------------
def _first_round(province: Province, accounts: dict[str, User]) -> None:
    opens = _moment(date(2006, 12, 26), 9)
    order, heard = survey_order(province), planning_meeting(province)
    planned = Round(
        province=province,
        name="สำรวจตำบลเป้าหมาย รอบแรก",
        resolution=order,
        ordered_by="" if order else ORDERED_BY,
        opens_at=opens,
        on_time_by=_moment(date(2007, 1, 2), 16),
        closes_at=_moment(date(2007, 1, 3), 18),
        planning_meeting=heard,
    )
    if heard is None:
        planned.planning_meeting_on = date(2007, 1, 4)
    story = Story(FIRST, _opened(planned, by=accounts["province"], now=opens), accounts)
    for form in story.forms:
        _tell_first(story, form)
    for form in story.ended(ACCEPTED):
        accept(form.submission, by=accounts["province"], now=_moment(date(2007, 1, 3), 19))
    _report(story, now=_moment(date(2007, 1, 3), 20))
    _work_done(story, now=_moment(date(2007, 1, 3), 21))
    make_names_demo(by=accounts["province"])


def _tell_first(story: Story, form: Form) -> None:
    """Answers from 27 December on, sent some days later, judged the day after."""
    end, at = form.told["end"], form.number
    if end == "never":
        return
    is_late = end == "late"
    entered = _moment(date(2007, 1, 3), 10) if is_late else _moment(date(2006, 12, 27 + at % 3), 8 + at % 9, at)
    _answer_anew(story, form, now=entered)
    if end not in SENT:
        return
    sent = entered + (timedelta(hours=2, minutes=at) if is_late else timedelta(days=1, hours=1))
    submit(form.submission, replies={}, by=form.by, now=sent)
    if end == "mended":
        _mend(story, form, now=sent)
    judged = _moment(date(2007, 1, 3), 16 if is_late else 9, at)
    approve(form.submission, by=form.reviewer, now=judged)


def _mend(story: Story, form: Form, *, now: datetime) -> None:
    """Sent back in the evening, mended and answered the next morning."""
    told = story.points[form.submission.tambon_id]
    _send_back(story, form, now=now + timedelta(hours=3), days=2)
    later = now + timedelta(days=1)
    for point in told:
        if point["field"]:
            row = _rows_of(form.submission, point["topic"])[int(point["row"]) - 1]
            form.save(point["topic"], now=later, rows={str(row.pk): {point["field"]: point["value"]}})
    points = Point.objects.of(form.submission).open()
    replies = {one.pk: (row["reply"], row["reply_text"]) for one, row in zip(points, told, strict=True)}
    submit(form.submission, replies=replies, by=form.by, now=later + timedelta(hours=1))


def _send_back(story: Story, form: Form, *, now: datetime, days: int) -> None:
    found = []
    for point in story.points[form.submission.tambon_id]:
        rows = _rows_of(form.submission, point["topic"])
        row = rows[int(point["row"]) - 1].pk if point["row"] else None
        found.append((point["topic"], row, point["text"]))
    fix_by = timezone.localdate(now) + timedelta(days=days)
    return_for_changes(form.submission, points=found, fix_by=fix_by, by=form.reviewer, now=now)


def _rows_of(submission: Submission, topic: str) -> list[Any]:
    return list(getattr(submission, topic).kept().in_order())


# ---- answers ---------------------------------------------------------------------------------------------------------
def _answer_anew(story: Story, form: Form, *, now: datetime) -> None:
    """Every section from an empty form; a draft stops half-way."""
    _answer_head(form, now=now)
    topics = TOPICS[:2] if form.told["end"] == "draft" else TOPICS
    for at, topic in enumerate(topics, 1):
        _add(form, topic, _new_rows(story, form, topic), now=now + timedelta(minutes=7 * at))


def _answer_head(form: Form, *, now: datetime) -> None:
    informant = f"ตัวแทนกลุ่มใน{form.submission.tambon.full_name} {SAMPLE}"
    form.save("head", now=now, head={"informant": informant, "manner": form.told["manner"]})


def _add(form: Form, topic: str, rows: Rows, *, now: datetime) -> None:
    if rows:
        keyed = {str(uuid4()): row for row in rows}
        form.save(topic, now=now, rows=keyed, order=[*_keys_of(form, topic), *keyed], head={"answer": HAS})
    elif not _keys_of(form, topic):
        form.save(topic, now=now, head={"answer": HAS_NONE, "remark": f"ถามในที่ประชุมแล้ว ยังไม่มี {SAMPLE}"})


def _keys_of(form: Form, topic: str) -> list[str]:
    return [str(row.pk) for row in _rows_of(form.submission, topic)]


def _new_rows(story: Story, form: Form, topic: str) -> Rows:
    """What the story says of a topic for the first time in this round; persons are named by their post."""
    code = form.submission.tambon_id
    if topic == "activities":
        return [_activity(row) for row in story.activities[code]]
    if topic == "agencies":
        return [{name: row[name] for name in ("name", "sector", "kind")} for row in story.agencies[code]]
    known = _keys_of(form, topic)
    count = 0 if known else int(form.told[topic])
    return [_person(form, topic, at) for at in range(count)]


def _activity(row: dict[str, str]) -> dict[str, Any]:
    cells = {name: text for name, text in row.items() if text and name not in {"tambon_code", "round", "needs"}}
    return {**cells, **{f"needs_{need}": True for need in row["needs"].split()}}


def _person(form: Form, topic: str, at: int) -> dict[str, Any]:
    place = form.submission.tambon.full_name
    if topic == "team":
        return {"name": f"คณะทำงาน{place} คนที่ {at + 1} {SAMPLE}", "role": TEAM_ROLES[at]}
    return {
        "name": f"แกนประสาน{place} คนที่ {at + 1} {SAMPLE}",
        "role": COORDINATOR_ROLES[at],
        "phone": f"0800000{form.number * 3 + at:03d}",
        "may_share": at == 0,
    }


def _work_done(story: Story, *, now: datetime) -> None:
    """The survey is made; whoever sent the report of a zone has carried the data, the others have not."""
    if story.round.resolution is None:
        return
    sent = Zone.objects.filter(survey_reports__round=story.round, survey_reports__submitted_at__isnull=False)
    posts = Post.objects.filter(role="zone-representative", zone__in=sent)
    for task in Task.objects.open().filter(meeting__resolutions=story.round.resolution, post__in=posts):
        outcome = f"รวมข้อมูลและส่งรายงานโซนแล้ว {SAMPLE}"
        finish(task, outcome=outcome, reach="", now=now, by=story.accounts["province"])
    count = Submission.objects.of_round(story.round).expected().judged().count()
    for task in Task.objects.open().filter(resolution=story.round.resolution):
        outcome = f"สำรวจแล้ว โซนรับรอง {count} ตำบล {SAMPLE}"
        finish(task, outcome=outcome, reach=Reach.GROUP, now=now, by=story.accounts["province"])


# ---- the round that surveys again ------------------------------------------------------------------------------------
def _second_round(province: Province, accounts: dict[str, User], *, now: datetime) -> None:
    today = timezone.localdate(now)
    opens = _moment(today - timedelta(days=11), 9)
    planned = Round(
        province=province,
        name=f"สำรวจซ้ำ พ.ศ. {today.year + 543}",
        ordered_by=f"สำรวจซ้ำตามมติเดิม เพื่อปรับข้อมูลให้เป็นปัจจุบัน {SAMPLE}",
        follows=province.rounds.opened().newest_first().first(),
        opens_at=opens,
        on_time_by=_moment(today + timedelta(days=6), 16),
        closes_at=_moment(today + timedelta(days=8), 16),
        planning_meeting=sample_planning(province, held_on=today + timedelta(days=10), by=accounts["province"]),
    )
    story = Story(SECOND, _opened(planned, by=accounts["province"], now=opens), accounts)
    for form in story.forms:
        _tell_second(story, form, today=today)
    for form in story.ended({"accepted"}):
        accept(form.submission, by=accounts["province"], now=_moment(today - timedelta(days=1), 10))
    _report(story, now=_moment(today - timedelta(days=1), 16))
    for form in story.ended({"after_report"}):
        approve(form.submission, by=form.reviewer, now=now - timedelta(minutes=40))
    waiting = next(form.submission for form in story.forms if form.submission.tambon_id == EXTENDED)
    reason = f"น้ำท่วมทางเข้าตำบล นัดประชุมใหม่ {SAMPLE}"
    until = planned.closes_at + timedelta(days=1)
    extend(waiting, until=until, reason=reason, by=accounts["province"], now=now - timedelta(minutes=30))
    make_notices(now)


def _tell_second(story: Story, form: Form, *, today: date) -> None:
    """What came before is confirmed with what is new added, sent some days ago, judged two days ago."""
    end, at = form.told["end"], form.number
    if end == "untouched":
        return
    entered = _moment(today - timedelta(days=9 - at % 4), 8 + at % 9, at)
    _answer_head(form, now=entered)
    for step, topic in enumerate(TOPICS, 1):
        if end == "draft" and step > 1 + at % 2:
            return
        by = story.accounts["district"] if form.by and step > 2 else form.by
        _confirm(form, topic, now=entered + timedelta(minutes=7 * step), by=by)
        _add(form, topic, _new_rows(story, form, topic), now=entered + timedelta(minutes=7 * step + 3))
    if end not in SENT:
        return
    submit(form.submission, replies={}, by=form.by, now=_moment(today - timedelta(days=4 - at % 2), 9 + at % 8))
    if end == "returned":
        _send_back(story, form, now=_moment(today - timedelta(days=1), 15), days=4)
    elif end in DECIDED:
        approve(form.submission, by=form.reviewer, now=_moment(today - timedelta(days=2), 10, at))


def _confirm(form: Form, topic: str, *, now: datetime, by: User | None) -> None:
    """Carried rows are looked at; here and there somebody left the team, or a number grew."""
    keys = _keys_of(form, topic)
    if not keys:
        return
    payload: dict[str, Any] = {"confirmed": keys}
    if topic == "team" and form.number % 4 == 1 and len(keys) > 3:
        payload = {"confirmed": keys[:-1], "removed": keys[-1:]}
    if topic == "coordinators" and form.number % 3 == 0:
        payload["rows"] = {keys[0]: {"line": f"sample-{form.submission.tambon_id}"}}
    form.save(topic, now=now, by=by, **payload)


# ---- reports ---------------------------------------------------------------------------------------------------------
def _report(story: Story, *, now: datetime) -> None:
    """The reports of the zones that sent one, with a sentence for each tambon that is missing."""
    told = [row for row in read_sample("reports") if row["round"] == story.kind]
    keys = {form.submission.tambon_id: form.submission.pk for form in story.forms}
    zones = {str(zone.number): zone for zone in Zone.objects.filter(province=story.round.province)}
    for number in sorted({row["zone"] for row in told}):
        of_zone = [row for row in told if row["zone"] == number]
        submit_report(
            story.round,
            zone=zones[number],
            summary=next(row["text"] for row in of_zone if not row["tambon_code"]),
            explanations={keys[row["tambon_code"]]: row["text"] for row in of_zone if row["tambon_code"]},
            by=story.accounts.get(f"zone{number}", story.accounts["province"]),
            now=now,
        )
