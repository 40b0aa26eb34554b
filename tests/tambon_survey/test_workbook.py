"""The workbook holds what the round holds, as text, and of nobody else's area."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tambon_survey.workbook.files import make_round_file
from tambon_survey.workbook.scope import Scope
from tests.factories import fill_in, make_round, make_submission


@pytest.fixture
def survey_round(places):
    return make_round(places.province)


def test_try(survey_round, places, cast):
    fill_in(make_submission(survey_round, places.tambons["801217"]))
    made = make_round_file(Scope(survey_round, cast.staff, timezone.now(), contacts=True), kind="xlsx")
    book = load_workbook(io.BytesIO(made.file.read()))
    for sheet in book:
        print(sheet.title)
        for row in sheet.iter_rows(values_only=True, max_row=4):
            print("   ", row)
    assert 0
