"""SQLite whose transactions wait in turn instead of asking again and again.

A writer that finds the database taken sleeps and asks again, for longer each time, so that with several at once the
database stands idle between two of them and whoever came last may go first. Here a transaction first waits for a lock
on a file beside the database, which the system gives to the next in line at once, whichever worker it is in. The file
holds nothing and may be deleted while no server runs; a process that dies loses its place by itself.

Within one process at most one transaction waits for the file: the others wait for that one, and no longer than the
`timeout` of the connection. Databases in memory have no file and no queue.
"""

from __future__ import annotations

import fcntl
import os
import threading
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_IN_PROCESS = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; `_turn` is the open file while it has its turn."""

    _turn: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        answer = super()._commit()  # type: ignore[misc]  # not in the stubs
        self._end_turn()
        return answer

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        settings = self.get_connection_params()
        if not _IN_PROCESS.acquire(timeout=settings.get("timeout", 5)):
            raise OperationalError("database is locked")
        try:
            self._turn = os.open(f"{settings['database']}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        except BaseException:
            self._end_turn()
            raise

    def _end_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None
            _IN_PROCESS.release()
