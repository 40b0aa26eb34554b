"""The three lists of a meeting, as pages draw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from meetings.models import Attendance


@dataclass(frozen=True)
class RollCall:
    """One list: its value, its heading, how many stand on it, and its lines in order where names are shown."""

    value: str
    heading: str
    count: int
    lines: list[Attendance] = field(default_factory=list)


def rolls_of(lines: Iterable[Attendance]) -> list[RollCall]:
    """The three lists, empty ones too, in the order of the official form; `lines` stand in print order."""
    by_roll: dict[str, list[Attendance]] = {value: [] for value in Attendance.Roll.values}
    for line in lines:
        by_roll[line.roll].append(line)
    return [RollCall(value, _heading(value), len(found), found) for value, found in by_roll.items()]


def counts_of(lines: models.QuerySet) -> list[RollCall]:
    """The three lists without names. One query."""
    counted = dict(lines.order_by().values_list("roll").annotate(models.Count("pk")))
    return [RollCall(value, _heading(value), counted.get(value, 0)) for value in Attendance.Roll.values]


def _heading(value: str) -> str:
    return str(Attendance.Roll(value).label)
