"""The meetings' forms with a plausible answer for each box; `tests/test_fuzz.py` asks that none is left out."""

from tests.meetings import rows_attendance

# Name of the address → its boxes.
MEETING_FORMS: dict[str, dict[str, str]] = {
    "meeting_add": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "25/12/2549"},
    "meeting_edit": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "ธ.ค. 2549"},
    "meeting_links": {"side": "before", "kind": "continues", "meeting": "ประชุมเตรียมการ", "meeting_which": ""},
    "meeting_next": {"title": "ประชุมครั้งต่อไป", "held_on": ""},
    "agenda_item_add": {"title": "เรื่องใหม่", "section": "other"},
    "agenda_item_edit": {"title": "เรื่อง", "section": "other", "discussion": "", "outcome": "agreed"},
    "agenda_template_add": {"name": "แบบหกวาระ", "title_0": "เรื่องแจ้ง", "section_0": "inform"},
    "agenda_template_edit": {"name": "แบบห้าวาระ", "title_0": "เรื่องแจ้ง", "section_0": "inform"},
    "attachments": {"key": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11", "paper": "", "title": "กำหนดการ", "kind": "agenda"},
    "attachment_edit": {"title": "กำหนดการ", "kind": "agenda", "visibility": "network"},
    "comment_add": {"kind": "question", "text": "ผลไปถึงครัวเรือนหรือไม่", "author_name": ""},
    "question_answer": {"text": "ยังไม่ทราบ", "author_name": ""},
    "question_settle": {"state": "elsewhere", "where": "การประชุมครั้งต่อไป"},
    "comment_remove": {"reason": "ถามซ้ำ"},
    **rows_attendance.FORMS,
    "minutes_edit": {"recorder_name": "นายสมหมาย ใจดี", "recorder_post": "เลขานุการ", "digits": "thai", "seen": ""},
    "goal_add": {"title": "ให้ได้ทิศทาง", "discussion": "คุยกัน", "revision": "0"},
    "goal_edit": {"title": "ให้ได้ทิศทาง", "discussion": "คุยกัน", "revision": "0"},
    "resolution_add": {
        "goal": "",
        "item": "",
        "strength": "settled",
        "text": "มีองค์กร",
        "about": "ปากแพรก",
        "revision": "0",
    },
    "resolution_edit": {
        "goal": "",
        "item": "",
        "strength": "assigned",
        "text": "สำรวจซ้ำ",
        "about": "",
        "revision": "0",
    },
    "resolution_withdraw": {"reason": "จดผิด"},
    "resolution_appointments": {"appointments": "", "seen": "1"},
    "task_add": {
        "text": "สำรวจซ้ำ",
        "to": "one",
        "name": "tambon2",
        "found": "",
        "due_on": "4/1/2550",
        "due_meeting": "",
        "is_urgent": "",
        "resolution": "",
        "order": "7b1d3a52-5f0e-4a58-9d6b-0d1b5a1f7c11",
    },
    "task_edit": {"text": "สำรวจซ้ำ", "due_on": "4/1/2550", "due_meeting": "", "is_urgent": "on", "resolution": ""},
    "task_report": {"text": "นัดประชุมแล้ว"},
    "task_finish": {"outcome": "สำรวจครบ", "reach": "village"},
    "task_drop": {"reason": "ทำไปแล้ว"},
    "task_reopen": {"reason": "ยังขาดสองตำบล"},
}
# What each form is opened with: keys of `permission_rows.objects`; "p" is the province.
ASKED_WITH = {
    "meeting_add": "p",
    "meeting_edit": "draft meeting",
    "meeting_links": "draft meeting",
    "meeting_next": "draft meeting",
    "agenda_item_add": "draft meeting",
    "agenda_item_edit": "draft item",
    "agenda_template_add": "-",
    "agenda_template_edit": "agenda template",
    "attachments": "draft meeting",
    "attachment_edit": "draft paper",
    "comment_add": "draft meeting",
    "question_answer": "draft question",
    "question_settle": "draft question",
    "comment_remove": "draft question",
    **rows_attendance.ASKED_WITH,
    "minutes_edit": "draft dated",
}
# Forms that stand on the page of another address, so that theirs takes a POST only.
ONLY_SENT = {*rows_attendance.ONLY_SENT}
# Addresses that take a POST but no answer: a button each.
MEETING_BUTTONS: set[str] = {
    "agenda_apply",
    "agenda_item_move",
    "agenda_item_remove",
    "attachment_remove",
    "calendar_renew",
    "calendar_revoke",
    "meeting_link_remove",
    *rows_attendance.BUTTONS,
}
MEETING_BUTTONS: set[str] = {"calendar_renew", "calendar_revoke"}
# Buttons of the minutes; the answers of the last two are walked in test_minutes_pages.py.
MEETING_BUTTONS |= {"minutes_check", "minutes_circulate", "minutes_adopt", "minutes_correct"}
    "goal_add": "draft meeting",
    "goal_edit": "draft goal",
    "resolution_add": "draft meeting",
    "resolution_edit": "draft resolution",
    "resolution_withdraw": "draft resolution",
    "resolution_appointments": "draft resolution",
    "task_add": "draft meeting",
    "task_edit": "draft task",
    "task_report": "draft task",
    "task_finish": "draft task",
    "task_drop": "draft task",
    "task_reopen": "draft task",
}
# Addresses that take a POST but no answer: a button each.
MEETING_BUTTONS: set[str] = {"goal_move", "goal_remove"}
