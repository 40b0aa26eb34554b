"""Rules of persons' names."""

import pytest
from hypothesis import given

from nakhon_network.lib.names import (
    FORMS_OF_ADDRESS,
    PREFIXES,
    NameParts,
    full_name,
    person_sort_key,
    split_name,
)
from tests.lib.arbitrary import any_text, unhurried


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("นายสมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นาย สมชาย  ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นางสาวพัชนี ใจดี", ("นางสาว", "พัชนี", "ใจดี")),
        ("นางสาวิตรี ใจดี", ("นาง", "สาวิตรี", "ใจดี")),
        ("น.ส. พัชนี ใจดี", ("น.ส.", "พัชนี", "ใจดี")),
        ("น.ส พัชนี ใจดี", ("น.ส.", "พัชนี", "ใจดี")),
        ("พ.ต.อ.ดร.เอก ใจดี", ("พ.ต.อ.ดร.", "เอก", "ใจดี")),
        ("พ.ต.ท.หญิง มาลี ใจดี", ("พ.ต.ท.หญิง", "มาลี", "ใจดี")),
        ("ว่าที่ ร.ต.เอก ใจดี", ("ว่าที่ ร.ต.", "เอก", "ใจดี")),
        ("ผศ.ดร.เอก ใจดี", ("ผศ.ดร.", "เอก", "ใจดี")),
        ("สมชาย ณ นคร", ("", "สมชาย", "ณ นคร")),
        ("สอ ใจดี", ("", "สอ", "ใจดี")),
        ("Mr. John Smith", ("Mr.", "John", "Smith")),
        ("นาย", ("", "นาย", "")),
        ("", ("", "", "")),
    ],
)
def test_a_typed_name_is_taken_apart(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_name(typed) == NameParts(*parts)


def test_a_monk_has_no_last_name() -> None:
    assert split_name("พระครูวิสุทธิธรรม") == NameParts("พระครู", "วิสุทธิธรรม", "")


@pytest.mark.parametrize(("typed", "spoken"), [("คุณสมชาย", "คุณ"), ("อ. สมชาย", "อ."), ("น้องสมชาย", "น้อง")])
def test_a_form_of_address_is_no_prefix(typed: str, spoken: str) -> None:
    assert split_name(typed) == NameParts("", "สมชาย", "", spoken)


def test_no_form_of_address_stands_among_the_prefixes() -> None:
    assert not set(FORMS_OF_ADDRESS) & set(PREFIXES)
    assert len(set(PREFIXES)) == len(PREFIXES)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_prefix_is_found_again_in_a_full_name(prefix: str) -> None:
    assert split_name(full_name(prefix, "มาลี", "ใจดี")) == NameParts(prefix, "มาลี", "ใจดี")


def test_there_is_no_space_after_a_thai_prefix() -> None:
    assert full_name("นาย", "สมชาย", "ใจดี") == "นายสมชาย ใจดี"
    assert full_name("พระครู", "วิสุทธิธรรม", "") == "พระครูวิสุทธิธรรม"
    assert full_name("Mr.", "John", "Smith") == "Mr. John Smith"


def test_persons_stand_by_first_name_then_last() -> None:
    people = [("กบ", "ฮา"), ("กบอ", "กา"), ("แก้ว", "กา"), ("แก้ว", "ขา"), ("ขาว", "")]
    assert sorted([*reversed(people)], key=lambda person: person_sort_key(*person)) == people


@unhurried
@given(any_text)
def test_any_text_can_be_taken_apart_and_sorted(text: str) -> None:
    parts = split_name(text)
    assert person_sort_key(parts.first, parts.last).count(b"\0") == 3
