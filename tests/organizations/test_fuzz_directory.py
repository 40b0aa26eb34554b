"""Odd input in every form of the directory: an answer in words, never an unhandled error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.odd_answers import answer_oddly
from tests.organizations import rows_directory, rows_knowledge

FORMS = rows_directory.FORMS | rows_knowledge.FORMS
ASKED_WITH = rows_directory.ASKED_WITH | rows_knowledge.ASKED_WITH


def address(form: str, cast: SimpleNamespace, places: SimpleNamespace) -> str:
    """Where the form is."""
    asked_with = rows_directory.objects(cast, places) | rows_knowledge.objects(cast, places)
    return reverse(form, args=asked_with[ASKED_WITH[form]])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_odd_answer_in_any_box_breaks_nothing(staff, cast, places, form):
    assert answer_oddly(staff, address(form, cast, places), FORMS[form]) == []


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_opens(staff, cast, places, form):
    assert staff.get(address(form, cast, places)).status_code == 200
