"""`python -m bench.export [TAMBON]`: a round's workbook beside XlsxWriter alone and django-import-export's own export.

Each in a process of its own, one after the other, on one database (SQLite). Exit code 1 when the workbook takes more
than 1.5 times as long as XlsxWriter alone with the same cells, more than a third of import-export's own export, or more
than 60 MB of memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE_COUNTRY = 7436
MOST_OF_XLSXWRITER, MOST_OF_STOCK, MOST_MEGABYTES = 1.5, 1 / 3, 60


def main(tambon: int) -> int:
    """Makes the database, runs the three, says how they compare."""
    with tempfile.TemporaryDirectory(prefix="nakhon-bench-") as folder:
        run("make", folder, arguments=[str(tambon)])
        ours, bare, stock = (json.loads(run(step, folder)) for step in ("ours", "bare", "stock"))
    of_bare, of_stock = ours["seconds"] / bare["seconds"], ours["seconds"] / stock["seconds"]
    print(f"{tambon:,} tambon, {bare['rows']:,} rows, {bare['cells']:,} cells (SQLite)")
    print(f"  workbook             {ours['seconds']:6.1f} s  + {ours['megabytes']:5.0f} MB (at most {MOST_MEGABYTES})")
    print(f"  XlsxWriter alone     {bare['seconds']:6.1f} s  × {of_bare:.2f} (at most {MOST_OF_XLSXWRITER})")
    print(f"  import-export's own  {stock['seconds']:6.1f} s  × {of_stock:.2f} (at most {MOST_OF_STOCK:.2f})")
    print(f"                                 + {stock['megabytes']:5.0f} MB")
    fits = of_bare <= MOST_OF_XLSXWRITER and of_stock <= MOST_OF_STOCK and ours["megabytes"] <= MOST_MEGABYTES
    return 0 if fits else 1


def run(
    step: str, folder: str, *, arguments: Sequence[str] = (), module: str = "bench.export_steps", database: str = ""
) -> str:
    """One step in a process of its own; the last line it printed."""
    environment = os.environ | {
        "PROFILE": "demo",
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOG_LEVEL": "ERROR",
    }
    environment |= {"DATABASE_URL": database} if database else {}
    command = [sys.executable, "-m", module, step, folder, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()[-1] if done.stdout else ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE_COUNTRY))
