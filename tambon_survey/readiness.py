"""How ready a tambon is, by a rule that is data, each verdict with its reasons in words. No database.

A rule says for each topic what makes it *met* and what *weak*: a list of conditions that must all hold, each a measure
of the roster and the least it must reach. What reaches neither is *missing*. All four met: *ready*; none missing:
*nearly*; else *not yet*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tambon_survey.answers import HAS_NONE, NOT_ASKED, TOPICS, Answers, TopicAnswer

MET, WEAK, MISSING = "met", "weak", "missing"
READY, NEARLY, NOT_YET = "ready", "nearly", "not_yet"

Rule = dict[str, dict[str, list[dict[str, Any]]]]

# The network's rule until it decides on another; a round keeps its own copy from the day it opens.
DEFAULT_RULE: Rule = {
    "coordinators": {
        "met": [{"measure": "reachable", "at_least": 2}],
        "weak": [{"measure": "reachable", "at_least": 1}],
    },
    "activities": {
        "met": [{"measure": "with_next_step", "at_least": 1}],
        "weak": [{"measure": "named", "at_least": 1}],
    },
    "team": {
        "met": [{"measure": "named", "at_least": 3}, {"measure": "with_role", "at_least": 1}],
        "weak": [{"measure": "named", "at_least": 1}],
    },
    "agencies": {
        "met": [{"measure": "sectors", "at_least": 2}],
        "weak": [{"measure": "named", "at_least": 1}],
    },
}


@dataclass(frozen=True)
class Measure:
    """Something counted in a roster, and how it is said: with the number there is, and as a demand."""

    count: Callable[[TopicAnswer], int]
    there: dict[str, str | Promise]
    wanted: dict[str, str | Promise]


def _reachable(topic: TopicAnswer) -> int:
    return sum(bool(row["phone"] or row["line"]) for row in topic.named)


def _with_next_step(topic: TopicAnswer) -> int:
    return sum(bool(str(row["next_step"] or "").strip()) for row in topic.named)


def _with_role(topic: TopicAnswer) -> int:
    return sum(bool(str(row["role"] or "").strip()) for row in topic.named)


def _sectors(topic: TopicAnswer) -> int:
    return len({row["sector"] for row in topic.named if row["sector"]})


MEASURES: dict[str, Measure] = {
    "named": Measure(
        lambda topic: len(topic.named),
        {
            "coordinators": gettext_lazy("%(count)s named"),
            "activities": gettext_lazy("%(count)s activities"),
            "team": gettext_lazy("%(count)s team members"),
            "agencies": gettext_lazy("%(count)s agencies"),
        },
        {
            "coordinators": gettext_lazy("at least %(count)s named"),
            "activities": gettext_lazy("at least %(count)s activities"),
            "team": gettext_lazy("at least %(count)s team members"),
            "agencies": gettext_lazy("at least %(count)s agencies"),
        },
    ),
    "reachable": Measure(
        _reachable,
        {"": gettext_lazy("%(count)s named with a way to reach them")},
        {"": gettext_lazy("at least %(count)s named with a way to reach them")},
    ),
    "with_next_step": Measure(
        _with_next_step,
        {"": gettext_lazy("%(count)s that say what to build on next")},
        {"": gettext_lazy("at least %(count)s that say what to build on next")},
    ),
    "with_role": Measure(
        _with_role,
        {"": gettext_lazy("%(count)s with a role named")},
        {"": gettext_lazy("at least %(count)s with a role named")},
    ),
    "sectors": Measure(
        _sectors,
        {"": gettext_lazy("%(count)s different sectors")},
        {"": gettext_lazy("at least %(count)s different sectors")},
    ),
}


@dataclass(frozen=True)
class TopicVerdict:
    """One topic: met, weak or missing, and the measures that made it so as (measure, there are, wanted)."""

    topic: str
    level: str
    measured: tuple[tuple[str, int, int], ...] = ()
    answer: str = NOT_ASKED

    @property
    def reasons(self) -> list[str]:
        """Why, in words of the page's language."""
        if self.answer == HAS_NONE and self.level == MISSING:
            return [_("said that there are none")]
        if self.answer == NOT_ASKED and self.level == MISSING:
            return [_("not yet asked")]
        return [_reason(self.topic, *one) for one in self.measured]


@dataclass(frozen=True)
class Outcome:
    """A tambon: ready, nearly or not yet, and its four topics."""

    level: str
    topics: tuple[TopicVerdict, ...]

    def verdict(self, topic: str) -> str:
        """met, weak or missing."""
        return next(one.level for one in self.topics if one.topic == topic)

    def to_json(self) -> dict[str, Any]:
        """The shape a snapshot keeps."""
        return {
            "level": self.level,
            "topics": [
                {"topic": one.topic, "level": one.level, "measured": list(one.measured), "answer": one.answer}
                for one in self.topics
            ],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Outcome:
        """Back from `to_json`."""
        return cls(
            kept["level"],
            tuple(
                TopicVerdict(one["topic"], one["level"], tuple(tuple(each) for each in one["measured"]), one["answer"])
                for one in kept["topics"]
            ),
        )


def judge(answers: Answers, *, rule: Rule) -> Outcome:
    """What the rule says of these answers."""
    verdicts = tuple(judge_topic(topic, rule=rule) for topic in answers)
    return Outcome(overall(verdict.level for verdict in verdicts), verdicts)


def overall(levels: Iterable[str]) -> str:
    """ready, nearly or not_yet, from the levels of the four topics."""
    seen = set(levels)
    return READY if seen == {MET} else NOT_YET if MISSING in seen else NEARLY


def judge_topic(topic: TopicAnswer, *, rule: Rule) -> TopicVerdict:
    """What the rule says of one topic."""
    wanted = rule.get(topic.topic) or DEFAULT_RULE[topic.topic]
    met = [(one["measure"], MEASURES[one["measure"]].count(topic), one["at_least"]) for one in wanted["met"]]
    weak = [(MEASURES[one["measure"]].count(topic), one["at_least"]) for one in wanted["weak"]]
    if all(there >= least for _measure, there, least in met):
        level = MET
    else:
        level = WEAK if all(there >= least for there, least in weak) else MISSING
    return TopicVerdict(topic.topic, level, tuple(met), topic.answer)


def _words(said: dict[str, str | Promise], topic: str, count: int) -> str:
    return str(said.get(topic) or said[""]) % {"count": count}


def _reason(topic: str, measure: str, there: int, least: int) -> str:
    found = MEASURES[measure]
    if there >= least:
        return _words(found.there, topic, there)
    return _("%(there)s (the rule: %(wanted)s)") % {
        "there": _words(found.there, topic, there),
        "wanted": _words(found.wanted, topic, least),
    }


def rule_in_words(rule: Rule) -> dict[str, dict[str, str]]:
    """Topic → {"met": …, "weak": …}: what the rule asks, as a phrase of the page's language."""
    joined = _(" and ")
    return {
        topic: {
            level: joined.join(
                _words(MEASURES[one["measure"]].wanted, topic, one["at_least"])
                for one in (rule.get(topic) or DEFAULT_RULE[topic])[level]
            )
            for level in (MET, WEAK)
        }
        for topic in TOPICS
    }
