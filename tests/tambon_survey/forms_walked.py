"""The survey's forms with a plausible answer for each box; `tests/test_fuzz.py` asks that none is left out."""

# Name of the address → its boxes.
SURVEY_FORMS: dict[str, dict[str, str]] = {
    "round_add": {
        "name": "รอบสอง",
        "ordered_by": "การประชุม",
        "follows": "",
        "planning_meeting_on": "4/1/2580",
        "opens_day": "25/12/2579",
        "opens_hour": "09.00",
        "on_time_day": "1/1/2580",
        "on_time_hour": "16.00",
        "closes_day": "3/1/2580",
        "closes_hour": "16.00",
    },
    "round_edit": {"name": "รอบใหม่", "ordered_by": "การประชุม", "planning_meeting_on": "4/1/2580"},
    "expected_add": {"q": "ปาก", "tambon": "801201", "reason": "เพิ่ม"},
    "expected_drop": {"reason": "ตัดออก"},
    "submission_extend": {"until_day": "25/12/2580", "until_hour": "16.00", "reason": "ขอเวลา"},
    "submission_save": {
        "section": "team",
        "mutation": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11",
        "base": "0",
        "answer": "has",
        "remark": "",
        "rows": "0e0f57c4-98b2-4c3e-8a3c-1d8c7bb1e001",
        "add": "1",
        "0e0f57c4-98b2-4c3e-8a3c-1d8c7bb1e001.name": "คนหนึ่ง",
    },
    "submission_restore": {"mutation": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11"},
    "activity_photos": {"key": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11", "photo": ""},
    "submission_submit": {"reply": "fixed", "reply_text": "แก้แล้ว"},
    "submission_return": {"fix_by": "25/12/2579", "points-0-text": "แก้", "points-0-place": "team", "text-0": "แก้"},
    "submission_reopen": {"reason": "ดูอีกครั้ง"},
    "agency_merge": {"reason": "หน่วยงานเดียวกัน"},
    "coordinator_appoint": {"who": "new", "starts_on": "25/12/2568", "source": "แบบสำรวจ"},
    "zone_report": {"summary": "สรุป", "send": "1"},
}
