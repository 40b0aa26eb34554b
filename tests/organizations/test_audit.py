"""The audit trail: append-only in the database itself, readable on the page of the thing."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organizations.actions.people import merge_people, save_person
from organizations.actions.posts import appoint, end_appointment
from organizations.history import history_of
from organizations.models import AuditEntry, Person, User
from organizations.models.audit import Verb, changes_between
from tests.factories import make_holder, make_post, make_user

ENTRY, SUBJECT = "organizations_auditentry", "organizations_auditsubject"


@pytest.fixture
def entry(cast, places):
    """One entry about a tambon that also concerns its district."""
    return AuditEntry.objects.record(
        Verb.CHANGE,
        places.tambons["801217"],
        by=cast.staff,
        changes={"name_th": ["เก่า", "ใหม่"]},
        reason="สะกดผิด",
        concerns=[places.districts["8012"]],
    )


def run(sql: str, *values) -> int:
    """Straight to the database, past every model."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.mark.parametrize("sql", [
    f"DELETE FROM {ENTRY}",
    f"DELETE FROM {SUBJECT}",
    f"UPDATE {ENTRY} SET reason = 'x'",
    f"UPDATE {ENTRY} SET by_id = NULL",
    f"UPDATE {ENTRY} SET at = '2020-01-01 00:00:00+00'",
    f"UPDATE {ENTRY} SET redacted_at = '2020-01-01 00:00:00+00', verb = 'add'",
    f"UPDATE {ENTRY} SET redacted_at = '2020-01-01 00:00:00+00', key = '1'",
    f"UPDATE {ENTRY} SET redacted_at = '2020-01-01 00:00:00+00', by_id = NULL",
    f"UPDATE {SUBJECT} SET key = '1'",
])  # fmt: skip
def test_the_database_refuses(entry, sql):
    """Deleting and changing, raw SQL too."""
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)
    assert AuditEntry.objects.get(pk=entry.pk).reason == "สะกดผิด"


def test_one_redaction_is_allowed(entry, cast):
    """Values can be erased once, with when and by whom beside; a second time is refused."""
    erased = {"changes": {}, "reason": "", "label": "", "redacted_at": timezone.now(), "redacted_by": cast.staff}
    assert AuditEntry.objects.filter(pk=entry.pk).update(**erased) == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(changes={"name_th": ["x", "y"]})
    found = AuditEntry.objects.get(pk=entry.pk)
    assert (found.changes, found.redacted_by, found.by) == ({}, cast.staff, cast.staff)


def test_entries_show_on_every_page_they_concern(entry, cast, places, sign_in):
    """The tambon's page and the district's, for those who work there."""
    for url in ("/tambons/801217/?history=on", "/districts/8012/"):
        body = sign_in(cast.zone3).get(url).content.decode()
        assert all(word in body for word in ("สะกดผิด", "เก่า", "ใหม่", cast.staff.label)), url
    assert not AuditEntry.objects.about(places.districts["8006"]).exists()


def test_history_is_newest_first_and_named(entry, cast, places):
    """A command's entry is the system's; fields have words, not column names."""
    AuditEntry.objects.record(Verb.LOAD, places.tambons["801217"], by=None, changes={"rows": [None, 3]})
    lines = history_of(places.tambons["801217"], viewer=cast.staff)
    assert [line.reason for line in lines] == ["", "สะกดผิด"] and lines[0].who == "ระบบ"
    assert lines[1].changes[0][1:] == ("เก่า", "ใหม่") and "name_th" not in lines[1].changes[0][0]


@pytest.fixture
def mover(cast, places):
    """A person entered and once in a post in zone 2, in zone 3 now; the district's own post holder entered them."""
    coordinator = make_holder("district2", "district-coordinator", places.districts["8003"])
    person = save_person(Person(first_name="ย้าย", last_name="ทดสอบ"), by=coordinator)
    posts = [make_post("tambon-coordinator", places.tambons[code]) for code in ("800304", "801217")]
    before = appoint(person, post=posts[0], starts_on=date(2020, 1, 1), source="มติเดิม", by=coordinator)
    end_appointment(before, ends_on=date(2021, 1, 1), reason="เหตุเดิม", by=coordinator)
    appoint(person, post=posts[1], starts_on=date(2022, 1, 1), source="มติใหม่", by=cast.staff)
    return person


FOREIGN = ("กำโลน", "มติเดิม", "เหตุเดิม", "district2")


def test_a_history_moves_with_its_person_but_tells_nothing_of_another_zone(cast, places, mover, sign_in):
    """Posts out of sight and people out of sight are not named to the new zone; the province reads all of it."""
    body = sign_in(cast.zone3).get(mover.get_absolute_url()).content.decode()
    assert [word for word in FOREIGN if word in body] == []
    assert [word for word in ("มติใหม่", cast.staff.label, "ผู้ที่อยู่ในพื้นที่อื่น") if word not in body] == []
    body = sign_in(cast.staff).get(mover.get_absolute_url()).content.decode()
    assert [word for word in FOREIGN if word not in body] == []


def test_ones_own_history_is_whole(cast, mover, sign_in):
    """Of a record merged into it too; only whoever is unknown stays unnamed."""
    user = make_user("mover")
    merge_people(mover, into=user.person, reason="คนเดียวกัน", by=cast.staff)
    body = sign_in(User.objects.get(pk=user.pk)).get(user.person.get_absolute_url()).content.decode()
    assert all(word in body for word in FOREIGN[:3]) and FOREIGN[3] not in body


def test_who_left_since_is_still_named(cast, places, entry, sign_in):
    """A former member of the provincial team did it: everybody may know who that was."""
    cast.staff.person.appointments.update(ends_on=date(2026, 1, 1))
    assert cast.staff.label in sign_in(cast.zone3).get("/tambons/801217/?history=on").content.decode()


def test_an_entry_rolls_back_with_its_change(cast, places):
    """No trace of what did not happen."""

    @transaction.atomic
    def fails():
        AuditEntry.objects.record(Verb.ADD, places.zone3, by=cast.staff)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not AuditEntry.objects.exists()


def test_empty_and_missing_are_alike():
    """An empty fact that stays empty is no change."""
    assert changes_between({"a": "", "b": 1}, {"b": 2, "c": ""}) == {"b": [1, 2]}
