"""Rows of the permission table about names that surveys write, their objects, and their forms for odd input."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from organizations.models import Organization
from tambon_survey.models import Activity, Support, WrittenName
from tests.factories import make_round, make_submission

# Who works for tambon 801217 or above; who works for all of zone 3; who works for tambon 800304 or above.
THREE = "302  404  404  200  404  200  404  200  200"
ZONE3 = "302  404  404  404  404  404  404  200  200"
TWO = "302  404  404  404  200  404  200  404  200"
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("unlinked_list", "-", "safe",            "302  403  403  200  200  200  200  200  200"),
    ("unlinked_name", "3 agency name", "edit", THREE),
    ("unlinked_name", "3 group name", "edit", THREE),
    ("unlinked_name", "2 agency name", "edit", TWO),
    ("unlinked_add", "3 group name", "edit",  THREE),
    ("unlinked_add", "2 agency name", "edit", TWO),
    ("written_name_remove", "3 written", "edit", THREE),
    ("written_name_remove", "zone written", "edit", ZONE3),
    ("written_name_return", "3 left", "post", THREE.replace("200", "302")),
]  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "unlinked_name": {"choice": "leave", "scope": "tambon:801217"},
    "unlinked_add": {"name": "กลุ่มใหม่", "kind": "group", "status": "existing", "area": "", "scope": "tambon:801217"},
    "written_name_remove": {"reason": "คนละกลุ่ม"},
}
ASKED_WITH = {
    "unlinked_name": "3 agency name",
    "unlinked_add": "3 group name",
    "written_name_remove": "3 written",
}


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """Names without a record in a tambon of each zone, zone 2's with `hidden`; one linked, one left alone."""
    survey_round = make_round(places.province, name="รอบของชื่อ")
    forms = {
        code: make_submission(survey_round, places.tambons[code], state="approved") for code in ("801217", "800304")
    }
    agency = Support.objects.create(submission=forms["801217"], name="อบต.ปากแพรก", contact=hidden)
    group = Activity.objects.create(submission=forms["801217"], title="ทำขนม", group="กลุ่มแม่บ้าน")
    other = Support.objects.create(submission=forms["800304"], name="อบต.กำโลน", kind=hidden, contact=hidden)
    body = Organization.objects.create(name="ธนาคารต้นไม้")
    named = {"key": "ธนาคารตนไม", "name": "ธนาคารต้นไม้"}
    here = places.tambons["801217"]
    return {
        "3 agency name": ["agencies", agency.pk],
        "3 group name": ["groups", group.pk],
        "2 agency name": ["agencies", other.pk],
        "3 written": [WrittenName.objects.create(organization=body, tambon=here, **named).pk],
        "zone written": [WrittenName.objects.create(organization=body, zone=places.zone3, **named).pk],
        "3 left": [WrittenName.objects.create(tambon=here, key="ชาวบาน", name="ชาวบ้าน").pk],
    }
