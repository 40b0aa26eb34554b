"""Form fields that read what people in Thailand type, and say in a sentence what to do when they cannot."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nakhon_network.lib import thai_dates
from nakhon_network.lib.phones import Phone, PhoneProblem, format_phone, parse_phone
from nakhon_network.lib.thai_dates import DateProblem, PartialDate, language_of_page
from nakhon_network.lib.thai_text import arabic_digits, clean

LARGEST_INTEGER = 2_147_483_647
_WHOLE_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0*)?")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def _as_typed(data: Any) -> Any:
    """What is shown again after an error: as typed, but without what no page can be encoded with."""
    return _UNPRINTABLE.sub("", data) if isinstance(data, str) else data


class ThaiCharField(forms.CharField):
    """A text, cleaned as it will be stored; `multiline` keeps line ends, `digits="arabic"` turns ๐–๙ to 0–9.

    Too long a text is refused with its length, never cut by the browser in the middle of a letter.
    """

    default_error_messages = {
        "required": _("Please fill in this box."),
        "max_length": ngettext_lazy(
            "Please use at most %(limit_value)d character; this text has %(show_value)d.",
            "Please use at most %(limit_value)d characters; this text has %(show_value)d.",
            "limit_value",
        ),
        "min_length": ngettext_lazy(
            "Please use at least %(limit_value)d character; this text has %(show_value)d.",
            "Please use at least %(limit_value)d characters; this text has %(show_value)d.",
            "limit_value",
        ),
    }

    def __init__(self, *, multiline: bool = False, digits: str = "as typed", **kwargs: Any) -> None:
        self.multiline = multiline
        self.digits = digits
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The cleaned text, or the empty value."""
        if value in self.empty_values:
            return self.empty_value
        text = clean(str(value), multiline=self.multiline)
        if self.digits == "arabic":
            text = arabic_digits(text)
        return text or self.empty_value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser cuts a pasted text there without a word."""
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name not in {"maxlength", "minlength"}}


class SearchField(ThaiCharField):
    """What to look for; optional, and short enough to be compared with everything."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"required": False, "max_length": 200, "widget": forms.SearchInput}
        super().__init__(**(defaults | kwargs))


class BuddhistDateInput(forms.DateInput):
    """One text box for a date; a native picker would show the calendar of the device."""

    input_type = "text"

    def __init__(self, attrs: Mapping[str, Any] | None = None, format: str | None = None) -> None:
        # `inputmode` is text: the numeric keyboards of phones have no / and no letters.
        shown = {"inputmode": "text", "autocomplete": "off", "placeholder": _("e.g. 25 Dec 2549")}
        super().__init__({**shown, **(attrs or {})}, format)

    def format_value(self, value: Any) -> str | None:
        """A date as `25 ธ.ค. 2549`; a text as it was typed."""
        if isinstance(value, date):
            return thai_dates.format_medium(thai_dates.bangkok_date(value), language=language_of_page())
        return str(value) if value not in (None, "") else None


class BuddhistAdminDateInput(BuddhistDateInput):
    """The same box in the admin site, as wide as its other date boxes."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, format: str | None = None) -> None:
        super().__init__({"class": "vTextField", "size": "20", **(attrs or {})}, format)


class BuddhistDateField(forms.DateField):
    """The one date field: every spelling of `parse_date`, from 1900 to 2199 CE.

    A wrong weekday is no error; `weekday_warning` tells of it and `DateWarningsMixin` collects it for a form.
    """

    widget = BuddhistDateInput
    default_error_messages = {
        "required": _("Please give a date such as 25 Dec 2549."),
        "invalid": _("Please give a date such as 25 Dec 2549."),
    }

    def to_python(self, value: Any) -> date | None:
        """The date, or None for an empty box."""
        if value in self.empty_values:
            return None
        try:
            if isinstance(value, date):
                return thai_dates.check_bounds(thai_dates.bangkok_date(value))
            text = str(value)
            return thai_dates.check_bounds(thai_dates.parse_date(text).value) if clean(text) else None
        except DateProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem

    def prepare_value(self, value: Any) -> Any:
        """A date in words, whichever widget shows it."""
        return BuddhistDateInput().format_value(value) if isinstance(value, date) else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))

    def weekday_warning(self, typed: Any) -> str | None:
        """A sentence if the weekday typed beside the date is not the date's, else None."""
        try:
            parsed = thai_dates.parse_date(str(typed or ""))
        except DateProblem:
            return None
        if parsed.weekday_matches:
            return None
        day = thai_dates.format_long(parsed.value, language=language_of_page())
        weekday = thai_dates.WEEKDAYS[language_of_page()][parsed.value.weekday()]
        return _("%(day)s is a %(weekday)s. Please check the date.") % {"day": day, "weekday": weekday}


class DateWarningsMixin:
    """For forms with dates: what deserves a second look although it is accepted."""

    def date_warnings(self) -> dict[str, str]:
        """Sentences by field name, of a bound form; empty if nothing is odd."""
        assert isinstance(self, forms.BaseForm)
        warnings: dict[str, str] = {}
        for name, field in self.fields.items() if self.is_bound else ():
            if isinstance(field, BuddhistDateField) and (warning := field.weekday_warning(self[name].data)):
                warnings[name] = warning
        return warnings


