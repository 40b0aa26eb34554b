"""What the style guide shows: every component's variables, with Thai of the length that real pages have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from nakhon_network.tilegrid import Cell, Grid, Tile, build_grid

# Code, name, row, column, zone (an assumption), focus tambon (a labelled sample).
DISTRICTS = [
    ("8001", "เมืองนครศรีธรรมราช", 4, 5, 2, "นาเคียน ท่างิ้ว โพธิ์เสด็จ ปากพูน"),
    ("8002", "พรหมคีรี", 4, 4, 1, "พรหมโลก บ้านเกาะ"),
    ("8003", "ลานสกา", 5, 4, 2, "กำโลน"),
    ("8004", "ฉวาง", 4, 2, 4, "ฉวาง ละอาย นาแว ไม้เรียง กะเปียด"),
    ("8005", "พิปูน", 4, 3, 4, "พิปูน ควนกลาง"),
    ("8006", "เชียรใหญ่", 6, 6, 3, "เชียรใหญ่ ท่าขนาน"),
    ("8007", "ชะอวด", 7, 5, 3, "เคร็ง วังอ่าง"),
    ("8008", "ท่าศาลา", 3, 4, 1, "ท่าศาลา กลาย ท่าขึ้น"),
    ("8009", "ทุ่งสง", 6, 3, 5, "ชะมาย หนองหงส์ ควนกรด นาหลวงเสน กะปาง"),
    ("8010", "นาบอน", 5, 2, 5, "นาบอน"),
    ("8011", "ทุ่งใหญ่", 5, 1, 5, "ท่ายาง ทุ่งสัง ทุ่งใหญ่"),
    ("8012", "ปากพนัง", 5, 6, 3, "คลองน้อย ชะเมา ท่าพยา"),
    ("8013", "ร่อนพิบูลย์", 6, 4, 2, "ร่อนพิบูลย์ หินตก"),
    ("8014", "สิชล", 2, 4, 1, "สิชล ทุ่งปรัง ฉลอง"),
    ("8015", "ขนอม", 1, 4, 1, "ขนอม"),
    ("8016", "หัวไทร", 7, 6, 3, "หน้าสตน เกาะเพชร"),
    ("8017", "บางขัน", 6, 2, 5, "บางขัน"),
    ("8018", "ถ้ำพรรณรา", 4, 1, 4, "ถ้ำพรรณรา คลองเส"),
    ("8019", "จุฬาภรณ์", 7, 4, 2, "บ้านควนมุด บ้านชะอวด"),
    ("8020", "พระพรหม", 5, 5, 2, "ท้ายสำเภา"),
    ("8021", "นบพิตำ", 3, 3, 1, "กะหรอ"),
    ("8022", "ช้างกลาง", 5, 3, 4, "ช้างกลาง"),
    ("8023", "เฉลิมพระเกียรติ", 6, 5, 3, "เชียรเขา"),
]
STATES = [
    ("not_started", "ยังไม่เริ่ม"),
    ("draft", "ร่าง"),
    ("submitted", "ส่งแล้ว"),
    ("returned", "ส่งกลับให้แก้"),
    ("approved", "โซนรับรองแล้ว"),
    ("accepted", "จังหวัดรับเข้าชุดประชุม"),
]
OTHER_STATES = [
    ("ready", "พร้อม"),
    ("nearly", "เกือบพร้อม"),
    ("not_yet", "ยังไม่พร้อม"),
    ("met", "ครบ"),
    ("weak", "ยังอ่อน"),
    ("missing", "ขาด"),
    ("has", "มี"),
    ("has_none", "ไม่มี"),
    ("not_asked", "ยังไม่ได้ถาม"),
    ("vacant", "ว่าง"),
    ("overdue", "เลยกำหนด"),
    ("focus", "ตำบลเป้าหมาย"),
]
READINESS = OTHER_STATES[:3]
LONG_NAME = "หน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"
ROWS = [
    ("นาหลวงเสน", "ทุ่งสง", 5, 12_480, "submitted", "ส่งแล้ว"),
    ("ร่อนพิบูลย์", "ร่อนพิบูลย์", 2, 9_041, "returned", "ส่งกลับให้แก้"),
    ("ปั้นฐานน้ำที่ญู", "เมืองนครศรีธรรมราช", 2, 874, "draft", "ร่าง"),
    ("บ้านควนมุด", "จุฬาภรณ์", 2, 5_310, "accepted", "จังหวัดรับเข้าชุดประชุม"),
]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="ชื่อ-นามสกุล", help_text="เช่น นางสาวปั้นฐาน น้ำที่ญู")
    phone = forms.CharField(label="เบอร์โทรศัพท์", required=False, help_text="ใส่เลขไทยหรือเลขอารบิกก็ได้")
    tambon = forms.ChoiceField(
        label="ตำบล",
        choices=[("", "เลือกตำบล"), ("800401", "ต.ฉวาง อ.ฉวาง"), ("802301", "ต.เชียรเขา อ.เฉลิมพระเกียรติ")],
    )
    answer = forms.ChoiceField(
        label="ตำบลนี้มีกิจกรรมเด่นที่จะนำมาต่อยอดหรือไม่",
        help_text="ตอบว่า ไม่มี ได้ ถ้าถามแล้วและไม่มีจริง",
        choices=OTHER_STATES[6:9],
        widget=forms.RadioSelect,
    )
    sectors = forms.MultipleChoiceField(
        label="หน่วยงานสนับสนุน",
        required=False,
        choices=[("1", "หน่วยราชการ"), ("2", "องค์กรไม่ใช่ราชการ"), ("3", "องค์กรอิสระ")],
        widget=forms.CheckboxSelectMultiple,
    )
    story = forms.CharField(label="เล่ากิจกรรมโดยย่อ", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(label="ภาพถ่าย", required=False, help_text="ไฟล์ภาพไม่เกิน 5 MB")
    consent = forms.BooleanField(label="เจ้าของข้อมูลยินยอมให้เก็บเบอร์โทรศัพท์ไว้ใช้ประสานงานภายในเครือข่าย")


class FilterForm(forms.Form):
    """A search form: nothing in it is required, so nothing says so."""

    show_optional = False
    q = forms.CharField(label="ชื่อ", required=False)
    zone = forms.ChoiceField(label="โซน", required=False, choices=[("", "ทุกโซน"), ("1", "โซนเหนือ (ชายฝั่งอ่าวไทยตอนบน)")])


def grid(*, by_state: bool = False) -> Grid:
    """The 23 districts; with `by_state` the tambon go through all states in turn."""
    tiles, number = [], 0
    for code, name, row, col, zone, names in sorted(DISTRICTS, key=lambda district: district[4]):
        cells = []
        for name_of_cell in names.split():
            state = STATES[number % len(STATES)][0] if by_state else "focus"
            cells.append(Cell(code=f"{code}{number:02}", name=name_of_cell, state=state))
            number += 1
        url = "" if zone == 3 else f"#{code}"
        tiles.append(Tile(code=code, name=name, row=row, col=col, zone_number=zone, url=url, cells=cells))
    return build_grid(tiles)


def samples() -> dict[str, Any]:
    """The style guide's context."""
    now = timezone.now()
    return {
        "long_name": LONG_NAME,
        "crumbs": [("โซน 2 โซนกลาง (เมืองและเชิงเขาหลวง)", "#"), ("อำเภอเมืองนครศรีธรรมราช", "#")],
        "actions": [("พิมพ์รายชื่อ", "#", "printer", "quiet"), ("เพิ่มผู้ประสานงาน", "#", "user-plus", "primary")],
        "kinds": ["info", "success", "warning", "danger"],
        "states": STATES,
        "other_states": OTHER_STATES,
        "readiness": READINESS,
        "rows": ROWS,
        "facts": [("ชื่อทางการ", LONG_NAME), ("ปีที่ก่อตั้ง", ""), ("เบอร์โทรศัพท์", "08 1234 5678"), ("สมาชิก", 0)],
        "steps": [("กรอกรหัสที่ได้รับ", "done"), ("ตั้งรหัสผ่าน", "current"), ("เข้าใช้งาน", "next")],
        "entries": [
            {
                "at": now - timedelta(days=10),
                "who": "นางสาวปั้นฐาน น้ำที่ญู (ตัวแทนโซน 5)",
                "sentence": "ส่งกลับให้แก้ แบบสำรวจตำบลนาหลวงเสน",
                "reason": "ยังไม่มีเบอร์โทรศัพท์ของแกนประสานคนที่สอง",
                "changes": [("สถานะ", "ส่งแล้ว", "ส่งกลับให้แก้"), ("ผู้ตรวจ", "", "นางสาวปั้นฐาน น้ำที่ญู")],
            },
            {"at": now - timedelta(minutes=5), "who": "", "sentence": "สำรองข้อมูล", "reason": "", "changes": []},
        ],
        "page_obj": Paginator(range(170), 25).page(2),
        "invitation": "https://nakhon.example/invitation/3f1c9a8e5b7d4e20a6c1f0b29d8e7a45c3b2d1e0",
        "qr_src": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
        "%3Cpath fill='%23fff' d='M0 0h8v8H0z'/%3E%3Cpath d='M1 1h2v2H1zM5 1h2v2H5z"
        "M1 5h2v2H1zM4 4h1v1H4zM6 6h1v1H6z'/%3E%3C/svg%3E",
        "form": SampleForm(prefix="empty"),
        "form_with_errors": SampleForm({"bad-phone": "๐๘๑ ๒๓๔ ๕๖๗๘", "bad-story": "ที่ประชุม"}, prefix="bad"),
        "filter_form": FilterForm(prefix="filter"),
        "grid": grid(),
        "grid_by_state": grid(by_state=True),
    }
