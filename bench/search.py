"""`python -m bench.search [TIMES]`: the search box among 7,436 tambon, 20,000 organizations and 50,000 activities.

Server time (middleware, statements, page) of one signed-in reader in one process, for each pair of
`tests/project/search_vectors.py`: asked for by what is typed, and its record must stand on the page. Twice: for the
staff of a province that holds all activities, and for somebody who manages every province. SQLite and, where server
programs are found, PostgreSQL. The time of the process itself says what others on the machine added. Exit code 1
where a record is not found or a median is above 150 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from bench.everywhere import on_each
from bench.export import ROOT

TIMES = 5
MOST_MILLISECONDS = 150


def report(title: str, database_url: str, times: int) -> list[str]:
    """A line for each text and reader; what is too slow or not found."""
    with tempfile.TemporaryDirectory(prefix="nakhon-bench-") as folder:
        environment = os.environ | {
            "PROFILE": "demo",
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LOG_LEVEL": "ERROR",
        }
        if database_url:
            environment["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.search_steps", str(times)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{title}: {told['counts']}")
    problems = []
    for line in told["lines"]:
        name = f"{line['reader']}: {line['typed']} → {line['record']}"
        times = f"{line['median']:6.1f} ms  p95 {line['p95']:6.1f} ms  (its process {line['worked']:6.1f} ms)"
        missed = "" if line["found"] else "  NOT FOUND"
        print(f"  {times}  {line['statements']:2} statements  {name}{missed}")
        if line["median"] > MOST_MILLISECONDS or not line["found"]:
            problems.append(f"{title}, {name}: {line['median']:.0f} ms, found: {line['found']}")
    slowest = max(line["median"] for line in told["lines"])
    verdict = "NOT MET" if problems else "ok"
    print(f"  slowest median {slowest:.0f} ms (≤ {MOST_MILLISECONDS}: {verdict})", flush=True)
    return problems


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    sys.exit(1 if on_each(lambda title, address: report(title, address, number)) else 0)
