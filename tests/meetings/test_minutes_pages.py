"""The pages of the minutes: who reads them, what is next, one click to each file, and odd answers."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from meetings.actions import minutes as actions
from meetings.models import Attendance, MeetingPhoto, Minutes
from tests.factories import make_meeting, make_person
from tests.meetings.source_meeting import make_source_meeting
from tests.test_queries import asked

FILES = ("minutes_print", "minutes_docx", "minutes_pdf")


@pytest.fixture
def meeting(places):
    return make_source_meeting(places)


@pytest.fixture
def staff(cast, sign_in):
    return sign_in(cast.staff)


def url(name, meeting):
    return reverse(name, args=[meeting.pk])


def issue(meeting, cast):
    today, now = timezone.localdate(), timezone.now()
    actions.check_minutes(meeting, by=cast.staff, today=today, now=now)
    return actions.circulate(meeting, by=cast.staff, today=today, now=now)


def text_of(response) -> str:
    """What a page or a Word file says."""
    body = response.getvalue()
    if body.startswith(b"PK"):
        body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", body.decode()).replace("\u00a0", " "))


def add_photo(meeting, visibility, caption):
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    photo = MeetingPhoto(meeting=meeting, caption=caption, visibility=visibility, width=40, height=30)
    photo.file.save("x.jpg", ContentFile(written.getvalue()))


def test_the_way_from_draft_to_adopted_by_the_buttons(meeting, staff):
    later = meeting.links_onward.order_by("pk")[0].later
    for name, answer in (("minutes_check", {}), ("minutes_circulate", {}), ("minutes_adopt", {"by_meeting": later.pk})):
        assert staff.post(url(name, meeting), answer).status_code == 302
    assert meeting.minutes.get().state == "adopted"
    assert staff.post(url("minutes_correct", meeting), {"reason": "ชื่อผิด"}).status_code == 302
    assert meeting.minutes.count() == 2


def test_one_click_gives_each_form_of_a_draft(meeting, staff):
    for name in FILES:
        assert staff.get(url(name, meeting)).status_code == 200
    assert not Minutes.objects.exists()


def test_a_file_is_called_by_its_thai_name(meeting, staff):
    header = staff.get(url("minutes_docx", meeting)).headers["Content-Disposition"]
    name = unquote(header.partition("filename*=utf-8''")[2])
    assert header.startswith("attachment") and name.startswith("ร่าง รายงานการประชุมเสวนา") and name.endswith(".docx")


def test_the_page_has_the_headings_in_order_and_no_arabic_digit(meeting, staff):
    body = staff.get(url("minutes_print", meeting)).content.decode()
    paper = re.search(r"(?s)<article.*</article>", body)[0]
    headings = re.findall(r"<h[12][^>]*>([^<]+)<", paper)
    assert headings[1:3] == ["ผู้มาประชุม", "ผู้เข้าร่วมประชุม"]
    assert [heading[:16] for heading in headings[3:8]] == [f"ระเบียบวาระที่ {digit}" for digit in "๑๒๓๔๕"]
    assert headings[8:] == ["ภาคผนวก มติที่ยังต้องดำเนินการ"]
    assert re.findall("[0-9]", re.sub("<[^>]+>", "", paper)) == []


def test_arabic_numerals_are_a_choice(meeting, staff):
    staff.post(url("minutes_edit", meeting), {"digits": "arabic", "recorder_name": "นายก ข"})
    text = text_of(staff.get(url("minutes_docx", meeting)))
    assert "ระเบียบวาระที่ 1" in text and "๑" not in text and "(นายก ข)" in text


def test_a_draft_is_for_who_keeps_the_record(meeting, cast, sign_in, client):
    for reader in (client, sign_in(cast.member)):
        page = reader.get(url("minutes_page", meeting))
        assert page.status_code == 200 and "ยังไม่เผยแพร่" in page.content.decode()
        assert [reader.get(url(name, meeting)).status_code for name in FILES] == [404, 404, 404]


def test_who_reads_the_meeting_reads_what_was_sent_round(meeting, cast, client):
    issue(meeting, cast)
    assert [client.get(url(name, meeting)).status_code for name in FILES] == [200, 200, 200]
    assert "ร่าง" in client.get(url("minutes_print", meeting)).content.decode()


def test_others_keep_reading_what_was_adopted_while_it_is_corrected(meeting, cast, client, staff):
    issue(meeting, cast)
    later = meeting.links_onward.order_by("pk")[0].later
    staff.post(url("minutes_adopt", meeting), {"by_meeting": later.pk})
    staff.post(url("minutes_correct", meeting), {"reason": "ชื่อผิด"})
    meeting.goals.update(title="แก้แล้ว")
    assert "แก้แล้ว" not in text_of(client.get(url("minutes_docx", meeting)))
    assert "แก้แล้ว" in text_of(staff.get(url("minutes_docx", meeting)))
    assert "แก้แล้ว" not in text_of(staff.get(url("minutes_docx", meeting) + "?revision=1"))
    assert client.get(url("minutes_docx", meeting) + "?revision=2").status_code == 404


def test_adopted_minutes_name_the_meeting_that_adopted_them(meeting, cast, client, staff):
    issue(meeting, cast)
    later = meeting.links_onward.order_by("pk")[0].later
    staff.post(url("minutes_adopt", meeting), {"by_meeting": later.pk})
    text = text_of(client.get(url("minutes_docx", meeting)))
    assert "รับรองโดยการประชุมวางแผนหนุนเสริมตำบล วันพฤหัสบดีที่ ๔ มกราคม ๒๕๕๐" in text


def test_visitors_read_no_name_and_no_number(meeting, cast, client, sign_in):
    Attendance.objects.create(meeting=meeting, roll="present", name="นายลับ เฉพาะ", person=make_person("ลับ", "เฉพาะ"))
    issue(meeting, cast)
    assert "ลับ เฉพาะ" not in text_of(client.get(url("minutes_docx", meeting)))
    assert "ลับ เฉพาะ" not in text_of(client.get(url("minutes_print", meeting)))
    assert "ลับ เฉพาะ" in text_of(sign_in(cast.member).get(url("minutes_docx", meeting)))


def test_each_reader_gets_the_photos_they_may_see(meeting, cast, client, sign_in):
    for visibility, caption in (("public", "ภาพเปิด"), ("network", "ภาพเครือข่าย"), ("draft", "ภาพซ่อน")):
        add_photo(meeting, visibility, caption)
    issue(meeting, cast)
    seen = [text_of(reader.get(url("minutes_docx", meeting))) for reader in (client, sign_in(cast.member))]
    assert ["ภาพเปิด" in text for text in seen] == [True, True]
    assert ["ภาพเครือข่าย" in text for text in seen] == [False, True]
    assert not any("ภาพซ่อน" in text for text in seen)


def test_the_page_shows_the_pictures_themselves(meeting, cast, client):
    add_photo(meeting, "public", "ภาพเปิด")
    issue(meeting, cast)
    address = reverse("meeting_photo", args=[meeting.photos.get().pk])
    assert f'src="{address}"' in client.get(url("minutes_print", meeting)).content.decode()


def test_a_photo_hidden_later_leaves_the_minutes(meeting, cast, client):
    add_photo(meeting, "public", "ภาพเปิด")
    issue(meeting, cast)
    meeting.photos.update(visibility="draft")
    assert "ภาพเปิด" not in text_of(client.get(url("minutes_docx", meeting)))


def test_problems_are_listed_with_where_to_mend_them(places, staff):
    meeting = make_meeting(places.province)
    body = staff.get(url("minutes_page", meeting)).content.decode()
    assert url("meeting_edit", meeting) in body and url("minutes_edit", meeting) in body
    assert re.search(r"<button[^>]*disabled", body)


def test_a_refused_check_says_why(places, staff):
    response = staff.post(url("minutes_check", make_meeting(places.province)), follow=True)
    assert "ไม่ทราบวันประชุม" in response.content.decode()


def test_an_old_button_is_answered_with_the_page_as_it_stands(meeting, staff):
    staff.post(url("minutes_check", meeting))
    response = staff.post(url("minutes_check", meeting))
    assert response.status_code == 409 and "minutes_circulate" not in response.content.decode()
    assert reverse("minutes_circulate", args=[meeting.pk]) in response.content.decode()


def test_who_saves_an_old_form_reads_both(meeting, staff):
    staff.post(url("minutes_edit", meeting), {"digits": "thai", "recorder_name": "นายก"})
    old = {"digits": "thai", "recorder_name": "นายข", "seen": "2001-01-01T00:00:00+00:00"}
    response = staff.post(url("minutes_edit", meeting), old)
    assert response.status_code == 409
    assert "นายก" in response.content.decode() and "นายข" in response.content.decode()


@pytest.mark.parametrize("odd", ["", "x", "-1", str(2**63), "9" * 400, "²", "\x00"])
def test_an_odd_answer_breaks_nothing(meeting, cast, staff, odd):
    issue(meeting, cast)
    assert staff.post(url("minutes_adopt", meeting), {"by_meeting": odd}).status_code == 422
    assert staff.post(url("minutes_correct", meeting), {"reason": odd}).status_code in (409, 422)
    assert staff.get(url("minutes_print", meeting), {"revision": odd or "0"}).status_code == 404


@pytest.mark.parametrize("many", [0, 40])
def test_the_pages_ask_little_whatever_there_is(meeting, cast, staff, django_assert_max_num_queries, many):
    for number in range(many):
        Attendance.objects.create(meeting=meeting, roll="present", name=f"คน {number}")
        meeting.resolutions.create(number=number + 10, strength="settled", text="ยุติ")
    add_photo(meeting, "public", "ภาพ")
    addresses = [url(name, meeting) for name in ("minutes_page", *FILES, "minutes_edit", "meeting_page")]
    staff.get(addresses[0])  # the hour of the last visit is written down
    for state in (lambda: None, lambda: issue(meeting, cast)):
        state()
        assert asked(staff, addresses, django_assert_max_num_queries) == []
