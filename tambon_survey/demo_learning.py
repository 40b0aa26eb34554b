"""The demo's learning forums and shelf: labelled samples in our own words, after publicly documented facts.

Nothing here names a private person. What others wrote is only linked to.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from meetings.actions.discussion import write_comment
from meetings.actions.learning import save_forum, save_lesson, save_review
from meetings.actions.meetings import save_meeting
from meetings.models import Forum, Lesson, Meeting
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import search_key
from organizations.models import Province, Tambon, Theme, User
from tambon_survey.actions.stories import save_story
from tambon_survey.models import Story

RESERVED = "สงวนลิขสิทธิ์ ลิงก์ไปเท่านั้น"
PLANNER = "หน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"


class Told(NamedTuple):
    """A forum of the demo: where, when, who hosts, who knows what, lessons (text, reach), the four prompts."""

    title: str
    tambon: str
    day: PartialDate
    host: str
    speakers: tuple[tuple[str, str], ...]
    lessons: tuple[tuple[str, str], ...]
    review: tuple[str, str, str, str] = ("", "", "", "")


class Shelved(NamedTuple):
    """A story of the demo; `tambon` "" is the whole province."""

    kind: str
    title: str
    tambon: str
    text: str
    year: int | None = None
    url: str = ""
    tags: tuple[str, ...] = ()
    visibility: str = "public"


FORUMS = (
    Told(
        "เวทีเรียนรู้สถาบันการเงินชุมชนสี่ตำบล (ตัวอย่าง)",
        "800116",
        PartialDate(2009, 2, 18),
        "เครือข่ายสถาบันการเงินชุมชนวัดป่ายาง (ตัวอย่าง)",
        (("ผู้แทนกลุ่มเจ้าบ้าน (ตัวอย่าง)", "เริ่มกลุ่มออมทรัพย์ในวัด"), ("นักวิชาการท้องถิ่น (ตัวอย่าง)", "บัญชีที่ทุกคนอ่านออก")),
        (
            ("ให้คนอ่านสมุดบัญชีของกลุ่มเองได้ ความไว้ใจมาเร็วกว่าการประกาศยอดเงิน (ตัวอย่าง)", "group"),
            ("ตำบลที่เพิ่งเริ่มควรไปนั่งดูวันทำการจริงหนึ่งวัน แล้วค่อยเขียนระเบียบ (ตัวอย่าง)", "village"),
            ("ครัวเรือนที่ยังไม่เป็นสมาชิกมักกลัวเรื่องส่งเงินไม่ทัน ต้องอธิบายเรื่องนี้ก่อน (ตัวอย่าง)", "household"),
        ),
        (
            "ให้สี่ตำบลเห็นวิธีตั้งและดูแลสถาบันการเงินชุมชนจากของจริง (ตัวอย่าง)",
            "ได้ดูวันทำการและซักถาม แต่เวลาคุยเรื่องกฎระเบียบสั้นไป (ตัวอย่าง)",
            "กำหนดการแน่น และแต่ละตำบลมีคำถามไม่เหมือนกัน (ตัวอย่าง)",
            "เก็บคำถามของแต่ละตำบลล่วงหน้าหนึ่งสัปดาห์ แล้วแบ่งกลุ่มตามคำถาม (ตัวอย่าง)",
        ),
    ),
    Told(
        "เวทีเรียนรู้อาชีพเสริมบ้านทุ่งโหนด (ตัวอย่าง)",
        "800115",
        PartialDate(2006, 7, 21),
        "กลุ่มอาชีพบ้านทุ่งโหนด (ตัวอย่าง)",
        (("ครูอาสาในพื้นที่ (ตัวอย่าง)", "ทำเครื่องแกงและคิดต้นทุน"),),
        (
            ("คิดต้นทุนให้เห็นก่อนเลือกอาชีพ ครัวเรือนจึงเลือกได้ตรงกับเวลาที่มี (ตัวอย่าง)", "household"),
            ("รวมซื้อวัตถุดิบทั้งหมู่บ้านถูกกว่าต่างคนต่างซื้อ (ตัวอย่าง)", "village"),
        ),
    ),
    Told(
        "เวทีเรียนรู้แผนชุมชนไม้เรียง (ตัวอย่าง)",
        "800405",
        PartialDate(2008),
        "ศูนย์เรียนรู้ชุมชนไม้เรียง",
        (("คณะทำงานศูนย์เรียนรู้ (ตัวอย่าง)", "จากข้อมูลครัวเรือนสู่แผนของตำบล"),),
        (("แผนที่คนในตำบลเก็บข้อมูลเองถูกหยิบมาใช้ต่อ แผนที่คนนอกเขียนให้มักวางไว้เฉย ๆ (ตัวอย่าง)", "village"),),
    ),
)

STORIES = (
    Shelved(
        "story",
        "คีรีวง: หมู่บ้านเดียวหลายกลุ่มอาชีพ (ตัวอย่าง)",
        "800304",
        "บ้านคีรีวงในตำบลกำโลนมีทั้งกลุ่มมัดย้อม กลุ่มสมุนไพร กลุ่มจักสานกะลามะพร้าว กลุ่มแปรรูปผลไม้ และสวนสมรมที่ปลูกหลายอย่างในผืนเดียว\n\n"
        "แต่ละกลุ่มดูแลงานของตน แล้วรับแขกที่มาดูงานร่วมกัน ตำบลอื่นที่สนใจจึงได้เห็นหลายเรื่องในการเดินทางครั้งเดียว",
        2551,
        tags=("กลุ่มอาชีพ", "แหล่งดูงาน"),
    ),
    Shelved(
        "story",
        "นาหลวงเสน: จากสัจจะออมทรัพย์ถึงธนาคารของชุมชน (ตัวอย่าง)",
        "800906",
        "กลุ่มสัจจะออมทรัพย์ในตำบลนาหลวงเสนรวมกันเป็นสถาบันการเงินของชุมชน และเปิดให้ตำบลอื่นมาเรียนรู้\n\n"
        "แกนนำเก้าหมู่บ้านของตำบลกะหรอมาดูงานในปี 2549 แล้วกลับไปคุยต่อในหมู่บ้านของตน",
        2549,
        tags=("ออมทรัพย์", "แหล่งดูงาน"),
    ),
    Shelved(
        "lesson",
        "ดูงานหนึ่งวันให้ได้อะไรกลับบ้าน (ตัวอย่าง)",
        "802103",
        "ก่อนไป ให้แต่ละหมู่บ้านเขียนคำถามหนึ่งข้อที่อยากได้คำตอบ\n\n"
        "ระหว่างดูงาน แบ่งคนจดเรื่องเงิน เรื่องคน และเรื่องกติกา\n\n"
        "กลับมาแล้วเล่าในหมู่บ้านภายในเจ็ดวัน และนัดวันลงมือทำอย่างน้อยหนึ่งเรื่อง",
        tags=("แหล่งดูงาน",),
    ),
    Shelved(
        "film",
        "เสียงกู่จากครูใหญ่ (ตัวอย่างบันทึกสื่อ)",
        "",
        "ภาพยนตร์ที่ที่ประชุมวันที่ 25 ธันวาคม 2549 ดูร่วมกันก่อนเสวนา ใช้เปิดวงคุยได้ดี\n\nคำถามหลังดู: ใครในตำบลของเราทำงานแบบนี้อยู่แล้ว",
        2549,
        tags=("สื่อเปิดวงคุย",),
    ),
    Shelved(
        "link",
        "บันทึกเรื่องสถาบันการเงินชุมชนควนกรด (ตัวอย่างลิงก์)",
        "800904",
        "บันทึกของผู้ไปเรียนรู้ที่ตำบลควนกรด อ่านประกอบเวทีเรียนรู้สถาบันการเงินชุมชน",
        2552,
        url="https://www.gotoknow.org/posts/238281",
        tags=("ออมทรัพย์",),
    ),
    Shelved(
        "document",
        "แบบเล่าเรื่องตำบลหนึ่งหน้า (ตัวอย่าง)",
        "",
        "หนึ่ง ทำอะไร กับใคร เริ่มเมื่อไร\n\n"
        "สอง อะไรเปลี่ยนไปในครัวเรือน\n\n"
        "สาม ตอนติดขัดแก้อย่างไร\n\n"
        "สี่ อยากต่อยอดเรื่องใด และอยากพบใคร",
        visibility="network",
    ),
    Shelved(
        "story",
        "ผักสวนครัวและปุ๋ยหมักบางจาก (ร่างตัวอย่าง)",
        "800119",
        "คนในตำบลบางจากเรียนรู้การทำน้ำหมักชีวภาพ เพาะเห็ด และปลูกผักสวนครัว แล้วรวมเป็นกลุ่มปุ๋ยหมัก เรื่องนี้ยังเขียนไม่จบ",
        2550,
        visibility="draft",
    ),
)
# About the first two stories.
QUESTIONS = ("คนที่ไม่มีที่ดินเข้าร่วมกลุ่มใดได้บ้าง", "กลุ่มเริ่มต้นด้วยสมาชิกกี่คน และเก็บเงินวันไหน")


@transaction.atomic
def make_learning_demo(province: Province, *, now: datetime) -> None:
    """Three forums, seven stories and two questions; nothing where there is a story already."""
    if Story.objects.exists():
        return
    by = User.objects.filter(username="province").first()
    themes = list(Theme.objects.in_order())
    forums = [_forum(province, told, themes, by=by) for told in FORUMS]
    stories = [_story(province, one, themes, by=by) for one in STORIES]
    for story in stories:
        if story.title.startswith("บันทึกเรื่อง"):
            Story.objects.of_key(story.pk).update(meeting=forums[0])
    for story, text in zip(stories, QUESTIONS, strict=False):
        write_comment(story, kind="question", text=text, by=by, now=now)


def _about(text: str, themes: list[Theme]) -> list[Theme]:
    """The themes that a text is about by its words."""
    return [theme for theme in themes if theme.word_in(search_key(text))]


def _forum(province: Province, told: Told, themes: list[Theme], *, by: User | None) -> Meeting:
    meeting = save_meeting(
        Meeting(
            province=province,
            title=told.title,
            kind=Meeting.Kind.FORUM,
            held_on=told.day,
            venue_tambon=Tambon.objects.filter(pk=told.tambon).first(),
            visibility="public",
            is_sample=True,
        ),
        new_organization=PLANNER,
        by=by,
    )
    words = " ".join([told.title, *(text for text, _reach in told.lessons)])
    forum = save_forum(
        Forum(meeting=meeting), new_host=told.host, speakers=told.speakers, themes=_about(words, themes), by=by
    )
    for text, reach in told.lessons:
        save_lesson(Lesson(text=text, reach=reach), meeting=meeting, by=by)
    if any(told.review):
        for name, answer in zip(Forum.PROMPTS, told.review, strict=True):
            setattr(forum, name, answer)
        save_review(forum, by=by)
    return meeting


def _story(province: Province, one: Shelved, themes: list[Theme], *, by: User | None) -> Story:
    story = Story(
        province=province,
        tambon=Tambon.objects.filter(pk=one.tambon).first() if one.tambon else None,
        kind=one.kind,
        title=one.title,
        text=one.text,
        happened_on=PartialDate(one.year - 543) if one.year else PartialDate(),
        source_url=one.url,
        licence=RESERVED if one.url else "",
        visibility=one.visibility,
        is_sample=True,
    )
    return save_story(story, tags=one.tags, themes=_about(f"{one.title} {one.text}", themes), by=by)
