"""The entry page as values: its sections with their rows drawn, and what a save answers to the browser."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_datetime, thai_time
from tambon_survey import rows
from tambon_survey.actions.entry import KEPT, REMOVED, Conflict, Saved
from tambon_survey.answers import FIELDS, TOPICS, Answers, Row, TopicAnswer
from tambon_survey.forms.entry import CELLS, HEAD, TOPIC
from tambon_survey.models import Answer, Manner, Submission, Topic


@dataclass
class Typed:
    """What a plain form brought and could not be kept: boxes as typed, and sentences, both by place."""

    section: str = ""
    boxes: Mapping[str, str] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """One section of the page."""

    topic: str
    label: str
    number: int
    answer: str
    answers: list[tuple[str, str]]
    remark: str
    rows: list[str]
    blank: str
    is_filled: bool
    mutation: str
    sentences: dict[str, str]
    waiting: int


def sections(submission: Submission, answers: Answers, *, typed: Typed, add: str = "") -> list[Section]:
    """The four topics, rows drawn; `add` names the topic that gets a blank row where no script runs."""
    return [
        _section(submission, topic, number, typed=typed if typed.section == topic.topic else Typed(), add=add)
        for number, topic in enumerate(answers, 1)
    ]


def _section(submission: Submission, topic: TopicAnswer, number: int, *, typed: Typed, add: str) -> Section:
    photos = reverse("activity_photos", args=[submission.pk, uuid.UUID(int=0)])
    drawn = [_row(topic, row, typed=typed, photos=photos) for row in topic.rows]
    if add == topic.topic:
        drawn.append(rows.blank(topic.topic, str(uuid.uuid4())))
    return Section(
        topic=topic.topic,
        label=str(Topic(topic.topic).label),
        number=number,
        answer=typed.boxes.get("answer", topic.answer),
        answers=[(value, str(label)) for value, label in Answer.choices],
        remark=typed.boxes.get("remark", topic.remark),
        rows=drawn,
        blank=rows.blank(topic.topic),
        is_filled=topic.is_filled,
        mutation=str(uuid.uuid4()),
        sentences={place.strip("."): text for place, text in typed.sentences.items() if place.startswith(".")},
        waiting=sum(row.standing == "carried" for row in topic.rows),
    )


def _row(topic: TopicAnswer, row: Row, *, typed: Typed, photos: str) -> str:
    """One row; `photos` is the address of the photos of the row with the empty key."""
    values = rows.shown_row(topic.topic, row)
    values |= {name: typed.boxes.get(f"{row.id}.{name}", "") for name in values if f"{row.id}.known" in typed.boxes}
    errors = {name: typed.sentences[f"{row.id}.{name}"] for name in values if f"{row.id}.{name}" in typed.sentences}
    carried = row.standing == "carried"
    extra = {
        "known": f'<input type="hidden" name="{escape(row.id)}.known" value="1">',
        "waits": escape(_("from the last round")) if carried else "",
        "origin": escape(row.standing),
        "photos": photos.replace(str(uuid.UUID(int=0)), row.id),
        "open": " open" if errors or carried else "",
    }
    return rows.draw(topic.topic, row, values=values, errors=errors, extra=extra)


def head(submission: Submission, *, typed: Typed) -> dict[str, Any]:
    """Who answered and how."""
    own = typed if typed.section == "head" else Typed()
    return {
        "informant": own.boxes.get("informant", submission.informant),
        "manner": own.boxes.get("manner", submission.manner),
        "manners": Manner.choices,
        "labels": {name: str(one.label) for name, one in HEAD.items()},
        "help": {name: str(one.help_text) for name, one in HEAD.items()},
        "sentences": {place.strip("."): text for place, text in own.sentences.items()},
        "mutation": str(uuid.uuid4()),
    }


def reply(saved: Saved, errors: dict[str, str], *, section: str) -> dict[str, Any]:
    """What the browser learns: the revision reached, what others changed meanwhile, what was left out and why."""
    submission = saved.submission
    answer: dict[str, Any] = {
        "revision": submission.revision,
        "saved": thai_time(saved.at),
        "errors": errors,
        "conflicts": [_conflict(one, section=section) for one in saved.conflicts],
        "theirs": {place: _box(section, place, value) for place, value in saved.theirs.items()},
        "filled": submission.filled,
    }
    if section in TOPICS:
        answer["answer"] = getattr(submission, f"{section}_answer")
        answer["isFilled"] = getattr(submission, f"{section}_filled")
    return answer


def _box(section: str, place: str, value: Any) -> Any:
    """A stored value as its box shows it, by place; the order of the rows as a list of their keys."""
    row, _dot, name = place.partition(".")
    if isinstance(value, list):
        return value
    if row and name in CELLS.get(section, {}):
        return rows.shown(section, name, value)
    return "" if value is None else str(value)


def _conflict(conflict: Conflict, *, section: str) -> dict[str, str]:
    who = conflict.by.label if conflict.by else _("the system")
    when = thai_datetime(conflict.at) if conflict.at else ""
    return {
        "place": conflict.place,
        "label": label_of(section, conflict.place),
        "yours": words_of(section, conflict.place, conflict.yours),
        "theirs": words_of(section, conflict.place, conflict.theirs),
        "box": _box(section, conflict.place, conflict.theirs),
        "who": f"{who} {when}".strip(),
    }


def label_of(section: str, place: str) -> str:
    """What a place is called on the screen."""
    _row, _dot, name = place.partition(".")
    if not name:
        return _("the whole row")
    fields = {**TOPIC, **HEAD, **CELLS.get(section, {})} if section in FIELDS else HEAD
    return str(fields[name].label) if name in fields else _("order of the rows")


def words_of(section: str, place: str, value: Any) -> str:
    """A value in words: choices by their label, a tick as yes or no, a row as kept or removed."""
    _row, _dot, name = place.partition(".")
    if not name:
        return {KEPT: _("keep the row"), REMOVED: _("remove the row")}.get(value, str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    fields = {**TOPIC, **HEAD, **CELLS.get(section, {})}
    choices = dict(getattr(fields.get(name), "choices", ()))
    return str(choices.get(value) or _box(section, place, value) or _("(empty)"))
