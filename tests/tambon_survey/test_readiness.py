"""Readiness: every boundary of the network's rule, and each verdict's reasons in words. No database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tambon_survey.answers import HAS, HAS_NONE, NOT_ASKED, TOPICS, Answers, Row, TopicAnswer
from tambon_survey.readiness import DEFAULT_RULE, MEASURES, Outcome, judge, judge_topic, overall, rule_in_words


def topic(name, *rows, answer=HAS):
    return TopicAnswer(name, answer, "", tuple(Row(str(at), values) for at, values in enumerate(rows)))


def level(name, *rows):
    return judge_topic(topic(name, *rows), rule=DEFAULT_RULE).level


REACHABLE, BY_LINE, UNREACHABLE = {"name": "ก", "phone": "0811"}, {"name": "ข", "line": "kho"}, {"name": "ค"}
PLANNED, UNPLANNED = {"title": "ออม", "next_step": "ขยาย"}, {"title": "ออม", "next_step": "  "}
CHAIR, HELPER = {"name": "ก", "role": "ประธาน"}, {"name": "ข", "role": ""}
STATE, OTHER, UNSAID = ({"name": name, "sector": name} for name in ("government", "other", ""))
UNSAID = {"name": "องค์กร", "sector": ""}


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("coordinators", [], "missing"),
        ("coordinators", [UNREACHABLE, UNREACHABLE], "missing"),
        ("coordinators", [REACHABLE], "weak"),
        ("coordinators", [REACHABLE, UNREACHABLE], "weak"),
        ("coordinators", [REACHABLE, BY_LINE], "met"),
        ("activities", [], "missing"),
        ("activities", [UNPLANNED], "weak"),
        ("activities", [PLANNED], "met"),
        ("team", [], "missing"),
        ("team", [CHAIR], "weak"),
        ("team", [CHAIR, HELPER], "weak"),
        ("team", [HELPER, HELPER, HELPER], "weak"),
        ("team", [CHAIR, HELPER, HELPER], "met"),
        ("agencies", [], "missing"),
        ("agencies", [UNSAID, UNSAID], "weak"),
        ("agencies", [STATE, STATE], "weak"),
        ("agencies", [STATE, OTHER], "met"),
        ("team", [{"name": " ", "role": "ประธาน"}] * 3, "missing"),
    ],
)
def test_the_boundaries_of_the_rule(name, rows, expected):
    assert level(name, *rows) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["met"] * 4, "ready"),
        (["met"] * 3 + ["weak"], "nearly"),
        (["weak"] * 4, "nearly"),
        (["met"] * 3 + ["missing"], "not_yet"),
        (["weak", "met", "met", "missing"], "not_yet"),
    ],
)
def test_a_tambon_is_as_ready_as_its_topics(levels, expected):
    assert overall(levels) == expected


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(HAS_NONE, "ตอบว่าไม่มี"), (NOT_ASKED, "ยังไม่ได้ถาม")],
)
def test_nothing_there_says_why(answer, reason):
    assert judge_topic(topic("team", answer=answer), rule=DEFAULT_RULE).reasons == [reason]


def test_a_reason_says_what_there_is_and_what_the_rule_asks():
    told = judge_topic(topic("coordinators", REACHABLE), rule=DEFAULT_RULE).reasons
    assert told == ["มีแกนประสานที่ติดต่อได้ 1 คน (เกณฑ์: มีแกนประสานที่ติดต่อได้อย่างน้อย 2 คน)"]


def test_what_is_met_is_said_without_the_rule():
    assert all("เกณฑ์" not in one for one in judge_topic(topic("activities", PLANNED), rule=DEFAULT_RULE).reasons)


def test_the_rule_itself_is_said_in_words():
    said = rule_in_words(DEFAULT_RULE)
    assert set(said) == set(TOPICS)
    assert all(any("\u0e00" <= letter <= "\u0e7f" for letter in one["met"]) for one in said.values())
    assert "3" in said["team"]["met"] and "1" in said["team"]["met"]


def test_a_round_judges_by_its_own_rule():
    strict = {**DEFAULT_RULE, "activities": {"met": [{"measure": "named", "at_least": 2}], "weak": []}}
    assert judge_topic(topic("activities", PLANNED), rule=strict).level == "weak"


def test_every_measure_can_be_said_of_every_topic_that_uses_it():
    used = {(name, one["measure"]) for name, levels in DEFAULT_RULE.items() for each in levels.values() for one in each}
    assert all(name in MEASURES[measure].wanted or "" in MEASURES[measure].wanted for name, measure in used)


numbers = st.integers(min_value=0, max_value=5)


@given(st.fixed_dictionaries(dict.fromkeys(TOPICS, numbers)))
def test_one_more_good_row_never_makes_a_tambon_less_ready(counts):
    order = ["not_yet", "nearly", "ready"]
    good = {"coordinators": REACHABLE, "activities": PLANNED, "team": CHAIR, "agencies": STATE}
    for grown in TOPICS:
        fewer, more = (
            Answers(topics={one: topic(one, *[good[one]] * (counts[one] + (one == grown) * extra)) for one in TOPICS})
            for extra in (0, 1)
        )
        before, after = (judge(one, rule=DEFAULT_RULE).level for one in (fewer, more))
        assert order.index(after) >= order.index(before)


@given(st.fixed_dictionaries(dict.fromkeys(TOPICS, numbers)))
def test_what_a_snapshot_keeps_of_a_verdict_reads_the_same(counts):
    answers = Answers(topics={one: topic(one, *[{"name": "ก", "title": "ก"}] * counts[one]) for one in TOPICS})
    outcome = judge(answers, rule=DEFAULT_RULE)
    assert Outcome.from_json(outcome.to_json()) == outcome
