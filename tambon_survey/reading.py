"""Answers, differences and saves as people read them: labels and values in the language of the page. No queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nakhon_network.lib.model_fields import PartialDateField
from nakhon_network.templatetags.thai import number, partial_date, phone
from organizations.history import HistoryLine
from tambon_survey.answers import FIELDS, NAME_OF, Answers, Difference
from tambon_survey.models import ROSTERS, Answer, Manner, Save, Standing, Submission, Topic
from tambon_survey.models.rosters import HELD_BACK
from tambon_survey.rules import Problem

# What a "no" says something about; of other boxes only those that are ticked are worth reading.
_TOLD_EITHER_WAY = frozenset({"may_share"})
_HEAD = ("informant", "manner")


# ---- one cell -----------------------------------------------------------------------------------------------------
def _field(topic: str, name: str) -> Any:
    """The model field behind a cell, or behind the head of a topic or of the form; None if unknown."""
    try:
        if topic in ROSTERS and name in (*FIELDS[topic], "standing"):
            return ROSTERS[Topic(topic)]._meta.get_field(name)
        return Submission._meta.get_field(name if name in _HEAD else f"{topic}_{name}")
    except FieldDoesNotExist:
        return None


def label_of(topic: str, name: str) -> str:
    """What a cell is called."""
    if topic in ROSTERS and name == "answer":
        return _("Answer")
    if topic in ROSTERS and name == "remark":
        return _("Remark")
    if name == "order":
        return _("Order of the rows")
    found = _field(topic, name)
    return str(found.verbose_name) if found is not None else _("Other")


def shown(topic: str, name: str, value: Any) -> str:
    """What stands in a cell; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    found = _field(topic, name)
    if name in {"answer", "manner"} or (found is not None and found.choices):
        choices = dict(found.flatchoices) if found is not None else {}
        return str(choices.get(value, value))
    if isinstance(found, PartialDateField):
        return partial_date(value)
    if name == "phone":
        return phone(value)
    if isinstance(value, int):
        return str(number(value))
    return str(value)


# ---- answers ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReadRow:
    """One row of a roster: its name, what else is said of it as (label, value), and where it stands on the form."""

    name: str
    facts: list[tuple[str, str]]
    is_carried: bool
    key: str = ""


@dataclass(frozen=True)
class ReadTopic:
    """One topic as text."""

    topic: str
    label: str
    answer: str
    answer_label: str
    remark: str
    rows: list[ReadRow]


def readable(answers: Answers) -> list[ReadTopic]:
    """The four topics with their rows."""
    return [
        ReadTopic(
            topic=one.topic,
            label=str(Topic(one.topic).label),
            answer=one.answer,
            answer_label=str(Answer(one.answer).label),
            remark=one.remark,
            rows=[
                ReadRow(one.name_of(row), list(_facts(one.topic, row.values)), row.standing == "carried", row.id)
                for row in one.rows
            ],
        )
        for one in answers
    ]


