"""Odd input in every form of the meetings: an answer in words, never an unhandled error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.meetings.forms_walked import ASKED_WITH, MEETING_FORMS, ONLY_SENT
from tests.meetings.permission_rows import objects
from tests.odd_answers import answer_oddly


def address(form: str, cast: SimpleNamespace, places: SimpleNamespace) -> str:
    """Where the form is."""
    asked_with = {"p": ["80"], "-": []} | objects(cast, places)
    return reverse(form, args=asked_with[ASKED_WITH[form]])


@pytest.mark.parametrize("form", sorted(MEETING_FORMS))
def test_an_odd_answer_in_any_box_breaks_nothing(staff, cast, places, form):
    assert answer_oddly(staff, address(form, cast, places), MEETING_FORMS[form]) == []


@pytest.mark.parametrize("form", sorted(set(MEETING_FORMS) - ONLY_SENT))
def test_every_form_opens(staff, cast, places, form):
    assert staff.get(address(form, cast, places)).status_code == 200
