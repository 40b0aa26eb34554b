"""The minutes as everybody may read them: without the names of persons, which are for the network."""

from __future__ import annotations

from dataclasses import replace

from meetings.minutes.document import Annex, Assignment, Decision, Document, Item, Matter, Signature

SOMEBODY = "ผู้ที่ได้รับมอบหมาย"


def openly(document: Document) -> Document:
    """How many came instead of who; work given to a post or a body says so, to a person not to whom."""
    lists = (document.present, document.absent, document.attending)
    hidden = sorted(document.people, key=len, reverse=True)
    return replace(
        document,
        present=(),
        absent=(),
        attending=(),
        counts=tuple(len(names) for names in lists),
        chair="",
        people=(),
        recorder=Signature(post=document.recorder.post),
        checker=Signature(post=document.checker.post) if document.checker else None,
        items=tuple(_item(item, hidden) for item in document.items),
        annexes=tuple(_annex(annex, hidden) for annex in document.annexes),
    )


def _without(text: str, hidden: list[str]) -> str:
    for name in hidden:
        text = text.replace(name, SOMEBODY)
    return text


def _item(item: Item, hidden: list[str]) -> Item:
    decisions = tuple(_decision(decision, hidden) for decision in item.decisions)
    return replace(item, matters=tuple(_matter(matter, hidden) for matter in item.matters), decisions=decisions)


def _matter(matter: Matter, hidden: list[str]) -> Matter:
    facts = tuple((label, _without(value, hidden)) for label, value in matter.facts)
    return replace(matter, facts=facts, decisions=tuple(_decision(one, hidden) for one in matter.decisions))


def _decision(decision: Decision, hidden: list[str]) -> Decision:
    return replace(decision, assigned=tuple(_assignment(one, hidden) for one in decision.assigned))


def _assignment(one: Assignment, hidden: list[str]) -> Assignment:
    return replace(one, who=_without(one.who, hidden))


def _annex(annex: Annex, hidden: list[str]) -> Annex:
    return replace(annex, rows=tuple(tuple(_without(cell, hidden) for cell in row) for row in annex.rows))
