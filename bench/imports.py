"""`python -m bench.imports [TAMBON]`: a round's workbook brought back in beside django-import-export's own import.

Each in a process of its own, one after the other, from one file: looked at, held row by row against the forms, and
written. On SQLite and, where server programs are found, on a throw-away PostgreSQL. Exit code 1 when ours takes more
than an eighth of import-export's time (a dry run to look at, then the import: as its admin pages do it) or 400 MB, or
when the rosters do not go out again as they came in.
"""

from __future__ import annotations

import json
import sys
import tempfile
from functools import partial

from bench.everywhere import main
from bench.export import run

TAMBON = 500
MOST_OF_STOCK, MOST_MEGABYTES = 1 / 8, 400


def compare(tambon: int, title: str, address: str) -> list[str]:
    """Makes database and file, brings the file in twice, says how they compare and what is not as asked."""
    with tempfile.TemporaryDirectory(prefix="nakhon-bench-") as folder:
        step = partial(run, folder=folder, module="bench.import_steps", database=address)
        step("make", arguments=[str(tambon)])
        ours = json.loads(step("ours"))
        step("empty")
        stock = json.loads(step("stock"))
    whole = stock["preview"]["seconds"] + stock["once"]["seconds"]
    share, of_once = ours["seconds"] / whole, ours["seconds"] / stock["once"]["seconds"]
    waited = stock["preview"]["waited"] + stock["once"]["waited"]
    print(f"\n{title}: {tambon:,} tambon, {ours['rows']:,} rows; seconds of processor time")
    print(f"  brought in                     {ours['seconds']:6.1f} s  + {ours['megabytes']:4.0f} MB")
    print(f"  import-export, dry run first   {whole:6.1f} s  × {share:.3f} (at most {MOST_OF_STOCK})")
    print(f"  import-export, the import only {stock['once']['seconds']:6.1f} s  × {of_once:.3f}")
    print(f"  by the clock                   {ours['waited']:6.1f} s of {waited:.1f} s")
    wrong = [f"{title}: × {share:.3f} of import-export's time"] if share > MOST_OF_STOCK else []
    wrong += [f"{title}: {ours['megabytes']:.0f} MB"] if ours["megabytes"] > MOST_MEGABYTES else []
    wrong += [] if ours["identical"] else [f"{title}: the rosters go out in another way than they came in"]
    print(f"  {'; '.join(wrong) or 'as asked, and goes out again as it came in'}")
    return wrong


if __name__ == "__main__":
    main(partial(compare, int(sys.argv[1]) if len(sys.argv) > 1 else TAMBON))
