"""ผู้รู้ and the list of themes: rows of the permission table, forms, and what both are asked with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from organizations.models import Knowledge, Theme

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
STAFF_ONLY = "302  403  403  403  403  403  403  403  200"
ROWS: list[tuple[str, str, str, str]] = [
    ("knowledge_edit", "who knows", "ticks",  "302  404  404  200  404  200  404  200  200"),
    ("expert_list", "-", "safe",              "302  403  200  200  200  200  200  200  200"),
    ("theme_list", "-", "safe",               STAFF_ONLY),
    ("theme_add", "-", "edit",                STAFF_ONLY),
    ("theme_edit", "theme", "edit",           STAFF_ONLY),
]  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "knowledge_edit": {"knows-bees": "on", "text-bees": "เลี้ยงผึ้งโพรง"},
    "theme_add": {"code": "honey", "name_th": "น้ำผึ้ง", "name_en": "Honey", "words": "น้ำผึ้ง", "order": "3"},
    "theme_edit": {"name_th": "ผึ้ง", "name_en": "Bees", "words": "ผึ้งโพรง", "order": "3"},
}
ASKED_WITH = {name: what for name, what, kind, _statuses in ROWS if kind != "safe"}


def objects(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """The coordinator of tambon 801217, who knows bees."""
    theme = Theme.objects.create(code="bees", name_th="ผึ้ง", name_en="Bees")
    person = cast.tambon.person
    Knowledge.objects.create(person=person, theme=theme, text="เลี้ยงผึ้งชันโรง")
    return {"-": [], "who knows": [person.pk], "theme": [theme.pk]}
