"""What is looked at before minutes leave."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.minutes.checks import Problem, names_twice, problems, refusals
from meetings.minutes.document import Assignment, Attendee, Decision, Document, Item, Matter, Signature

TODAY = date(2026, 1, 1)
RIGHT = {"title": "คณะทำงาน", "held_on": "2006-12-25", "recorder": Signature("นายก")}

GIVEN = Decision("assigned", "ทำ", assigned=(Assignment("ก", "ข"),))


def found(level: str = "", **facts: object) -> list[Problem]:
    seen = problems(Document(**{**RIGHT, **facts}), today=TODAY)
    return [one for one in seen if not level or one.level == level]


def test_a_right_document_has_no_problem():
    assert found() == []


@pytest.mark.parametrize(
    "facts",
    [
        {"title": ""},
        {"held_on": ""},
        {"held_on": "2006-12"},
        {"starts_at": "13.00", "ends_at": "12.00"},
        {"ends_on": "2006-12-24"},
        {"present": (Attendee("นายก ข"),), "absent": (Attendee("ก ข"),)},
    ],
    ids=["no title", "no day", "half a day", "end before start", "last day before first", "twice"],
)
def test_it_stops(facts):
    assert [one.level for one in found(**facts)] == ["refuse"]


def test_a_meeting_of_two_days_may_end_at_an_earlier_hour():
    assert found(ends_on="2006-12-26", starts_at="13.00", ends_at="12.00") == []


def test_two_persons_of_one_name_are_two_persons():
    both = (Attendee("นายก ข", person=1), Attendee("นายก ข", person=2))
    assert names_twice(Document(present=both)) == []
    assert names_twice(Document(present=both[:1], absent=(Attendee("นาย ก ข"),))) == ["นาย ก ข"]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"recorder": Signature()}, "signers"),
        ({"items": (Item("consider", "ก", matters=(Matter("เป้า", is_goal=True),)),)}, "decisions"),
        ({"items": (Item("consider", "ก", decisions=(Decision("assigned", "ทำ"),)),)}, "decisions"),
        ({"items": (Item("other", "ก", decisions=(GIVEN,)),)}, "decisions"),
        ({"held_on": "2030-01-01"}, "facts"),
    ],
    ids=["no recorder", "goal without result", "nobody responsible", "no due date", "still to come"],
)  # fmt: skip
def test_it_warns(facts, place):
    assert [(one.level, one.place) for one in found(**facts)] == [("warn", place)]


def test_minutes_before_that_nobody_adopted_are_a_warning():
    seen = problems(Document(**RIGHT), today=TODAY, before=["ประชุมก่อน"])
    assert [(one.level, one.place) for one in seen] == [("warn", "chain")]
    assert refusals(seen) == []
