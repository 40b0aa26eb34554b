"""SQLite whose transactions wait in turn instead of asking again and again.

A writer that finds the database taken sleeps and asks again, for longer each time, so that with several at once the
database stands idle between two of them and whoever came last may go first. Here a transaction first waits for a lock
on a file beside the database, which the system gives to the next in line at once, whichever worker it is in. The file
holds nothing and may be deleted while no server runs; a process that dies loses its place by itself.

Within one process at most one transaction waits for the file, the others wait for that one; none of them longer than
the `timeout` of its connection. Databases in memory have no file and no queue.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from nakhon_network.lib.sqlite_in_turn.line import Place

_IN_PROCESS = threading.Lock()


# The place of this process in the line of each file, where somebody left before the turn came.
_LEFT: dict[str, Place] = {}


def _wait_in_line(path: str, until: float) -> int:
    """The open file that holds the turn; OperationalError when it did not come in time."""
    left = _LEFT.pop(path, None)
    if left is not None and left.take_over():
        place, came = left, left.wait_on(until - time.monotonic())
    else:
        place = Place(path)
        came = place.wait(until - time.monotonic())
    if not came:
        _LEFT[path] = place
        raise OperationalError("database is locked")
    return place.turn


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
        until = time.monotonic() + settings.get("timeout", 5)
        if not _IN_PROCESS.acquire(timeout=settings.get("timeout", 5)):
            raise OperationalError("database is locked")
        try:
            self._turn = _wait_in_line(f"{settings['database']}-turn", until)
        except BaseException:
            _IN_PROCESS.release()
            raise

    def _end_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None
            _IN_PROCESS.release()
