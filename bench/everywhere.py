"""What every script here does: the same on SQLite and on PostgreSQL, leaving nothing behind when it is ended."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType

from tests.postgres import cluster, server_programs


def on_each(do: Callable[[str, str], list[str]]) -> list[str]:
    """What `do(title, address)` finds wrong on SQLite and, where server programs are found, on a throw-away PostgreSQL.

    SIGTERM (`timeout` sends it) ends the script as an error would: servers are stopped on the way out.
    """
    signal.signal(signal.SIGTERM, _leave)
    problems = do("SQLite", "")
    programs = server_programs()
    if programs is None:
        print("\nNo PostgreSQL server programs here: SQLite only.")
        return problems
    with cluster(programs) as address:
        return [*problems, *do("PostgreSQL", address)]


def _leave(number: int, _frame: FrameType | None) -> None:
    # A second one would interrupt the tidying up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + number)


def main(check: Callable[[str, str], list[str]]) -> None:
    """Ends with exit code 1 when something is wrong."""
    sys.exit(1 if on_each(check) else 0)
