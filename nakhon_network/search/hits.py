"""Hits as the page shows them: the title with what was sought marked in it, and where else it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nakhon_network.lib.snippets import Marked, marked_words, snippet
from nakhon_network.search.finding import Page, find
from nakhon_network.search.groups import Group, Label, Text
from nakhon_network.search.words import Query, Word
from organizations.models import User


@dataclass(frozen=True)
class Hit:
    """One found thing. `reasons` say in which other texts the words stand: (label, text in pieces)."""

    url: str
    title: Marked
    under: str
    reasons: list[tuple[Label, Marked]]


@dataclass(frozen=True)
class Found:
    """What one group holds of what was sought: some hits, and how many there are in all."""

    group: Group
    hits: list[Hit]
    total: int

    @property
    def has_more(self) -> bool:
        """There are more than those shown."""
        return self.total > len(self.hits)


def search(group: Group, query: Query, user: User, *, start: int = 0, stop: int) -> Found:
    """One page of a group's hits; at most three statements, more only for what `full` prefetches."""
    rows = group.rows(user)
    page: Page = find(
        rows,
        query,
        order=group.order,
        beside=group.beside,
        others=group.others(query, user),
        by_name=group.by_name,
        capped=group.capped,
        start=start,
        stop=stop,
    )
    if not page.keys:
        return Found(group, [], page.total)
    known = group.full(rows.model.objects.all(), user).in_bulk(page.keys)
    hits = [_hit(group, known[key], query) for key in page.keys if key in known]
    return Found(group, hits, page.total)


def _hit(group: Group, row: Any, query: Query) -> Hit:
    words = query.words
    title, found = _marked(group.texts[0], row, words)
    if group.by_name and query.name and not all(found):
        words = query.name
        title, found = _marked(group.texts[0], row, words)
    reasons: list[tuple[Label, Marked]] = []
    for text in group.texts[1:]:
        pieces, here = _marked(text, row, words)
        if any(new and not old for new, old in zip(here, found, strict=True)):
            reasons.append((text.label, snippet(pieces)))
            found = [new or old for new, old in zip(here, found, strict=True)]
    if query.digits and not any(found) and group.others_label:
        reasons.append((group.others_label, []))
    return Hit(group.url(row), title, group.under(row), reasons)


def _marked(text: Text, row: Any, words: tuple[Word, ...]) -> tuple[Marked, list[bool]]:
    return marked_words(text.of(row), [(word.strict, *word.loose) for word in words])
