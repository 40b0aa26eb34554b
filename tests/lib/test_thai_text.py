"""Rules of Thai text: what is stored, found, sorted, cut and highlighted."""

import pytest
from hypothesis import example, given

from nakhon_network.lib import thai_text
from nakhon_network.lib.thai_text import (
    clean,
    graphemes,
    highlight_spans,
    loose_key,
    place_key,
    search_key,
    sort_key,
)
from tests.lib.arbitrary import any_text, unhurried

DISTRICTS = [
    "ขนอม",
    "จุฬาภรณ์",
    "ฉวาง",
    "เฉลิมพระเกียรติ",
    "ชะอวด",
    "ช้างกลาง",
    "เชียรใหญ่",
    "ถ้ำพรรณรา",
    "ท่าศาลา",
    "ทุ่งสง",
    "ทุ่งใหญ่",
    "นบพิตำ",
    "นาบอน",
    "บางขัน",
    "ปากพนัง",
    "พรหมคีรี",
    "พระพรหม",
    "พิปูน",
    "เมืองนครศรีธรรมราช",
    "ร่อนพิบูลย์",
    "ลานสกา",
    "สิชล",
    "หัวไทร",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเก้จน", "แก้จน"),
        ("นํ้าพุ", "น้ำพุ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ท่ี", "ที่"),
        ("ทีี่", "ที่"),
        ("ตําบล", "ตำบล"),
        ("นบพิตํา", "นบพิตำ"),
        ("นา้", "น้า"),
        ("ศิลป์ิ", "ศิลปิ์"),
        ("ประชุม\u200bครั้งที่ ๔", "ประชุมครั้งที่ 4"),
        ("อำเภอ\u00a0 ทุ่งสง ", "อำเภอ ทุ่งสง"),
        ("LINE", "line"),
    ],
)
def test_spellings_that_look_alike_are_equal_in_the_strict_form(typed: str, meant: str) -> None:
    assert search_key(typed) == search_key(meant) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ทาศาลา", "ท่าศาลา"),
        ("ถำพรรณรา", "ถ้ำพรรณรา"),
        ("เชือมตอ", "เชื่อมต่อ"),
        ("กศน", "กศน."),
        ("อ. เมือง", "อ.เมือง"),
        ("กรุงเทพ", "กรุงเทพฯ"),
    ],
)
def test_forgotten_marks_dots_and_spaces_are_equal_in_the_loose_form_only(typed: str, meant: str) -> None:
    assert loose_key(typed) == loose_key(meant)
    assert search_key(typed) != search_key(meant)


def test_different_words_stay_different_in_the_loose_form() -> None:
    assert len({loose_key(word) for word in ("ทุ่งสง", "ทุ่งใหญ่", "นา", "นำ", "นี", "นิ")}) == 6


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ก\x00ข\u200bค\u00adง\ufeffจ\ud800ฉ\x9f", "กขคงจฉ"),
        ("  หนึ่ง\u00a0\u00a0สอง\u3000 ", "หนึ่ง สอง"),
        ("หนึ่ง\r\nสอง\tสาม", "หนึ่ง สอง สาม"),
        ("น้ํา เเก้ ท่ี", "น้ำ แก้ ที่"),
        ("ปี ๒๕๔๙ LINE", "ปี ๒๕๔๙ LINE"),
        ("\u200b \u3164", ""),
    ],
)
def test_what_was_typed_is_kept_without_invisible_characters_and_misordered_marks(typed: str, stored: str) -> None:
    assert clean(typed) == stored


def test_line_ends_are_kept_only_where_there_may_be_several_lines() -> None:
    assert clean(" ก \r\n\r\nข\u2028ค\n", multiline=True) == "ก\n\nข\nค"


def test_sara_am_is_never_split() -> None:
    assert clean("ทำ ﬁ ½") == "ทำ ﬁ ½"


@unhurried
@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    lines = clean(text, multiline=True)
    assert clean(lines, multiline=True) == lines
    lines.encode()


@unhurried
@given(any_text)
def test_keys_do_not_depend_on_whether_the_text_was_cleaned_before(text: str) -> None:
    assert search_key(clean(text)) == search_key(clean(text, multiline=True)) == search_key(text)
    assert search_key(search_key(text)) == search_key(text)
    assert loose_key(loose_key(text)) == loose_key(search_key(text)) == loose_key(text)


def test_digits_are_turned_both_ways() -> None:
    assert thai_text.arabic_digits("๐๑๒๓๔๕๖๗๘๙ ก") == "0123456789 ก"
    assert thai_text.thai_digits("0123456789 a") == "๐๑๒๓๔๕๖๗๘๙ a"


