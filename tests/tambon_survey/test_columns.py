"""One definition of columns: what goes out is what comes in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from nakhon_network.lib.columns import Style, recognise, row_writer
from nakhon_network.lib.thai_dates import PartialDate
from tambon_survey.answers import FIELDS, TOPICS
from tambon_survey.models import Activity, Coordinator
from tambon_survey.resources import (
    RESOURCES,
    ActivityResource,
    CoordinatorResource,
    SubmissionResource,
    SupportResource,
)
from tests.factories import fill_in, make_round, make_submission


@pytest.fixture
def submission(places):
    return fill_in(make_submission(make_round(places.province), places.tambons["801217"]))


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("style", Style)
def test_no_two_columns_of_a_sheet_are_headed_alike(name, style):
    headings = [part.heading for column in RESOURCES[name].columns for part in column.parts(style)]
    assert len(headings) == len({*headings})


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sheet_brings_in_what_the_entry_form_asks(topic):
    assert tuple(one.code for one in RESOURCES[topic].entered()) == FIELDS[topic]


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("style", Style)
def test_every_heading_written_is_recognised_again(name, style):
    resource = RESOURCES[name]
    written = [(column, part.heading) for column in resource.columns for part in column.parts(style)]
    known = recognise(resource.columns, [heading for _column, heading in written])
    assert [one and one[0] for one in known] == [column for column, _heading in written]


def test_headings_are_thai_and_every_row_says_where_it_is():
    headings = [column.heading for column in CoordinatorResource.columns]
    assert headings[:6] == ["เลขโซน", "โซน", "รหัสอำเภอ", "อำเภอ", "รหัสตำบล", "ตำบล"]
    assert "โทรศัพท์" in headings


@pytest.mark.parametrize("cell", ["พ.ศ. 2549", "2549", 2549, 2549.0, "2006"])
def test_a_year_is_read_as_text_or_number(cell):
    assert ActivityResource.column("since").read(cell) == PartialDate(2006)


@pytest.mark.parametrize("cell", [date(2006, 12, 25), datetime.fromisoformat("2549-12-25"), "25 ธ.ค. 2549"])
def test_a_date_cell_is_a_date_whatever_its_year(cell):
    assert ActivityResource.column("since").read(cell) == PartialDate(2006, 12, 25)


@pytest.mark.parametrize(("cell", "value"), [(812345678, "0812345678"), ("081-234-5678", "0812345678"), (None, "")])
def test_a_phone_gets_its_zero_back(cell, value):
    assert CoordinatorResource.column("phone").read(cell) == value


@pytest.mark.parametrize(("cell", "value"), [("ใช่", True), (1, True), ("ไม่ใช่", False), (None, False), (0.0, False)])
def test_a_tick_is_read_from_words_and_digits(cell, value):
    assert CoordinatorResource.column("may_share").read(cell) is value


@pytest.mark.parametrize("cell", ["ภาครัฐ", "government", " Government "])
def test_a_choice_is_read_from_its_label_and_its_code(cell):
    column = SupportResource.column("sector")
    assert column.read(column.labels["government"] if cell == "ภาครัฐ" else cell) == "government"


@pytest.mark.parametrize(
    ("resource", "code", "cell"),
    [
        (CoordinatorResource, "may_share", "อาจจะ"),
        (CoordinatorResource, "phone", "ไม่มีเบอร์"),
        (SupportResource, "sector", "ราชวงศ์"),
        (ActivityResource, "since", "25/12/49"),
        (ActivityResource, "households", "หลายบ้าน"),
        (ActivityResource, "title", "ก" * 201),
    ],
)
def test_what_a_cell_cannot_mean_is_told(resource, code, cell):
    with pytest.raises(ValidationError) as told:
        resource.column(code).read(cell)
    assert told.value.messages


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("topic", TOPICS)
def test_values_survive_the_way_out_and_in(submission, topic, style):
    Activity.objects.update(since=PartialDate(2006, 12), needs_market=True)
    columns = RESOURCES[topic].entered()
    whose = [column for column in columns for _part in column.parts(style)]
    for values in RESOURCES[topic].tuples(getattr(submission, topic).kept(), columns):
        cells = row_writer(columns, style)(values)
        read = {column.code: column.read(cell) for column, cell in reversed(list(zip(whose, cells, strict=True)))}
        assert [read[column.code] for column in columns] == list(values)


def test_contacts_are_columns_that_can_be_left_out():
    with_, without = CoordinatorResource.chosen(contacts=True), CoordinatorResource.chosen(contacts=False)
    assert {one.code for one in with_} - {one.code for one in without} == {"phone", "line"}


def test_import_export_writes_the_same_cells(submission):
    found = CoordinatorResource().export(Coordinator.objects.in_order())
    assert found.headers == [column.heading for column in CoordinatorResource.columns]
    phone = found.headers.index("โทรศัพท์")
    assert [row[phone] for row in found] == ["0811111100", "0811111101"]
    assert SubmissionResource().export().dict[0]["สถานะ"] == "ร่าง"
