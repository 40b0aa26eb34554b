"""The plan of a batch as people read it: rows in words, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_dates import format_medium
from organizations.models import Theme
from tambon_survey.directory_resources import INCOMING, SHEETS, THEMES_APART, TITLES
from tambon_survey.importing import plan_file
from tambon_survey.importing.directory import HOME, WHOSE
from tambon_survey.importing.planning import CHANGED, DOUBTFUL, ERROR, FOREIGN, NEW, SAME, STOPPING, UNMATCHED, Finding
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
        themes = dict(Theme.objects.values_list("pk", "name_th")) if self.batch.is_of_directory else {}
        return [in_words(one, themes) for one in found]


def _kinds() -> dict[str, str]:
    return {
        NEW: _("new"),
        CHANGED: _("changed"),
        SAME: _("the same as now"),
        UNMATCHED: _("place not found"),
        DOUBTFUL: _("perhaps recorded already"),
        ERROR: _("cannot be read"),
        FOREIGN: _("of another area"),
    }


def kinds_in_words(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(kind, label, how many) of every kind, those of none too, in their order."""
    return [(kind, label, counts.get(kind, 0)) for kind, label in _kinds().items()]


def in_words(one: Finding, themes: Mapping[str, str]) -> ShownFinding:
    """A finding in the language of the page; `themes` code → name."""
    return ShownFinding(
        where=_("%(sheet)s, row %(row)s") % {"sheet": one.sheet, "row": one.row},
        kind=one.kind,
        kind_label=_kinds()[one.kind],
        place=one.place,
        name=one.name,
        topic=_topic(one.holds),
        changes=[
            (_label(one, name), _cell(one, name, old, themes), _cell(one, name, new, themes))
            for name, (old, new) in one.cells.items()
        ],
        text=one.text,
        column=one.column,
        suggestions=tuple(one.suggestions),
        stops=one.kind in STOPPING,
    )


def _topic(holds: str) -> str:
    if holds in INCOMING:
        return str(TITLES[holds])
    return "" if holds == SUBMISSIONS else str(Topic(holds).label)


def _parts(one: Finding, name: str) -> tuple[str, str]:
    """The topic of a cell and its name there."""
    if one.holds != SUBMISSIONS:
        return one.holds, name
    topic, _under, part = name.partition("_")
    return (topic, part) if part else ("", name)


def _label(one: Finding, name: str) -> str:
    if one.holds in INCOMING:
        return _("At home in") if name == HOME else str(SHEETS[one.holds].column(name).label)
    topic, part = _parts(one, name)
    label = label_of(topic, part)
    return f"{Topic(topic).label}: {label}" if one.holds == SUBMISSIONS and topic else label


def _cell(one: Finding, name: str, value: object, themes: Mapping[str, str]) -> str:
    return _directory_cell(one, name, value, themes) if one.holds in INCOMING else shown(*_parts(one, name), value)


def _directory_cell(one: Finding, name: str, value: object, themes: Mapping[str, str]) -> str:
    if name in (HOME, WHOSE):
        return value[1] if isinstance(value, list) else ""
    if isinstance(value, list):
        return THEMES_APART.join(themes.get(code, code) for code in value)
    if name in ("starts_on", "ends_on") and isinstance(value, str) and value:
        return format_medium(date.fromisoformat(value))
    choices = {code: str(label) for code, label in SHEETS[one.holds].column(name).choices}
    return choices.get(str(value or ""), str(value or ""))
