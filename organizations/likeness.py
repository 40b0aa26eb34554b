"""When two names of bodies are alike enough to be looked at as perhaps one."""

from __future__ import annotations

import re

from nakhon_network.lib.thai_text import loose_key

# What is said in a long and in a short way, and what people leave out: two names alike after this may be one body.
_LONG_FORMS = {
    "องค์การบริหารส่วนตำบล": "อบต",
    "องค์การบริหารส่วนจังหวัด": "อบจ",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล": "รพสต",
    "สถาบันพัฒนาองค์กรชุมชน": "พอช",
    "การศึกษานอกโรงเรียน": "กศน",
    "กองทุนสนับสนุนการสร้างเสริมสุขภาพ": "สสส",
}
_LEFT_OUT = ("องค์การมหาชน", "สำนักงาน", "ศูนย์", "จังหวัด", "อำเภอ", "ตำบล", "นครศรีธรรมราช")
_BRACKETS = re.compile(r"[()\[\]\"'-]")
_LONG_KEYS = {loose_key(long): short for long, short in _LONG_FORMS.items()}
_LEFT_OUT_KEYS = tuple(loose_key(word) for word in _LEFT_OUT)


def name_key(name: str) -> str:
    """What two written names must share to be one name: marks, spaces, brackets and long forms of abbreviations aside.

    Never longer than the name; nothing is left out that could tell two bodies apart.
    """
    key = loose_key(_BRACKETS.sub("", name))
    for long, short in _LONG_KEYS.items():
        key = key.replace(long, short)
    return key


def likeness(name: str) -> str:
    """What two names must share to be looked at as perhaps one body. Never longer than the name."""
    stripped = key = name_key(name)
    for word in _LEFT_OUT_KEYS:
        stripped = stripped.replace(word, "")
    return stripped or key
