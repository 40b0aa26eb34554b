"""What must be mended before answers are sent, and what deserves a second look. Pure: for screen and import alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tambon_survey.answers import CARRIED, HAS, HAS_NONE, NOT_ASKED, Answers, TopicAnswer

HARD, SOFT = "hard", "soft"


@dataclass(frozen=True)
class Problem:
    """Something about the answers. Hard: they cannot be sent. Soft: a remark on the topic settles it.

    `topic` is "" for the head of the form; `row` and `field` are "" where the problem is not pinned that closely.
    """

    topic: str
    row: str
    field: str
    level: str
    text: str | Promise


def problems(answers: Answers) -> list[Problem]:
    """All of them, in the order of the screen, hard and soft mixed."""
    found = list(_head(answers))
    for topic in answers:
        found += _topic(topic)
    return found


def hard(answers: Answers) -> list[Problem]:
    """Those that keep the answers from being sent."""
    return [problem for problem in problems(answers) if problem.level == HARD]


def _head(answers: Answers) -> Iterator[Problem]:
    if not answers.informant.strip():
        yield Problem("", "", "informant", HARD, _("Please say who gave these answers."))
    if not answers.manner:
        yield Problem("", "", "manner", HARD, _("Please say how the answers were given."))


def _topic(topic: TopicAnswer) -> Iterator[Problem]:
    name, remark = topic.topic, topic.remark.strip()
    if topic.answer == NOT_ASKED:
        text = _("Not yet asked: please choose has or has none, or write in the remark why it could not be asked.")
        yield Problem(name, "", "answer", SOFT if remark else HARD, text)
    elif topic.answer == HAS and not topic.listed:
        yield Problem(name, "", "answer", HARD, _("You chose has: please add at least one, or choose has none."))
    elif topic.answer == HAS_NONE and topic.listed:
        yield Problem(name, "", "answer", HARD, _("You chose has none although there are rows: please choose has."))
    elif topic.answer == HAS_NONE and not remark:
        yield Problem(name, "", "remark", SOFT, _("None at all? A sentence in the remark helps the zone understand."))
    for row in topic.rows:
        if not topic.name_of(row).strip():
            yield Problem(name, row.id, "", HARD, _("This row has no name yet: please fill it in or remove the row."))
        elif row.standing == CARRIED:
            text = _("From the last round: please confirm, change or remove it.")
            yield Problem(name, row.id, "", HARD, text)
    yield from _soft[name](topic)


def _coordinators(topic: TopicAnswer) -> Iterator[Problem]:
    for row in topic.listed:
        if not row["phone"] and not row["line"]:
            text = _("No telephone and no LINE: how can this person be reached?")
            yield Problem(topic.topic, row.id, "phone", SOFT, text)
    yield from _twice(topic)


def _activities(topic: TopicAnswer) -> Iterator[Problem]:
    for row in topic.listed:
        if not str(row["next_step"] or "").strip():
            yield Problem(topic.topic, row.id, "next_step", SOFT, _("What could be built on next?"))
        people, households = row["people"], row["households"]
        if people is not None and households is not None and people < households:
            text = _("Fewer people than households: please check the numbers.")
            yield Problem(topic.topic, row.id, "people", SOFT, text)
    yield from _twice(topic)


def _agencies(topic: TopicAnswer) -> Iterator[Problem]:
    for row in topic.listed:
        if not row["sector"]:
            yield Problem(topic.topic, row.id, "sector", SOFT, _("Which sector does it belong to?"))
    yield from _twice(topic)


def _twice(topic: TopicAnswer) -> Iterator[Problem]:
    """Two rows of one name: perhaps one too many."""
    seen: set[str] = set()
    for row in topic.listed:
        name = "".join(topic.name_of(row).split())
        if name in seen:
            yield Problem(topic.topic, row.id, "", SOFT, _("This name stands here twice: one of them too many?"))
        seen.add(name)


_soft = {"coordinators": _coordinators, "activities": _activities, "team": _twice, "agencies": _agencies}
