"""Odd input in every form of the directory: an answer in words, never an unhandled error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.organizations import rows_directory, rows_knowledge
from tests.test_fuzz import FEW, FIELD, FORM, SOME, quote

FORMS = rows_directory.FORMS | rows_knowledge.FORMS
ASKED_WITH = rows_directory.ASKED_WITH | rows_knowledge.ASKED_WITH


@pytest.fixture
def staff(cast: SimpleNamespace) -> Client:
    """Province staff, who may open every form; what a view raised is raised."""
    client = Client()
    client.force_login(cast.staff)
    return client


def address(form: str, cast: SimpleNamespace, places: SimpleNamespace) -> str:
    """Where the form is."""
    asked_with = rows_directory.objects(cast, places) | rows_knowledge.objects(cast, places)
    return reverse(form, args=asked_with[ASKED_WITH[form]])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_odd_answer_in_any_box_breaks_nothing(staff, cast, places, form):
    url = address(form, cast, places)
    page = staff.get(url)
    shown = FIELD.findall(page.content.decode()) if page.status_code == 200 else []
    fields = [one for one in dict.fromkeys([*FORMS[form], *shown]) if one != "csrfmiddlewaretoken"]
    for kind, odd in (FEW if len(fields) > 12 else SOME).items():
        for box in [*fields[:40], None]:
            answers = {one: quote(FORMS[form].get(one, ""), safe="") for one in fields}
            answers |= {one: odd for one in fields if box in (one, None)}
            body = "&".join(f"{name}={value}" for name, value in answers.items()).encode()
            with transaction.atomic():
                response = staff.post(url, body, content_type=FORM)
                assert response.status_code in (200, 302, 409, 422), (box, kind, response.status_code)
                transaction.set_rollback(True)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_opens(staff, cast, places, form):
    assert staff.get(address(form, cast, places)).status_code == 200
