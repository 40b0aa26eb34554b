"""Rows of the permission table about the open data and its tokens, and their objects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from organizations.models import ReadToken

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS: list[tuple[str, str, str, str]] = [
    ("open_data", "-", "safe",                "200  200  200  200  200  200  200  200  200"),
    ("open_data_list", "areas json", "safe",  "200  200  200  200  200  200  200  200  200"),
    ("open_data_list", "posts csv", "safe",   "200  200  200  200  200  200  200  200  200"),
    ("open_data_one", "tambon data", "safe",  "200  200  200  200  200  200  200  200  200"),
    ("read_token_list", "p", "safe",          "302  404  404  404  404  404  404  404  200"),
    ("read_token_issue", "p", "edit",         "302  404  404  404  404  404  404  404  200"),
    ("read_token_renew", "read token", "post", "302 404 404  404  404  404  404  404  302"),
    ("read_token_revoke", "read token", "post", "302 404 404  404  404  404  404  404  302"),
]  # fmt: skip


def objects(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """One token of the province, and what is asked of the data."""
    token = ReadToken.objects.create(
        province=places.province, name="เว็บไซต์ของภาคี", token_hash=ReadToken.hash_of("read"), created_by=cast.staff
    )
    return {
        "areas json": ["areas", "json"],
        "posts csv": ["posts", "csv"],
        "tambon data": ["areas", "th-801217"],
        "read token": [token.pk],
    }
