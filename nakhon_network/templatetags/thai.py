"""Filters that print dates, times, numbers and phones in the language of the page; nothing for nothing."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from nakhon_network.lib import phones, thai_dates, thai_text
from nakhon_network.lib.thai_dates import BANGKOK, PartialDate, language_of_page

register = template.Library()

# What digits must not be touched in: a tag (an address may stand in it) and a character reference.
_MARKUP = re.compile(r"(<[^>]*>|&[^;\s]*;)")
_BEFORE_YAMOK = re.compile(f"[ {thai_text.NO_BREAK_SPACE}]*ๆ")


def _moment(value: Any) -> Any:
    """A date or datetime, from ISO text too (snapshots keep dates so); anything else as it is."""
    if isinstance(value, str):
        for kind in (date, datetime):
            try:
                return kind.fromisoformat(value)
            except ValueError:
                continue
    return value


def _shown(value: Any, form: Any) -> Any:
    """A day in one of the forms of `thai_dates`; what is no date as it is."""
    if value is None or value == "":
        return ""
    moment = _moment(value)
    if not isinstance(moment, date):
        return value
    return form(thai_dates.bangkok_date(moment), language=language_of_page())


@register.filter
def thai_date(value: Any) -> Any:
    """`25 ธันวาคม 2549`."""
    return _shown(value, thai_dates.format_long)


@register.filter
def thai_date_short(value: Any) -> Any:
    """`25 ธ.ค. 49`; for tables only."""
    return _shown(value, thai_dates.format_short)


@register.filter
def thai_date_official(value: Any) -> Any:
    """`วันจันทร์ที่ ๒๕ ธันวาคม พ.ศ. ๒๕๔๙`."""
    return _shown(value, thai_dates.format_official)


@register.filter
def thai_datetime(value: Any) -> Any:
    """`25 ธ.ค. 2549 14.05 น.`, as the clocks of Bangkok showed; a mere date without a time."""
    moment = _moment(value)
    day = _shown(moment, thai_dates.format_medium)
    return f"{day} {thai_time(moment)}" if isinstance(moment, datetime) else day


@register.filter
def thai_time(value: Any) -> Any:
    """`14.05 น.`, of a time or of a datetime as the clocks of Bangkok showed it."""
    if isinstance(value, datetime):
        value = (value.astimezone(BANGKOK) if value.tzinfo else value).time()
    if isinstance(value, time):
        return thai_dates.format_time(value, language=language_of_page())
    return "" if value is None else value


@register.filter
def ago(value: Any) -> Any:
    """`เมื่อ 10 วันก่อน`."""
    moment = _moment(value)
    if isinstance(moment, datetime):
        return thai_dates.ago(moment, timezone.now())
    if isinstance(moment, date):
        return thai_dates.ago(moment, timezone.localdate(timezone=BANGKOK))
    return "" if value is None else value


@register.filter
def partial_date(value: Any) -> str:
    """`25 ธันวาคม 2549`, `ธันวาคม 2549` or `พ.ศ. 2549`; nothing if unknown."""
    if isinstance(value, str):
        try:
            value = PartialDate.from_iso(value)
        except thai_dates.DateProblem:
            return str(value)
    return value.format(language=language_of_page()) if isinstance(value, PartialDate) else ""


@register.filter
def phone(value: Any) -> str:
    """`081-234-5678` of the stored digits."""
    if isinstance(value, phones.Phone):
        return phones.format_phone(value.digits, extension=value.extension)
    return phones.format_phone(str(value)) if value else ""


@register.filter
def tel(value: Any) -> str:
    """`tel:0812345678`, for `href`."""
    return phones.tel_href(value.digits if isinstance(value, phones.Phone) else str(value or ""))


@register.filter
def number(value: Any) -> Any:
    """`12,345`; decimals are kept as they are."""
    if isinstance(value, bool) or value is None:
        return ""
    try:
        exact = Decimal(str(value).strip())
    except InvalidOperation:
        return value
    return f"{exact:,f}" if exact.is_finite() else value


@register.filter
def thai_digits(value: Any) -> str:
    """`๑๒๓`; for official papers, never for codes, phones or addresses. Markup is left alone."""
    return _same_safety(value, thai_text.thai_digits)


@register.filter
def yamok(value: Any) -> str:
    """ๆ with a no-break space before it, so that it never begins a line."""
    return _same_safety(value, lambda text: _BEFORE_YAMOK.sub(f"{thai_text.NO_BREAK_SPACE}ๆ", text))


def _same_safety(value: Any, form: Any) -> str:
    """The text in another form, escaped later just as the text itself would be."""
    if not isinstance(value, SafeString):
        return "" if value is None else str(form(str(value)))
    pieces = _MARKUP.split(value)
    pieces[::2] = [form(piece) for piece in pieces[::2]]
    # Safe as before: the forms turn digits and blanks only, and only outside of markup.
    return mark_safe("".join(pieces))