@pytest.mark.parametrize("typed", ["ตำบลปากแพรก", "ต.ปากแพรก", "ต. ปากแพรก", "ตําบล ปากแพรก", "ปากแพรก"])
def test_the_prefix_of_a_place_is_ignored(typed: str) -> None:
    assert place_key(typed) == "ปากแพรก"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("จังหวัดนครศรีธรรมราช", "นครศรีธรรมราช"),
        ("จ.นครศรีธรรมราช", "นครศรีธรรมราช"),
        ("กิ่งอำเภอช้างกลาง", "ช้างกลาง"),
        ("กิ่ง อ. ช้างกลาง", "ช้างกลาง"),
        ("เทศบาลตำบลปากแพรก", "เทศบาลตำบลปากแพรก"),
        ("เขตบางรัก", "เขตบางรัก"),
        ("อำเภอ", "อำเภอ"),
        ("ตะเครียะ", "ตะเครียะ"),
    ],
)
def test_only_a_prefix_of_a_place_with_a_name_after_it_is_dropped(typed: str, key: str) -> None:
    assert place_key(typed) == key


def test_mueang_may_mean_the_district_of_the_provincial_capital() -> None:
    keys = thai_text.place_keys("อ. เมือง", province_name="จังหวัดนครศรีธรรมราช")
    assert keys == ("เมืองนครศรีธรรมราช", "เมือง")
    assert thai_text.place_keys("อ.สิชล", province_name="นครศรีธรรมราช") == ("สิชล",)


def test_the_districts_stand_in_their_golden_order() -> None:
    assert len(DISTRICTS) == 23
    assert sorted(sorted(DISTRICTS), key=sort_key) == DISTRICTS


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("กระบี่", "กระบี่น้อย"),
        ("กะทู้", "กะทูน"),
        ("กบินทร์", "กบินทร์บุรี"),
        ("ทา", "ท่า"),
        ("หมู่ ๒", "หมู่ 3"),
        ("กา", "เกา"),
    ],
)
def test_pairs_stand_in_dictionary_order(first: str, second: str) -> None:
    assert sort_key(first) < sort_key(second)


@pytest.mark.parametrize(("one", "other"), [("อบต. ปากแพรก", "อบต.ปากแพรก"), ("ต่าง ๆ", "ต่าง"), ("น้ํา", "น้ำ")])
def test_blanks_dots_and_typing_slips_do_not_change_the_place_in_the_order(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@unhurried
@given(any_text)
def test_every_text_has_a_sort_key_with_one_nul(text: str) -> None:
    assert sort_key(text).count(b"\0") == 1


@unhurried
@given(any_text)
def test_graphemes_join_back_to_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


def test_a_letter_stays_with_its_marks_and_with_sara_am() -> None:
    assert graphemes("ปั้นน้ำที่") == ["ปั้", "น", "น้ำ", "ที่"]


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("ที่ประชุม", 7, "ที่ประชุม"),
        ("ที่ประชุม", 2, "ที่…"),
        ("นครศรีเมือง", 7, "นครศรี…"),
        ("หนึ่ง สอง", 5, "หนึ่ง…"),
        ("น้ำ", 0, ""),
    ],
)
def test_a_text_is_cut_between_graphemes(text: str, length: int, cut: str) -> None:
    assert thai_text.truncate(text, length) == cut


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("ประชุมที่ท่าศาลา", "ท่าศาลา", ["ท่าศาลา"]),
        ("ประชุมที่ท่าศาลา", "ทาศาลา", ["ท่าศาลา"]),
        ("ดื่มนํ้าพุ", "น้ำ", ["นํ้า"]),
        ("เเก้จน", "แก้", ["เเก้"]),
        ("ครั้งที่ ๔ และ 4", "4", ["๔", "4"]),
        ("ปาก\u200bแพรก  เหนือ", "ปากแพรก เหนือ", ["ปาก\u200bแพรก  เหนือ"]),
        ("ที่", "ท", ["ที่"]),
        ("กศน. กศน", "กศน.", ["กศน."]),
        ("อ.เมือง", "อ. เมือง", ["อ.เมือง"]),
        ("ทุ่งสง", "สิชล", []),
        ("ทุ่งสง", " \u200b", []),
    ],
)
def test_highlighting_matches_as_search_does(text: str, query: str, marked: list[str]) -> None:
    assert [segment for segment, hit in highlight_spans(text, query) if hit] == marked


@unhurried
@given(any_text, any_text)
def test_highlighting_never_splits_a_grapheme(text: str, query: str) -> None:
    spans = highlight_spans(text, query or text[:2])
    assert "".join(segment for segment, _ in spans) == text
    assert [unit for segment, _ in spans for unit in graphemes(segment)] == graphemes(text)


@unhurried
@given(any_text)
@example("İ" * 100)
def test_a_key_is_never_longer_than_its_text(text: str) -> None:
    assert max(len(search_key(text)), len(loose_key(text)), len(place_key(text))) <= len(text)
