"""Answers as values: there and back through JSON, and what differs between two of them. No database."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tambon_survey.answers import (
    FIELDS,
    HAS,
    HAS_NONE,
    NOT_ASKED,
    TOPICS,
    Answers,
    Difference,
    Row,
    TopicAnswer,
    differences,
)

cells = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))


def rows_of(name):
    return st.builds(
        Row,
        id=st.uuids().map(str),
        values=st.fixed_dictionaries(dict.fromkeys(FIELDS[name], cells)),
        standing=st.sampled_from(["new", "carried", "confirmed", "changed"]),
        carried_from=st.none() | st.uuids().map(str),
    )


def topic_of(name):
    rows = st.lists(rows_of(name), max_size=4, unique_by=lambda row: row.id).map(tuple)
    return st.builds(TopicAnswer, st.just(name), st.sampled_from([HAS, HAS_NONE, NOT_ASKED]), st.text(max_size=8), rows)


any_answers = st.builds(
    Answers, st.text(max_size=8), st.text(max_size=8), st.fixed_dictionaries({name: topic_of(name) for name in TOPICS})
)


def team(*rows, **head):
    return Answers(topics={"team": TopicAnswer("team", HAS, rows=rows, **head)})


def member(key, name="ก", role="", carried_from=None):
    return Row(key, {"name": name, "role": role, "duty": ""}, "new", carried_from)


@given(any_answers)
def test_what_a_snapshot_keeps_reads_the_same(answers):
    assert Answers.from_json(json.loads(json.dumps(answers.to_json()))) == answers


@given(any_answers)
def test_nothing_differs_from_itself(answers):
    assert differences(answers, answers) == []


@given(any_answers, any_answers)
def test_forth_and_back_finds_the_mirror_image(one, other):
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    forth = {(each.topic, turned[each.kind], each.row, each.field) for each in differences(one, other)}
    assert forth == {(each.topic, each.kind, each.row, each.field) for each in differences(other, one)}


def test_a_changed_cell_tells_old_and_new():
    found = differences(team(member("1", role="ประธาน")), team(member("1", role="เหรัญญิก")))
    assert found == [Difference("team", "changed", "1", "ก", "role", "ประธาน", "เหรัญญิก")]


def test_added_and_removed_rows_are_told_by_name():
    found = differences(team(member("1", "เก่า")), team(member("2", "ใหม่")))
    assert [(one.kind, one.row_name) for one in found] == [("added", "ใหม่"), ("removed", "เก่า")]


def test_the_order_of_rows_is_no_difference():
    assert differences(team(member("1"), member("2")), team(member("2"), member("1"))) == []


def test_the_head_of_a_topic_can_differ():
    assert [one.field for one in differences(team(), team(remark="น้ำท่วม"))] == ["remark"]


def test_a_carried_row_is_the_row_it_came_from():
    before, after = team(member("1"), member("2", "ข")), team(member("9", "กก", carried_from="1"), member("8", "ค"))
    found = differences(before, after, by_origin=True)
    assert [(one.kind, one.row_name) for one in found] == [("changed", "กก"), ("added", "ค"), ("removed", "ข")]


def test_a_topic_is_filled_by_named_rows_or_an_explicit_none():
    blank = TopicAnswer("team", HAS, rows=(member("1", "  "),))
    none, silent = TopicAnswer("team", HAS_NONE), TopicAnswer("team", NOT_ASKED, rows=(member("1"),))
    assert [one.is_filled for one in (blank, none, silent)] == [False, True, False]
    assert Answers(topics={"team": none}).filled == 1


def test_answers_that_say_nothing_are_four_topics_not_asked():
    assert [(one.topic, one.answer) for one in Answers()] == [(name, NOT_ASKED) for name in TOPICS]
