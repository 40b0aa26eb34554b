"""`python -m bench.crash`: the server is killed (SIGKILL) during 200 saves; none that was acknowledged is lost.

A save without an answer is sent again with the same mutation, as the page does; in the end each stands exactly once.
"""

from __future__ import annotations

import json
import random
import signal
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from bench.everywhere import main
from bench.server import Site, served
from tambon_survey.answers import FIELDS

SAVES = 200
CLIENTS = 4
KILLS = 5
LONGEST = 120.0


def save(site: Site, number: int, deadline: float, done: threading.Event) -> int:
    """One new row, sent until it is answered; how often it had to be sent again."""
    # Four rosters take them in turn, since one holds a hundred rows.
    name, first = list(FIELDS.items())[number % 4][0], list(FIELDS.values())[number % 4][0]
    body = {"section": name, "mutation": str(uuid.uuid4()), "base": 10**8}
    body["rows"] = {str(uuid.uuid4()): {first: f"บันทึกที่ {number}"}}
    again = 0
    while time.monotonic() < deadline and not done.is_set():
        try:
            status, content, _headers = site.ask("POST", site.save_path, who="tambon", body=body)
            if status == 200 and json.loads(content)["revision"]:
                return again
        except (OSError, HTTPException, ValueError):
            pass
        again += 1
        time.sleep(0.2)
    raise SystemExit(f"Save {number} was never answered.")


def revision(site: Site) -> int:
    """Which one the form is at: the answer to a save of nothing."""
    nothing = {"section": "head", "mutation": str(uuid.uuid4()), "base": 0}
    return json.loads(site.ask("POST", site.save_path, who="tambon", body=nothing)[1])["revision"]


def killer(site: Site, done: threading.Event, killed: list[int]) -> None:
    """Kills and starts the server a few times while saves come in."""
    chance = random.Random(2549)
    while not done.is_set() and len(killed) < KILLS:
        if done.wait(chance.uniform(0.3, 0.9)):
            return
        site.stop(signal.SIGKILL)
        killed.append(1)
        site.start()


def check(title: str, database_url: str) -> list[str]:
    """200 saves of four clients under a server that dies; then what stands in the form."""
    with served(database_url=database_url) as site:
        site.token("tambon")
        before = revision(site)
        done, killed = threading.Event(), list[int]()
        thread = threading.Thread(target=killer, args=(site, done, killed))
        thread.start()
        deadline = time.monotonic() + LONGEST
        with ThreadPoolExecutor(CLIENTS) as pool:
            try:
                again = sum(pool.map(lambda number: save(site, number, deadline, done), range(SAVES)))
            finally:
                done.set()
        thread.join()
        made = revision(site) - before
    problems = [] if made == SAVES else [f"{SAVES} saves made {made} revisions"]
    print(f"{title}: killed {len(killed)} times, {again} sent again: {'; '.join(problems) or 'each save stands once'}")
    return problems


if __name__ == "__main__":
    main(check)
