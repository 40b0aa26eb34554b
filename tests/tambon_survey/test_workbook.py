"""The workbook holds what the round holds, as text, and of nobody else's area."""

from __future__ import annotations

import io
import shutil
import subprocess
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organizations.models import AuditEntry
from tambon_survey import boards
from tambon_survey.models import Activity, Coordinator, Round, Step, Submission, Support
from tambon_survey.workbook import files
from tambon_survey.workbook.files import make_round_file
from tambon_survey.workbook.scope import Scope
from tests.factories import fill_in, make_round, make_submission

CANARIES = {"801217": "0899990099", "800304": "0899990098"}
TYPED = [
    "0812345678",
    "+66812345678",
    "=1+1",
    "-5",
    "@x",
    "=cmd|' /C calc'!A0",
    "<r><t>x</t></r>",
    "http://a.b",
]


@pytest.fixture
def survey_round(places):
    return make_round(places.province)


@pytest.fixture
def filled(survey_round, places):
    """A tambon of each zone, with a number that must not leave its zone, in every place that holds one."""
    for code, canary in CANARIES.items():
        submission = fill_in(make_submission(survey_round, places.tambons[code]))
        Coordinator.objects.filter(submission=submission, position=0).update(phone=canary, line=f"line{canary}")
        Support.objects.filter(submission=submission, position=0).update(contact=f"ถามที่ {canary}")
    return survey_round


def download(client, survey_round: Round, query: str = "", **data) -> SimpleNamespace:
    """The answer to the form of the page, and the file it sent."""
    form = {"kind": "xlsx", "sheet": "", "style": "labels", **data}
    response = client.post(reverse("export_download", args=[survey_round.pk]) + query, form)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return SimpleNamespace(status=response.status_code, content=content, response=response)


