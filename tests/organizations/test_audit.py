"""The audit trail: append-only in the database itself, readable on the page of the thing."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organizations.history import history_of
from organizations.models import AuditEntry
from organizations.models.audit import Verb, changes_between

ENTRY, SUBJECT = "organizations_auditentry", "organizations_auditsubject"


@pytest.fixture
def entry(cast, places):
    """One entry about a tambon that also concerns its district."""
    return AuditEntry.objects.record(
        Verb.CHANGE,
        places.tambons["801209"],
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
    for url in ("/tambons/801209/", "/districts/8012/"):
        body = sign_in(cast.zone3).get(url).content.decode()
        assert all(word in body for word in ("สะกดผิด", "เก่า", "ใหม่", cast.staff.label)), url
    assert not AuditEntry.objects.about(places.districts["8006"]).exists()


def test_history_is_newest_first_and_named(entry, places):
    """A command's entry is the system's; fields have words, not column names."""
    AuditEntry.objects.record(Verb.LOAD, places.tambons["801209"], by=None, changes={"rows": [None, 3]})
    lines = history_of(places.tambons["801209"])
    assert [line.reason for line in lines] == ["", "สะกดผิด"] and lines[0].who == "ระบบ"
    assert lines[1].changes[0][1:] == ("เก่า", "ใหม่") and "name_th" not in lines[1].changes[0][0]


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
