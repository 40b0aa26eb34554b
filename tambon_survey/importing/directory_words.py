"""How the directory's sheets and their columns are called elsewhere. No database."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.columns import thai
from nakhon_network.lib.thai_text import loose_key, search_key
from tambon_survey.directory_resources import INTRODUCTIONS, NEEDS, OFFERS, ORGANIZATIONS, RELATIONS, TITLES

_BODY = ("องค์กร", "ชื่อองค์กร", "หน่วยงาน", "ชื่อหน่วยงาน", "กลุ่ม", "ชื่อกลุ่ม", "ชื่อเครือข่าย", "กลุ่ม/องค์กร", "organization name")
_KIND, _WHERE, _THEMES = (
    ("ประเภท", "type"),
    ("ที่ตั้ง", "พื้นที่", "ชื่อตำบล", "ต.", "tambon"),
    ("เรื่องที่ทำ", "ประเด็นงาน", "topics"),
)
_MORE = ("รายละเอียด", "description")
# What a table holds → meaning → other headings of it; our own are those of the resources.
_ELSEWHERE: dict[str, dict[str, tuple[str, ...]]] = {
    ORGANIZATIONS: {
        "name": _BODY,
        "kind": (*_KIND, "ประเภทองค์กร"),
        "tambon_name": _WHERE,
        "district_name": ("ชื่ออำเภอ", "อ.", "district"),
        "zone_number": ("โซนที่",),
        "province_name": ("จ.", "province"),
        "themes": _THEMES,
        "about": (*_MORE, "กิจกรรม", "ภารกิจ"),
        "website": ("เว็บไซต์", "url"),
    },
    OFFERS: {"organization": _BODY, "kind": _KIND, "text": ("สิ่งที่มีให้", "สิ่งที่เสนอ", *_MORE), "themes": _THEMES},
    NEEDS: {"organization": _BODY, "kind": _KIND, "text": ("สิ่งที่กำลังหา", "สิ่งที่ต้องการ", *_MORE), "themes": _THEMES},
}
SPELLINGS = {
    holds: {search_key(word): meaning for meaning, words in told.items() for word in words}
    for holds, told in _ELSEWHERE.items()
}
_NAMES = {
    OFFERS: (thai(TITLES[OFFERS]), "offers", "สิ่งที่เสนอ"),
    NEEDS: (thai(TITLES[NEEDS]), "needs", "สิ่งที่ต้องการ"),
    ORGANIZATIONS: (thai(TITLES[ORGANIZATIONS]), "organizations"),
}
# Sheets of our own workbook that bring nothing into the directory, and what their CSV files are called.
_ONLY_OUT = (_("Posts"), _("Vacant posts"), _("People"), _("Meetings"), _("Resolutions"), _("Tasks"), _("Codebook"))
_ONLY_OUT_CODES = ("posts", "vacancies", "people", "meetings", "resolutions", "tasks", "codebook")


def held_by(name: str) -> tuple[str, ...]:
    """What a table of the directory holds by its own name; a table of any other name holds bodies, if anything."""
    key = loose_key(name)
    apart = (TITLES[RELATIONS], TITLES[INTRODUCTIONS], *_ONLY_OUT)
    if key in {loose_key(one) for one in (*map(thai, apart), RELATIONS, INTRODUCTIONS, *_ONLY_OUT_CODES)}:
        return ()
    for holds, names in _NAMES.items():
        if any(loose_key(one) in key for one in names):
            return (holds,)
    return (ORGANIZATIONS,)
