"""What a file would change, row by row."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.utils import timezone

from tambon_survey.importing.planning import Scope, findings, prepare
from tambon_survey.importing.tables import Cell, Table
from tambon_survey.models import Coordinator, Submission
from tests.factories import fill_in, make_round, make_submission

BATCH = uuid.UUID(int=7)


@pytest.fixture
def asked(places) -> dict[str, Submission]:
    """An open round that asks a filled tambon of each zone."""
    survey_round = make_round(places.province)
    return {code: fill_in(make_submission(survey_round, places.tambons[code])) for code in ("800304", "801217")}


@pytest.fixture
def plan(asked, cast):
    """The findings of one table, as one person."""

    def planned(*rows: list[Cell], who: str = "zone2", sheet: str = "แกนประสาน"):
        user = getattr(cast, who)
        scope = Scope.of(asked["800304"].round, user, now=timezone.now())
        return list(findings([prepare(Table(sheet, iter(rows)))], scope, batch=BATCH))

    return planned


def head(*names: str) -> list[Cell]:
    """headings by the code of each column."""
    known = {"key": "id", "code": "tambon_code", "place": "ชื่อตำบล"}
    return [known.get(name, name) for name in names]


def only(found):
    (one,) = found
    return one


def test_a_row_with_its_key_shows_the_cells_that_differ(asked, plan):
    row = asked["800304"].coordinators.first()
    found = only(plan(head("key", "code", "name", "phone"), [str(row.pk), "800304", row.name, "๐๘๑-๒๓๔-๕๖๗๘"]))
    assert (found.kind, found.cells) == ("changed", {"phone": [row.phone, "0812345678"]})


def test_a_row_that_says_what_stands_is_the_same(asked, plan):
    row = asked["800304"].coordinators.first()
    assert only(plan(head("key", "code", "name", "role"), [str(row.pk), 800304, row.name, row.role])).kind == "same"


def test_an_empty_cell_clears_only_a_row_that_was_told_by_its_key(asked, plan):
    row = asked["800304"].coordinators.first()
    columns = head("key", "code", "name", "role")
    assert only(plan(columns, [str(row.pk), "800304", row.name, None])).cells == {"role": [row.role, ""]}
    assert only(plan(columns, [None, "800304", row.name, None])).kind == "same"


def test_a_row_without_a_key_is_known_by_its_name_and_else_new(asked, plan):
    columns = head("place", "name", "role")
    same, new = plan(columns, ["ต.กำโลน", "แกน 0", "ครู"], ["กำโลน อ.ลานสกา", "คนใหม่", "ครู"])
    assert (same.kind, same.cells) == ("changed", {"role": ["ผู้ใหญ่บ้าน", "ครู"]})
    assert (new.kind, new.cells) == ("new", {"name": [None, "คนใหม่"], "role": [None, "ครู"]})


def test_the_key_of_a_new_row_is_the_same_each_time_the_file_is_looked_at(plan):
    rows = head("place", "name"), ["กำโลน", "คนใหม่"]
    assert only(plan(*rows)).key == only(plan(*rows)).key


def test_a_title_and_merged_cells_may_stand_above_the_heading(asked, plan):
    found = only(plan(["แบบสำรวจ", None], [None], head("place", "name"), [None, None], ["กำโลน", "คนใหม่"]))
    assert (found.kind, found.row) == ("new", 5)


def test_a_row_of_another_zone_is_foreign(plan):
    found = only(plan(head("code", "name"), ["801217", "คนใหม่"]))
    assert (found.kind, found.cells, found.submission) == ("foreign", {}, 0)


def test_a_key_of_another_tambon_does_not_widen_the_scope(asked, plan):
    theirs = asked["801217"].coordinators.first()
    found = only(plan(head("key", "code", "name"), [str(theirs.pk), "800304", "ย้ายมา"]))
    assert found.kind == "error" and "แบบสำรวจอื่น" in found.text
    both = only(plan(head("key", "code", "name"), [str(theirs.pk), "800304", "ย้ายมา"], who="staff"))
    assert both.kind == "error" and "ตำบลอื่น" in both.text


def test_two_rows_about_one_entry_are_refused(asked, plan):
    key = str(asked["800304"].coordinators.first().pk)
    _first, second = plan(head("key", "code", "name"), [key, "800304", "ก"], [key, "800304", "ข"])
    assert second.kind == "error" and "แถวที่ 2" in second.text


@pytest.mark.parametrize(
    ("field", "cell", "column"),
    [("phone", "12", "phone"), ("name", "ก" * 200, "name"), ("may_share", "อาจจะ", "may_share")],
)
def test_a_cell_that_cannot_be_kept_says_which_and_why(plan, field, cell, column):
    names = ("name", field) if field != "name" else ("role", "name")
    found = only(plan(head("place", *names), ["กำโลน", "คนใหม่" if field != "name" else "ครู", cell]))
    assert (found.kind, found.column) == ("error", column) and found.text


def test_an_unknown_place_and_one_the_round_does_not_ask_are_unmatched(plan):
    unknown, unasked = plan(head("place", "name"), ["บางกะปิ", "ก"], ["นาเคียน", "ข"])
    assert (unknown.kind, unasked.kind) == ("unmatched", "unmatched") and unknown.text and unasked.text


def test_what_was_sent_cannot_be_written_over(asked, plan):
    Submission.objects.filter(pk=asked["800304"].pk).update(state="submitted")
    assert only(plan(head("place", "name"), ["กำโลน", "ก"])).kind == "error"


def test_a_row_of_what_was_sent_may_stay_in_the_file_as_it_is(asked, plan):
    row = asked["800304"].coordinators.first()
    Submission.objects.filter(pk=asked["800304"].pk).update(state="submitted")
    columns = head("key", "code", "name", "phone")
    same, other = plan(columns, [str(row.pk), "800304", row.name, row.phone], [None, "800304", "แกน 1", "0812345678"])
    assert (same.kind, other.kind) == ("same", "error")


def test_buddhist_years_and_date_cells_mean_the_same(plan):
    columns = head("place", "title", "since")
    rows = [["กำโลน", f"กิจกรรม {n}", since] for n, since in enumerate((2549, "2549", "ธ.ค. 2549", date(2549, 12, 25)))]
    found = plan(columns, *rows, sheet="กิจกรรมเด่น")
    assert [one.cells["since"][1] for one in found] == ["2006", "2006", "2006-12", "2006-12-25"]


def test_choices_are_read_as_code_or_as_label(plan):
    columns = head("place", "name", "sector")
    found = plan(columns, ["กำโลน", "ก", "government"], ["กำโลน", "ข", "ราชการ"], sheet="หน่วยงานสนับสนุน")
    assert {one.cells["sector"][1] for one in found} == {"government"}


def test_rows_of_a_repeat_take_the_place_of_their_parent(asked, cast):
    main = Table("survey", iter([["_index", "tambon_code", "informant"], [1, "800304", "ประธาน"]]))
    repeat = Table("team", iter([["team/name", "team/role", "_parent_index"], ["ทีมใหม่", "กรรมการ", 1]]))
    scope = Scope.of(asked["800304"].round, cast.zone2, now=timezone.now())
    head_row, member = findings(map(prepare, (main, repeat)), scope, batch=BATCH)
    assert (head_row.cells, member.kind) == ({"informant": ["ประธานกลุ่ม", "ประธาน"]}, "new")
    assert member.submission == asked["800304"].pk


def test_a_line_that_only_says_where_it_is_brings_nothing(plan):
    assert plan(head("key", "code", "place", "name", "role"), [None, "800304", "กำโลน", None, None]) == []


def test_looking_at_a_file_writes_nothing(asked, plan):
    before = list(Coordinator.objects.values())
    plan(head("place", "name"), ["กำโลน", "คนใหม่"])
    assert list(Coordinator.objects.values()) == before
