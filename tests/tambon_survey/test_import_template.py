"""The workbook to fill in: what it holds, and that it comes back in."""

from __future__ import annotations

import io

import openpyxl  # type: ignore[import-untyped]  # comes without types
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tambon_survey.actions import importing
from tambon_survey.resources import RESOURCES
from tests.factories import fill_in, make_round, make_submission
from tests.tambon_survey.test_importing import at_once  # noqa: F401


@pytest.fixture
def asked(places):
    """A filled tambon of zone 2, one that nobody began, one of zone 3."""
    survey_round = make_round(places.province)
    forms = [make_submission(survey_round, places.tambons[code]) for code in ("800304", "800115", "801217")]
    fill_in(forms[0])
    return survey_round


@pytest.fixture
def taken(asked, cast, sign_in):
    """The workbook as zone 2 takes it."""
    answer = sign_in(cast.zone2).get(reverse("import_template", args=[asked.pk]))
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def send(asked, cast):
    """The workbook sent back."""

    def sent(book):
        target = io.BytesIO()
        book.save(target)
        file = ContentFile(target.getvalue(), name="กรอกแล้ว.xlsx")
        batch = importing.receive(asked, file=file, by=cast.zone2, now=timezone.now())
        batch.refresh_from_db()
        return batch

    return sent


def letter(sheet, code: str) -> str:
    """The letter of a column of the coordinators."""
    heading = RESOURCES["coordinators"].column(code).heading
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def test_it_holds_ones_own_places_and_no_rows_of_rosters(taken):
    sheet = taken["แกนประสาน"]
    codes, names = ({cell.value for cell in sheet[letter(sheet, code)][1:]} for code in ("tambon_code", "name"))
    assert codes == {"800304", "800115"} and names == {None}
    assert len(taken.sheetnames) == 6


def test_what_may_be_chosen_is_offered(taken):
    offered = [one.formula1 for one in taken["หน่วยงานสนับสนุน"].data_validations.dataValidation]
    assert any("ราชการ" in one for one in offered)


def test_sent_back_as_it_is_it_changes_nothing(taken, send):
    batch = send(taken)
    assert (batch.state, set(batch.counts)) == ("shown", {"same"})


def test_filled_in_it_brings_the_rows(taken, send):
    sheet = taken["แกนประสาน"]
    for row in (2, 3):
        sheet[f"{letter(sheet, 'name')}{row}"] = f"คนที่ {row}"
        sheet[f"{letter(sheet, 'phone')}{row}"] = "081-234-5678"
    assert send(taken).counts["new"] == 2


def test_a_column_of_telephone_numbers_keeps_the_zero_that_is_typed(taken):
    sheet = taken["แกนประสาน"]
    assert sheet.column_dimensions[letter(sheet, "phone")].number_format == "@"