class PartialDateField(forms.Field):
    """A date that may be known to the month or the year only, or not at all; its value is a `PartialDate`."""

    widget = BuddhistDateInput
    empty_values = [*forms.Field.empty_values, PartialDate()]
    default_error_messages = {
        "required": _("Please give a date, a month or a year, such as 25 Dec 2549, Dec 2549 or 2549."),
    }

    def to_python(self, value: Any) -> PartialDate:
        """The partial date; unknown for an empty box."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate(value.year, value.month, value.day)
        try:
            return PartialDate.parse("" if value is None else str(value))
        except DateProblem as problem:
            # "Please give a date" would hide that less is welcome too.
            message = self.error_messages["required"] if problem.code == "invalid" else problem.message
            raise ValidationError(message, code=problem.code) from problem

    def prepare_value(self, value: Any) -> Any:
        """A partial date in words, whichever widget shows it."""
        return str(value) if isinstance(value, PartialDate) else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date is meant, not whether it is spelled in another way."""
        return super().has_changed(initial or PartialDate(), data)


class BuddhistTimeInput(forms.TimeInput):
    """One text box for a time of day."""

    input_type = "text"

    def __init__(self, attrs: Mapping[str, Any] | None = None, format: str | None = None) -> None:
        shown = {"inputmode": "text", "autocomplete": "off", "placeholder": _("e.g. 09.00")}
        super().__init__({**shown, **(attrs or {})}, format)

    def format_value(self, value: Any) -> str | None:
        """A time as `09.00`; a text as it was typed."""
        if isinstance(value, time):
            return f"{value:%H:%M}" if language_of_page() == "en" else f"{value:%H.%M}"
        return str(value) if value not in (None, "") else None


class BuddhistTimeField(forms.TimeField):
    """A time of day in every spelling of `parse_time`."""

    widget = BuddhistTimeInput
    default_error_messages = {
        "required": _("Please give a time such as 09.00."),
        "invalid": _("Please give a time such as 09.00."),
    }

    def to_python(self, value: Any) -> time | None:
        """The time, or None for an empty box."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        try:
            return thai_dates.parse_time(str(value)) if clean(str(value)) else None
        except DateProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))


class PhoneField(forms.CharField):
    """A telephone number; its value is the digits, or with `with_extension` a `Phone`.

    Without `with_extension` an extension is refused rather than lost.
    """

    widget = forms.TelInput(attrs={"autocomplete": "off"})
    default_error_messages = {
        "required": _("Please give one telephone number, such as 081-234-5678."),
        "extension": _("Please give only the telephone number here, without the extension."),
    }

    def __init__(self, *, with_extension: bool = False, **kwargs: Any) -> None:
        self.with_extension = with_extension
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The digits or the `Phone`; the empty value for an empty box."""
        if isinstance(value, Phone):
            value = format_phone(value.digits) + (f" #{value.extension}" if value.extension else "")
        if value in self.empty_values or not clean(str(value)):
            return self.empty_value
        try:
            phone = parse_phone(str(value))
        except PhoneProblem as problem:
            raise ValidationError(problem.message, code="invalid") from problem
        if self.with_extension:
            return phone
        if phone.extension:
            raise ValidationError(self.error_messages["extension"], code="extension")
        return phone.digits

    def run_validators(self, value: Any) -> None:
        """Length rules look at the digits."""
        super().run_validators(value.digits if isinstance(value, Phone) else value)

    def prepare_value(self, value: Any) -> Any:
        """Digits in groups; what was typed wrongly as it was typed."""
        if isinstance(value, Phone):
            return format_phone(value.digits, extension=value.extension)
        return format_phone(value) if isinstance(value, str) and value.isdecimal() else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))


class ThaiIntegerField(forms.IntegerField):
    """A whole number in Arabic or Thai digits, thousands commas allowed; from 0 to what a column holds."""

    # A number box of the browser would refuse ๐–๙ and change its value when scrolled over.
    widget = forms.TextInput
    default_error_messages = {
        "required": _("Please give a number, such as 25; put 0 if there is none."),
        "invalid": _("Please give a number in digits, such as 25, without words."),
        "max_value": _("Please give a number of at most %(limit_value)s."),
        "min_value": _("Please give a number of at least %(limit_value)s."),
    }

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = LARGEST_INTEGER, **kwargs: Any) -> None:
        lowest = -LARGEST_INTEGER if min_value is None else min_value
        highest = LARGEST_INTEGER if max_value is None else max_value
        super().__init__(min_value=lowest, max_value=highest, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number, or None for an empty box."""
        text = "" if value in self.empty_values else arabic_digits(clean(str(value)))
        if not text:
            return None
        found = _WHOLE_NUMBER.fullmatch(text) if len(text) <= 40 else None
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found["sign"] + found["digits"].replace(",", ""))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return _as_typed(super().bound_data(data, initial))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The keyboard with digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}
