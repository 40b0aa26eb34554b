"""The survey's rows of the permission table (tests/test_permissions.py says how to read them), and their objects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.factories import fill_in, make_round, make_submission

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_REVIEW: list[tuple[str, str, str, str]] = [
    ("submission_page", "3 submission", "safe", "302 404 404 200  404  200  404  200  200"),
    ("submission_page", "2 submission", "safe", "302 404 404 404  200  404  200  404  200"),
    ("submission_history", "3 submission", "safe", "302 404 404 200 404 200 404  200  200"),
    ("submission_history", "2 submission", "safe", "302 404 404 404 200 404 200  404  200"),
    ("submission_submit", "3 submission", "edit", "302 404 404 200 404 200  404  200  200"),
    ("submission_submit", "2 submission", "edit", "302 404 404 404 200 404  200  404  200"),
    ("submission_review", "3 sent", "safe",   "302  404  404  403  404  403  404  200  200"),
    ("submission_return", "3 sent", "edit",   "302  404  404  403  404  403  404  200  200"),
    ("submission_accept", "3 sent", "post",   "302  404  404  403  404  403  404  403  409"),
    ("submission_approve", "3 sent", "post",  "302  404  404  403  404  403  404  302  302"),
    ("submission_reopen", "3 approved", "edit", "302 404 404 403  404  403  404  200  200"),
    ("submission_accept", "3 approved", "post", "302 404 404 403  404  403  404  403  302"),
    ("zone_report", "3 report", "edit",       "302  404  404  404  404  404  404  200  200"),
    ("zone_report", "2 report", "edit",       "302  404  404  404  404  404  200  404  200"),
]  # fmt: skip


def objects_of_review(places: SimpleNamespace) -> dict[str, list[Any]]:
    """Three rounds in which tambon 801209 is in draft, sent and approved; each draft lacks who answered."""
    rounds = [make_round(places.province, name=f"รอบ {number}") for number in range(3)]
    state_of = ("draft", "submitted", "approved")
    filled = [fill_in(make_submission(one, places.tambons["801209"])) for one in rounds]
    for submission, state in zip(filled, state_of, strict=True):
        submission.state, submission.informant = state, ""
        submission.save()
    return {
        "3 submission": [filled[0].pk],
        "2 submission": [make_submission(rounds[0], places.tambons["800304"], state="draft").pk],
        "3 sent": [filled[1].pk],
        "3 approved": [filled[2].pk],
        "3 report": [rounds[0].pk, places.zone3.pk],
        "2 report": [rounds[0].pk, places.zone2.pk],
    }
