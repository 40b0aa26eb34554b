"""Plain functions that make rows for tests; every argument has a sensible default."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from meetings.models import Attachment, Comment, Meeting, Minutes, Resolution, Task
from organizations.models import Appointment, District, Person, Post, Province, Role, Tambon, User, Zone
from organizations.reference import ensure_roles
from tambon_survey.answers import TOPICS
from tambon_survey.models import Activity, Coordinator, Round, Snapshot, Story, Submission, Support, TeamMember
from tambon_survey.readiness import DEFAULT_RULE, judge

PASSWORD = "ทดสอบ-รหัสผ่าน-2549"
LONG_AGO = date(2006, 1, 1)


def make_province(code: str = "80", **fields: Any) -> Province:
    """A province."""
    names = {"name_th": "นครศรีธรรมราช", "name_en": "Nakhon Si Thammarat"}
    return Province.objects.create(code=code, **{**names, **fields})


def make_zone(province: Province, number: int, **fields: Any) -> Zone:
    """A zone of a province."""
    names = {"name_th": f"โซนทดสอบ {number}", "name_en": f"Test {number} zone"}
    return Zone.objects.create(province=province, number=number, **{**names, **fields})


def make_district(code: str, name_th: str = "", *, zone: Zone | None = None, **fields: Any) -> District:
    """A district; its province is the one of its code."""
    name = name_th or f"อำเภอทดสอบ{code}"
    return District.objects.create(code=code, name_th=name, province_id=code[:2], zone=zone, **fields)


def make_tambon(code: str, name_th: str = "", **fields: Any) -> Tambon:
    """A tambon; its district is the one of its code."""
    return Tambon.objects.create(code=code, name_th=name_th or f"ทดสอบ{code}", district_id=code[:4], **fields)


def make_post(role: str, area: Any, **fields: Any) -> Post:
    """The post of a default role in an area; made only once."""
    ensure_roles()
    found = Role.objects.get(pk=role)
    post, _ = Post.objects.get_or_create(role=found, **{found.level: area}, defaults={"seats": found.seats, **fields})
    return post


def make_person(first_name: str = "สมหมาย", last_name: str = "ทดสอบ", **fields: Any) -> Person:
    """A person."""
    return Person.objects.create(first_name=first_name, last_name=last_name, **fields)


def make_user(username: str, *, person: Person | None = None, password: str = PASSWORD, **fields: Any) -> User:
    """An account of a person (made when not given)."""
    return User.objects.create_user(
        username, password, person=person or make_person(first_name=username, last_name="ทดสอบ"), **fields
    )


def appoint(person: Person, post: Post, *, since: date = LONG_AGO, until: date | None = None) -> Appointment:
    """A person in a post, written straight to the table."""
    return Appointment.objects.create(person=person, post=post, starts_on=since, ends_on=until, source="ทดสอบ")


def make_holder(username: str, role: str, area: Any, **fields: Any) -> User:
    """An account whose person holds a post."""
    user = make_user(username, **fields)
    appoint(user.person, make_post(role, area))
    return user


def make_meeting(province: Province, **fields: Any) -> Meeting:
    """A meeting of the province, read by the network, without a day, written straight to the table."""
    facts = {"title": "ประชุมเสวนา", "visibility": "network"}
    return Meeting.objects.create(province=province, **{**facts, **fields})


def make_comment(meeting: Meeting, *, by: User | None, kind: str = "question", **fields: Any) -> Comment:
    """Something said about a meeting: a question nobody answered, unless told otherwise."""
    facts = {"text": "ผลไปถึงครัวเรือนหรือไม่", "state": "open" if kind == "question" else ""}
    return Comment.objects.create(meeting=meeting, kind=kind, written_by=by, **{**facts, **fields})


def make_story(tambon: Tambon, **fields: Any) -> Story:
    """A story of a tambon, read by the network, written straight to the table."""
    facts = {"title": "กลุ่มออมทรัพย์เริ่มจากสิบคน", "text": "เล่าด้วยคำของคนในตำบล", "visibility": "network"}
    return Story.objects.create(province=tambon.district.province, tambon=tambon, **{**facts, **fields})


def make_attachment(meeting: Meeting, **fields: Any) -> Attachment:
    """A short paper of a meeting, read by the network."""
    kept = Attachment(meeting=meeting, size=5, **{"original_name": "ที่ประชุม.txt", **fields})
    kept.file.save("paper.txt", ContentFile(b"paper"), save=False)
    kept.save()
    return kept


def adopt(meeting: Meeting) -> Minutes:
    """The minutes of a meeting, adopted by another, written straight to the table."""
    facts = {"adopted_by_meeting": make_meeting(meeting.province), "document": {}}
    return Minutes.objects.create(meeting=meeting, state="adopted", **facts)


def make_resolution(meeting: Meeting, number: int = 1, **fields: Any) -> Resolution:
    """A settled resolution of a meeting, written straight to the table."""
    facts = {"strength": "settled", "text": "มีองค์กรทำหน้าที่หนุนเสริม"}
    return Resolution.objects.create(meeting=meeting, number=number, **{**facts, **fields})


def make_task(meeting: Meeting, **fields: Any) -> Task:
    """A task of a meeting, for everyone who attended unless it says whose, written straight to the table."""
    whose = {"post", "person", "organization"} & set(fields)
    return Task.objects.create(meeting=meeting, **{"text": "สำรวจซ้ำ", "is_for_attendees": not whose, **fields})


def make_round(province: Province, *, opened: bool = True, **fields: Any) -> Round:
    """A survey round that opened ten days ago and closes in ten; with `opened=False` a planned one."""
    now = timezone.now()
    plan = {
        "name": "รอบทดสอบ",
        "opens_at": now - timedelta(days=10),
        "on_time_by": now + timedelta(days=9),
        "closes_at": now + timedelta(days=10),
        "rule": DEFAULT_RULE,
        "opened_at": now - timedelta(days=10) if opened else None,
    }
    return Round.objects.create(province=province, **{**plan, **fields})


def make_submission(survey_round: Round, tambon: Tambon, **fields: Any) -> Submission:
    """A submission of a tambon in a round, written straight to the table."""
    return Submission.objects.create(round=survey_round, tambon=tambon, **fields)


def fill_in(submission: Submission) -> Submission:
    """Answers without a problem, ready by the default rule, straight into the tables; it is a draft then."""
    for number in range(2):
        Coordinator.objects.create(
            submission=submission, name=f"แกน {number}", role="ผู้ใหญ่บ้าน", phone=f"08111111{number:02d}", position=number
        )
    Activity.objects.create(submission=submission, title="ออมทรัพย์", next_step="ขยายสมาชิก", households=10, people=20)
    for number in range(3):
        TeamMember.objects.create(submission=submission, name=f"ทีม {number}", role="กรรมการ", position=number)
    for number, sector in enumerate(("government", "independent")):
        Support.objects.create(submission=submission, name=f"หน่วยงาน {number}", sector=sector, position=number)
    for topic in TOPICS:
        setattr(submission, f"{topic}_answer", "has")
    submission.informant, submission.manner, submission.state = "ประธานกลุ่ม", "meeting", "draft"
    submission.summarize(submission.answers())
    submission.save()
    return submission


def make_copy(submission: Submission, *, state: str = "approved") -> Snapshot:
    """A copy of what is answered now, as sent, and the submission in a state that follows; straight to the tables."""
    answers = submission.answers()
    copy = Snapshot.objects.create(
        submission=submission,
        number=submission.snapshots.count() + 1,
        revision=submission.revision,
        content=answers.to_json(),
        verdicts=judge(answers, rule=submission.round.rule).to_json(),
    )
    submission.state = state
    submission.save()
    return copy