def _facts(topic: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in FIELDS[topic]:
        value = values.get(name)
        if name == NAME_OF[topic] or (value is False and name not in _TOLD_EITHER_WAY):
            continue
        said = shown(topic, name, value)
        if said:
            yield label_of(topic, name), said


def head_of(answers: Answers) -> list[tuple[str, str]]:
    """Who answered and how, as (label, value)."""
    return [(label_of("", name), shown("", name, getattr(answers, name))) for name in _HEAD]


_ICONS = {"added": "plus", "changed": "pencil", "removed": "minus"}


# ---- differences --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ChangedRow:
    """A row (or, without a name, the head of a topic) that differs; `kind` added, removed or changed."""

    kind: str
    kind_label: str
    icon: str
    name: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class ChangedTopic:
    """What differs in one topic."""

    topic: str
    label: str
    rows: list[ChangedRow]


def in_words(found: Iterable[Difference]) -> list[ChangedTopic]:
    """Differences by topic and row; topics without any are left out."""
    kinds = {"added": _("added"), "changed": _("changed"), "removed": _("taken out")}
    topics = []
    for topic, of_topic in groupby(found, key=lambda one: one.topic):
        rows = []
        for (_row, kind), group in groupby(of_topic, key=lambda one: (one.row, one.kind)):
            cells = list(group)
            changes = [
                (label_of(topic, one.field), shown(topic, one.field, one.old), shown(topic, one.field, one.new))
                for one in cells
                if one.field
            ]
            rows.append(ChangedRow(kind, kinds[kind], _ICONS[kind], cells[0].row_name, changes))
        topics.append(ChangedTopic(topic, str(Topic(topic).label), rows))
    return topics


# ---- where on the form --------------------------------------------------------------------------------------------
def anchor_of(topic: str, row: str = "", name: str = "") -> str:
    """The id of a place on the entry page: a cell, a row, a topic's answer or remark, or the head of the form."""
    if not topic:
        return f"head-{name}"
    if row:
        return f"row-{row}-{name}" if name else f"row-{row}"
    return f"{topic}-{name}" if name == "remark" else topic


def place_on_form(submission: Submission, topic: str, row: str = "", name: str = "") -> str:
    """The address of such a place."""
    return f"{reverse('submission_entry', args=[submission.pk])}#{anchor_of(topic, row, name)}"


@dataclass(frozen=True)
class ProblemLine:
    """A problem with the place it is about, in words and as an address."""

    where: str
    text: str | Promise
    url: str


def problem_lines(submission: Submission, answers: Answers, problems: Iterable[Problem]) -> list[ProblemLine]:
    """Problems as a list to work through."""
    names = {row.id: topic.name_of(row) for topic in answers for row in topic.rows}
    return [
        ProblemLine(
            where=" · ".join(
                part for part in (str(Topic(one.topic).label) if one.topic else "", names.get(one.row, "")) if part
            ),
            text=one.text,
            url=place_on_form(submission, one.topic, one.row, one.field),
        )
        for one in problems
    ]


# ---- saves --------------------------------------------------------------------------------------------------------
def _follows(place: str, old: Any, new: Any) -> bool:
    """Whether a change only follows from another of the same save, and says nothing of its own to a reader."""
    return place.endswith("_id") or (place.endswith(".standing") and Standing.CHANGED in (old, new))


@dataclass
class SaveReader:
    """Saves of one submission as lines of history; `names` maps the key of a row to what it is called.

    Of the rows in `held` no way to reach the person is told.
    """

    names: Mapping[str, str]
    held: Collection[str] = ()
    manners: dict[str, str] = field(default_factory=lambda: {str(key): str(label) for key, label in Manner.choices})

    def line(self, save: Save) -> HistoryLine:
        """One save: when, who, which part, where the answers came from, and what was changed to what."""
        topic = save.section
        part = str(Topic(topic).label) if topic in ROSTERS else _("Who answered")
        return HistoryLine(
            at=save.saved_at,
            who=save.saved_by.label if save.saved_by else _("the system"),
            sentence=part,
            reason=self.manners.get(save.source, ""),
            changes=[
                self._change(topic, place, old, new)
                for place, (old, new) in save.changes.items()
                if not _follows(place, old, new)
            ],
        )

    def _change(self, topic: str, place: str, old: Any, new: Any) -> tuple[str, str, str]:
        row, _dot, name = place.partition(".")
        if not name:
            standings = {"kept": _("on the list"), "removed": _("taken out")}
            return self._called(row), standings.get(old, ""), standings.get(new, "")
        label = label_of(topic, name)
        if row in self.held and name in ("phone", "line"):
            return f"{self._called(row)} · {label}", "", str(HELD_BACK)
        if name == "order":
            return label, _("as before"), _("arranged anew")
        return (f"{self._called(row)} · {label}" if row else label), shown(topic, name, old), shown(topic, name, new)

    def _called(self, row: str) -> str:
        return self.names.get(row) or _("a row without a name")
