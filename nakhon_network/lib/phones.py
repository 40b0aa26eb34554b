"""Telephone numbers of Thailand: stored as digits, shown in groups, the extension apart."""

import re
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.thai_text import search_key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_INVALID = _("Please give one telephone number, such as 081-234-5678.")
_LONGEST = 60
_WRITTEN = re.compile(
    r"(?:(?:โทร\.?|tel\.?):? ?)?"
    r"(?P<number>\+?[0-9 .()\u2010-\u2015-]+?) ?"
    r"(?:(?:ต่อ|ext\.?|x|#|,) ?(?P<extension>[0-9]{1,6}))?"
)
_GROUPING = re.compile(r"[^0-9]")
_MOBILE = re.compile(r"0[689][0-9]{8}")
_LANDLINE = re.compile(r"0[23457][0-9]{7}")
_SHORT = re.compile(r"1[0-9]{2,3}")
_SERVICE = re.compile(r"1(?:800|401)[0-9]{6}")


class PhoneProblem(ValueError):
    """A number that cannot be read; `message` says to the person what to do."""

    def __init__(self, message: "str | _StrPromise") -> None:
        super().__init__(message)
        self.message = message


class Phone(NamedTuple):
    """A number as stored: digits only with the leading 0, and the extension (digits or empty)."""

    digits: str
    extension: str = ""


def parse_phone(text: str) -> Phone:
    """The number a person wrote, +66 or Thai digits included; PhoneProblem with a sentence if it is none.

    A number that a spreadsheet robbed of its leading 0 gets it back where that can mean only one thing.
    """
    found = _WRITTEN.fullmatch(search_key(text)) if len(text) <= _LONGEST else None
    if not found:
        raise PhoneProblem(_INVALID)
    digits = _GROUPING.sub("", found["number"])
    international = found["number"].startswith("+")
    for candidate in _national_forms(digits, international=international):
        if any(form.fullmatch(candidate) for form in (_MOBILE, _LANDLINE, _SHORT, _SERVICE)):
            return Phone(candidate, found["extension"] or "")
    raise PhoneProblem(_INVALID)


def _national_forms(digits: str, *, international: bool) -> list[str]:
    """What the digits may be inside the country, first the most literal."""
    if international or (digits.startswith("66") and len(digits) > 9):
        return ["0" + digits[2:].removeprefix("0")] if digits.startswith("66") else []
    if digits.startswith(("0", "1", "66")):
        return [digits]
    return ["0" + digits]


def format_phone(digits: str, *, extension: str = "") -> str:
    """`081-234-5678`, `075-341-234`, `02-123-4567`; numbers of other lengths as they are."""
    if len(digits) == 9 and digits.startswith("02"):
        shown = f"{digits[:2]}-{digits[2:5]}-{digits[5:]}"
    elif len(digits) == 9:
        shown = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    elif len(digits) == 10 and digits.startswith("1"):
        shown = f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"
    elif len(digits) == 10:
        shown = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    else:
        shown = digits
    return str(_("%(number)s ext. %(extension)s") % {"number": shown, "extension": extension}) if extension else shown


def tel_href(digits: str) -> str:
    """`tel:0812345678`: digits only, for a link; empty without a number."""
    number = _GROUPING.sub("", digits)
    return f"tel:{number}" if number else ""
