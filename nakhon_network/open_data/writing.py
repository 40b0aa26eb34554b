"""Pages of open data as JSON and as CSV, with the licence they go out under."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from nakhon_network.lib.workbook import guarded, writable
from nakhon_network.open_data.kind import Kind, Record

JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"
LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = gettext_noop("Nakhon Si Thammarat People's Network")


def licence() -> dict[str, str]:
    """Under which licence the data goes out, and whom to name."""
    return {"name": LICENCE, "url": LICENCE_URL, "attribution": gettext(ATTRIBUTION)}


def as_json(value: Any) -> str:
    """Readable JSON: Thai as Thai."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def as_csv(kind: Kind, records: list[Record]) -> str:
    """Codes of the columns, then the rows; lists in one cell with spaces between, what has parts as JSON."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(kind.columns)
    writer.writerows([_cell(record[column]) for column in kind.columns] for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = " ".join(value) if all(isinstance(one, str) for one in value) else json.dumps(value)
    return guarded(writable(value)) if isinstance(value, str) else value


def in_both(sentence: Any, language: str) -> str:
    """A lazy sentence in one language, whatever the page's."""
    with translation.override(language):
        return str(sentence)
