"""The meeting of 25 December 2549 as far as it is known, for the tests of its minutes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from meetings.actions.meetings import make_agenda
from meetings.models import AgendaTemplate, Goal, Meeting, MeetingLink, Resolution, Task
from tests.factories import make_meeting, make_post

GOALS = (
    "ตกลงเรื่ององค์กรที่รับช่วงงานพัฒนาภาคประชาชน",
    "วางทิศทางการทำงาน",
    "หามาตรการยกระดับ 50 ตำบลให้พัฒนาได้เป็นรูปธรรม",
)
RESULTS = (
    ("settled", "องค์กรมีหน้าที่หนุนเสริมกลุ่ม องค์กร และเครือข่าย ทั้งที่มีอยู่และกำลังก่อตัว"),
    ("tentative", "จัดเวทีเรียนรู้จากสิ่งที่แต่ละเครือข่ายทำอยู่"),
    ("assigned", "สำรวจตำบลซ้ำในสี่หัวข้อ"),
)


def make_source_meeting(places: SimpleNamespace) -> Meeting:
    """Three goals with a result each, two meetings before, two after; no times, no chair, no names."""
    meeting = make_meeting(
        places.province,
        title="ประชุมเสวนาหน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช",
        held_on="2006-12-25",
        venue="วัดสระเรียง ถ.ราชดำเนิน",
        venue_tambon=places.tambons["800101"],
        head_count=50,
        head_count_is_approximate=True,
        visibility="public",
    )
    make_agenda(meeting, AgendaTemplate.objects.default())
    planning = make_meeting(places.province, title="ประชุมวางแผนหนุนเสริมตำบล", held_on="2007-01-04", visibility="public")
    workshop = make_meeting(places.province, title="ประชุมเชิงปฏิบัติการตัวแทนตำบล", visibility="public")
    earlier = make_meeting(places.province, title="ประชุมหน่วยประสานงาน", held_on="2006-12-11", visibility="public")
    unknown = make_meeting(places.province, title="ประชุมคณะทีมงานเตรียมการ", visibility="public")
    for before, after in ((earlier, meeting), (unknown, meeting), (meeting, planning), (meeting, workshop)):
        MeetingLink.objects.create(earlier=before, later=after)
    for number, (title, (strength, text)) in enumerate(zip(GOALS, RESULTS, strict=True), start=1):
        goal = Goal.objects.create(meeting=meeting, position=number, title=title)
        Resolution.objects.create(meeting=meeting, number=number, goal=goal, strength=strength, text=text)
    order = meeting.resolutions.get(number=3)
    facts = {"meeting": meeting, "resolution": order, "text": "ส่งข้อมูลให้ตัวแทนโซน", "due_meeting": planning}
    Task.objects.create(is_for_attendees=True, **facts)
    return meeting


def give_task(meeting: Meeting, places: SimpleNamespace, **facts: object) -> Task:
    """Work for the representatives of zone 3, due on 4 January 2550."""
    post = make_post("zone-representative", places.zone3)
    due = {"due_on": date(2007, 1, 4)} if "due_meeting" not in facts else {}
    return Task.objects.create(**{"meeting": meeting, "text": "รวบรวมข้อมูล", "post": post, **due, **facts})
