"""The minutes as a value and as a sheet: the official form, blanks, words and numerals."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from meetings.minutes import words
from meetings.minutes.building import build
from meetings.minutes.document import Attendee, Document, Item, Signature
from meetings.minutes.layout import Stamp, sheet_of
from meetings.minutes.openly import openly
from meetings.models import AgendaItem, Attendance, Minutes, Resolution, TaskUpdate
from tests.factories import make_meeting, make_person, make_post
from tests.meetings.source_meeting import GOALS, RESULTS, give_task, make_source_meeting


@pytest.fixture
def meeting(places):
    return make_source_meeting(places)


def document(meeting, **facts) -> Document:
    return build(Minutes(meeting=meeting, **facts))


def lines(found: Document, stamp: Stamp | None = None) -> list[str]:
    """Every line of the sheet as one reads it."""
    blocks = sheet_of(found, stamp or Stamp()).blocks
    plain = [" ".join(filter(None, (b.number, b.lead, b.text, b.aside))) for b in blocks]
    plain += [" ".join(row) for block in blocks for row in block.rows]
    return [line.replace("\u00a0", " ") for line in plain if line]


def test_the_sections_stand_in_the_official_order(meeting):
    kinds = [
        (block.kind, block.lead or block.text)
        for block in sheet_of(document(meeting), Stamp()).blocks
        if block.kind in ("title", "heading", "item") or block.lead in (words.STARTS, words.ENDS)
    ]
    assert [text for _, text in kinds] == [
        "รายงานการประชุมเสวนาหน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช",
        "ผู้มาประชุม",
        "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา",
        "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "ระเบียบวาระที่ ๒ เรื่องรับรองรายงานการประชุม",
        "ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง",
        "ระเบียบวาระที่ ๔ เรื่องเสนอให้ที่ประชุมพิจารณา",
        "ระเบียบวาระที่ ๕ เรื่องอื่น\u00a0ๆ",
        "เลิกประชุมเวลา",
    ]


def test_what_is_not_known_is_a_blank(meeting):
    found = lines(document(meeting))
    assert "ครั้งที่ ....../๒๕๔๙" in found
    assert f"เริ่มประชุมเวลา {words.BLANK} น." in found
    assert f"๑. {words.BLANK} {words.BLANK}" in found
    assert f"({words.BLANK})" in found
    assert not any("ประธานที่ประชุม" in line or "ผู้ไม่มาประชุม" in line for line in found)


def test_what_is_known_is_spelled_out(meeting):
    found = lines(document(meeting))
    assert "เมื่อวันจันทร์ที่ ๒๕ ธันวาคม ๒๕๔๙" in found
    assert "ณ วัดสระเรียง ถนนราชดำเนิน" in found
    assert "ตำบลในเมือง อำเภอเมืองนครศรีธรรมราช จังหวัดนครศรีธรรมราช" in found
    assert "รวมผู้ร่วมประชุมประมาณ ๕๐ คน" in found


def test_goals_are_numbered_and_each_strength_has_its_words(meeting):
    found = lines(document(meeting))
    at = [found.index(f"๔.{'๑๒๓'[n]} {goal.replace('50', '๕๐')}") for n, goal in enumerate(GOALS)]
    assert at == sorted(at)
    assert f"มติที่ประชุม เป็นที่ยุติว่า{RESULTS[0][1]}" == found[at[0] + 1]
    assert f"ข้อสรุป {RESULTS[1][1]}" == found[at[1] + 1]
    assert f"มติที่ประชุม มอบหมายให้ผู้มาประชุมทุกคน {RESULTS[2][1]}" == found[at[2] + 1]


def test_a_tentative_conclusion_is_never_a_resolution(meeting):
    text = RESULTS[1][1]
    assert [line for line in lines(document(meeting)) if text in line] == [f"ข้อสรุป {text}"]


def test_an_assignment_to_nobody_leaves_the_name_blank(places):
    meeting = make_meeting(places.province)
    Resolution.objects.create(meeting=meeting, number=1, strength="assigned", text="ทำ")
    assert f"มติที่ประชุม มอบหมายให้{words.BLANK} ทำ" in lines(document(meeting))


def test_an_order_names_its_post_and_its_day(meeting, places):
    give_task(meeting, places)
    order = next(line for line in lines(document(meeting)) if "รวบรวมข้อมูล ภายใน" in line)
    assert order.startswith("มติที่ประชุม มอบหมายให้ตัวแทนโซน โซน ๓")
    assert order.endswith("รวบรวมข้อมูล ภายในวันที่ ๔ มกราคม ๒๕๕๐")


def test_a_withdrawn_resolution_is_left_out(meeting):
    meeting.resolutions.filter(number=1).update(withdrawn_at="2026-01-01T00:00Z")
    assert not any(RESULTS[0][1] in line for line in lines(document(meeting)))


def test_the_next_meetings_stand_under_the_last_item(meeting):
    found = lines(document(meeting))
    at = found.index("๕.๑ การประชุมครั้งต่อไป")
    assert found[at + 1] == "การประชุมวางแผนหนุนเสริมตำบล วันพฤหัสบดีที่ ๔ มกราคม ๒๕๕๐"
    assert found[at + 2] == "การประชุมเชิงปฏิบัติการตัวแทนตำบล ยังไม่กำหนดวัน"


def test_open_tasks_of_earlier_meetings_arise(meeting, places):
    earlier = meeting.links_back.order_by("pk")[0].earlier
    task = give_task(earlier, places)
    TaskUpdate.objects.create(task=task, text="ได้ครึ่งหนึ่งแล้ว")
    give_task(earlier, places, text="เสร็จแล้ว", state="done")
    found = lines(document(meeting))
    at = found.index("๓.๑ รวบรวมข้อมูล")
    assert found[at + 1] == "ที่มา การประชุมหน่วยประสานงาน วันจันทร์ที่ ๑๑ ธันวาคม ๒๕๔๙"
    assert found[at + 4] == "ความคืบหน้า ได้ครึ่งหนึ่งแล้ว"
    assert not any("เสร็จแล้ว" in line for line in found)


def test_a_public_record_does_not_tell_of_a_meeting_for_the_network(meeting, places):
    earlier = meeting.links_back.order_by("pk")[0].earlier
    give_task(earlier, places)
    type(earlier).objects.update(visibility="network")
    type(earlier).objects.filter(pk=meeting.pk).update(visibility="public")
    meeting.refresh_from_db()
    found = lines(document(meeting))
    assert not any("การประชุมหน่วยประสานงาน" in line or "วางแผนหนุนเสริม" in line for line in found[:-1])


def test_adopted_minutes_are_named_with_their_day(meeting):
    earlier = meeting.links_back.order_by("pk")[0].earlier
    Minutes.objects.create(meeting=earlier, state="adopted", document={}, adopted_by_meeting=meeting)
    found = lines(document(meeting))
    at = found.index("๒.๑ รายงานการประชุมหน่วยประสานงาน เมื่อวันจันทร์ที่ ๑๑ ธันวาคม ๒๕๔๙")
    assert found[at + 1] == "มติที่ประชุม รับรอง"


def test_the_three_lists_put_the_chair_first_and_the_secretary_last(meeting, places):
    post = make_post("zone-representative", places.zone3)
    roll = [("คุณข เลขา", {"duty": "secretary"}), ("นาย ค แทน", {"post": post, "is_substitute": True}),
            ("น.ส. ก ประธาน", {"duty": "chair", "organization_name": "กลุ่มหนึ่ง"})]  # fmt: skip
    for name, facts in roll:
        Attendance.objects.create(meeting=meeting, roll="present", name=name, **facts)
    Attendance.objects.create(meeting=meeting, roll="absent", name="นางง", reason="ติดราชการ")
    found = lines(document(meeting))
    at = found.index("ผู้มาประชุม")
    assert found[at + 1] == "๑. นางสาวก ประธาน กลุ่มหนึ่ง ประธานที่ประชุม"
    assert found[at + 2].startswith("๒. นายค แทน แทนตัวแทนโซน โซน ๓")
    assert found[at + 3 : at + 6] == ["๓. ข เลขา เลขานุการ", "ผู้ไม่มาประชุม", "๑. นางง ติดราชการ"]


def test_an_agenda_of_another_form_keeps_its_items_and_loses_no_goal(meeting):
    AgendaItem.objects.all().delete()
    AgendaItem.objects.create(meeting=meeting, position=1, section="inform", title="เรื่องเล่าสู่กันฟัง")
    found = lines(document(meeting))
    assert "ระเบียบวาระที่ ๑ เรื่องเล่าสู่กันฟัง" in found
    assert "ระเบียบวาระที่ ๒ เรื่องเสนอให้ที่ประชุมพิจารณา" in found
    assert any(line.startswith("๒.๑ ") for line in found)


def test_matters_under_an_item_have_their_outcome(meeting):
    item = meeting.agenda.get(section="inform")
    AgendaItem.objects.create(
        meeting=meeting, parent=item, position=1, section="inform", title="เรื่องหนึ่ง", outcome="acknowledged"
    )
    found = lines(document(meeting))
    at = found.index("๑.๑ เรื่องหนึ่ง")
    assert found[at + 1] == "มติที่ประชุม รับทราบ"


def test_a_resolution_of_a_numbered_meeting_carries_its_reference(meeting):
    meeting.number, meeting.number_year = 3, 2549
    meeting.save()
    found = lines(document(meeting))
    assert "ครั้งที่ ๓/๒๕๔๙" in found
    assert any(line.endswith("(มติ ๓/๒๕๔๙-๑)") for line in found)


def test_a_document_comes_back_from_json_as_it_was(meeting, places):
    give_task(meeting, places)
    found = document(meeting, checker_name="นางจ")
    assert Document.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_a_document_of_a_newer_program_is_refused():
    with pytest.raises(ValueError, match="newer"):
        Document.from_dict({"version": 99})


def test_no_arabic_digit_is_left_with_thai_numerals(meeting, places):
    give_task(meeting, places)
    sheet = sheet_of(document(meeting), Stamp(revision=2, reason="แก้ข้อ 3", adopted_by="การประชุม 4 มกราคม 2550"))
    texts = [[b.text, b.lead, b.number, b.aside, b.columns, b.rows] for b in sheet.blocks]
    assert re.findall("[0-9]", json.dumps(texts, ensure_ascii=False)) == []


def test_the_document_needs_few_queries_whatever_its_size(meeting, places, django_assert_max_num_queries):
    for number in range(30):
        give_task(meeting, places, text=f"งาน {number}")
        Attendance.objects.create(meeting=meeting, roll="present", name=f"คนที่ {number}")
    meeting = type(meeting).objects.with_facts().get(pk=meeting.pk)
    with django_assert_max_num_queries(10):
        document(meeting)


def test_everybody_reads_how_many_came_and_the_network_who(meeting):
    person = make_person("ลับ", "เฉพาะ")
    Attendance.objects.create(meeting=meeting, roll="present", name="นายลับ เฉพาะ", person=person)
    meeting.tasks.update(is_for_attendees=False, person=person)
    found = document(meeting, recorder_name="นายลับ เฉพาะ")
    assert "ลับ เฉพาะ" in " ".join(lines(found))
    assert "ลับ เฉพาะ" not in " ".join(lines(openly(found)))
    assert "๑ คน" in lines(openly(found))


# ---- words ----
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("มี 50 ตำบล", "มี ๕๐ ตำบล"),
        ("ดู https://example.org/a1?b=2 ข้อ 3", "ดู https://example.org/a1?b=2 ข้อ ๓"),
        ("โทร. 1669 หรือ 081-234-5678 ต่อ 9", "โทร. 1669 หรือ 081-234-5678 ต่อ ๙"),
        ("ไฟล์ ภาพ12.jpg ลำดับ 2", "ไฟล์ ภาพ12.jpg ลำดับ ๒"),
        ("ISO9001 และรหัส 800101 ใน 4 ตำบล", "ISO9001 และรหัส 800101 ใน ๔ ตำบล"),
        ("เขียน ก1@example.org 2 ฉบับ", "เขียน ก1@example.org ๒ ฉบับ"),
        ("4 มกราคม 2550", "๔\u00a0มกราคม\u00a0๒๕๕๐"),
        ("เวลา 09.00 น.", "เวลา ๐๙.๐๐\u00a0น."),
        ("อื่น ๆ", "อื่น\u00a0ๆ"),
        ("ก\x0bข\x00ค\ud800", "กขค"),
    ],
)
def test_numerals_are_turned_last_and_not_in_addresses(text, printed):
    assert words.finished(text, digits="thai") == printed


def test_arabic_numerals_are_arabic_throughout():
    assert words.finished("ข้อ ๓ ของ 4", digits="arabic") == "ข้อ 3 ของ 4"


@pytest.mark.parametrize(
    ("typed", "legal"),
    [("คุณทวี สร้อย", "ทวี สร้อย"), ("ดร.ทวี สร้อย", "ทวี สร้อย"), ("น.ส.พัชนี ก", "นางสาวพัชนี ก"), ("ภีม ข", "ภีม ข"),
     ("ผศ.ดร.ทวี สร้อย", "ผู้ช่วยศาสตราจารย์ทวี สร้อย")],
)  # fmt: skip
def test_names_carry_the_legal_prefix_only(typed, legal):
    assert words.legal_name(typed) == legal


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2006-12-25", "วันจันทร์ที่ 25 ธันวาคม 2549"),
        ("2006-12", "วัน............ที่ ...... ธันวาคม 2549"),
        ("", f"วัน............ที่ ...... {words.BLANK} ......"),
    ],
)
def test_a_day_known_in_part_leaves_dots(iso, printed):
    assert words.day_or_blanks(iso) == printed


def test_the_sheet_of_a_sample_says_so_and_a_draft_too():
    sheet = sheet_of(Document(is_sample=True), Stamp())
    assert sheet.header == "ร่าง · ตัวอย่าง ไม่ใช่การประชุมจริง"
    assert sheet_of(Document(), Stamp(is_draft=False)).header == ""


def test_a_second_signature_only_where_one_is_used():
    assert words.CHECKER not in lines(Document())
    assert words.CHECKER in lines(replace(Document(), checker=Signature("นางจ")))


def test_an_item_with_nothing_says_so():
    found = lines(Document(items=(Item("other", "เรื่องอื่น ๆ"),), present=(Attendee("นายก"),)))
    assert found[found.index("ระเบียบวาระที่ ๑ เรื่องอื่น ๆ") + 1] == "ไม่มี"
