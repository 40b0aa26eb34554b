"""Rules of the template filters."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from nakhon_network.lib.phones import Phone
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.templatetags import thai

CHRISTMAS = date(2006, 12, 25)
AFTER_LUNCH = datetime(2006, 12, 25, 7, 5, tzinfo=UTC)
FILTERS = sorted(thai.register.filters)


@pytest.mark.parametrize(
    ("name", "value", "in_thai", "in_english"),
    [
        ("thai_date", CHRISTMAS, "25 ธันวาคม 2549", "25 December 2006"),
        ("thai_date", "2006-12-25", "25 ธันวาคม 2549", "25 December 2006"),
        ("thai_date_short", CHRISTMAS, "25 ธ.ค. 49", "25 Dec 06"),
        (
            "thai_date_official",
            CHRISTMAS,
            "วันจันทร์ที่ ๒๕\u00a0ธันวาคม\u00a0พ.ศ.\u00a0๒๕๔๙",
            "Monday 25\u00a0December\u00a02006",
        ),
        ("thai_datetime", AFTER_LUNCH, "25 ธ.ค. 2549 14.05 น.", "25 Dec 2006 14:05"),
        ("thai_datetime", "2006-12-25T14:05:00+07:00", "25 ธ.ค. 2549 14.05 น.", "25 Dec 2006 14:05"),
        ("thai_datetime", CHRISTMAS, "25 ธ.ค. 2549", "25 Dec 2006"),
        ("thai_time", time(9), "09.00 น.", "09:00"),
        ("thai_time", AFTER_LUNCH, "14.05 น.", "14:05"),
        ("partial_date", PartialDate(2006, 12), "ธันวาคม 2549", "December 2006"),
        ("partial_date", "2006", "พ.ศ. 2549", "2006"),
        ("phone", "0812345678", "081-234-5678", "081-234-5678"),
        ("phone", Phone("021234567", "9"), "02-123-4567 ต่อ 9", "02-123-4567 ext. 9"),
        ("tel", Phone("075341234", "12"), "tel:075341234", "tel:075341234"),
        ("thai_digits", "ข้อ 12", "ข้อ ๑๒", "ข้อ ๑๒"),
        ("thai_digits", 2549, "๒๕๔๙", "๒๕๔๙"),
        ("number", 1234567, "1,234,567", "1,234,567"),
        ("number", Decimal("1234.50"), "1,234.50", "1,234.50"),
        ("yamok", "ต่าง ๆ และเด็กๆ", "ต่าง\u00a0ๆ และเด็ก\u00a0ๆ", "ต่าง\u00a0ๆ และเด็ก\u00a0ๆ"),
    ],
)
def test_a_filter_speaks_the_language_of_the_page(name: str, value: object, in_thai: str, in_english: str) -> None:
    show = thai.register.filters[name]
    assert show(value) == in_thai
    with translation.override("en"):
        assert show(value) == in_english


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_every_filter_says_nothing_of_nothing(name: str, nothing: object) -> None:
    assert thai.register.filters[name](nothing) == ""


@pytest.mark.parametrize(
    "name", ["thai_date", "thai_date_official", "thai_datetime", "thai_time", "partial_date", "ago", "number"]
)
def test_what_is_neither_date_nor_number_is_shown_as_it_is(name: str) -> None:
    assert thai.register.filters[name]("เร็ว ๆ นี้") == "เร็ว ๆ นี้"


def test_templates_have_these_filters() -> None:
    dates = {"thai_date", "thai_date_short", "thai_date_official", "thai_datetime", "partial_date"}
    others = {"thai_time", "ago", "phone", "tel", "thai_digits", "number", "yamok"}
    assert set(thai.register.filters) == dates | others


def test_half_past_midnight_in_bangkok_stays_on_that_day_whatever_zone_is_active() -> None:
    moment = datetime(2006, 12, 24, 17, 30, tzinfo=UTC)
    with timezone.override("America/New_York"):
        assert thai.thai_date(moment) == "25 ธันวาคม 2549"
        assert thai.thai_datetime(moment) == "25 ธ.ค. 2549 00.30 น."


def test_how_long_ago_is_reckoned_from_now() -> None:
    with translation.override("en"):
        assert thai.ago(timezone.now() - timedelta(days=10)) == "10 days ago"
        assert thai.ago(timezone.localdate()) == "today"


def test_thai_digits_leave_markup_alone() -> None:
    shown = thai.thai_digits(mark_safe('<a href="/p/12">ข้อ 12</a> &#39;'))
    assert shown == '<a href="/p/12">ข้อ ๑๒</a> &#39;'
    assert isinstance(shown, SafeString)


@pytest.mark.parametrize("name", ["thai_digits", "yamok", "phone", "thai_date", "number"])
def test_a_filter_lets_no_markup_through(name: str) -> None:
    page = Template(f"{{% load thai %}}{{{{ value|{name} }}}}").render(Context({"value": "<b>ๆ"}))
    assert "<b>" not in page
