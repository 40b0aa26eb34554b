"""The meetings' forms with a plausible answer for each box; `tests/test_fuzz.py` asks that none is left out."""

# Name of the address → its boxes.
MEETING_FORMS: dict[str, dict[str, str]] = {
    "meeting_add": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "25/12/2549"},
    "meeting_edit": {"title": "ประชุมเสวนา", "kind": "dialogue", "visibility": "draft", "held_on": "ธ.ค. 2549"},
}
# What each form is opened with: keys of `permission_rows.objects`; "p" is the province.
ASKED_WITH = {"meeting_add": "p", "meeting_edit": "draft meeting"}
# Addresses that take a POST but no answer: a button each.
MEETING_BUTTONS: set[str] = set()
