"""Marks and snippets: a letter keeps its vowel and its tone, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_network.lib.snippets import clusters, joined, marked_words, snippet

THAI = st.text(alphabet="กขงนมรลสหอเแโใไะาำๅิีึืุู่้๊๋์ั็ฯๆ .๑2aB\n", max_size=60)


@pytest.mark.parametrize(("text", "units"), [
    ("เก้าอี้", ["เก้า", "อี้"]),
    ("น้ำใจ", ["น้ำ", "ใจ"]),
    ("เกาะแพะ", ["เกาะ", "แพะ"]),
    ("ที่ 4", ["ที่", " ", "4"]),
    ("าก", ["า", "ก"]),
    ("", []),
])  # fmt: skip
def test_clusters_are_read_as_one(text, units):
    assert clusters(text) == units


@pytest.mark.parametrize(("text", "word", "marks"), [
    ("กลุ่มเกษตรกร", "กษตร", ["เกษตร"]),
    ("บ้านน้ำพุ", "นำพุ", ["น้ำพุ"]),
    ("ท่าศาลา", "ทาศาลา", ["ท่าศาลา"]),
    ("มากก", "ก", ["กก"]),
    ("ที่ดินที", "ที", ["ที่", "ที"]),
    ("ประชุมครั้งที่ ๔", "4", ["๔"]),
    ("กศน. อำเภอ", "กศน อำเภอ", ["กศน. อำเภอ"]),
    ("กลุ่ม", "ไม่มี", []),
])  # fmt: skip
def test_marks_hold_whole_clusters(text, word, marks):
    pieces, found = marked_words(text, [[word]])
    assert [piece for piece, hit in pieces if hit] == marks and found == [bool(marks)]


def test_the_first_form_that_is_there_is_marked():
    pieces, found = marked_words("ผู้แทนกับตัวแทนของคณะ", [["ตัวแทน", "ผู้แทน"], ["คณะ"], ["วัด"]])
    assert [piece for piece, hit in pieces if hit] == ["ตัวแทน", "คณะ"] and found == [True, True, False]


def test_a_snippet_lies_around_the_first_mark():
    pieces, _found = marked_words("เรื่องยาว" * 40 + "มะพร้าว" + "ต่อไป" * 40, [["พร้าว"]])
    shown = snippet(pieces, before=5, length=20)
    text = "".join(piece for piece, _hit in shown)
    assert text.startswith("…") and text.endswith("…") and len(clusters(text)) == 22 and ("พร้าว", True) in shown


def test_a_short_text_is_shown_whole():
    pieces, _found = marked_words("มะพร้าว", [["พร้าว"]])
    assert snippet(pieces) == pieces


@given(THAI, st.lists(st.lists(THAI, min_size=1, max_size=2), max_size=3))
def test_nothing_is_lost_and_nothing_is_split(text, words):
    pieces, found = marked_words(text, words)
    assert "".join(piece for piece, _hit in pieces) == text and len(found) == len(words)
    units = [unit for piece, _hit in pieces for unit in clusters(piece)]
    assert units == clusters(text)
    cut = snippet(pieces, before=2, length=5)
    assert set(clusters("".join(piece for piece, _hit in cut).replace("…", ""))) <= {*units, ""}


@given(st.text(max_size=40), st.text(max_size=8))
def test_any_text_may_come(text, word):
    pieces, _found = marked_words(text, [[word]])
    assert joined(pieces) == pieces and "".join(piece for piece, _hit in pieces) == text
