"""Every table, read raw, and every file: where a text stands, in any spelling."""

from __future__ import annotations

from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

from nakhon_network.lib.traces import Traces


def everywhere(*values: str, folder: Path | None = None) -> list[str]:
    """Tables (of any origin) and files below `folder` that hold one of the values."""
    traces, found = Traces.of(values), []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                cells = [cell.tobytes() if isinstance(cell, memoryview) else cell for cell in row]
                texts = [one.decode("utf-8", "ignore") if isinstance(one, bytes) else str(one) for one in cells]
                if any(traces.stand_in(text.encode().decode("unicode_escape", "ignore")) for text in texts) or any(
                    traces.stand_in(text) for text in texts
                ):
                    found.append(table)
    sessions = [str(one.get_decoded()) for one in Session.objects.all()]
    found += [Session._meta.db_table for text in sessions if traces.stand_in(text)]
    for path in sorted(folder.rglob("*")) if folder else []:
        if path.is_file():
            with path.open("rb") as file:
                found += [path.name] if traces.in_file(file) else []
    return sorted(set(found))
