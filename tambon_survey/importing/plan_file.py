"""The plan of a batch, a file beside it: one finding a line, those that stop it first; written once, read in pages."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage

from tambon_survey.importing.planning import SAME, STOPPING, Finding
from tambon_survey.models import ImportBatch

LINES_BETWEEN_SIGNS = 5000
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
                target.write(_line_of(one))
            if number % LINES_BETWEEN_SIGNS == 0:
                sign()
    with stops.open("ab") as whole, changes.open("rb") as rest:
        while block := rest.read(1 << 20):
            whole.write(block)
        os.fsync(whole.fileno())
    changes.unlink()
    stops.replace(path)
    return dict(counts), digest_of(batch)


def says(batch: ImportBatch, found: Iterable[Finding]) -> bool:
    """Whether the plan as it lies there is that of these findings, none of which stops the file."""
    lines = (_line_of(one) for one in found if one.kind != SAME)
    with path_of(batch).open(encoding="utf-8") as file:
        return all(line == kept for line, kept in zip_longest(lines, file))


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


def whole(batch: ImportBatch) -> list[Finding]:
    """All findings of a plan that is small."""
    with path_of(batch).open(encoding="utf-8") as file:
        return [_finding(line) for line in file]


@dataclass
class OfForm:
    """What a plan says of one form: the revision it was compared with, and where its lines begin in the file."""

    revision: int
    lines: list[int] = field(default_factory=list)


def by_form(batch: ImportBatch) -> dict[int, OfForm]:
    """The forms that the plan speaks of."""
    found: dict[int, OfForm] = {}
    at = 0
    with path_of(batch).open("rb") as file:
        for line in file:
            submission, revision, _rest = line.split(b" ", 2)
            found.setdefault(int(submission), OfForm(int(revision))).lines.append(at)
            at += len(line)
    return found


@contextmanager
def reading(batch: ImportBatch) -> Iterator[Callable[[OfForm], list[Finding]]]:
    """What reads the findings of one form, in the order of the file."""
    with path_of(batch).open("rb") as file:

        def read(form: OfForm) -> list[Finding]:
            return [_finding(_line(file, at)) for at in form.lines]

        yield read


def _line_of(one: Finding) -> str:
    return f"{one.submission} {one.revision} {_encode(one.to_json())}\n"


def _line(file: BinaryIO, at: int) -> str:
    file.seek(at)
    return file.readline().decode()


def _finding(line: str) -> Finding:
    return Finding(*json.loads(line.split(" ", 2)[2]))
