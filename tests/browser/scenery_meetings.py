"""The meetings that the pages looked at need: a public one with everything, its neighbours, and a draft."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from meetings.actions import agenda, chain, minutes
from meetings.actions.attachments import add_attachment
from meetings.actions.attendance import add_names, expect, mark, save_line
from meetings.actions.calendars import make_address
from meetings.actions.following import finish, report
from meetings.actions.goals import save_goal
from meetings.actions.meetings import save_meeting
from meetings.actions.photos import add_photo, arrange_photos
from meetings.actions.resolutions import cite_appointments, save_resolution, withdraw_resolution
from meetings.actions.tasks import EveryoneWhoAttended, EveryPost, Order, give
from meetings.demo import QUESTIONS, planning_meeting
from meetings.expected import seats_of
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    Attachment,
    Attendance,
    Comment,
    Goal,
    Meeting,
    Resolution,
    Task,
)
from nakhon_network.lib.papers import Paper
from nakhon_network.lib.photos import clean_photo
from nakhon_network.lib.thai_dates import BANGKOK, PartialDate
from organizations.models import Appointment, Post, Province, Role, Tambon, User

EVERYTHING = "ประชุมเสวนาทิศทางการขับเคลื่อนงานพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"
BEFORE = "ประชุมหารือการจัดตั้งองค์กรประสานงานภาคประชาชน"
PREPARED = "ประชุมคณะทีมงานเตรียมการ"
NEXT = "ประชุมวางแผนการหนุนเสริมการทำงานระดับตำบลร่วมกับทีมที่ปรึกษาวิชาการ"
ISSUED = "ประชุมหน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนครั้งก่อน"
DRAFT = "ประชุมปฏิบัติการผู้แทนตำบลนำร่องเพื่อจัดทำแผนชุมชนเชื่อมโยงหน่วยงานสนับสนุน"
HOST = "หน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"
SAID = "ผู้แทนแต่ละเครือข่ายเล่าว่าทำงานอะไรอยู่แล้วบ้าง และอยากให้องค์กรกลางช่วยเรื่องใด\n\n" * 3

WITH_DUTY = "พระครูสังฆรักษ์ธรรมรัตน์มหาวีรานุวัตร"


def make_meeting_scenery(by: User) -> None:
    """A public meeting of the past with everything, what came before and after it, and a draft without a day."""
    home = Tambon.objects.get(pk="800101").district.province
    meeting = _everything(home, by)
    save_meeting(Meeting(province=home, title=DRAFT, kind=Meeting.Kind.WORKSHOP), by=by)
    add_attendance(meeting, by=by)
    add_photos(meeting, by=by)
    decide(meeting, by=by)
    _issue_minutes(Meeting(province=home, title=ISSUED, held_on=PartialDate(2006, 12, 11), visibility="public"), by)
    tambon = User.objects.get(username="tambon")
    make_address(tambon, by=tambon)
    first = Meeting(province=home, title=BEFORE, held_on=PartialDate(2006, 12, 11), visibility="public")
    chain.link(earlier=save_meeting(first, by=by), later=meeting, kind="continues", by=by)
    chain.link_stub(meeting, title=PREPARED, is_before=True, kind="prepared_by", by=by)
    day = PartialDate(2007, 1, 4)
    following, _new = chain.make_next(meeting, title=NEXT, held_on=day, today=timezone.localdate(), by=by)
    following.visibility = "network"
    save_meeting(following, by=by)
    chain.make_next(following, title=NEXT, held_on=PartialDate(), today=timezone.localdate(), by=by)
    heading = meeting.agenda.headings().get(section="consider")
    for title in ("องค์กรที่จะขับเคลื่อนงานพัฒนาภาคประชาชน", "ทิศทางการขับเคลื่อนงาน"):
        item = agenda.add_item(meeting, title=title, under=heading, by=by)
        item.discussion, item.outcome, item.outcome_text = SAID, "agreed", "ให้หนุนเสริมกลุ่มที่มีอยู่แล้วและที่กำลังก่อตัว"
        agenda.save_item(item, seen=None, by=by)
    for title, name in (("กำหนดการ", "ที่ประชุม.txt"), ("", "ทีประชุม.txt")):
        add_attachment(
            meeting,
            described=Attachment(title=title, kind="agenda", visibility="public"),
            key=uuid.uuid4(),
            paper=Paper(ContentFile("กำหนดการ".encode()), 24, "txt"),
            original_name=name,
            by=by,
            now=timezone.now(),
        )


def _everything(home: Province, by: User) -> Meeting:
    facts = {
        "title": EVERYTHING,
        "kind": Meeting.Kind.DIALOGUE,
        "format": Meeting.Format.IN_PERSON,
        "held_on": PartialDate(2006, 12, 25),
        "venue": "วัดสระเรียง ถ.ราชดำเนิน",
        "venue_tambon_id": "800101",
        "head_count": 50,
        "head_count_is_approximate": True,
        "purpose": "หาข้อตกลงเรื่ององค์กร ทิศทาง และมาตรการยกระดับตำบล",
        "summary": "คุยกันเรื่ององค์กรที่จะขับเคลื่อนงาน ทิศทาง และมาตรการยกระดับตำบลให้เป็นพื้นที่รูปธรรม",
        "secretary_note": "ห้องประชุมจัดเก้าอี้เป็นแถวยาว ช่วงหลังจัดใหม่ให้เห็นหน้ากัน",
        "source_url": "https://www.gotoknow.org/posts/69573",
        "source_licence": "สงวนลิขสิทธิ์",
        "written_at": datetime(2006, 12, 26, 22, 33, tzinfo=BANGKOK),
        "edited_at": datetime(2013, 9, 6, 17, 43, tzinfo=BANGKOK),
        "visibility": "public",
    }
    return save_meeting(
        Meeting(province=home, **facts),
        tags=["ภาคประชาชน", "แผนที่ คนดี"],
        team={"facilitator": ["ทวี สร้อยศิริสุนทร", "พัชนี พนิตอังกูร", "ภีม ภคเมธาวี"]},
        new_organization=HOST,
        by=by,
    )


def add_attendance(meeting: Meeting, *, by: User) -> None:
    """Two roles expected, three holders of today marked, and a long name on the third list."""
    for code in ("zone-representative", "district-coordinator"):
        posts = Post.objects.of_province(meeting.province).filter(role=code)
        expect(meeting, role=Role.objects.get(pk=code), posts=posts, by=by)
    today = timezone.localdate()
    seats = [one for one in seats_of(meeting, day=today, lines=[]) if one.person][:3]
    for one, roll in zip(seats, ("present", "present", "absent"), strict=True):
        mark(meeting, seat=one.key, roll=roll, reason="ติดราชการ", day=today, by=by)
    names = [(f"{WITH_DUTY} ณ ถลาง", "วัดสระเรียง"), ("นางสาวเพ็ญพิชญา ณ นคร", "เครือข่ายออมทรัพย์เพื่อการผลิต")]
    chair = add_names(meeting, roll="attending", names=names, by=by)[0]
    save_line(chair, changes={"duty": "chair"}, by=by)


def add_photos(meeting: Meeting, *, by: User) -> None:
    """Three small pictures, one of each visibility."""
    for number, visibility in enumerate(("public", "network", "draft")):
        drawn = io.BytesIO()
        Image.new("RGB", (1200, 800 + 100 * number), ("#4f2077", "#b98a1b", "#1b6632")[number]).save(drawn, "JPEG")
        drawn.seek(0)
        photo, key = clean_photo(drawn, size=1), uuid.uuid4()
        facts = {"original_name": f"ที่ประชุม{number}.jpg", "visibility": visibility, "now": timezone.now()}
        add_photo(meeting, key=key, photo=photo, by=by, **facts)
    first = meeting.photos.kept()[0]
    arrange_photos(meeting, changes={first.pk: {"caption": "เปิดประชุมโดยประธานในที่ประชุม ณ ศาลาการเปรียญ"}}, by=by)


def _issue_minutes(meeting: Meeting, by: User) -> None:
    """Minutes that were sent round and wait to be adopted."""
    issued, today, now = save_meeting(meeting, by=by), timezone.localdate(), timezone.now()
    minutes.check_minutes(issued, by=by, today=today, now=now)
    minutes.circulate(issued, by=by, today=today, now=now)


SETTLED, WITHDRAWN, ASSIGNED = "มีองค์กรกลางของจังหวัดทำหน้าที่หนุนเสริม", "เชิญสื่อทุกครั้งที่มีเวที", "สำรวจตำบลซ้ำ"
OWN, DONE = "นำข้อมูลของโซนเข้าที่ประชุมวางแผน", "จองห้องประชุม"


def decide(meeting: Meeting, *, by: User) -> None:
    """Three goals, one without a conclusion; a resolution of each strength, one withdrawn; tasks of many kinds."""
    titles = ("ให้ได้ข้อยุติเรื่ององค์กรขับเคลื่อนงานพัฒนาภาคประชาชนของจังหวัด", "ให้ได้ทิศทางของงาน", "ให้ได้มาตรการยกระดับตำบลเป้าหมาย")
    goals = [save_goal(Goal(meeting=meeting, title=title, discussion="คุยกันยาว"), by=by) for title in titles]
    tambons = Tambon.objects.filter(pk__in=["800304", "801217"])

    def write(text: str, strength: str, goal: Goal | None) -> Resolution:
        resolution = Resolution(meeting=meeting, text=text, strength=strength, goal=goal)
        return save_resolution(resolution, tambons=tambons, by=by)

    settled = write(SETTLED, "settled", goals[0])
    cite_appointments(settled, appointments=Appointment.objects.filter(post__zone__number=3), by=by)
    write("จัดเวทีเรียนรู้จากสิ่งที่แต่ละเครือข่ายทำอยู่", "tentative", None)
    withdraw_resolution(write(WITHDRAWN, "tentative", None), reason="จดซ้ำกับวาระอื่น", now=timezone.now(), by=by)
    assigned = write(ASSIGNED, "assigned", goals[2])
    every = EveryPost(Role.objects.get(pk="zone-representative"))
    due = {"due_on": date(2007, 1, 4), "is_urgent": True}
    for to, text, more in ((every, OWN, due), (EveryoneWhoAttended(), "สำรวจซ้ำในตำบลของตน", {}), (by.person, DONE, {})):
        order = Order(key=uuid.uuid4(), text=text, resolution=assigned, **more)
        tasks = give(meeting, to=to, order=order, today=timezone.localdate(), by=by)
    report(tasks[0], text="โทรนัดเจ้าของห้องแล้ว", by=by)
    finish(tasks[0], outcome="ได้ห้องแล้ว", reach="working_team", now=timezone.now(), by=by)


MEETING_KEYS: dict[str, Callable[[], Any]] = {
    "@meeting": lambda: Meeting.objects.get(title=EVERYTHING).pk,
    "@next-made": lambda: Meeting.objects.get(title=NEXT, held_on="2007-01-04").pk,
    "@planning-meeting": lambda: planning_meeting(Province.objects.get(pk="80")).pk,  # type: ignore[union-attr]
    "@question": lambda: Comment.objects.get(text=QUESTIONS[1][0]).pk,
    "@line": lambda: Attendance.objects.get(name__startswith=WITH_DUTY).pk,
    "@issued-minutes": lambda: Meeting.objects.get(title=ISSUED).pk,
    "@goal": lambda: Goal.objects.order_by("pk")[0].pk,
    "@free-goal": lambda: Goal.objects.filter(resolutions=None).order_by("pk")[0].pk,
    "@settled": lambda: Resolution.objects.get(text=SETTLED).pk,
    "@withdrawn": lambda: Resolution.objects.get(text=WITHDRAWN).pk,
    "@assigned": lambda: Resolution.objects.get(text=ASSIGNED).pk,
    "@own-task": lambda: Task.objects.given_to(User.objects.get(username="zone3")).filter(text=OWN)[0].pk,
    "@done-task": lambda: Task.objects.get(text=DONE).pk,
    "@draft-meeting": lambda: Meeting.objects.get(title=DRAFT).pk,
    "@agenda-item": lambda: AgendaItem.objects.get(meeting__title=EVERYTHING, title__startswith="องค์กร").pk,
    "@agenda-template": lambda: AgendaTemplate.objects.default().pk,
    "@paper": lambda: Attachment.objects.get(original_name="ที่ประชุม.txt").pk,
}
