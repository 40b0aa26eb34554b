"""Odd input in every form of the survey: an answer in words, never an unhandled error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.odd_answers import answer_oddly
from tests.tambon_survey import rows_learning, rows_unlinked
from tests.tambon_survey.forms_walked import SURVEY_FORMS
from tests.tambon_survey.permission_rows import objects

# What each form is opened with: keys of `permission_rows.objects`, and what has one argument only.
ASKED_WITH = {
    "introduction_add": "3 offered",
    "need_introduce": "need offered",
    "introduction_move": "3 introduction",
    "introduction_follow_up": "3 introduction",
    "round_edit": "plan",
    "expected_add": "round",
    "expected_drop": "3 expected",
    "submission_extend": "3 expected",
    "submission_save": "3 submission",
    "submission_restore": "3 save",
    "activity_photos": "3 activity",
    "submission_submit": "3 submission",
    "submission_return": "3 sent",
    "submission_reopen": "3 approved",
    "packet_make": "round",
    "packet_contacts": "packet",
    "zone_report": "3 report",
    "coordinator_appoint": "3 coordinator",
    "export_download": "round",
    "import_start": "round",
    "import_columns": "2 import",
    "import_choose": "3 bodies",
    **rows_learning.ASKED_WITH,
    **rows_unlinked.ASKED_WITH,
}
WITHOUT_ARGUMENT = {"story_add", "organization_import"}
OF_THE_PROVINCE = {"round_add", "network_download"}
# Sent from a page of another address.
WITHOUT_PAGE = {"submission_save", "submission_restore", "export_download", "network_download"}


def address(form: str, cast: SimpleNamespace, places: SimpleNamespace) -> str:
    """Where the form is."""
    if form in WITHOUT_ARGUMENT:
        return reverse(form)
    return reverse(form, args=["80"] if form in OF_THE_PROVINCE else objects(cast, places)[ASKED_WITH[form]])


@pytest.mark.parametrize("form", sorted(SURVEY_FORMS))
def test_an_odd_answer_in_any_box_breaks_nothing(staff, cast, places, form):
    assert answer_oddly(staff, address(form, cast, places), SURVEY_FORMS[form]) == []


@pytest.mark.parametrize("form", sorted(set(SURVEY_FORMS) - WITHOUT_PAGE))
def test_every_form_opens_with_the_boxes_that_are_walked(staff, cast, places, form):
    assert staff.get(address(form, cast, places)).status_code == 200
