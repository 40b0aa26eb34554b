"""The words of the official form, and what is done to a text last: numerals, no-break spaces, no control characters."""

from __future__ import annotations

import re
from datetime import date

from nakhon_network.lib.names import full_name, split_name
from nakhon_network.lib.thai_dates import MONTHS, WEEKDAYS, PartialDate
from nakhon_network.lib.thai_text import NO_BREAK_SPACE, arabic_digits, thai_digits

BLANK, SHORT_BLANK = ".........................", "......"
TITLE = "รายงานการประชุม"
PRESENT, ABSENT, ATTENDING = "ผู้มาประชุม", "ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม"
STARTS, ENDS = "เริ่มประชุมเวลา", "เลิกประชุมเวลา"
ITEM, NOTHING = "ระเบียบวาระที่", "ไม่มี"
RESOLVED, TENTATIVE = "มติที่ประชุม", "ข้อสรุป"
ASSIGN = "มอบหมายให้"
RECORDER, CHECKER = "ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม"
DRAFT, SAMPLE = "ร่าง", "ตัวอย่าง ไม่ใช่การประชุมจริง"
ANNEX, PHOTOS = "ภาคผนวก", "ภาพการประชุม"
EVERYONE = "ผู้มาประชุมทุกคน"
ORDERS = "งานที่มอบหมาย"
NEXT_MEETING = "การประชุมครั้งต่อไป"
VERBS = {"acknowledged": "รับทราบ", "adopted": "รับรอง", "agreed": "เห็นชอบ", "approved": "อนุมัติ"}

_OPENING = re.compile(r"(?:รายงาน)?(?:การ)?ประชุม")
_IN_FULL = {"น.ส.": "นางสาว", "ด.ช.": "เด็กชาย", "ด.ญ.": "เด็กหญิง", "ศ.": "ศาสตราจารย์", "รศ.": "รองศาสตราจารย์"} | {
    "ผศ.": "ผู้ช่วยศาสตราจารย์",
    "ว่าที่ ร.ต.": "ว่าที่ร้อยตรี",
    "ว่าที่ ร.ท.": "ว่าที่ร้อยโท",
    "ว่าที่ ร.อ.": "ว่าที่ร้อยเอก",
    "ว่าที่ พ.ต.": "ว่าที่พันตรี",
}
_PLACES = {"ถ": "ถนน", "ซ": "ซอย", "ต": "ตำบล", "อ": "อำเภอ", "จ": "จังหวัด"}
_SHORT_PLACE = re.compile(r"(?<![^\s(])([ถซตอจ])\. ?(?=[ก-๙])")
_SHORT_VILLAGE = re.compile(r"(?<![^\s(])(?:ม\.|หมู่) ?(?=[0-9๐-๙])")

# What keeps its digits: addresses on the net, e-mail, words of Latin letters and digits, names of files, telephone
# numbers, numbers called a code.
_KEPT = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[^\s@]{1,64}@[^\s@]{1,100}\.[a-z]+"
    r"|[^\s/]{1,100}\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?|pptx?|csv|txt|zip|mp3|mp4)\b"
    r"|(?<![0-9A-Za-z])(?=[0-9._/-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]"
    r"|(?<![0-9])(?:\+66|0)(?:[ -]?[0-9]){8,9}(?![0-9])"
    r"|(?:โทร(?:ศัพท์|\.)?|สายด่วน) ?[0-9][0-9 -]*"
    r"|รหัส\S* ?[0-9]+",
    re.IGNORECASE,
)
_MONTH = "|".join(map(re.escape, MONTHS["th"]))
_DATE = re.compile(rf"([0-9]{{1,2}}) ({_MONTH}) (?:พ\.ศ\. )?([0-9]{{4}})")
_TIME = re.compile(r"([0-9]{1,2}\.[0-9]{2}) น\.")
_YAMOK = re.compile(f"[ {NO_BREAK_SPACE}]*ๆ")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def finished(text: str, *, digits: str) -> str:
    """The text as it is printed: in Thai or Arabic numerals, days and times unbroken, nothing a file cannot hold.

    The last thing done to a text node; addresses, telephone numbers, codes and names of files keep their digits.
    """
    text = _FORBIDDEN.sub("", text)
    text = _DATE.sub(rf"\1{NO_BREAK_SPACE}\2{NO_BREAK_SPACE}\3", text)
    text = _TIME.sub(rf"\1{NO_BREAK_SPACE}น.", text)
    text = _YAMOK.sub(f"{NO_BREAK_SPACE}ๆ", text)
    turned = thai_digits if digits == "thai" else arabic_digits
    pieces, at = [], 0
    for found in _KEPT.finditer(text):
        pieces += [turned(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*pieces, turned(text[at:])])


def subject(name: str) -> str:
    """A meeting's name as it follows รายงานการประชุม: without the word for meeting it begins with."""
    return _OPENING.sub("", name, count=1) if _OPENING.match(name) else name


def legal_name(name: str) -> str:
    """A name as official papers write it: the legal prefix in full, no คุณ and no ดร. before it."""
    parts = split_name(name)
    if not parts.prefix and not parts.form_of_address:
        return name
    prefix = parts.prefix.removesuffix("ดร.")
    return full_name(_IN_FULL.get(prefix, prefix), parts.first, parts.last)


def spelled_out(place: str) -> str:
    """A place without short forms: ถ.ราชดำเนิน → ถนนราชดำเนิน."""
    return _SHORT_VILLAGE.sub("หมู่ที่ ", _SHORT_PLACE.sub(lambda found: _PLACES[found[1]], place))


def day_in_full(day: date) -> str:
    """`วันจันทร์ที่ 25 ธันวาคม 2549`."""
    return f"วัน{WEEKDAYS['th'][day.weekday()]}ที่ {plain_day(day)}"


def plain_day(day: date) -> str:
    """`25 ธันวาคม 2549`."""
    return f"{day.day} {MONTHS['th'][day.month - 1]} {day.year + 543}"


def day_or_blanks(iso: str) -> str:
    """The day of a stored date in full; dots for each part that is not known."""
    found = PartialDate.from_iso(iso)
    if found.year and found.month and found.day:
        return day_in_full(date(found.year, found.month, found.day))
    month = MONTHS["th"][found.month - 1] if found.month else BLANK
    return f"วัน{SHORT_BLANK}{SHORT_BLANK}ที่ {SHORT_BLANK} {month} {found.year + 543 if found.year else SHORT_BLANK}"


def day_if_known(iso: str) -> str:
    """The day of a stored date in full, or the month or year alone; empty where nothing is known."""
    found = PartialDate.from_iso(iso)
    return day_or_blanks(iso) if found.day else found.format()


def number_or_blanks(number: str, *, held_on: str) -> str:
    """`ครั้งที่ 3/2549`, or `ครั้งที่ ....../2549`."""
    year = PartialDate.from_iso(held_on).year
    return f"ครั้งที่ {number or f'{SHORT_BLANK}/{year + 543 if year else SHORT_BLANK}'}"
