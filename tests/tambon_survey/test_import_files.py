"""Which files are read, and as what."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from nakhon_network.lib.workbook import guarded
from tambon_survey.importing import tables
from tambon_survey.importing.files import CSV, CSV_ZIP, MOST_BYTES, XLSX, FileProblem, kind_of


@pytest.fixture
def put(tmp_path: Path):
    """A file of given bytes."""

    def written(content: bytes, name: str = "file.bin") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written


def book(rows: list[list[object]], name: str = "ตำบล") -> bytes:
    """A workbook of one sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "d/m/yyyy"}) as made:
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def archive(**entries: bytes) -> bytes:
    """A zip archive; two underscores in a name stand for a slash, one for a dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def read(path: Path) -> list[list[list[tables.Cell]]]:
    return [list(table.rows) for table in tables.read(path, kind_of(path))]


def test_a_file_is_known_by_its_content_and_not_by_its_name(put):
    assert kind_of(put(book([["ก"]]), "survey.csv")) == XLSX
    assert kind_of(put("ตำบล,ชื่อ\n".encode(), "survey.xlsx")) == CSV
    assert kind_of(put(archive(a_csv=b"x,y", b_csv=b"z"), "kobo.zip")) == CSV_ZIP


def test_cells_keep_what_they_are(put):
    path = put(book([["0812345678", 12, 1.5, date(2006, 12, 25), True], ["=1+1", "-5", "@x"]]))
    (rows,) = read(path)
    assert rows[0] == ["0812345678", 12, 1.5, date(2006, 12, 25), True]
    assert rows[1][1:3] == ["-5", "@x"]
    assert type(rows[0][1]) is int and not isinstance(rows[0][3], datetime)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_thai_encoding(put, encoding, delimiter):
    lines = [delimiter.join(cells) for cells in (["ตำบล", "โทร"], ["กำโลน", "0812"])]
    path = put("\n".join(lines).encode(encoding))
    assert read(path) == [[["ตำบล", "โทร"], ["กำโลน", "0812"]]]


def test_csv_comes_in_as_it_went_out(put):
    texts = ["=1+1", "-5", "@x", "'=x", "+66812345678", "ก'ข"]
    path = put("\n".join(["ชื่อ", *map(guarded, texts)]).encode())
    assert [row[0] for row in read(path)[0][1:]] == texts


def test_sheets_of_a_workbook_and_files_of_an_archive_keep_their_names(put):
    path = put(archive(coordinators_csv="ชื่อ\nก".encode(), team_csv="ชื่อ\nข".encode()))
    assert [table.name for table in tables.read(path, kind_of(path))] == ["coordinators", "team"]


def refused(path: Path) -> str:
    """The sentence a file is refused with, from looking at it or from reading it."""
    with pytest.raises(FileProblem) as why:
        read(path)
    return str(why.value.message)


def test_what_is_no_spreadsheet_is_refused(put):
    for content in (b"", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken", b"\x89PNG\0\0", archive(a_txt=b"x"), archive()):
        assert refused(put(content))


def test_what_bursts_when_it_is_unpacked_is_refused(put):
    bomb = archive(xl__workbook_xml=b"<w/>", xl__sheet_xml=b"0" * 60_000_000)
    assert len(bomb) < 100_000
    assert "ใหญ่เกินกว่า" in refused(put(bomb))


def test_what_refers_outside_itself_is_refused(put):
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert "นอกไฟล์" in refused(put(archive(xl__workbook_xml=entity)))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(put):
    assert "30 MB" in refused(put(b"x," * (MOST_BYTES // 2 + 1)))


def test_a_sheet_that_claims_a_million_rows_is_refused(put):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "ตำบล")
        sheet.write(1_000_000, 0, "ปลาย")
    assert "มากเกินกว่าแบบสำรวจ" in refused(put(target.getvalue()))


def test_bytes_that_are_no_thai_text_are_refused(put):
    assert "CSV UTF-8" in refused(put(b"a,b\n\xdb\xfc\xff,1"))
