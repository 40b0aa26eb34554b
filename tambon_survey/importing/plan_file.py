"""The plan of a batch, a file beside it: one finding a line, those that stop it first; written once, read in pages."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from tambon_survey.importing.planning import SAME, STOPPING, Finding
from tambon_survey.models import ImportBatch

LINES_BETWEEN_SIGNS = 5000


def path_of(batch: ImportBatch) -> Path:
    """Where the plan lies."""
    return Path(default_storage.path(batch.plan_name))


def write(
    batch: ImportBatch, found: Iterable[Finding], *, sign: Callable[[], Any] = lambda: None
) -> tuple[dict[str, int], str]:
    """Write the findings that change or stop something; returns how many there are of each kind, and the digest.

    The file is complete or not there: it is written under another name first. `sign` is called now and then.
    """
    path = path_of(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    stops, changes = path.with_suffix(".stops"), path.with_suffix(".changes")
    with stops.open("w", encoding="utf-8") as stopping, changes.open("w", encoding="utf-8") as changing:
        for number, one in enumerate(found, start=1):
            counts[one.kind] += 1
            if one.kind != SAME:
                target = stopping if one.kind in STOPPING else changing
                target.write(json.dumps(one.to_json(), ensure_ascii=False) + "\n")
            if number % LINES_BETWEEN_SIGNS == 0:
                sign()
    with stops.open("ab") as whole, changes.open("rb") as rest:
        while block := rest.read(1 << 20):
            whole.write(block)
        os.fsync(whole.fileno())
    changes.unlink()
    stops.replace(path)
    return dict(counts), digest_of(batch)


def digest_of(batch: ImportBatch) -> str:
    """That of the file as it lies there; "" when it is gone."""
    path = path_of(batch)
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def page(batch: ImportBatch, *, start: int, count: int) -> list[Finding]:
    """`count` findings from the `start`th on (0 is the first)."""
    with path_of(batch).open(encoding="utf-8") as file:
        return [_finding(line) for line in islice(file, start, start + count)]


def read(batch: ImportBatch, *tables: str) -> Iterator[Finding]:
    """Those of some kinds of tables, in the order of the file."""
    marks = tuple(f'"holds": "{one}"' for one in tables)
    with path_of(batch).open(encoding="utf-8") as file:
        for line in file:
            if any(mark in line for mark in marks):
                yield _finding(line)


def _finding(line: str) -> Finding:
    return Finding(**json.loads(line))
