"""The files of the minutes: one font and size in Word, a searchable PDF, and the same words in both and on the page."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import uuid
import zipfile
from xml.etree import ElementTree

import pytest
from PIL import Image

from meetings.minutes.building import build
from meetings.minutes.document import Document, Photo
from meetings.minutes.layout import KINDS, Block, Stamp, sheet_of
from meetings.minutes.pdf_file import pdf_of
from meetings.minutes.word_file import word_of
from meetings.models import Minutes
from tests.meetings.source_meeting import give_task, make_source_meeting

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = (
    *("รายงานการประชุม", "ผู้มาประชุม", "ผู้เข้าร่วมประชุม", "เริ่มประชุมเวลา"),
    *("ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "ระเบียบวาระที่ ๒ เรื่องรับรองรายงานการประชุม"),
    *("ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง", "ระเบียบวาระที่ ๔ เรื่องเสนอให้ที่ประชุมพิจารณา"),
    *("ระเบียบวาระที่ ๕ เรื่องอื่น ๆ", "มติที่ประชุม", "ข้อสรุป", "เลิกประชุมเวลา", "ผู้จดรายงานการประชุม"),
)
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the PDF")


@pytest.fixture
def sheet(places):
    meeting = make_source_meeting(places)
    give_task(meeting, places)
    return sheet_of(build(Minutes(meeting=meeting)), Stamp())


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """The XML parts of a Word file that hold text or styles."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [name for name in file.namelist() if re.fullmatch(r"word/(document|styles|header\d)\.xml", name)]
        return {name: ElementTree.fromstring(file.read(name)) for name in names}


def text_of(root: ElementTree.Element) -> str:
    paragraphs = ["".join(text.text or "" for text in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]
    return "\n".join(paragraphs).replace("\u00a0", " ")


def pdf_text(content: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return found.stdout.decode().replace("\u00a0", " ")


def test_every_run_says_its_type_for_thai_too(sheet):
    for name, root in parts(word_of(sheet, {})).items():
        for run in root.iter(f"{W}rPr"):
            fonts = run.find(f"{W}rFonts")
            assert fonts is not None, name
            assert {fonts.get(f"{W}{one}") for one in ("ascii", "hAnsi", "eastAsia", "cs")} == {"TH Sarabun New"}
            assert [run.find(f"{W}{one}").get(f"{W}val") for one in ("sz", "szCs")] == ["32", "32"]
            assert (run.find(f"{W}b") is None) == (run.find(f"{W}bCs") is None)
            assert run.find(f"{W}cs") is not None and run.find(f"{W}lang").get(f"{W}bidi") == "th-TH"


def test_no_run_is_without_its_type_and_no_theme_font_is_left(sheet):
    for root in parts(word_of(sheet, {})).values():
        assert all(run.find(f"{W}rPr") is not None for run in root.iter(f"{W}r"))
        assert "Theme" not in " ".join(key for one in root.iter(f"{W}rFonts") for key in one.attrib)


def test_the_word_file_holds_the_headings_in_order_and_no_arabic_digit(sheet):
    found = parts(word_of(sheet, {}))
    text = text_of(found["word/document.xml"])
    at = [text.index(heading) for heading in HEADINGS if heading not in ("มติที่ประชุม", "ข้อสรุป")]
    assert at == sorted(at)
    assert "มติที่ประชุม เป็นที่ยุติว่า" in text and "ข้อสรุป จัดเวที" in text
    assert re.findall("[0-9]", "".join(text_of(root) for root in found.values())) == []


def test_the_word_page_is_the_official_one(sheet):
    found = parts(word_of(sheet, {}))
    section = found["word/document.xml"].find(f".//{W}sectPr")
    margins = section.find(f"{W}pgMar")
    centimetres = [round(int(margins.get(f"{W}{side}")) / 567, 1) for side in ("left", "right", "top", "bottom")]
    assert centimetres == [3.0, 2.0, 2.5, 2.0]
    assert section.find(f"{W}titlePg") is not None
    assert section.find(f"{W}pgNumType").get(f"{W}fmt") == "thaiNumbers"
    heads = sorted(text_of(found[name]) for name in found if "header" in name)
    assert heads == ["- ๒ -ร่าง", "ร่าง"]


def test_adopted_minutes_carry_no_draft_in_the_head(places):
    sheet = sheet_of(build(Minutes(meeting=make_source_meeting(places))), Stamp(is_draft=False))
    found = parts(word_of(sheet, {}))
    assert not any("ร่าง" in text_of(root) for name, root in found.items() if "header" in name)


def test_the_word_file_names_no_program_and_no_person(sheet):
    with zipfile.ZipFile(io.BytesIO(word_of(sheet, {}))) as file:
        about = file.read("docProps/core.xml").decode()
    assert "python" not in about and "<dc:creator></dc:creator>" in about.replace(
        "<dc:creator/>", "<dc:creator></dc:creator>"
    )


@needs_pdftotext
def test_every_heading_is_found_in_the_pdf_and_no_arabic_digit(sheet):
    text = pdf_text(pdf_of(sheet, {}))
    assert [heading for heading in HEADINGS if heading not in text] == []
    assert re.findall("[0-9]", text) == []
    assert "ร่าง" in text and "ครั้งที่ ....../๒๕๔๙" in text


@needs_pdftotext
def test_the_second_page_of_the_pdf_has_its_number(sheet):
    pages = pdf_text(pdf_of(sheet, {})).split("\f")
    assert re.search(r"- ?๒ ?-", pages[1]) and not re.search(r"- ?๑ ?-", pages[0])


@needs_pdftotext
def test_a_text_is_never_read_as_markup(places):
    nasty = '#panic("x") $a$ *b* _c_ <d> `e` @f // g \\'
    assert nasty in pdf_text(pdf_of(sheet_of(Document(title=nasty), Stamp()), {}))


def test_photos_stand_in_both_files_and_a_lost_one_keeps_its_caption():
    keys = [str(uuid.uuid4()) for _ in range(2)]
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    document = Document(photos=tuple(Photo(key, f"ภาพของ {key[:2]}") for key in keys))
    sheet, pictures = sheet_of(document, Stamp()), {keys[0]: written.getvalue()}
    with zipfile.ZipFile(io.BytesIO(word_of(sheet, pictures))) as file:
        assert [name for name in file.namelist() if name.startswith("word/media/")] == ["word/media/image1.jpg"]
    assert pdf_of(sheet, pictures).count(b"/DCTDecode") == 1
    assert [row[0] for block in sheet.blocks if block.kind == "photos" for row in block.rows] == keys


def test_every_kind_of_block_is_drawn_in_both_files():
    whole = {"text": "ก", "lead": "ข", "number": "๑", "aside": "ค"}
    blocks = tuple(Block(kind, **whole, columns=("หัว", "หาง"), rows=(("ง", "จ"),)) for kind in KINDS)
    sheet = sheet_of(Document(), Stamp())
    drawn = type(sheet)(sheet.name, "", "", "arabic", blocks)
    assert word_of(drawn, {}).startswith(b"PK") and pdf_of(drawn, {}).startswith(b"%PDF")
