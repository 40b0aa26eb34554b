"""The demo's meetings: the public record of 25 December 2549 and the meetings before and after it, in our own words.

What the record does not say stays empty: times, chair, number, lists of names, programme, who asked. Everything goes
through the real actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from meetings.actions.chain import link
from meetings.actions.discussion import settle, write_comment
from meetings.actions.goals import save_goal
from meetings.actions.meetings import save_meeting
from meetings.actions.minutes import start_minutes
from meetings.actions.resolutions import save_resolution
from meetings.actions.tasks import EveryoneWhoAttended, EveryPost, Order, give
from meetings.models import Comment, Goal, Meeting, MeetingLink, Resolution, Strength
from nakhon_network.lib.thai_dates import BANGKOK, PartialDate
from organizations.models import Post, Province, Role, User

CONVENOR = "หน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"
SOURCE = "https://www.gotoknow.org/posts/69573"
LICENCE = "สงวนลิขสิทธิ์โดยผู้เขียนบันทึก (GotoKnow บันทึกที่ 69573) ที่นี่เป็นการสรุปด้วยถ้อยคำของเราเอง"
FACILITATORS = ["ทวี สร้อยศิริสุนทร", "พัชนี พนิตอังกูร", "ภีม ภคเมธาวี"]
TAGS = ["ภาคประชาชน", "ตำบลเป้าหมาย 50 ตำบล", "ทีมคุณอำนวย", "นครศรีธรรมราช"]
DAY = date(2006, 12, 25)
WRITTEN = datetime(2006, 12, 26, 22, 33, tzinfo=BANGKOK)
EDITED = datetime(2013, 9, 6, 17, 43, tzinfo=BANGKOK)
SURVEYS_AGAIN = "ผู้เข้าร่วมกระจายกันลงไปสำรวจตำบลซ้ำ"
SUMMARY = (
    "ที่ประชุมแบบเสวนาคุยกันต่อจากวันที่ 11 ธันวาคม 2549 สามเรื่อง คือ ใครเป็นตัวกลางขับเคลื่อนงานพัฒนาภาคประชาชน "
    "งานจะเดินไปทางไหน และจะทำอย่างไรให้ 50 ตำบลมีศักยภาพการพัฒนาที่จับต้องได้\n"
    "เรื่องแรกได้ข้อยุติ เรื่องที่สองพอสรุปได้ เรื่องที่สามมอบหมายให้ผู้เข้าร่วมลงสำรวจตำบลอีกครั้ง "
    "แล้วรวมข้อมูลผ่านตัวแทนโซนเข้าที่ประชุมวางแผน 4 มกราคม 2550"
)
NOTE = (
    "บันทึกต้นทางมีกำหนดการเป็นภาพเท่านั้น และมีภาพวงเสวนา ทีมคุณอำนวย การนั่งเป็นแถวยาวแล้วจัดที่นั่งใหม่ "
    "กับการชมภาพยนตร์เสียงกู่จากครูใหญ่ ที่นี่ไม่ได้คัดลอกภาพและข้อความมา เพราะสงวนลิขสิทธิ์\n"
    "ไม่มีบันทึกเวลาเริ่มและเลิก ประธาน ครั้งที่ และรายชื่อผู้มาประชุม จึงเว้นว่างไว้"
)
PURPOSE_OF_PLANNING = (
    "วางแผนการประชุมปฏิบัติการเพื่อหนุนเสริมตำบล ผู้ร่วมประชุมคือตัวแทนโซนและทีมที่ปรึกษาวิชาการ "
    "ซึ่งเรียกรวมกันว่าคณะทำงานระดับจังหวัด\nสิ่งที่ต้องมี: ข้อมูลสำรวจตำบลที่ตัวแทนโซนนำเข้ามา"
)


@dataclass(frozen=True)
class Decided:
    """One outcome: how firm, and in which words."""

    strength: Strength
    text: str


# Goals in their order, each with what came of it.
GOALS: list[tuple[str, list[Decided]]] = [
    (
        "หาข้อยุติเรื่ององค์กรที่เป็นตัวกลางขับเคลื่อนงานพัฒนาภาคประชาชน",
        [
            Decided(
                Strength.SETTLED,
                "หน่วยประสานงานมีไว้หนุนหลังและเสริมกำลังให้กลุ่ม องค์กร และเครือข่าย ทั้งที่มีอยู่แล้วและที่กำลังก่อตัว",
            ),
            Decided(
                Strength.SETTLED,
                "ให้มีคนประสานงานสี่ระดับ คือ ระดับจังหวัด 5 โซน ผู้ประสานงาน 23 อำเภอ และระดับตำบล โดยเริ่มที่ 50 ตำบลซึ่งพร้อมก่อน",
            ),
        ],
    ),
    (
        "กำหนดทิศทางของงาน",
        [
            Decided(Strength.TENTATIVE, "จัดเวทีเรียนรู้ โดยเริ่มจากเรื่องที่แต่ละเครือข่ายทำอยู่แล้ว"),
            Decided(
                Strength.TENTATIVE,
                "เป็นแหล่งข้อมูลให้กลุ่มต่าง ๆ ได้พบแหล่งทุน ผู้รู้ และแหล่งเรียนรู้ แล้วทำงานกันโดยตรง ไม่ต้องผ่านหน่วยประสานงาน",
            ),
        ],
    ),
    (
        "หามาตรการยก 50 ตำบลขึ้นเป็นพื้นที่ที่มีศักยภาพการพัฒนาเป็นรูปธรรม",
        [
            Decided(
                Strength.ASSIGNED,
                f"{SURVEYS_AGAIN} สี่เรื่อง: แกนประสาน กิจกรรมเด่นที่จะนำมาต่อยอด ทีมงานคณะทำงานขับเคลื่อน "
                "และหน่วยงานสนับสนุน ทั้งราชการ ไม่ใช่ราชการ องค์กรอิสระ และอื่น ๆ",
            ),
            Decided(
                Strength.ASSIGNED,
                "ข้อมูลของตำบลส่งให้ตัวแทนโซน โซนละสองคน ซึ่งนำเข้าที่ประชุมวางแผนวันที่ 4 มกราคม 2550",
            ),
            Decided(Strength.ASSIGNED, "เร่งเตรียมประชุมเชิงปฏิบัติการตัวแทนตำบล ยังไม่กำหนดวัน"),
        ],
    ),
]
BEFORE = [
    "ต้องมีหน่วยประสานงานของภาคประชาชน",
    "ต้องมีคณะทำงานของหน่วยประสานงาน",
    "ต้องมีสำนักงานชั่วคราวที่ศูนย์ส่งเสริมสุขภาพภาคประชาชน",
]
# What was asked below the record; where an answer stands, if there is one.
THERE = "ความเห็นท้ายบันทึกต้นทาง (GotoKnow บันทึกที่ 69573)"
ASKER = "ผู้แสดงความเห็นในบันทึกต้นทาง"
QUESTIONS = [
    ("ใครบ้างที่นับว่าเป็นภาคประชาชน", THERE),
    ("ผลของงานลงไปถึงครัวเรือนชั้นล่างสุดได้แค่ไหน", ""),
    ("ร่องรอยของงานการศึกษานอกโรงเรียน (กศน.) อยู่ตรงไหน", THERE),
]


@transaction.atomic
def make_meetings_demo(province: Province, *, now: datetime) -> bool:
    """Write the chain down; whether anything was made: where the record is known nothing changes."""
    if the_meeting(province) is not None:
        return False
    by = User.objects.filter(username="province").first()
    meeting = _dialogue(province, by=by)
    for earlier, kind in _before(province, by=by):
        link(earlier=earlier, later=meeting, kind=kind, by=by)
    planning, workshop = _after(province, by=by)
    link(earlier=meeting, later=planning, kind=MeetingLink.Kind.CONTINUES, by=by)
    link(earlier=meeting, later=workshop, kind=MeetingLink.Kind.ORDERED_BY, by=by)
    for title, outcomes in GOALS:
        goal = save_goal(Goal(meeting=meeting, title=title), by=by)
        for one in outcomes:
            _decide(meeting, one, goal=goal, by=by)
    _give_work(meeting, planning=planning, by=by)
    _ask(meeting, by=by, now=now)
    start_minutes(meeting, by=by, now=now)
    return True


def the_meeting(province: Province) -> Meeting | None:
    """The record of 25 December 2549, where the demo has it."""
    return Meeting.objects.filter(province=province, source_url=SOURCE).first()


def survey_order(province: Province) -> Resolution | None:
    """The resolution that sent the participants out to survey again."""
    found = Resolution.objects.filter(meeting__province=province, meeting__source_url=SOURCE)
    return found.filter(text__startswith=SURVEYS_AGAIN).first()


def planning_meeting(province: Province) -> Meeting | None:
    """The planning meeting of 4 January 2550."""
    after = Meeting.objects.filter(province=province, links_back__earlier__source_url=SOURCE)
    return after.filter(kind=Meeting.Kind.PLANNING).first()


def sample_planning(province: Province, *, held_on: date, by: User | None) -> Meeting:
    """A planning meeting that nobody called, for the round that is open in the demo."""
    meeting = Meeting(
        province=province,
        title="ประชุมวางแผนหลังการสำรวจซ้ำ (ตัวอย่าง)",
        kind=Meeting.Kind.PLANNING,
        held_on=PartialDate(held_on.year, held_on.month, held_on.day),
        purpose="ดูข้อมูลที่แต่ละโซนนำเข้ามา แล้ววางแผนหนุนเสริมตำบล (ตัวอย่าง)",
        visibility="network",
        is_sample=True,
    )
    save_meeting(meeting, new_organization=CONVENOR, by=by)
    meeting.expected_posts.set(_invited(province))
    return meeting


# ---- the meetings ----------------------------------------------------------------------------------------------------
def _dialogue(province: Province, *, by: User | None) -> Meeting:
    return save_meeting(
        Meeting(
            province=province,
            title="ประชุมเสวนาขับเคลื่อนงานพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช",
            kind=Meeting.Kind.DIALOGUE,
            format=Meeting.Format.IN_PERSON,
            held_on=PartialDate(DAY.year, DAY.month, DAY.day),
            venue="วัดสระเรียง ถ.ราชดำเนิน",
            venue_tambon_id="800101",
            head_count=50,
            head_count_is_approximate=True,
            summary=SUMMARY,
            secretary_note=NOTE,
            source_url=SOURCE,
            source_licence=LICENCE,
            written_at=WRITTEN,
            edited_at=EDITED,
            visibility="public",
        ),
        tags=TAGS,
        team={"facilitator": FACILITATORS},
        new_organization=CONVENOR,
        by=by,
    )


def _before(province: Province, *, by: User | None) -> list[tuple[Meeting, str]]:
    """The two meetings it goes back to: one with its conclusions, one of which only the name is known."""
    first = save_meeting(
        Meeting(
            province=province,
            title="ประชุมภาคประชาชนจังหวัดนครศรีธรรมราช",
            held_on=PartialDate(2006, 12, 11),
            venue="ศูนย์ส่งเสริมสุขภาพภาคประชาชน หลังโรงพยาบาลมหาราชนครศรีธรรมราช",
            visibility="public",
        ),
        by=by,
    )
    for text in BEFORE:
        _decide(first, Decided(Strength.TENTATIVE, text), goal=None, by=by)
    team = save_meeting(
        Meeting(
            province=province,
            title="ประชุมคณะทีมงานเตรียมการ",
            kind=Meeting.Kind.PREPARATORY,
            visibility="public",
        ),
        by=by,
    )
    return [(first, MeetingLink.Kind.CONTINUES), (team, MeetingLink.Kind.PREPARED_BY)]


def _after(province: Province, *, by: User | None) -> tuple[Meeting, Meeting]:
    """The planning meeting, and the workshop whose day is not set."""
    planning = save_meeting(
        Meeting(
            province=province,
            title="ประชุมวางแผนการประชุมปฏิบัติการหนุนเสริมตำบล",
            kind=Meeting.Kind.PLANNING,
            held_on=PartialDate(2007, 1, 4),
            purpose=PURPOSE_OF_PLANNING,
            visibility="public",
        ),
        new_organization=CONVENOR,
        by=by,
    )
    planning.expected_posts.set(_invited(province))
    workshop = save_meeting(
        Meeting(
            province=province,
            title="ประชุมเชิงปฏิบัติการตัวแทนตำบล",
            kind=Meeting.Kind.WORKSHOP,
            visibility="public",
        ),
        new_organization=CONVENOR,
        by=by,
    )
    return planning, workshop


def _invited(province: Province) -> list[Post]:
    roles = ["zone-representative", "academic-adviser"]
    return list(Post.objects.of_province(province).filter(role__in=roles))


# ---- what was decided, given and asked -------------------------------------------------------------------------------
def _decide(meeting: Meeting, decided: Decided, *, goal: Goal | None, by: User | None) -> Resolution:
    resolution = Resolution(meeting=meeting, goal=goal, strength=decided.strength, text=decided.text)
    return save_resolution(resolution, by=by)


def _give_work(meeting: Meeting, *, planning: Meeting, by: User | None) -> None:
    """To all who came: survey; to both seats of each zone: carry the data; to the convenor: the workshop, at once."""
    survey, carry, prepare = meeting.resolutions.order_by("number").filter(strength=Strength.ASSIGNED)
    host = meeting.convened_by
    assert host is not None
    for to, text, resolution, is_urgent in (
        (EveryoneWhoAttended(), "ลงสำรวจตำบลซ้ำตามสี่เรื่อง แล้วส่งข้อมูลให้ตัวแทนโซน", survey, False),
        (
            EveryPost(Role.objects.get(pk="zone-representative")),
            "รวมข้อมูลตำบลของโซนแล้วนำเข้าที่ประชุมวางแผน",
            carry,
            False,
        ),
        (host, "เตรียมประชุมเชิงปฏิบัติการตัวแทนตำบล", prepare, True),
    ):
        due = None if is_urgent else planning
        order = Order(key=uuid4(), text=text, resolution=resolution, due_meeting=due, is_urgent=is_urgent)
        give(meeting, to=to, order=order, today=DAY, by=by)


def _ask(meeting: Meeting, *, by: User | None, now: datetime) -> None:
    """The three questions, one of which nobody answered; who asked and when is not known here."""
    for text, where in QUESTIONS:
        kind = Comment.Kind.QUESTION
        question = write_comment(meeting, kind=kind, text=text, author_name=ASKER, by=by, now=now)
        if where:
            settle(question, state=Comment.State.ELSEWHERE, where=where, by=by)
