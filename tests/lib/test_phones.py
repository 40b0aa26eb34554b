"""Rules of telephone numbers."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_network.lib.phones import Phone, PhoneProblem, format_phone, parse_phone, tel_href
from tests.lib.arbitrary import any_text, unhurried

numbers = st.from_regex(r"0[689][0-9]{8}|0[23457][0-9]{7}|1[0-9]{2,3}|1800[0-9]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("๐๘๑-๒๓๔-๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("66812345678", "0812345678"),
        ("+66 (0)81-234-5678", "0812345678"),
        ("081–234–5678", "0812345678"),
        ("โทร. 081 234 5678", "0812345678"),
        ("0 7534 1234", "075341234"),
        ("02-123-4567", "021234567"),
        ("6675341234", "075341234"),
        ("1669", "1669"),
        ("191", "191"),
        ("812345678", "0812345678"),
        ("75341234", "075341234"),
    ],
)
def test_a_number_is_stored_as_its_digits(typed: str, digits: str) -> None:
    assert parse_phone(typed) == Phone(digits, "")


@pytest.mark.parametrize("typed", ["075-341234 ต่อ 12", "075-341234 ext. 12", "075341234 #12", "๐๗๕๓๔๑๒๓๔ ต่อ ๑๒"])
def test_the_extension_is_kept_apart(typed: str) -> None:
    assert parse_phone(typed) == Phone("075341234", "12")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ไม่มี",
        "08123",
        "08123456789",
        "0812345678, 0898765432",
        "081-234-5678/9",
        "661234567",
        "+1 202 555 0100",
        "0112345678",
    ],
)
def test_what_is_not_one_thai_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneProblem):
        parse_phone(typed)


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("0812345678", "081-234-5678"),
        ("075341234", "075-341-234"),
        ("021234567", "02-123-4567"),
        ("1800123456", "1800-123-456"),
        ("1669", "1669"),
        ("", ""),
    ],
)
def test_a_number_is_shown_in_groups(digits: str, shown: str) -> None:
    assert format_phone(digits) == shown


@given(numbers)
def test_a_shown_number_is_read_as_itself(digits: str) -> None:
    assert parse_phone(format_phone(digits)) == Phone(digits, "")


def test_a_link_holds_digits_only() -> None:
    assert tel_href("081-234-5678") == "tel:0812345678"
    assert tel_href("") == ""


@unhurried
@given(any_text)
def test_nothing_but_a_phone_problem_comes_of_any_text(text: str) -> None:
    with suppress(PhoneProblem):
        digits, extension = parse_phone(text)
        assert set(digits + extension) <= set("0123456789")
