"""The plan of a batch as people read it: rows in words, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tambon_survey.importing import plan_file
from tambon_survey.importing.planning import CHANGED, ERROR, FOREIGN, NEW, SAME, STOPPING, UNMATCHED, Finding
from tambon_survey.models import ImportBatch, Topic
from tambon_survey.reading import label_of, shown
from tambon_survey.resources import SUBMISSIONS


@dataclass(frozen=True)
class ShownFinding:
    """One row of the file: where it stands, what becomes of it, and (label, old, new) of each cell that differs."""

    where: str
    kind: str
    kind_label: str
    place: str
    name: str
    topic: str
    changes: list[tuple[str, str, str]]
    text: str
    column: str
    suggestions: tuple[str, ...]
    stops: bool


class PlanPages:
    """What a paginator asks of a list, read from the plan's file."""

    def __init__(self, batch: ImportBatch, count: int) -> None:
        self.batch, self._count = batch, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, wanted: slice) -> list[ShownFinding]:
        found = plan_file.page(self.batch, start=wanted.start, count=wanted.stop - wanted.start)
        return [in_words(one) for one in found]


def _kinds() -> dict[str, str]:
    return {
        NEW: _("new"),
        CHANGED: _("changed"),
        SAME: _("the same as now"),
        UNMATCHED: _("place not found"),
        ERROR: _("cannot be read"),
        FOREIGN: _("of another area"),
    }


def kinds_in_words(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(kind, label, how many) of every kind, those of none too, in their order."""
    return [(kind, label, counts.get(kind, 0)) for kind, label in _kinds().items()]


def in_words(one: Finding) -> ShownFinding:
    """A finding in the language of the page."""
    return ShownFinding(
        where=_("%(sheet)s, row %(row)s") % {"sheet": one.sheet, "row": one.row},
        kind=one.kind,
        kind_label=_kinds()[one.kind],
        place=one.place,
        name=one.name,
        topic="" if one.holds == SUBMISSIONS else str(Topic(one.holds).label),
        changes=[
            (_label(one, name), _cell(one, name, old), _cell(one, name, new)) for name, (old, new) in one.cells.items()
        ],
        text=one.text,
        column=one.column,
        suggestions=tuple(one.suggestions),
        stops=one.kind in STOPPING,
    )


def _parts(one: Finding, name: str) -> tuple[str, str]:
    """The topic of a cell and its name there."""
    if one.holds != SUBMISSIONS:
        return one.holds, name
    topic, _under, part = name.partition("_")
    return (topic, part) if part else ("", name)


def _label(one: Finding, name: str) -> str:
    topic, part = _parts(one, name)
    label = label_of(topic, part)
    return f"{Topic(topic).label}: {label}" if one.holds == SUBMISSIONS and topic else label


def _cell(one: Finding, name: str, value: object) -> str:
    return shown(*_parts(one, name), value)
