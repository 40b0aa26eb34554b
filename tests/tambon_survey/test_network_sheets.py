"""The network's sheets hold what one reads on the pages of one's own areas."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from meetings.models import Meeting, Resolution, Task
from organizations.models import AuditEntry, Contact, Organization
from tests.conftest import canary
from tests.factories import make_post
from tests.tambon_survey.test_workbook import unzipped


def download(client, **data) -> bytes:
    form = {"kind": "xlsx", "sheet": "", "style": "labels", **data}
    response = client.post(reverse("network_download", args=["80"]), form)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def book_of(content: bytes) -> dict[str, list[tuple]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content))}


@pytest.fixture
def meeting(places):
    return Meeting.objects.create(
        province=places.province, title="ประชุมวางแผน", visibility="network", held_on="2007-01-04"
    )


def test_there_is_a_sheet_for_everything(cast, meeting, sign_in):
    Organization.objects.create(name="หน่วยงานหนึ่ง")
    resolution = Resolution.objects.create(meeting=meeting, number=1, strength="settled", text="ให้สำรวจ")
    Task.objects.create(meeting=meeting, resolution=resolution, text="ส่งแบบ", person=cast.staff.person)
    book = book_of(download(sign_in(cast.staff)))
    assert list(book)[:4] == ["ตำแหน่ง", "ตำแหน่งว่าง", "บุคคล", "องค์กร"]
    assert list(book)[4:8] == ["สิ่งที่มีให้", "สิ่งที่กำลังหา", "ความสัมพันธ์ระหว่างองค์กร", "การเชื่อมต่อ"]
    assert list(book)[8:] == ["การประชุม", "มติ", "งานที่มอบหมาย", "คู่มือรหัส"]
    assert book["การประชุม"][1][0] == "ประชุมวางแผน"
    assert [book["มติ"][1][at] for at in (0, 3)] == ["4 มกราคม 2550-1", "ให้สำรวจ"]
    assert [book["งานที่มอบหมาย"][1][at] for at in (2, 3)] == ["ส่งแบบ", cast.staff.person.name]


def test_a_post_shows_its_holder_and_its_vacancies(cast, places, sign_in):
    book = book_of(download(sign_in(cast.staff)))
    by_area = {(row[0], row[1]): row for row in book["ตำแหน่ง"]}
    held = by_area["แกนประสานตำบล", "ตำบลปากแพรก"]
    assert (held[5], held[6], held[4]) == (cast.tambon.person.name, "1 ม.ค. 2549", 0)
    assert "ตำบลนาเคียน" in {row[1] for row in book["ตำแหน่งว่าง"]}


def test_nobody_of_another_zone_is_in_the_file(cast, places, sign_in):
    Contact.objects.update(visibility="coordinators")
    found = unzipped(download(sign_in(cast.zone3), contacts="on", purpose="นัดประชุม"))
    assert canary(4).encode() in found  # the tambon coordinator of zone 3
    for name, number in (("zone2", 1), ("tambon2", 5)):
        assert canary(number).encode() not in found and f"{name} ทดสอบ".encode() not in found


def test_contacts_are_left_out_unless_asked_for_and_then_written_down(cast, places, sign_in):
    client = sign_in(cast.staff)
    assert b"0899990" not in unzipped(download(client))
    purposeless = {"kind": "xlsx", "style": "labels", "contacts": "on"}
    assert client.post(reverse("network_download", args=["80"]), purposeless).status_code == 422
    assert not AuditEntry.objects.filter(verb="export").exists()
    assert canary(3).encode() in unzipped(download(client, contacts="on", purpose="นัดประชุม"))
    entry = AuditEntry.objects.about(places.province).get(verb="export")
    assert (entry.reason, entry.changes["contacts_taken"]) == ("นัดประชุม", [None, 8])


def test_a_task_given_to_another_zone_stays_there(cast, places, meeting, sign_in):
    for zone, user in ((places.zone2, cast.zone2), (places.zone3, cast.zone3)):
        post = make_post("zone-representative", zone)
        given = {"post": post, "person": user.person, "due_on": date(2007, 1, 4)}
        Task.objects.create(meeting=meeting, text=f"งานของโซน {zone.number}", **given)
    rows = book_of(download(sign_in(cast.zone3), sheet="tasks"))["งานที่มอบหมาย"]
    assert [row[2] for row in rows[1:]] == ["งานของโซน 3"]


def test_whoever_works_for_one_tambon_does_not_take_it(cast, sign_in):
    assert sign_in(cast.tambon).get(reverse("network_choose", args=["80"])).status_code == 403
    assert sign_in(cast.zone3).get(reverse("network_choose", args=["81"])).status_code == 404
