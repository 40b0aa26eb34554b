"""A number is found however it is written, and nothing else is touched."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from nakhon_network.lib.traces import Traces

TRACES = Traces.of(["0812345678", "075341234", "somchai.line", "a@b.example", "1669", "xy", ""], instead="(ลบแล้ว)")
WRITTEN = [
    "0812345678", "081-234-5678", "081 234 5678", "๐๘๑-๒๓๔-๕๖๗๘", "+66 81 234 5678", "66812345678", "+66(0)81-2345678",
    "081–234–5678", "812345678", "(081) 234.5678",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_found_in_every_spelling(written):
    assert TRACES.out_of(written) == ""
    assert TRACES.out_of(f"โทร {written} ได้") == "โทร (ลบแล้ว) ได้"


@pytest.mark.parametrize("written", WRITTEN)
def test_a_database_finds_the_row_too(written):
    text = f"โทร {written}"
    assert re.search(TRACES.stored, text) and re.search(TRACES.stored, json.dumps([text]))


@pytest.mark.parametrize("other", ["0812345679", "10812345678", "08123456789", "1669", "xy", "xsomchai.line", "ง 2549"])
def test_what_only_looks_alike_stays(other):
    assert TRACES.out_of(other) == other


def test_lists_and_maps_are_walked_and_the_rest_is_left():
    value = {"a": ["0812345678", 5, None], "b": {"line": "Somchai.Line", "n": True}}
    assert TRACES.out_of(value) == {"a": ["", 5, None], "b": {"line": "", "n": True}}


def test_nothing_to_find_finds_nothing():
    assert not Traces.of(["1669", ""]) and Traces().out_of("0812345678") == "0812345678"


@pytest.mark.parametrize("cell", ["<t>081-234-5678</t>", "<v>812345678</v>"])
def test_a_workbook_is_looked_into(cell):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.xml", f"<row>{cell}</row>")
    assert TRACES.in_file(packed) and not Traces.of(["0999999999"]).in_file(packed)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
def test_a_sheet_of_text_is_looked_into(encoding):
    assert TRACES.in_file(io.BytesIO("ชื่อ,๐๘๑๒๓๔๕๖๗๘".encode(encoding)))


NAMED = Traces.of(["somjai"], instead="(ลบแล้ว)")


@pytest.mark.parametrize("text", ["LINE: somjai", "ไลน์ Somjai", "line id somjai", "@somjai", "ติดต่อ (somjai)"])
def test_a_line_id_of_letters_alone_is_found_where_it_is_called_one(text):
    assert "somjai" not in NAMED.out_of(f"ถามได้ที่ {text} ทุกวัน").lower()
    assert re.search(NAMED.stored, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["Somjai Market", "online somjais", "กลุ่ม somjai"])
def test_the_same_letters_elsewhere_may_be_a_word_and_stay(text):
    assert NAMED.out_of(text) == text


def test_a_box_that_holds_line_ids_is_emptied_of_it():
    assert NAMED.out_of({"1.line": ["somjai", "Somjai"], "kind": "somjai"}) == {"1.line": ["", ""], "kind": "somjai"}
