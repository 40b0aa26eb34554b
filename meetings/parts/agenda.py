"""A part of a meeting's page: the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from meetings.models import AgendaItem


@dataclass
class Heading:
    """A numbered item with the matters under it, each numbered too: 4, 4.1, 4.2."""

    number: int
    item: AgendaItem
    matters: list[tuple[str, AgendaItem]] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether anything stands under it."""
        return bool(self.matters or self.item.discussion or self.item.outcome or self.item.outcome_text)


def headings_of(items: Sequence[AgendaItem]) -> list[Heading]:
    """The items of an agenda, in their order, as numbered headings with their matters."""
    headings = {item.pk: Heading(0, item) for item in items if item.parent_id is None}
    for number, heading in enumerate(headings.values(), start=1):
        heading.number = number
    for item in items:
        if item.parent_id in headings:
            above = headings[item.parent_id]
            above.matters.append((f"{above.number}.{len(above.matters) + 1}", item))
    return list(headings.values())
