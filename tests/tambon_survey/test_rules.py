"""What must be mended before sending, and what deserves a second look. No database."""

from __future__ import annotations

import pytest

from tambon_survey.answers import HAS, HAS_NONE, NOT_ASKED, TOPICS, Answers, Row, TopicAnswer
from tambon_survey.rules import hard, problems

GOOD = {
    "coordinators": {"name": "ก", "phone": "0811111111"},
    "activities": {"title": "ออม", "next_step": "ขยาย", "households": 3, "people": 3},
    "team": {"name": "ก"},
    "agencies": {"name": "อบต.", "sector": "government"},
}


def answers(*, informant="ผู้ใหญ่", manner="phone", **changed):
    """Answers without a problem, some topics replaced."""
    good = {name: TopicAnswer(name, HAS, "", (Row("r", GOOD[name]),)) for name in TOPICS}
    return Answers(informant, manner, good | changed)


def topic(name, answer, *rows, remark="", standing="new"):
    return TopicAnswer(name, answer, remark, tuple(Row(f"r{at}", row, standing) for at, row in enumerate(rows)))


def found(one):
    """(row, field, level) of each problem of one topic."""
    return [(each.row, each.field, each.level) for each in problems(answers(**{one.topic: one}))]


def test_good_answers_have_no_problem():
    assert problems(answers()) == []


@pytest.mark.parametrize(("head", "field"), [({"informant": " "}, "informant"), ({"manner": ""}, "manner")])
def test_who_answered_and_how_must_be_said(head, field):
    assert [(one.topic, one.field) for one in hard(answers(**head))] == [("", field)]


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize(
    ("answer", "rows", "remark", "expected"),
    [
        (NOT_ASKED, 0, "", [("", "answer", "hard")]),
        (NOT_ASKED, 0, " ", [("", "answer", "hard")]),
        (NOT_ASKED, 0, "น้ำท่วม", [("", "answer", "soft")]),
        (HAS, 0, "", [("", "answer", "hard")]),
        (HAS_NONE, 1, "ไม่มี", [("", "answer", "hard")]),
        (HAS_NONE, 0, "", [("", "remark", "soft")]),
        (HAS_NONE, 0, "ย้ายไปหมด", []),
    ],
)
def test_an_answer_fits_its_rows(name, answer, rows, remark, expected):
    assert found(topic(name, answer, *[GOOD[name]] * rows, remark=remark)) == expected


@pytest.mark.parametrize("name", TOPICS)
def test_a_row_needs_a_name(name):
    assert ("r1", "", "hard") in found(topic(name, HAS, GOOD[name], {}))


@pytest.mark.parametrize("name", TOPICS)
def test_a_row_of_the_last_round_must_be_looked_at(name):
    assert found(topic(name, HAS, GOOD[name], standing="carried")) == [("r0", "", "hard")]
    assert found(topic(name, HAS, GOOD[name], standing="confirmed")) == []


@pytest.mark.parametrize("name", TOPICS)
def test_two_rows_of_one_name_deserve_a_look_blanks_aside(name):
    key = next(iter(GOOD[name]))
    spaced = {**GOOD[name], key: f" {GOOD[name][key]} "}
    assert found(topic(name, HAS, GOOD[name], spaced)) == [("r1", "", "soft")]


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("coordinators", {"phone": ""}, "phone"),
        ("activities", {"next_step": " "}, "next_step"),
        ("activities", {"people": 2}, "people"),
        ("agencies", {"sector": ""}, "sector"),
    ],
)
def test_what_deserves_a_second_look_never_blocks(name, change, field):
    one = topic(name, HAS, {**GOOD[name], **change})
    assert found(one) == [("r0", field, "soft")]
    assert hard(answers(**{name: one})) == []


def test_a_line_name_is_a_way_to_reach_somebody():
    assert found(topic("coordinators", HAS, {"name": "ก", "line": "ko"})) == []


@pytest.mark.parametrize("numbers", [(None, 1), (5, None), (None, None), (3, 3)])
def test_numbers_are_compared_only_where_both_are_known(numbers):
    households, people = numbers
    row = {**GOOD["activities"], "households": households, "people": people}
    assert found(topic("activities", HAS, row)) == []
