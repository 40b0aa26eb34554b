"""Pages by typst: data is text and never markup, and the text of the file is the text that was given."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from nakhon_network.lib import typesetting
from nakhon_network.lib.paper import Paper, Sheet, Text

SHEETS = Path("typesetting/sheets.typ")
# Syllables with two marks above a letter: where a file goes wrong first.
HARD = "ครั้งที่ ตั้ง ทั้งสิ้น ปั้นฐานน้ำ ที่ญู่ ฝั่ง ฟื้นฟู กำโลน ถ้ำพรรณรา ร่อนพิบูลย์"
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")


def drawn(*texts: str) -> bytes:
    """A paper of one sheet with these paragraphs."""
    sheet = Sheet("one", "เรื่อง", "", [Text(text) for text in texts])
    return typesetting.compile(SHEETS, typesetting.printable(Paper("เรื่อง", "ท้ายหน้า", "หน้า", [sheet])))


def text_of(pdf: bytes) -> str:
    """What pdftotext finds."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def pieces(pdf: bytes) -> int:
    """How many pieces of text the pages are made of."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return sum(
        zlib.decompress(one).count(b"BT ") for one in streams if one[:1] == b"x" and b"BT " in zlib.decompress(one)
    )


@needs_pdftotext
def test_thai_text_is_found_in_the_file():
    assert HARD in text_of(drawn(HARD))


def test_marks_above_a_letter_are_no_pieces_of_their_own():
    assert pieces(drawn(HARD)) == pieces(drawn("กขค งจฉ"))


@needs_pdftotext
@pytest.mark.parametrize(
    "typed", ["#panic()", "*x* _y_ $z$ `w`", "#{sys.inputs}", "<a> @b // c /* d */", "\\u{41} = e"]
)
def test_what_people_type_is_never_markup(typed):
    assert typed in text_of(drawn(typed))


@pytest.mark.parametrize("typed", ["ก\x00ข", "ก\x07\x1bข", "ก\ud800ข", "ก\u202eข", "ก\ufeffข"])
def test_what_cannot_be_printed_is_left_out(typed):
    assert typesetting.printable({"a": [typed]}) == {"a": ["กข"]}


def test_numbers_line_ends_and_nothing_stay_what_they_are():
    assert typesetting.printable({"a": (1, 2.5, None, True, "ก\nข\tค")}) == {"a": [1, 2.5, None, True, "ก\nข ค"]}


def test_no_font_of_the_machine_is_used():
    assert set(re.findall(rb"/BaseFont/[A-Z]{6}\+([A-Za-z]+)", drawn(HARD))) <= {b"Sarabun"}
