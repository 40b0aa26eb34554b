"""`make bench`: the survey's pages and saves beside a bare page of the same server, in one run.

The bare page (`bench/urls.py`) is ten kilobytes from a template without a query of its own, through the middleware of
every page. It is measured twice, in turn with each figure. Asked by the **same account**, session and all, it is what
any page costs that account before it does anything: the ratio to it is the one that is judged. Asked by a **visitor**
it needs no session, person or post: the second ratio, which also holds what signing in costs every page.

Ratios are of rates, since machines differ. SQLite and, where server programs are found, PostgreSQL; 50, 170 and 7,436
tambon (or the numbers given). 7,436 are all provinces, each with a round of its own.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.everywhere import on_each
from bench.load import Measured, load
from bench.server import Site, served

SIZES = (50, 170, 7436)
REQUESTS = 200
TURNS = 3
CLIENTS = 8
WRITES = 50
# What is asked for: times the bare page, statements, kilobytes, and times the figure at 170 tambon.
ENTRY, SAVE = 5.0, 800 / 150
ENTRY_QUERIES, SAVE_STATEMENTS, BOARD_QUERIES = 20, 12, 12
ENTRY_WEIGHT = 30.0
GROWTH = 1.25

Ask = Callable[[Site, HTTPConnection, int], int]


@dataclass(frozen=True)
class Figure:
    """One thing to measure, and how many times the bare page it may cost (None: nothing is asked)."""

    name: str
    who: str
    ask: Ask
    most: float | None = None


def get(path: str, who: str = "") -> Ask:
    """Asks for a page."""
    return lambda site, link, _number: site.ask("GET", path, who=who, connection=link)[0]


def save(site: Site, link: HTTPConnection, number: int) -> int:
    """One cell of one of fifteen rows, as the entry page sends it, each time with another text."""
    team = site.facts["team"]
    body = {
        "section": "team",
        "mutation": str(uuid.uuid4()),
        "base": 10**8,
        "rows": {team[number % len(team)]: {"duty": f"หน้าที่ {number} {uuid.uuid4()}"}},
    }
    return site.ask("POST", site.save_path, who="tambon", body=body, connection=link)[0]


def figures(site: Site) -> list[Figure]:
    """The entry page, a save, and the boards with the home that shows one."""
    own, asked, zone = (site.facts[name] for name in ("submission", "round", "zone"))
    boards = [
        ("zone board", f"/rounds/{asked}/zones/{zone}/", "zone2"),
        ("province board", f"/rounds/{asked}/", "province"),
        ("home of the province", "/", "province"),
    ]
    return [
        Figure("entry page", "tambon", get(f"/submissions/{own}/entry/", "tambon"), ENTRY),
        Figure("save of a cell", "tambon", save, SAVE),
        *(Figure(name, who, get(path, who)) for name, path, who in boards),
    ]


def judged(value: float, most: float | None) -> str:
    """`(≤ 5.00: ok)`; nothing where nothing is asked."""
    return "" if most is None else f"(≤ {most:g}: {'ok' if value <= most else 'NOT MET'})"


def measure(site: Site, figure: Figure) -> float:
    """Both bare pages and the thing in turn, the best of three of each: a line; the ratio to the own bare page."""
    asks = (get("/bare/", figure.who), get("/bare/"), figure.ask)
    turns = [[load(site, ask, clients=CLIENTS, requests=REQUESTS) for ask in asks] for _turn in range(TURNS)]
    own, visitor, found = (max(side, key=lambda one: one.rate) for side in zip(*turns, strict=True))
    ratio = own.rate / found.rate
    print(
        f"  {figure.name:22} {found.rate:6.0f}/s {found.milliseconds:7.1f} ms   "
        f"× {ratio:5.2f} of bare {own.rate:5.0f}/s {judged(round(ratio, 2), figure.most and round(figure.most, 2))}   "
        f"× {visitor.rate / found.rate:5.2f} of a visitor's {visitor.rate:5.0f}/s{failures(found)}",
        flush=True,
    )
    return ratio


def failures(found: Measured) -> str:
    """How many answers were not the ones wanted."""
    return f"   {found.failed} FAILED" if found.failed else ""


def counts(site: Site) -> None:
    """Weight and statements, which do not depend on the machine, and its disk, which saves wait for."""
    entry = f"/submissions/{site.facts['submission']}/entry/"
    weight = len(site.ask("GET", entry, who="tambon")[1]) / 1024
    asked = site.facts["statements"]
    most = {"entry": ENTRY_QUERIES, "save": SAVE_STATEMENTS}
    print(f"  entry page of 60 rows: {weight:.1f} KB compressed {judged(weight, ENTRY_WEIGHT)}")
    told = (f"{name} {number} {judged(number, most.get(name, BOARD_QUERIES))}" for name, number in asked.items())
    print(f"  statements: {', '.join(told)}")
    print(f"  one write to the disk: {disk(site.environment['VAR_DIR']):.1f} ms")


def disk(folder: str) -> float:
    """Milliseconds of one write that is on the disk when it returns; a save on SQLite waits for three or four."""
    with (Path(folder) / "written").open("wb") as file:
        began = time.perf_counter()
        for _time in range(WRITES):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        return (time.perf_counter() - began) / WRITES * 1000


def report(title: str, database_url: str, size: int, known: dict[tuple[str, str], float]) -> list[str]:
    """All figures of one database and one size; `known` keeps what they were at 170 tambon, for the ratio at more."""
    with served(tambon=size, database_url=database_url) as site:
        print(f"\n{title}, {size:,} tambon, {CLIENTS} clients")
        counts(site)
        for figure in figures(site):
            ratio = measure(site, figure)
            if size == 170:
                known[title, figure.name] = ratio
            elif size > 170 and figure.most is None and (title, figure.name) in known:
                growth = ratio / known[title, figure.name]
                print(f"    × {growth:.2f} of what it costs at 170 tambon {judged(growth, GROWTH)}")
    return []


def main(sizes: list[int]) -> None:
    """Each size on each database."""
    known: dict[tuple[str, str], float] = {}
    for size in sizes:
        on_each(lambda title, address, size=size: report(title, address, size, known))  # type: ignore[misc]


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
