"""Files that are broken, misleading or made to harm: refused in a sentence, or shown for what they hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone

from tambon_survey.importing import tables
from tambon_survey.importing.files import XLSX, kind_of
from tambon_survey.importing.planning import Finding, Scope, findings, prepare
from tests.tambon_survey.test_import_files import archive, book, put, read, refused  # noqa: F401
from tests.tambon_survey.test_import_plan import BATCH, asked  # noqa: F401

HEAD = ["tambon_code", "name", "role"]
ROWS = [HEAD, ["800304", "คนแรก", "ครู"], ["800304", "คนที่สอง", "ครู"]]
SHEET = "xl/worksheets/sheet1.xml"


def changed(content: bytes, change: Callable[[bytes], bytes], names: str = SHEET, **more: bytes) -> bytes:
    """A workbook with its entries of some names changed, and with some more."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            new.writestr(entry, change(text) if re.fullmatch(names, entry.filename) else text)
        for name, text in more.items():
            new.writestr(name.replace("__", "/").replace("_", "."), text)
    return target.getvalue()


def with_row(cells: str) -> bytes:
    """The workbook with a fourth row of raw cells."""
    row = f'<row r="4"><c r="A4" t="inlineStr"><is><t>800304</t></is></c>{cells}</row></sheetData>'
    return changed(book(ROWS, "แกนประสาน"), lambda text: text.replace(b"</sheetData>", row.encode()))


@pytest.fixture
def plan(asked, cast, put):  # noqa: F811
    """What becomes of the rows of a file of zone 2."""

    def planned(content: bytes, name: str = "แกนประสาน.csv") -> list[Finding]:
        path = put(content, name)
        scope = Scope.of(asked["800304"].round, cast.zone2, now=timezone.now())
        return list(findings(map(prepare, tables.read(path, kind_of(path))), scope, batch=BATCH))

    return planned


def kinds(found: list[Finding]) -> list[str]:
    return [one.kind for one in found]


