"""Somebody who knows two themes, for the pages that are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from organizations.actions.knowledge import save_knowledge
from organizations.models import Theme, User
from organizations.reference import ensure_themes


def make_knowledge_scenery() -> None:
    """The themes, and what the district's coordinator knows of two."""
    ensure_themes()
    themes = Theme.objects.in_bulk()
    person = User.objects.select_related("person").get(username="district").person
    assert person is not None
    known = {themes["farming"]: "ทำปุ๋ยหมักจากของเหลือในสวน", themes["coast"]: ""}
    save_knowledge(person, known=known, by=None)


KNOWLEDGE_KEYS: dict[str, Callable[[], Any]] = {
    "@knower": lambda: User.objects.get(username="district").person_id,
    "@theme": lambda: "forest-water",
}
