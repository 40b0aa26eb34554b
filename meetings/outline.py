"""The goals and the agenda of a meeting, read together."""

from __future__ import annotations

from django.db.models import BigIntegerField, Value
from django.db.models.functions import Cast

from meetings.models import AgendaItem, Goal, Meeting

GOAL, ITEM = "goal", "item"


def outline_of(meeting: Meeting) -> tuple[list[Goal], list[AgendaItem]]:
    """Goals and agenda items, each in their order: one query for two tables of much the same shape."""
    nothing, nowhere = Value(""), Cast(Value(None), BigIntegerField())
    shared = ("position", "pk", "title", "discussion", "revision")
    of_goal = (Value(GOAL), nowhere, nothing, nothing, nothing)
    of_item = (Value(ITEM), "parent_id", "section", "outcome", "outcome_text")
    goals = meeting.goals.order_by().values_list(*shared, *of_goal)
    items = meeting.agenda.order_by().values_list(*shared, *of_item)
    found: tuple[list[Goal], list[AgendaItem]] = ([], [])
    for row in sorted(goals.union(items, all=True), key=lambda row: row[:2]):
        position, pk, title, discussion, revision, kind, parent, section, outcome, words = row
        facts = {"pk": pk, "meeting": meeting, "position": position, "title": title, "discussion": discussion}
        facts["revision"] = revision
        if kind == GOAL:
            found[0].append(Goal(**facts))
        else:
            more = {"parent_id": parent, "section": section, "outcome": outcome, "outcome_text": words}
            found[1].append(AgendaItem(**facts, **more))
    return found