def book_of(content: bytes) -> dict[str, list[tuple]]:
    """Sheet → rows, the first are the headings."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content))}


def unzipped(content: bytes) -> bytes:
    """Every byte of every file in a zip, and in the zips in it."""
    if not content.startswith(b"PK"):
        return content
    archive = ZipFile(io.BytesIO(content))
    return b"".join(unzipped(archive.read(name)) for name in archive.namelist())


def test_every_sheet_is_there_and_every_tambon_has_its_row(filled, cast, sign_in):
    book = book_of(download(sign_in(cast.staff), filled).content)
    assert list(book) == [
        "สรุปรายโซน", "ตำบล", "แกนประสาน", "กิจกรรมเด่นที่จะนำมาต่อยอด", "ทีมงานคณะทำงานขับเคลื่อน", "หน่วยงานสนับสนุน",
        "บันทึกการตรวจ", "งานที่มอบหมาย", "คู่มือรหัส",
    ]  # fmt: skip
    assert [row[4] for row in book["ตำบล"][1:]] == ["800304", "801217"]
    assert [len(book[name]) - 1 for name in list(book)[2:6]] == [4, 2, 6, 4]
    assert {row[:6] for row in book["แกนประสาน"][3:]} == {(3, "โซนทดสอบ 3", "8012", "ปากพนัง", "801217", "ปากแพรก")}


def test_a_tambon_has_its_rosters_as_counts_and_in_words_and_the_reasons(filled, cast, sign_in):
    heads, *rows = book_of(download(sign_in(cast.staff), filled).content)["ตำบล"]
    found = dict(zip(heads, rows[1], strict=True))
    assert (found["สถานะ"], found["คณะทำงาน: จำนวนรายการ"], found["ความพร้อม"]) == ("ร่าง", 3, "พร้อม")
    assert found["คณะทำงาน: เหตุผล"] == "มีคณะทำงาน 3 คน; ระบุบทบาทแล้ว 3 คน"
    assert found["หน่วยงานสนับสนุน: รายการ"].splitlines()[1] == "2. หน่วยงาน 1 (องค์กรอิสระ)"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_comes_out_as_the_same_text(survey_round, places, cast, sign_in, kind, typed):
    submission = make_submission(survey_round, places.tambons["801217"])
    Activity.objects.create(submission=submission, title="กิจกรรม")
    Activity.objects.update(title=typed, what=f"{typed}\x01 ต่อ")
    found = download(sign_in(cast.staff), survey_round, kind=kind, sheet="activities").content
    if kind == "csv":
        guard = "'" if typed[0] in "=+-@" else ""
        assert found.startswith("\ufeff".encode()) and f",{guard}{typed}," in found.decode()
        return
    sheet = load_workbook(io.BytesIO(found)).active
    cell = sheet.cell(2, 8)
    assert (cell.value.strip(), cell.data_type) == (typed, "s")
    assert "\x01" not in sheet.cell(2, 9).value


def test_a_phone_keeps_its_zero(filled, cast, sign_in):
    client = sign_in(cast.staff)
    asked = {"contacts": "on", "purpose": "โทรนัดประชุม", "sheet": "coordinators"}
    heads, *rows = book_of(download(client, filled, **asked).content)["แกนประสาน"]
    assert rows[0][heads.index("โทรศัพท์")] == CANARIES["800304"]
    assert b"089-999-0098" in download(client, filled, kind="csv", **asked).content


@pytest.mark.parametrize("kind", ["xlsx", "csv", "zones"])
@pytest.mark.parametrize("contacts", [{}, {"contacts": "on", "purpose": "นัดประชุม"}])
def test_no_byte_of_another_zone_leaves(filled, cast, places, sign_in, kind, contacts):
    kind = "xlsx" if kind == "zones" and not contacts else kind
    found = download(sign_in(cast.zone3), filled, kind="xlsx" if kind == "zones" else kind, **contacts)
    bytes_ = unzipped(found.content)
    assert found.status == 200 and places.tambons["801217"].name_th.encode() in bytes_
    assert b"0899990098" not in bytes_ and b"089-999-0098" not in bytes_ and "กำโลน".encode() not in bytes_
    assert (b"0899990099" in bytes_ or b"089-999-0099" in bytes_) == bool(contacts)


def test_a_district_coordinator_gets_the_own_tambon_without_contacts(filled, cast, sign_in):
    client = sign_in(cast.district)
    found = unzipped(download(client, filled).content)
    assert "ปากแพรก".encode() in found and "กำโลน".encode() not in found and b"089999" not in found
    assert download(client, filled, contacts="on", purpose="โทร").status == 403


def test_contacts_are_written_down_with_how_many_and_what_for(filled, cast, places, sign_in):
    asked = {"contacts": "on", "purpose": "โทรนัดประชุม 4 ม.ค.", "zone": places.zone3.pk}
    assert download(sign_in(cast.staff), filled, **asked).status == 200
    entry = AuditEntry.objects.about(filled).get(verb="export")
    assert (entry.by, entry.reason) == (cast.staff, "โทรนัดประชุม 4 ม.ค.")
    assert entry.changes["contacts_taken"] == [None, 4]
    assert AuditEntry.objects.about(places.zone3).filter(verb="export").exists()


def test_contacts_need_a_purpose_and_without_them_nothing_is_written_down(filled, cast, sign_in):
    client = sign_in(cast.staff)
    assert download(client, filled, contacts="on").status == 422
    assert download(client, filled).status == 200
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_a_zip_has_one_workbook_a_zone(filled, cast, sign_in):
    archive = ZipFile(io.BytesIO(download(sign_in(cast.staff), filled, kind="zones").content))
    assert archive.namelist() == ["โซน 2 ทดสอบ 2.xlsx", "โซน 3 ทดสอบ 3.xlsx"]
    assert [row[4] for row in book_of(archive.read("โซน 3 ทดสอบ 3.xlsx"))["ตำบล"][1:]] == ["801217"]


@pytest.mark.parametrize(
    ("query", "tambons"),
    [("?state=draft", ["800304", "801217"]), ("?state=approved", []), ("?district=8012&state=draft", ["801217"])],
)
def test_the_file_is_as_narrow_as_the_board_one_comes_from(filled, cast, sign_in, query, tambons):
    book = book_of(download(sign_in(cast.staff), filled, query).content)
    assert [row[4] for row in book["ตำบล"][1:]] == tambons


def test_codes_stand_alone_or_beside_the_words(filled, cast, sign_in):
    client = sign_in(cast.staff)
    codes = book_of(download(client, filled, style="codes", sheet="agencies").content)["หน่วยงานสนับสนุน"]
    assert codes[0][6:9] == ("position", "name", "sector") and codes[1][8] == "government"
    both = book_of(download(client, filled, style="both", sheet="agencies").content)["หน่วยงานสนับสนุน"]
    assert both[0][8:10] == ("ภาคส่วน", "ภาคส่วน (รหัส)") and both[1][8:10] == ("ราชการ", "government")


def test_dates_stand_in_the_buddhist_era_beside_their_iso_form(filled, cast, sign_in):
    Activity.objects.update(since="2006-12")
    heads, row, *_rest = book_of(download(sign_in(cast.staff), filled, sheet="activities").content)[
        "กิจกรรมเด่นที่จะนำมาต่อยอด"
    ]
    at = heads.index("ตั้งแต่")
    assert (row[at], row[at + 1]) == ("ธันวาคม 2549", "2006-12")


def test_the_zone_summary_says_what_the_board_says(filled, cast, sign_in):
    Submission.objects.filter(tambon="800304").update(state="submitted", submitted_at=timezone.now())
    heads, *rows = book_of(download(sign_in(cast.staff), filled, sheet="zones").content)["สรุปรายโซน"]
    tally = boards.tally(boards.submissions_of(filled, cast.staff), now=timezone.now())
    total = dict(zip(heads, rows[-1], strict=True))
    assert total["ตำบลทั้งหมด"] == tally.expected
    assert {one.label: total[one.label] for one in [*tally.states, *tally.readiness]} == {
        one.label: one.count for one in [*tally.states, *tally.readiness]
    }


def test_the_review_log_has_a_row_a_point(filled, cast, sign_in):
    step = Step.objects.create(
        submission=Submission.objects.get(tambon="801217"),
        move="return", from_state="submitted", to_state="returned", reason="", made_by=cast.zone3,
    )  # fmt: skip
    for text in ("เพิ่มเบอร์", "แก้ชื่อ"):
        step.points.create(topic="team", text=text)
    heads, *rows = book_of(download(sign_in(cast.staff), filled, sheet="log").content)["บันทึกการตรวจ"]
    assert [row[heads.index("จุดที่ต้องแก้")] for row in rows] == ["เพิ่มเบอร์", "แก้ชื่อ"]
    assert rows[0][heads.index("ผู้ทำ")] == "zone3 ทดสอบ"


def test_sheets_print_on_a4_with_headings_and_page_numbers(filled, cast):
    made = make_round_file(Scope(filled, cast.staff, timezone.now()), kind="xlsx")
    for sheet in load_workbook(made.file):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.freeze_panes and sheet.auto_filter.ref and sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.right.text.endswith("&P / &N")
        assert sheet["A1"].font.name == "TH Sarabun New"


def test_the_workbook_is_three_clicks_from_home(filled, cast, sign_in):
    client = sign_in(cast.staff)
    assert f'href="{filled.get_absolute_url()}"' in client.get("/").content.decode()
    choose = reverse("export_choose", args=[filled.pk])
    assert f'href="{choose}"' in client.get(filled.get_absolute_url()).content.decode()
    page = client.get(choose)
    form = page.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields if name not in ("contacts", "purpose")}
    assert download(client, filled, **chosen).content.startswith(b"PK")


def test_a_server_makes_one_file_at_a_time(filled, cast, sign_in, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE_SECONDS", 0)
    files._TURN.acquire()
    try:
        found = download(sign_in(cast.staff), filled)
    finally:
        files._TURN.release()
    assert found.status == 302 and found.response.url == reverse("export_choose", args=[filled.pk])
    assert download(sign_in(cast.staff), filled).status == 200


def test_more_than_a_file_holds_is_refused_before_it_is_begun(filled, cast, sign_in, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    assert download(sign_in(cast.staff), filled).status == 302


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it_with_the_same_text(filled, cast, sign_in, tmp_path):
    Activity.objects.filter(submission__tambon="801217").update(title="=1+1", what="๐๑๒ เครื่องแกง")
    (tmp_path / "a.xlsx").write_bytes(download(sign_in(cast.staff), filled, sheet="activities").content)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    opened = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert ",=1+1,๐๑๒ เครื่องแกง," in opened
