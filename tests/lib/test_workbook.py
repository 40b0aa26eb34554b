"""Rules of files for spreadsheets: a text stays a text, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from openpyxl import load_workbook

from nakhon_network.lib.columns import Part
from nakhon_network.lib.workbook import About, Sheet, guarded, unguarded, writable, write_csv, write_xlsx, write_zip

ABOUT = About("ทดสอบ & 1", "จัดทำ 4 ม.ค. 2550")


def sheet(*rows: list, title: str = "แผ่น", parts: int = 2) -> Sheet:
    return Sheet("sheet", title, [Part(f"หัว {at}", 12) for at in range(parts)], lambda: rows)


@given(some.text(max_size=40))
def test_a_guarded_text_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+66", "-5", "@x", "\tx", "\rx", "'=1"])
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["บ้าน", "0812345678", "'เน้น'", ""])
def test_other_texts_are_left_as_they_are(text):
    assert guarded(text) == unguarded(text) == text


@given(some.text(max_size=60))
@example("=1+1")
@example("<r><t>x</t></r>")
@example(" ก & <ข> ")
def test_whatever_was_typed_the_file_opens_with_the_same_text(text):
    file = io.BytesIO()
    write_xlsx(file, [sheet([text, 5])], ABOUT)
    cell = load_workbook(file).active["A2"]
    assert (cell.value or "") == writable(text)
    assert cell.data_type != "f"


def test_a_text_that_looks_escaped_is_escaped_once_more():
    file = io.BytesIO()
    write_xlsx(file, [sheet(["_x0041_"])], ABOUT)
    assert b">_x005F_x0041_<" in ZipFile(file).read("xl/worksheets/sheet1.xml")


def test_numbers_are_numbers_and_nothing_is_an_empty_cell():
    file = io.BytesIO()
    assert write_xlsx(file, [sheet([0, None], [7, ""])], ABOUT) == 2
    rows = list(load_workbook(file).active.iter_rows(min_row=2, values_only=True))
    assert rows == [(0, None), (7, None)]


def test_a_text_longer_than_a_cell_is_cut_instead_of_lost():
    file = io.BytesIO()
    write_xlsx(file, [sheet(["ก" * 40_000, "ข"])], ABOUT)
    assert len(load_workbook(file).active["A2"].value) == 32_000


def test_tabs_have_names_that_a_spreadsheet_takes_each_once():
    file = io.BytesIO()
    write_xlsx(file, [sheet(title="ก/ข:ค" * 20), sheet(title="ก/ข:ค" * 20), sheet(title="[]")], ABOUT)
    names = load_workbook(file).sheetnames
    assert len({*names}) == 3 and all(0 < len(name) <= 31 for name in names)


def test_csv_begins_with_a_mark_and_its_phones_keep_their_zero():
    file = io.BytesIO()
    columns = [Part("ชื่อ", 10), Part("โทรศัพท์", 10, is_phone=True)]
    assert write_csv(file, Sheet("x", "x", columns, lambda: [["บรรทัด\nสอง", "0812345678"]])) == 1
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert rows == [["ชื่อ", "โทรศัพท์"], ["บรรทัด\nสอง", "081-234-5678"]]


def test_a_zip_counts_the_rows_of_all_its_files():
    members = [(f"{name}.xlsx", lambda file: write_xlsx(file, [sheet(["ก", 1])], ABOUT)) for name in "ab"]
    assert write_zip(io.BytesIO(), members) == 2
