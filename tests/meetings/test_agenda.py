"""The agenda: headings and matters, their order, what was said and decided, and the templates they come from."""

from __future__ import annotations

import pytest
from django.urls import reverse

from meetings.actions import agenda
from meetings.models import AgendaItem, AgendaTemplate, Meeting, Minutes, Resolution
from organizations.models import AuditEntry
from organizations.problems import Refused
from tests.factories import make_meeting


@pytest.fixture
def meeting(places):
    """A meeting with the five official headings."""
    made = make_meeting(places.province, visibility="public")
    agenda.apply_template(made, template=AgendaTemplate.objects.default(), by=None)
    return made


@pytest.fixture
def staff(cast, sign_in):
    """A client of who keeps the record."""
    return sign_in(cast.staff)


def heading(meeting: Meeting, section: str) -> AgendaItem:
    """The heading for one thing."""
    return meeting.agenda.headings().get(section=section)


def sections(meeting: Meeting) -> list[str]:
    """What the headings are for, in order."""
    return [item.section for item in meeting.agenda.headings()]


def test_the_five_official_items_are_the_default(meeting):
    assert sections(meeting) == ["inform", "adopt", "arising", "consider", "other"]


def test_a_matter_is_numbered_under_its_heading(meeting, client):
    for title in ("หนึ่ง", "สอง"):
        agenda.add_item(meeting, title=title, under=heading(meeting, "consider"), by=None)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "๔.๑ หนึ่ง" in page and "๔.๒ สอง" in page


def test_an_item_moves_past_its_neighbour_and_no_further(meeting):
    for _time in range(3):
        agenda.move_item(heading(meeting, "arising"), direction=agenda.UP, by=None)
    assert sections(meeting)[:3] == ["arising", "inform", "adopt"]


def test_a_matter_moves_among_its_own(meeting):
    one, two = (agenda.add_item(meeting, title=title, under=heading(meeting, "other"), by=None) for title in "กข")
    agenda.move_item(one, direction=agenda.DOWN, by=None)
    assert list(heading(meeting, "other").matters.all()) == [two, one]


def test_a_removed_item_keeps_its_words_in_the_history(meeting):
    item = agenda.add_item(meeting, title="ลบทิ้ง", by=None)
    agenda.remove_item(item, by=None)
    assert not AgendaItem.objects.filter(pk=item.pk).exists()
    assert AuditEntry.objects.about(meeting)[0].changes["title"] == ["ลบทิ้ง", None]


def test_a_heading_with_matters_stays(meeting):
    agenda.add_item(meeting, title="เรื่อง", under=heading(meeting, "other"), by=None)
    with pytest.raises(Refused):
        agenda.remove_item(heading(meeting, "other"), by=None)


def test_an_item_with_a_resolution_stays(meeting):
    item = heading(meeting, "consider")
    Resolution.objects.create(meeting=meeting, number=1, item=item, strength="settled", text="ตกลง")
    with pytest.raises(Refused):
        agenda.remove_item(item, by=None)


# ---- writing ----
def write(client, item: AgendaItem, **typed):
    """The form of an item, posted."""
    answers = {"title": item.title, "section": item.section, "revision": "0"} | typed
    return client.post(reverse("agenda_item_edit", args=[item.pk]), answers)


def test_what_was_said_and_decided_shows_on_the_page(staff, meeting, client):
    write(staff, heading(meeting, "consider"), discussion="คุยกันนาน", outcome="agreed", outcome_text="ให้ทำต่อ")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert all(words in page for words in ("คุยกันนาน", "เห็นชอบ", "ให้ทำต่อ"))


def test_a_long_text_survives_a_stale_save(staff, meeting):
    item, long = heading(meeting, "consider"), "คำ" * 3000
    assert write(staff, item, discussion="ของคนแรก").status_code == 302
    answer = write(staff, item, discussion=long)
    assert answer.status_code == 409
    assert answer.context["form"]["discussion"].value() == long
    assert [one.stands for one in answer.context["differences"]] == ["ของคนแรก"]


def test_after_the_conflict_the_same_form_saves(staff, meeting):
    item = heading(meeting, "consider")
    write(staff, item, discussion="ของคนแรก")
    revision = write(staff, item, discussion="ของคนสอง").context["form"]["revision"].value()
    assert write(staff, item, discussion="ของคนสอง", revision=revision).status_code == 302
    item.refresh_from_db()
    assert item.discussion == "ของคนสอง"


def test_adopted_minutes_close_the_agenda(staff, meeting):
    Minutes.objects.create(meeting=meeting, state="adopted", document={}, adopted_by_meeting=meeting)
    answer = write(staff, heading(meeting, "consider"), discussion="แก้ทีหลัง")
    assert answer.status_code == 422 and "แก้ทีหลัง" in answer.content.decode()
    assert "รับรองแล้ว" in answer.content.decode()


def test_a_matter_is_added_under_a_heading_of_this_meeting_only(staff, meeting, places):
    other = make_meeting(places.province)
    foreign = agenda.add_item(other, title="ของที่อื่น", by=None)
    url = reverse("agenda_item_add", args=[meeting.pk])
    assert staff.post(f"{url}?under={foreign.pk}", {"title": "แทรก"}).status_code == 404
    assert staff.post(f"{url}?under={heading(meeting, 'other').pk}", {"title": "เรื่อง"}).status_code == 302


# ---- templates ----
def six(**fields) -> AgendaTemplate:
    """A template of its own order: other matters first, nothing to adopt."""
    items = [("other", "เปิดวง"), ("inform", "แจ้งข่าว"), ("consider", "หารือ")]
    return agenda.save_template(AgendaTemplate(name="แบบวงคุย", **fields), items=items, by=None)


def test_applying_a_template_keeps_every_word(meeting):
    agenda.add_item(meeting, title="สืบเนื่องหนึ่ง", under=heading(meeting, "arising"), by=None)
    agenda.apply_template(meeting, template=six(), by=None)
    assert sections(meeting) == ["other", "inform", "consider", "arising"]
    assert heading(meeting, "consider").title == "หารือ"
    assert heading(meeting, "arising").matters.get().title == "สืบเนื่องหนึ่ง"


def test_only_one_template_is_the_default(places):
    first = AgendaTemplate.objects.default()
    six(is_default=True)
    first.refresh_from_db()
    assert not first.is_default and AgendaTemplate.objects.default().name == "แบบวงคุย"


def test_staff_write_a_template_and_meetings_keep_theirs(staff, meeting):
    template = AgendaTemplate.objects.default()
    typed = {"name": "แบบใหม่", "title_0": "เรื่องเดียว", "section_0": "consider"}
    assert staff.post(reverse("agenda_template_edit", args=[template.pk]), typed).status_code == 302
    assert [item.title for item in template.items.all()] == ["เรื่องเดียว"]
    assert len(sections(meeting)) == 5


def test_a_template_without_a_heading_is_refused(staff, places):
    answer = staff.post(reverse("agenda_template_add"), {"name": "ว่าง"})
    assert answer.status_code == 422 and "อย่างน้อยหนึ่งหัวข้อ" in answer.content.decode()
