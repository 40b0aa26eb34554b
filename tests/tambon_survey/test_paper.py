"""The form on paper: numbered as on the screen, lines to write on, a code that opens it, blank or filled."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nakhon_network.lib.paper import Card, Code, Heading, Table
from tambon_survey.answers import FIELDS, TOPICS, Answers
from tambon_survey.many_answers import answers_of_many
from tambon_survey.models import Coordinator, Submission
from tambon_survey.paper_form import LINES, form_sheet
from tests.factories import fill_in, make_round, make_submission

URL = "https://nakhon.example/submissions/1/entry/"
PHONE = "081-111-1100"


@pytest.fixture
def submission(places):
    return fill_in(make_submission(make_round(places.province), places.tambons["801217"]))


def blocks(submission, answers, kind, **options):
    sheet = form_sheet(submission, answers, url=URL, **options)
    return [block for block in sheet.blocks if isinstance(block, kind)]


def texts(table: Table) -> set[str]:
    return {cell.text for row in table.rows for cell in row}


def test_topics_are_numbered_as_on_the_screen(submission, cast, sign_in):
    page = sign_in(cast.tambon).get(reverse("submission_entry", args=[submission.pk])).content.decode()
    headings = [block.text for block in blocks(submission, Answers(), Heading)]
    assert len(headings) == len(TOPICS)
    assert all(f"<h2>{heading}</h2>" in page for heading in headings)


def test_a_blank_form_has_lines_for_every_roster(submission):
    tables = blocks(submission, Answers(), Table)
    assert [len(table.rows) for table in tables] == [LINES["coordinators"], LINES["team"], LINES["agencies"]]
    assert all(texts(table) == {"", *(f"{number}." for number in range(1, len(table.rows) + 1))} for table in tables)


def test_every_box_of_the_screen_is_on_the_paper(submission):
    tables = blocks(submission, Answers(), Table)
    assert [len(table.columns) - 1 for table in tables] == [len(FIELDS[one]) for one in TOPICS if one != "activities"]
    activity = next(card for card in blocks(submission, Answers(), Card) if card.title == "1.")
    assert len(activity.boxes) + 3 == len(FIELDS["activities"])  # four boxes to tick are one line of choices


def test_a_filled_form_has_the_answers_and_room_for_one_more(submission):
    Coordinator.objects.bulk_create(Coordinator(submission=submission, name=f"เพิ่ม {at}", position=9) for at in range(4))
    table = blocks(submission, submission.answers(), Table)[0]
    assert {"แกน 0", "เพิ่ม 3", PHONE} <= texts(table)
    assert [cell.text for cell in table.rows[-1]][1] == ""


def test_a_row_of_the_last_round_is_to_be_confirmed(submission):
    submission.coordinators.update(standing="carried")
    assert blocks(submission, submission.answers(), Table)[0].rows[0][0].options == [("ยังเหมือนเดิม", False)]


def test_the_code_opens_the_form(submission):
    code = blocks(submission, Answers(), Code)[0]
    assert code.svg.startswith("<?xml") and code.src.startswith("data:image/svg+xml")


def test_papers_of_a_zone_leave_contacts_out(submission):
    tables = blocks(submission, submission.answers(), Table, with_contacts=False)
    assert PHONE not in texts(tables[0]) and "แกน 0" in texts(tables[0])


@pytest.mark.parametrize(("query", "shown"), [("", True), ("?blank", False)])
def test_the_page_is_filled_or_blank(submission, cast, sign_in, query, shown):
    page = sign_in(cast.tambon).get(reverse("submission_paper", args=[submission.pk]) + query).content.decode()
    assert ("แกน 0" in page, PHONE in page) == (shown, shown)


def test_a_zones_file_asks_no_more_for_more_tambon(submission, places, cast, sign_in):
    client, url = sign_in(cast.zone3), reverse("zone_paper", args=[submission.round_id, places.zone3.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for code in ("800601", "800602"):
        fill_in(make_submission(submission.round, places.tambons[code]))
    with CaptureQueriesContext(connection) as many:
        answer = client.get(url)
    assert answer.content.startswith(b"%PDF-")
    assert len(many) == len(few)


def test_answers_of_many_are_the_answers_of_each(submission, places):
    other = fill_in(make_submission(submission.round, places.tambons["800304"]))
    found = answers_of_many([submission, other])
    assert found == {one.pk: Submission.objects.get(pk=one.pk).answers() for one in (submission, other)}
