"""Odd input in every form about personal data: an answer in words, never an unhandled error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.odd_answers import answer_oddly
from tests.privacy.permission_rows import ASKED_WITH, FORMS, objects


def address(form: str, cast: SimpleNamespace, places: SimpleNamespace) -> str:
    """Where the form is."""
    asked_with = {"p": ["80"], "-": []} | objects(cast, places)
    person = {"3 person": [cast.tambon.person_id]}
    return reverse(form, args=(asked_with | person)[ASKED_WITH[form]])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_odd_answer_in_any_box_breaks_nothing(staff, cast, places, form):
    assert answer_oddly(staff, address(form, cast, places), FORMS[form]) == []


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_opens(staff, cast, places, form):
    assert staff.get(address(form, cast, places)).status_code == 200
