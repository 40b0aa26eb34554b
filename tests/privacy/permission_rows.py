"""The rows of the permission table about personal data (tests/test_permissions.py says how to read them)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from organizations.models import Breach
from tambon_survey.models import Coordinator
from tests.factories import make_round, make_submission

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("privacy_page", "-", "safe",             "200  200  200  200  200  200  200  200  200"),
    ("tell_list", "-", "safe",                "302  200  200  200  200  200  200  200  200"),
    ("my_data", "-", "safe",                  "302  200  200  200  200  200  200  200  200"),
    ("my_data_file", "-", "safe",             "302  200  200  200  200  200  200  200  200"),
    ("privacy_office", "-", "safe",           "302  403  403  403  403  403  403  403  200"),
    ("person_data", "3 person", "edit",       "302  404  404  403  404  403  404  403  200"),
    ("person_data", "2 person", "edit",       "302  404  404  404  403  404  403  404  200"),
    ("person_erase", "3 person", "edit",      "302  404  404  403  404  403  404  403  200"),
    ("person_erase", "2 person", "edit",      "302  404  404  404  403  404  403  404  200"),
    ("coordinator_erase", "3 coordinator", "edit", "302 404 404 403 404  403  404  403  200"),
    ("coordinator_erase", "2 coordinator", "edit", "302 404 404 404 403  404  403  404  200"),
    ("coordinator_tell", "3 coordinator", "edit", "302 404 404 200  404  200  404  200  200"),
    ("coordinator_tell", "2 coordinator", "edit", "302 404 404 404  200  404  200  404  200"),
    ("person_tell", "3 person", "edit",       "302  404  404  200  404  200  404  200  200"),
    ("person_tell", "2 person", "edit",       "302  404  404  404  200  404  200  404  200"),
    ("person_tell", "3 shared", "edit",       "302  404  403  403  403  403  403  200  200"),
    ("person_hold", "3 person", "edit",       "302  404  404  200  404  200  404  200  200"),
    ("person_hold", "2 person", "edit",       "302  404  404  404  200  404  200  404  200"),
    ("person_hold", "3 shared", "edit",       "302  404  403  403  403  403  403  200  200"),
    ("recheck_list", "-", "safe",             "302  200  200  200  200  200  200  200  200"),
    ("contact_confirm", "3 contact", "post",  "302  404  404  302  404  302  404  302  302"),
    ("contact_confirm", "2 contact", "post",  "302  404  404  404  302  404  302  404  302"),
    ("contact_confirm", "3 above", "post",    "302  404  404  403  404  302  404  302  302"),
    ("breach_list", "p", "safe",              "302  404  404  404  404  404  404  404  200"),
    ("breach_add", "p", "edit",               "302  404  404  404  404  404  404  404  200"),
    ("breach_edit", "breach", "edit",         "302  404  404  404  404  404  404  404  200"),
    ("breach_report", "breach", "post",       "302  404  404  404  404  404  404  404  302"),
    ("breach_close", "breach", "post",        "302  404  404  404  404  404  404  404  302"),
]  # fmt: skip


def objects(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """One row of a survey in each zone, and a breach."""
    survey_round = make_round(places.province, name="รอบของข้อมูลส่วนบุคคล")
    found: dict[str, list[Any]] = {"breach": [Breach.objects.create(province=places.province, what="โทรศัพท์หาย").pk]}
    for number, code in (("3", "801217"), ("2", "800304")):
        form = make_submission(survey_round, places.tambons[code], submitted_at=timezone.now(), state="approved")
        row = Coordinator.objects.create(submission=form, name=f"แกนโซน {number}", phone=f"08777700{number}0")
        found[f"{number} coordinator"] = [row.pk]
    return found


# Forms with a plausible answer for each box, what each is opened with, and buttons (tests/test_fuzz.py).
FORMS: dict[str, dict[str, str]] = {
    "person_data": {"reason": "ขอทางโทรศัพท์", "shape": "page"},
    "person_erase": {"reason": "ขอทางโทรศัพท์", "is_sure": ""},
    "coordinator_erase": {"reason": "ขอทางโทรศัพท์", "is_sure": ""},
    "coordinator_tell": {"how": "phone", "told_on": "1/11/2569"},
    "person_tell": {"how": "line", "told_on": "1/11/2569"},
    "person_hold": {"reason": "เจ้าตัวโต้แย้งความถูกต้อง", "wanted": "hold"},
    "breach_add": {
        "found_day": "1/11/2569", "found_hour": "09.00", "what": "โทรศัพท์หาย", "whose": "แกน 5 คน", "risk": "some",
        "measures": "",
    },
    "breach_edit": {
        "found_day": "1/11/2569", "found_hour": "09.00", "what": "โทรศัพท์หาย", "whose": "แกน 5 คน", "risk": "some",
        "measures": "เปลี่ยนรหัส",
    },
}  # fmt: skip
ASKED_WITH = {
    "person_data": "3 person", "person_erase": "3 person", "person_tell": "3 person", "person_hold": "3 person",
    "coordinator_erase": "3 coordinator", "coordinator_tell": "3 coordinator", "breach_add": "p",
    "breach_edit": "breach",
}  # fmt: skip
BUTTONS = {"contact_confirm", "breach_report", "breach_close"}
