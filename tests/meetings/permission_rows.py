"""The meetings' rows of the permission table (tests/test_permissions.py says how to read them), and their objects.

A draft is what only staff reads; its title holds the name that must not leak.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.factories import make_meeting
from tests.meetings import rows_afterwards

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_RECORD: list[tuple[str, str, str, str]] = [
    ("meeting_list", "-", "safe",             "200  200  200  200  200  200  200  200  200"),
    ("meeting_add", "p", "edit",              "302  404  404  404  404  404  404  404  200"),
    ("meeting_page", "draft meeting", "safe", "404  404  404  404  404  404  404  404  200"),
    ("meeting_page", "network meeting", "safe", "404 404 200 200  200  200  200  200  200"),
    ("meeting_page", "public meeting", "safe", "200 200  200  200  200  200  200  200  200"),
    ("meeting_edit", "draft meeting", "edit", "302  404  404  404  404  404  404  404  200"),
    ("meeting_edit", "network meeting", "edit", "302 404 403 403  403  403  403  403  200"),
    ("meeting_edit", "public meeting", "edit", "302 403  403  403  403  403  403  403  200"),
]  # fmt: skip
ROWS = [*ROWS_OF_RECORD, *rows_afterwards.ROWS]


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str = "คนซ่อน") -> dict[str, list[Any]]:
    """What all these rows are asked with: one meeting of each visibility, and what belongs to them."""
    draft, network, public = (
        make_meeting(places.province, title=title, visibility=visibility)
        for title, visibility in ((f"ร่างของ{hidden}", "draft"), ("ของเครือข่าย", "network"), ("เปิดเผย", "public"))
    )
    own = rows_afterwards.objects(cast, {"draft": draft, "network": network, "public": public}, hidden=hidden)
    return own | {"draft meeting": [draft.pk], "network meeting": [network.pk], "public meeting": [public.pk]}
