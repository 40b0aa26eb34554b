"""The questionnaire goes out as an XLSForm that ODK's own tools accept, in Thai and English."""

from __future__ import annotations

import io
import shutil

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from tambon_survey.answers import FIELDS, TOPICS
from tests.factories import make_round, make_submission


@pytest.fixture
def form(places, cast, sign_in) -> bytes:
    """The file as a zone representative gets it."""
    survey_round = make_round(places.province)
    for code in ("801217", "800601", "800304"):
        make_submission(survey_round, places.tambons[code])
    response = sign_in(cast.zone3).get(reverse("round_xlsform", args=[survey_round.pk]))
    return b"".join(response.streaming_content)


def rows(form: bytes, name: str) -> list[dict[str, str]]:
    heads, *found = load_workbook(io.BytesIO(form))[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_pyxform_takes_it_without_a_warning(form):
    made = convert(xlsform=io.BytesIO(form), validate=False, file_type=".xlsx")
    assert made.warnings == []
    assert "<h:title>รอบทดสอบ</h:title>" in made.xform


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_odk_validate_takes_it(form):
    made = convert(xlsform=io.BytesIO(form), validate=True, file_type=".xlsx")
    assert made.warnings == []


def test_every_column_of_the_entry_form_is_asked(form):
    names = [row["name"] for row in rows(form, "survey")]
    for topic in TOPICS:
        start = names.index(topic) + 1
        assert tuple(names[start : start + len(FIELDS[topic])]) == FIELDS[topic]


def test_every_question_and_choice_is_said_in_both_languages(form):
    asked = [row for row in rows(form, "survey") if row["name"]]
    for row in [*asked, *rows(form, "choices")]:
        assert row["label::ไทย (th)"] and row["label::English (en)"], row


def test_the_tambon_to_choose_are_ones_own(form):
    chosen = [row["name"] for row in rows(form, "choices") if row["list_name"] == "tambon"]
    assert sorted(chosen) == ["800601", "801217"]
