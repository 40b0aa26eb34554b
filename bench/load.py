"""Clients that ask as fast as they are answered, a bounded number of times."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from typing import Any

from bench.server import Site

KEPT = 10


@dataclass(frozen=True)
class Measured:
    """How many a second, and the median of one in milliseconds; `failed` counts answers that were not wanted."""

    rate: float
    milliseconds: float
    failed: int


def load(
    site: Site, ask: Callable[[Site, HTTPConnection, int], int], *, clients: int, requests: int, wanted: int = 200
) -> Measured:
    """`requests` in all, shared by `clients`; `ask` makes number n and gives the status.

    A client keeps its connection for ten requests only: which worker takes a connection is chance, and a chance of
    eight would leave one worker idle in one run and the other in the next.
    """

    def client(first: int) -> list[tuple[float, int]]:
        link = site.connection()
        found = []
        for number in range(first, requests, clients):
            if number // clients % KEPT == KEPT - 1:
                link.close()
            began = time.perf_counter()
            status = ask(site, link, number)
            found.append((time.perf_counter() - began, status))
        link.close()
        return found

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answers: list[Any] = [one for found in pool.map(client, range(clients)) for one in found]
    took = time.perf_counter() - began
    return Measured(
        rate=len(answers) / took,
        milliseconds=median(seconds for seconds, _status in answers) * 1000,
        failed=sum(status != wanted for _seconds, status in answers),
    )
