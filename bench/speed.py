"""`make bench`: the survey's pages and saves beside a bare page of the same server, in one run.

Every figure is a ratio of rates to the bare page measured in turn with it, since machines differ. SQLite and, where
server programs are found, PostgreSQL; 50, 170 and 7,436 tambon.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from http.client import HTTPConnection

from bench.load import Measured, load
from bench.server import Site, served
from tests.postgres import cluster, server_programs

SIZES = (50, 170, 7436)
REQUESTS = 200
TURNS = 3
CLIENTS = 8


def get(path: str, who: str = "") -> Callable[[Site, HTTPConnection, int], int]:
    """Asks for a page."""
    return lambda site, link, _number: site.ask("GET", path, who=who, connection=link)[0]


def save(site: Site, link: HTTPConnection, number: int) -> int:
    """One cell of one of fifteen rows, as the entry page sends it, each time with another text."""
    team = site.facts["team"]
    body = {
        "section": "team",
        "mutation": str(uuid.uuid4()),
        "base": 10**8,
        "rows": {team[number % len(team)]: {"duty": f"หน้าที่ {number}"}},
    }
    return site.ask("POST", site.save_path, who="tambon", body=body, connection=link)[0]


def measure(site: Site, name: str, ask: Callable[[Site, HTTPConnection, int], int], *, clients: int) -> Measured:
    """The bare page before and after the thing, in turn three times: a line with the best of both and their ratio."""
    pairs = [
        (
            load(site, get("/bare/"), clients=clients, requests=REQUESTS),
            load(site, ask, clients=clients, requests=REQUESTS),
        )
        for _turn in range(TURNS)
    ]
    bare, found = (max(side, key=lambda one: one.rate) for side in zip(*pairs, strict=True))
    print(
        f"  {name:34} {found.milliseconds:8.1f} ms {found.rate:8.0f}/s   bare {bare.milliseconds:6.1f} ms "
        f"{bare.rate:6.0f}/s   × {bare.rate / found.rate:5.2f}{f'   {found.failed} FAILED' if found.failed else ''}"
    )
    return found


def report(title: str, database_url: str, size: int) -> None:
    """All figures of one database and one size."""
    with served(tambon=size, database_url=database_url) as site:
        print(f"\n{title}, {size:,} tambon")
        own, asked, zone = (site.facts[name] for name in ("submission", "round", "zone"))
        entry = f"/submissions/{own}/entry/"
        weight = len(site.ask("GET", entry, who="tambon")[1])
        print(f"  entry page of 60 rows: {weight / 1024:.1f} KB compressed")
        measure(site, f"entry page, {CLIENTS} clients", get(entry, "tambon"), clients=CLIENTS)
        measure(site, f"save of a cell, {CLIENTS} clients", save, clients=CLIENTS)
        for name, path, who in (
            ("zone board", f"/rounds/{asked}/zones/{zone}/", "zone2"),
            ("province board", f"/rounds/{asked}/", "province"),
            ("home of the province", "/", "province"),
        ):
            measure(site, f"{name}, {CLIENTS} clients", get(path, who), clients=CLIENTS)


def main(sizes: list[int]) -> None:
    """SQLite first; PostgreSQL on a throw-away server for each size."""
    for size in sizes:
        report("SQLite", "", size)
    programs = server_programs()
    if programs is None:
        print("\nNo PostgreSQL server programs here: SQLite only.")
        return
    for size in sizes:
        with cluster(programs) as url:
            report("PostgreSQL", url, size)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
