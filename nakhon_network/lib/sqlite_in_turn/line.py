"""A place in the line for a file's lock that one may leave after a while, and come back to."""

from __future__ import annotations

import fcntl
import os
import threading


class Place:
    """One place in the line. The system knows no lock with a timeout: a thread waits, whoever asks looks at it.

    Who leaves keeps the place as long as the thread waits: the next of the process that comes takes it over. A turn
    that comes while nobody wants it is given on at once.
    """

    def __init__(self, path: str) -> None:
        self.turn = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._change = threading.Lock()
        self._came = threading.Event()
        self._is_wanted = self._waits = True

    def wait(self, timeout: float) -> bool:
        """Whether the turn came; `turn` is then the open file that holds it."""
        try:
            fcntl.flock(self.turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            threading.Thread(target=self._stand, daemon=True).start()
            return self.wait_on(timeout)
        return True

    def wait_on(self, timeout: float) -> bool:
        """The same for a place whose thread waits already."""
        self._came.wait(timeout)
        with self._change:
            self._is_wanted = self._came.is_set()
            return self._is_wanted

    def take_over(self) -> bool:
        """Want the turn again; False when it came and went meanwhile."""
        with self._change:
            self._is_wanted = self._waits
            return self._waits

    def _stand(self) -> None:
        fcntl.flock(self.turn, fcntl.LOCK_EX)
        with self._change:
            self._waits = False
            if self._is_wanted:
                self._came.set()
            else:
                os.close(self.turn)
