"""`python -m bench.parallel`: one save sent 50 times at once, and 8 writers of 200 saves each; says what is wrong.

On SQLite, and on PostgreSQL where server programs are found. Exit code 1 when a save was doubled, lost or refused.
"""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.everywhere import main
from bench.server import Site, served

COPIES = 50
WRITERS = 8
SAVES_EACH = 200


def send(site: Site, rows: dict[str, Any], mutation: str = "") -> tuple[int, dict[str, Any]]:
    """One save of the team; status and answer."""
    body = {"section": "team", "mutation": mutation or str(uuid.uuid4()), "base": 10**8, "rows": rows}
    status, content, _headers = site.ask("POST", site.save_path, who="tambon", body=body)
    return status, json.loads(content) if content.startswith(b"{") else {}


def one_save_many_times(site: Site) -> list[str]:
    """Fifty copies at once are one change."""
    row, mutation = str(uuid.uuid4()), str(uuid.uuid4())
    site.token("tambon")
    before = send(site, {site.facts["team"][0]: {"duty": "ก่อน"}})[1]["revision"]
    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(lambda _n: send(site, {row: {"name": "ครั้งเดียว"}}, mutation), range(COPIES)))
    problems = [f"a copy was answered {status}" for status, _answer in answers if status != 200]
    if {answer.get("revision") for _status, answer in answers} != {before + 1}:
        problems.append("the copies made more than one change")
    return problems


def many_writers(site: Site) -> list[str]:
    """Eight people in eight rows: every save is taken, none is refused as locked."""
    before = send(site, {site.facts["team"][0]: {"duty": "เริ่ม"}})[1]["revision"]

    def write(writer: int) -> list[int]:
        row = site.facts["team"][writer]
        return [send(site, {row: {"duty": f"ครั้งที่ {number}"}})[0] for number in range(SAVES_EACH)]

    with ThreadPoolExecutor(WRITERS) as pool:
        statuses = [status for found in pool.map(write, range(WRITERS)) for status in found]
    problems = [f"a save was answered {status}" for status in sorted({*statuses} - {200})]
    after = send(site, {site.facts["team"][0]: {"duty": "จบ"}})[1]["revision"]
    if after - before - 1 != WRITERS * SAVES_EACH:
        problems.append(f"{WRITERS * SAVES_EACH} saves made {after - before - 1} revisions")
    return problems


def check(title: str, database_url: str) -> list[str]:
    """Both, on one server."""
    with served(database_url=database_url) as site:
        problems = one_save_many_times(site) + many_writers(site)
    print(f"{title}: {'; '.join(problems) or 'one change from 50 copies, 1,600 saves of 8 writers all taken'}")
    return problems


if __name__ == "__main__":
    main(check)
