"""The rows of the permission table about personal data (tests/test_permissions.py says how to read them)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("privacy_page", "-", "safe",             "200  200  200  200  200  200  200  200  200"),
]  # fmt: skip


def objects(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """What the rows are asked with."""
    return {}
