"""Rules of form fields: they read what people type, and answer with a sentence."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given

from nakhon_network.lib import form_fields
from nakhon_network.lib.phones import Phone
from nakhon_network.lib.thai_dates import PartialDate
from tests.lib.arbitrary import any_text, unhurried


class VisitForm(form_fields.DateWarningsMixin, forms.Form):
    """One field of each kind."""

    title = form_fields.ThaiCharField(max_length=10, required=False)
    day = form_fields.BuddhistDateField(required=False)
    since = form_fields.PartialDateField(required=False)
    starts = form_fields.BuddhistTimeField(required=False)
    phone = form_fields.PhoneField(required=False)
    people = form_fields.ThaiIntegerField(required=False, max_value=500)
    q = form_fields.SearchField()


def complaint(field: forms.Field, typed: object) -> str:
    """The English sentence with which a field refuses."""
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    with translation.override("en"):
        return " ".join(refusal.value.messages)


def test_a_text_is_cleaned_before_its_length_is_judged() -> None:
    assert form_fields.ThaiCharField(max_length=4).clean(" น้ํา\x00\ud800 ") == "น้ำ"


def test_too_long_a_text_is_refused_with_its_length() -> None:
    assert complaint(form_fields.ThaiCharField(max_length=3), "ตำบล") == (
        "Please use at most 3 characters; this text has 4."
    )


def test_the_browser_is_not_asked_to_cut_a_text() -> None:
    assert "maxlength" not in str(VisitForm()["title"])


def test_a_text_of_nothing_visible_is_empty() -> None:
    assert complaint(form_fields.ThaiCharField(), "\u200b \u00a0") == "Please fill in this box."
    assert form_fields.ThaiCharField(required=False, empty_value=None).clean("\u200b") is None


def test_digits_of_a_text_are_kept_unless_it_is_a_code() -> None:
    assert form_fields.ThaiCharField().clean("๘๐๐๐๐") == "๘๐๐๐๐"
    assert form_fields.ThaiCharField(digits="arabic").clean("๘๐๐๐๐") == "80000"


def test_a_text_of_several_lines_keeps_them() -> None:
    field = form_fields.ThaiCharField(multiline=True)
    assert field.clean("หนึ่ง\r\nสอง") == "หนึ่ง\nสอง"
    assert isinstance(field.widget, forms.Textarea)


def test_a_date_is_read_in_every_spelling() -> None:
    field = form_fields.BuddhistDateField()
    assert {field.clean(typed) for typed in ("25/12/2549", "๒๕ ธ.ค. ๒๕๔๙", "2006-12-25", date(2006, 12, 25))} == {
        date(2006, 12, 25)
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Please give a date such as 25 Dec 2549."),
        ("พรุ่งนี้", "Please give a date such as 25 Dec 2549."),
        ("25/12/49", "Please give the year in four digits, such as 25 Dec 2549."),
        (
            "1/1/2743",
            "Please check the year: the date must fall between 2443 and 2742 BE (1900 and 2199 CE).",
        ),
        (
            "31/12/2442",
            "Please check the year: the date must fall between 2443 and 2742 BE (1900 and 2199 CE).",
        ),
    ],
)
def test_a_refused_date_is_answered_with_what_to_do(typed: str, sentence: str) -> None:
    assert complaint(form_fields.BuddhistDateField(), typed) == sentence


def test_a_date_is_shown_again_in_the_era_of_the_page() -> None:
    form = VisitForm(initial={"day": date(2006, 12, 25)})
    assert 'value="25 ธ.ค. 2549"' in str(form["day"])
    with translation.override("en"):
        assert 'value="25 Dec 2006"' in str(form["day"])


@pytest.mark.parametrize("widget", [forms.TextInput, forms.HiddenInput, forms.DateInput])
def test_another_widget_shows_the_same_date(widget: type[forms.Widget]) -> None:
    field = form_fields.BuddhistDateField(widget=widget)
    assert field.prepare_value(date(2006, 12, 25)) == "25 ธ.ค. 2549"


def test_what_was_typed_stays_in_the_box_after_an_error() -> None:
    form = VisitForm({"day": "25/12/49", "people": "สิบ", "phone": "ไม่มี", "starts": "เช้า", "since": "49"})
    assert set(form.errors) == {"day", "people", "phone", "starts", "since"}
    for name in form.errors:
        assert f'value="{form.data[name]}"' in str(form[name])


def test_the_date_box_opens_no_picker_and_no_history() -> None:
    shown = str(VisitForm()["day"])
    for attribute in ('type="text"', 'inputmode="text"', 'autocomplete="off"', "placeholder="):
        assert attribute in shown


def test_a_date_spelled_in_another_way_has_not_changed() -> None:
    initial = {"day": date(2006, 12, 25), "since": PartialDate(2006, 12), "starts": time(9)}
    form = VisitForm({"day": "25/12/2549", "since": "12/2549", "starts": "9.00 น."}, initial=initial)
    assert form.changed_data == []


def test_a_wrong_weekday_is_a_warning_and_no_error() -> None:
    form = VisitForm({"day": "วันอังคารที่ 25 ธันวาคม 2549"})
    assert form.is_valid()
    with translation.override("en"):
        assert form.date_warnings() == {"day": "25 December 2006 is a Monday. Please check the date."}


@pytest.mark.parametrize("typed", ["วันจันทร์ที่ 25 ธันวาคม 2549", "25/12/2549", "ไม่ใช่วันที่", ""])
def test_nothing_odd_means_no_warning(typed: str) -> None:
    assert VisitForm({"day": typed}).date_warnings() == {}
    assert VisitForm().date_warnings() == {}


def test_a_partial_date_may_be_empty_only_where_it_is_not_required() -> None:
    assert form_fields.PartialDateField(required=False).clean("") == PartialDate()
    for value in ("ธ.ค. 2549", PartialDate(2006, 12)):
        assert form_fields.PartialDateField().clean(value) == PartialDate(2006, 12)
    assert form_fields.PartialDateField().clean(date(2006, 12, 25)) == PartialDate(2006, 12, 25)
    assert "Dec 2549 or 2549" in complaint(form_fields.PartialDateField(), "")
    assert "Dec 2549 or 2549" in complaint(form_fields.PartialDateField(), "นานมาแล้ว")


def test_a_partial_date_is_shown_again_as_it_is_known() -> None:
    assert 'value="ธันวาคม 2549"' in str(VisitForm(initial={"since": PartialDate(2006, 12)})["since"])


def test_a_time_is_read_and_shown_with_a_dot() -> None:
    assert form_fields.BuddhistTimeField().clean("๙.๐๐ น.") == time(9)
    assert 'value="09.00"' in str(VisitForm(initial={"starts": time(9)})["starts"])
    with translation.override("en"):
        assert 'value="09:00"' in str(VisitForm(initial={"starts": time(9)})["starts"])


@pytest.mark.parametrize("typed", ["", " ", "เช้า", "25.00"])
def test_a_refused_time_is_answered_with_what_to_do(typed: str) -> None:
    assert complaint(form_fields.BuddhistTimeField(), typed) == "Please give a time such as 09.00."


def test_a_phone_is_kept_as_digits_and_shown_in_groups() -> None:
    field = form_fields.PhoneField()
    assert field.clean("๐๘๑-๒๓๔-๕๖๗๘") == "0812345678"
    assert field.prepare_value("0812345678") == "081-234-5678"


def test_an_extension_is_asked_apart_or_kept_but_never_lost() -> None:
    assert "without the extension" in complaint(form_fields.PhoneField(), "075341234 ต่อ 12")
    field = form_fields.PhoneField(with_extension=True, max_length=10)
    assert field.clean("075341234 ต่อ 12") == Phone("075341234", "12")
    assert field.clean(Phone("075341234", "12")) == Phone("075341234", "12")
    assert "075-341-234" in field.prepare_value(Phone("075341234", "12"))


@pytest.mark.parametrize(("typed", "number"), [("๒๕", 25), ("1,200", 1200), (" 25.0 ", 25), (0, 0), ("", None)])
def test_a_number_is_read_in_thai_or_arabic_digits(typed: object, number: int | None) -> None:
    assert form_fields.ThaiIntegerField(required=False).clean(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("สิบคน", "Please give a number in digits, such as 25, without words."),
        ("2.5", "Please give a number in digits, such as 25, without words."),
        ("9" * 5000, "Please give a number in digits, such as 25, without words."),
        ("-1", "Please give a number of at least 0."),
        ("9999999999", "Please give a number of at most 2147483647."),
        ("", "Please give a number, such as 25; put 0 if there is none."),
    ],
)
def test_a_refused_number_is_answered_with_what_to_do(typed: str, sentence: str) -> None:
    assert complaint(form_fields.ThaiIntegerField(), typed) == sentence


def test_the_number_box_brings_the_keyboard_with_digits_and_takes_thai_ones() -> None:
    shown = str(VisitForm()["people"])
    assert 'type="text"' in shown
    assert 'inputmode="numeric"' in shown


def test_a_search_may_be_empty_but_not_endless() -> None:
    assert form_fields.SearchField().clean(" ") == ""
    assert "at most 200" in complaint(form_fields.SearchField(), "ก" * 201)
    assert 'type="search"' in str(VisitForm()["q"])


@unhurried
@given(any_text)
def test_any_text_in_any_field_is_answered_and_can_be_shown_again(text: str) -> None:
    form = VisitForm(dict.fromkeys(VisitForm.base_fields, text))
    form.is_valid()
    form.date_warnings()
    str(form).encode()
