"""`python -m bench.imports [TAMBON]`: a round's workbook brought back in beside django-import-export's own import.

Each in a process of its own, one after the other, on one database (SQLite), from one file: read, held row by row
against the forms, and written. Exit code 1 when ours takes more than an eighth of the time or 400 MB.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from bench.export import run

TAMBON = 500
MOST_OF_STOCK, MOST_MEGABYTES = 1 / 8, 400
STEPS = "bench.import_steps"


def main(tambon: int) -> int:
    """Makes database and file, brings the file in twice, says how they compare."""
    with tempfile.TemporaryDirectory(prefix="nakhon-bench-") as folder:
        run("make", folder, str(tambon), module=STEPS)
        database, kept = Path(folder, "nakhon.sqlite3"), Path(folder, "kept.sqlite3")
        shutil.copy(database, kept)
        ours = json.loads(run("ours", folder, module=STEPS))
        shutil.copy(kept, database)
        stock = json.loads(run("stock", folder, module=STEPS))
    share = ours["seconds"] / stock["seconds"]
    print(f"{tambon:,} tambon, {ours['rows']:,} rows (SQLite)")
    print(f"  brought in           {ours['seconds']:6.1f} s  + {ours['megabytes']:5.0f} MB (at most {MOST_MEGABYTES})")
    print(f"  import-export's own  {stock['seconds']:6.1f} s  × {share:.2f} (at most {MOST_OF_STOCK})")
    return 0 if share <= MOST_OF_STOCK and ours["megabytes"] <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TAMBON))
