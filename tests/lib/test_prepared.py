"""Prepared queries answer as the ORM does, each time with other values."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nakhon_network.lib.prepared import Prepared, Slot
from organizations.models import Person, Tambon
from tests.factories import make_person

BY_KEY = Prepared(lambda: Tambon.objects.select_related("district__zone").filter(pk=Slot("key")))


def test_it_answers_with_instances_and_what_they_are_related_to(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = BY_KEY.first(key="801217")
        assert found.district.zone == places.zone3
    assert found == Tambon.objects.get(pk="801217") and bytes(found.sort_key)


def test_each_time_with_other_values(places):
    assert [BY_KEY.first(key=key).pk for key in ("801217", "800602", "801217")] == ["801217", "800602", "801217"]


def test_nothing_found_is_none(places):
    assert BY_KEY.first(key="999999") is None and BY_KEY.rows(key="999999") == []


def test_a_related_one_that_is_missing_is_none(places):
    person = make_person()
    query = Prepared(lambda: Person.objects.select_related("merged_into").filter(pk=Slot("key")))
    assert query.first(key=person.pk).merged_into is None


def test_values_are_tuples_as_fields_read_them(places):
    query = Prepared(lambda: Person.objects.filter(pk=Slot("key")).values_list("created_at", "sort_key"))
    person = make_person()
    assert query.rows(key=person.pk) == list(Person.objects.filter(pk=person.pk).values_list("created_at", "sort_key"))


@pytest.mark.parametrize(("days", "found"), [(-1, 1), (1, 0)])
def test_moments_are_compared_as_the_database_keeps_them(places, days, found):
    person = make_person()
    query = Prepared(lambda: Person.objects.filter(pk=Slot("key"), created_at__gt=Slot("moment")))
    assert len(query.rows(key=person.pk, moment=timezone.now() + timedelta(days=days))) == found


def test_what_is_typed_is_a_value_and_never_sql(places):
    assert BY_KEY.rows(key="'; DROP TABLE organizations_tambon; --") == []
    assert Tambon.objects.filter(pk="801217").exists()


def test_a_number_beyond_every_column_finds_nothing(places):
    query = Prepared(lambda: Person.objects.filter(pk=Slot("key")))
    assert query.rows(key=10**30) == [] and query.rows(key=2**63) == []


def test_a_value_that_is_missing_is_an_error(places):
    with pytest.raises(KeyError):
        BY_KEY.rows(other=uuid4())
