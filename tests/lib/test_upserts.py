"""Rows written by one prepared statement are those the ORM would have written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.upserts import Upsert
from tambon_survey.models import Activity, Save
from tests.factories import make_round, make_submission

ROWS = Upsert(
    Activity,
    [field.name for field in Activity._meta.concrete_fields],
    updates=["title", "since", "is_removed"],
)
SAVED = ["submission", "mutation", "revision", "section", "changes", "source", "notice_version", "saved_at", "saved_by"]
SAVES = Upsert(Save, SAVED)
ODD = "ก'\"\\ %s ? {} \n\t😀"


@pytest.fixture
def form(places):
    return make_submission(make_round(places.province), places.tambons["800304"])


def test_new_rows_hold_every_kind_of_value(form):
    made = Activity(submission=form, title=ODD, since=PartialDate(2006, 12), people=7, carried_from=uuid4())
    ROWS.write_objects([made, Activity(submission=form, title="ข")])
    found = Activity.objects.get(pk=made.pk)
    fields = [field.attname for field in Activity._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(made, name) for name in fields]
    assert Activity.objects.filter(since="", people=None, submission=form).count() == 1


def test_a_row_that_is_there_gets_what_is_to_be_updated_and_keeps_the_rest(form):
    made = Activity.objects.create(submission=form, title="ก", people=7)
    made.title, made.people, made.is_removed = "ข", 8, True
    ROWS.write_objects([made])
    found = Activity.objects.get()
    assert (found.title, found.people, found.is_removed) == ("ข", 7, True)


def test_moments_and_json_are_kept_as_the_orm_keeps_them(form, cast):
    now, changes = timezone.now(), {"x.name": [None, ODD], "y": [1, {"z": True}]}
    SAVES.write([[form.pk, mutation := uuid4(), 1, "head", changes, "", "", now, cast.staff.pk]])
    found = Save.objects.get(mutation=mutation, saved_at=now)
    assert (found.changes, found.saved_at, found.saved_by) == (changes, now, cast.staff)


def test_one_statement_for_all_and_none_for_nothing(form, django_assert_num_queries):
    with django_assert_num_queries(1):
        ROWS.write_objects([Activity(submission=form, title=str(number)) for number in range(300)])
        ROWS.write([])
    assert Activity.objects.count() == 300