# ---- workbooks -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("claim", [b"A1:B2", b"A1:XFD1048576", b"A1", b"ZZZZZZ99999999999"])
def test_what_a_sheet_claims_of_its_size_is_not_believed(put, claim):  # noqa: F811
    content = changed(book(ROWS), lambda text: re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"%s"' % claim, text))
    assert read(put(content)) == [ROWS]


def test_a_million_empty_rows_are_no_rows(put):  # noqa: F811
    empty = "".join(f'<row r="{number}" ht="15"/>' for number in range(4, 1_000_001)).encode()
    content = changed(book(ROWS), lambda text: text.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert read(put(content)) == [ROWS]


def test_a_sheet_of_all_columns_is_refused(put):  # noqa: F811
    wide = changed(book(ROWS), lambda text: text.replace(b'r="C1"', b'r="XFD1"'))
    assert "มากเกินกว่าแบบสำรวจ" in refused(put(wide))


def test_headings_merged_over_two_rows_are_read(plan):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("แกนประสาน")
        sheet.merge_range("A1:A2", "รหัสตำบล")
        sheet.merge_range("B1:C1", "แกนประสาน")
        sheet.write_row("B2", ["ชื่อและนามสกุล", "บทบาทในชุมชน"])
        sheet.write_row("A3", ROWS[1])
    (found,) = plan(target.getvalue())
    assert (found.kind, found.row, found.name) == ("new", 3, "คนแรก")


@pytest.mark.parametrize("entry", [SHEET, "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("before", [b"", b"<!--" + b"x" * 300_000 + b"-->"])
def test_entities_are_refused_wherever_they_stand(put, entry, before):  # noqa: F811
    said = before + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    content = changed(book(ROWS), lambda text: text.replace(b"?>", b"?>" + said, 1), re.escape(entry))
    assert "นอกไฟล์" in refused(put(content))


def test_of_a_formula_its_value_is_read_and_another_file_is_not_opened(plan):
    link = b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    cells = '<c r="B4" t="str"><f>[1]Sheet1!A1</f><v>จากไฟล์อื่น</v></c>'
    content = changed(with_row(cells), bytes, xl__externalLinks___rels__externalLink1_xml_rels=link)
    assert [one.name for one in plan(content)] == ["คนแรก", "คนที่สอง", "จากไฟล์อื่น"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ('<c r="C4"><f>1+1</f></c>', "Excel หรือ LibreOffice"),
        ('<c r="C4"><f t="shared" si="0"/></c>', "Excel หรือ LibreOffice"),
        ('<c r="C4"><f>1+1</f><v></v></c>', "Excel หรือ LibreOffice"),
        ('<c r="C4"><f>1+1</f><v /></c>', "Excel หรือ LibreOffice"),
        ('<c r="C4" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>', "#N/A"),
    ],
)
def test_a_formula_without_a_value_is_not_taken_for_an_empty_cell(plan, cell, why):
    *_good, found = plan(with_row(f'<c r="B4" t="inlineStr"><is><t>คนที่สาม</t></is></c>{cell}'))
    assert (found.kind, found.row, found.column) == ("error", 4, "role") and why in found.text


def test_a_formula_that_came_to_nothing_is_an_empty_cell(plan):
    *_good, found = plan(with_row('<c r="B4" t="str"><f>"ก"</f><v>ก</v></c><c r="C4" t="str"><f>""</f><v></v></c>'))
    assert (found.kind, set(found.cells)) == ("new", {"name"})


def test_a_hidden_sheet_is_not_read(put):  # noqa: F811
    hidden = changed(book(ROWS), lambda text: text.replace(b"<sheet ", b'<sheet state="hidden" '), "xl/workbook.xml")
    assert read(put(hidden)) == []


def test_macros_are_not_looked_at(put):  # noqa: F811
    with_macros = changed(book(ROWS), bytes, xl__vbaProject_bin=b"\xd0\xcf\x11\xe0Sub AutoOpen()")
    path = put(with_macros, "survey.xlsm")
    assert kind_of(path) == XLSX and read(path) == [ROWS]


def test_strict_workbooks_are_read(put):  # noqa: F811
    def strict(text: bytes) -> bytes:
        old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
        return re.sub(rb"(spreadsheetml|officeDocument)/2006/(main|relationships)", rb"\1/\2", text.replace(old, new))

    assert read(put(changed(book(ROWS), strict, r"(xl|_rels)/.*"))) == [ROWS]


def test_a_locked_workbook_says_that_it_is_locked(put):  # noqa: F811
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "รหัสผ่าน" in refused(put(locked))


@pytest.mark.parametrize("old", [b"<v>2</v>", b"</row>", b'r="A3"'])
def test_a_damaged_sheet_is_refused(put, old):  # noqa: F811
    assert "เสียหาย" in refused(put(changed(book(ROWS), lambda text: text.replace(old, b"<v>9999</v><"))))


# ---- CSV and archives ------------------------------------------------------------------------------------------------
def test_names_in_an_archive_lead_nowhere(put, tmp_path: Path):  # noqa: F811
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in ("../../outside/team.csv", "/etc/agencies.csv", "a/./b/../../../c.csv"):
            made.writestr(name, "name,role\nก,ข")
    path = put(target.getvalue(), "in.zip")
    assert [table.name for table in tables.read(path, kind_of(path))] == ["team", "agencies", "c"]
    assert [one.name for one in tmp_path.iterdir()] == ["in.zip"]


def test_a_title_above_the_headings_does_not_hide_what_parts_the_cells(plan):
    text = "แบบสำรวจ, รอบปี 2569\ntambon_code;name;role\n800304;ก, ข และคณะ;ครู\n"
    assert [one.name for one in plan(text.encode("cp874"))] == ["ก, ข และคณะ"]


def test_a_row_that_is_longer_than_the_headings_is_not_shifted(plan):
    text = "tambon_code,name,role\n800304,สั้น\n800304,ก, ข และคณะ,ครู\n800304,ยาว,ครู,,\n"
    found = plan(text.encode())
    assert kinds(found) == ["new", "error", "new"] and "อัญประกาศ" in found[1].text


def test_nul_bytes_are_no_spreadsheet_wherever_they_stand(put):  # noqa: F811
    assert "ไม่ใช่" in refused(put(b"a,b\n" * 100_000 + b"\0"))
    assert "CSV UTF-8" in refused(put("ตำบล,ชื่อ".encode("utf-16")))


def test_a_cell_that_is_far_too_long_is_named_and_cut(plan):
    found = plan(f"tambon_name,name,role\nกำโลน,ก,{'ก' * 40_000}\n{'ก' * 40_000},ก,ครู\n".encode())
    assert kinds(found) == ["error", "unmatched"] and found[0].column == "role"
    assert max(len(found[1].place), len(found[1].text)) < 300


@pytest.mark.parametrize("since", ["2549", "2006", "25/12/2549", "25/12/2006", "2006-12-25", "ธ.ค. 2549"])
def test_years_of_both_eras_may_stand_in_one_column(plan, since):
    text = f"tambon_code,title,since\n800304,ก,{since}\n800304,ข,2549\n"
    assert {one.cells["since"][1][:4] for one in plan(text.encode(), "กิจกรรมเด่น.csv")} == {"2006"}


@pytest.mark.parametrize("since", ["49", "25/12/49", "25 ธ.ค. 49", "31/2/2549", "25/12"])
def test_a_year_that_may_be_of_either_era_is_asked_and_not_guessed(plan, since):
    (found,) = plan(f"tambon_code,title,since\n800304,ก,{since}\n".encode(), "กิจกรรมเด่น.csv")
    assert (found.kind, found.column) == ("error", "since") and found.text


def test_one_entry_in_two_files_of_an_archive_is_refused(asked, plan):  # noqa: F811
    key = asked["800304"].coordinators.first().pk
    one = f"id,tambon_code,name\n{key},800304,ก\n".encode()
    content = archive(coordinators1_csv=one, coordinators2_csv=one)
    _first, second = plan(content)
    assert second.kind == "error" and "coordinators1" in second.text
