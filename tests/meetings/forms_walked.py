"""The meetings' forms with a plausible answer for each box; `tests/test_fuzz.py` asks that none is left out."""

# Name of the address → its boxes.
MEETING_FORMS: dict[str, dict[str, str]] = {
    "meeting_add": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "25/12/2549"},
    "meeting_edit": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "ธ.ค. 2549"},
    "comment_add": {"kind": "question", "text": "ผลไปถึงครัวเรือนหรือไม่", "author_name": ""},
    "question_answer": {"text": "ยังไม่ทราบ", "author_name": ""},
    "question_settle": {"state": "elsewhere", "where": "การประชุมครั้งต่อไป"},
    "comment_remove": {"reason": "ถามซ้ำ"},
}
# What each form is opened with: keys of `permission_rows.objects`; "p" is the province.
ASKED_WITH = {"meeting_add": "p", "meeting_edit": "draft meeting"} | {
    "comment_add": "draft meeting",
    "question_answer": "draft question",
    "question_settle": "draft question",
    "comment_remove": "draft question",
}
# Addresses that take a POST but no answer: a button each.
MEETING_BUTTONS: set[str] = {"calendar_renew", "calendar_revoke"}
