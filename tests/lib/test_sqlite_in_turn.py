"""Writers on SQLite wait in turn: none is refused while another writes, and no turn outlives its transaction."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from django.db import connections
from django.db.utils import OperationalError

from nakhon_network.lib.sqlite_in_turn.base import _IN_PROCESS, DatabaseWrapper

# Another process that holds the turn until it is told to go.
HOLDER = """
import fcntl, sys
held = open(sys.argv[1], "w")
fcntl.flock(held, fcntl.LOCK_EX)
print("has it", flush=True)
input()
"""


@pytest.fixture(autouse=True)
def open_door(django_db_blocker):
    """These connections are the tests' own: none leads to the database of the suite."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def connect(tmp_path, open_door):
    """Makes connections to one database file with a table; they may be used by any thread."""
    made = []

    def one(timeout: float = 20) -> DatabaseWrapper:
        settings = {**connections["default"].settings_dict, "NAME": tmp_path / "turns.sqlite3"}
        settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
        made.append(DatabaseWrapper({**settings, "AUTOCOMMIT": True}))
        made[-1].inc_thread_sharing()
        return made[-1]

    ask(one(), "CREATE TABLE kept (number)")
    yield one
    for connection in made:
        connection.close()


def ask(connection: DatabaseWrapper, sql: str) -> list:
    """All rows of an answer."""
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def begin(connection: DatabaseWrapper) -> None:
    """Open a transaction, as `atomic` does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_turn_ends_with_its_transaction(connect, end):
    connection = connect()
    begin(connection)
    assert _IN_PROCESS.locked()
    getattr(connection, end)()
    assert not _IN_PROCESS.locked() and connection._turn is None


def test_a_transaction_that_cannot_begin_gives_its_turn_back(connect):
    holder, connection = connect(), connect(timeout=0)
    ask(holder, "BEGIN IMMEDIATE")  # by hand, so without a turn
    with pytest.raises(OperationalError, match="locked"):
        begin(connection)
    assert not _IN_PROCESS.locked()


def test_who_waits_longer_than_the_timeout_is_told(connect):
    first, second = connect(), connect(timeout=0.01)
    begin(first)
    with pytest.raises(OperationalError, match="locked"):
        begin(second)
    first.rollback()


def test_a_turn_of_another_process_is_waited_for_no_longer_than_the_timeout(connect, tmp_path):
    impatient, patient, threads = connect(timeout=0.01), connect(), threading.active_count()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "turns.sqlite3-turn")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        for _time in range(2):  # the second comes back to the place in the line that the first left
            with pytest.raises(OperationalError, match="locked"):
                begin(impatient)
        assert threading.active_count() - threads == 1
        other.communicate(b"done\n")
    begin(patient)
    patient.commit()
    assert not _IN_PROCESS.locked()


def test_the_next_writer_goes_on_when_the_turn_ends(connect):
    first, second = connect(), connect()
    begin(first)
    ask(first, "INSERT INTO kept VALUES (1)")

    def write() -> None:
        begin(second)
        ask(second, "INSERT INTO kept VALUES (2)")
        second.commit()

    waiting = threading.Thread(target=write)
    waiting.start()
    first.commit()
    waiting.join(timeout=30)
    assert sorted(ask(first, "SELECT number FROM kept")) == [(1,), (2,)]


def test_a_database_in_memory_has_no_turns():
    settings = {**connections["default"].settings_dict, "NAME": ":memory:", "OPTIONS": {}}
    connection = DatabaseWrapper({**settings, "AUTOCOMMIT": True})
    begin(connection)
    assert not _IN_PROCESS.locked()
    connection.rollback()
