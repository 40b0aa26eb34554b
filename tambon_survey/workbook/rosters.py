"""The sheets of the survey's answers: one row a tambon, and one row a roster row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column, Kind, Part, Style, parts_of, row_writer, thai
from nakhon_network.lib.phones import format_phone
from nakhon_network.lib.workbook import Sheet
from tambon_survey.answers import NAME_OF, TOPICS, Row, TopicAnswer
from tambon_survey.models import ROSTERS, Sector, Submission, Topic
from tambon_survey.readiness import TopicVerdict, judge_topic
from tambon_survey.resources import CONTACTS, RESOURCES, SUBMISSIONS
from tambon_survey.workbook.scope import Scope

# Columns before those of the row's own: the place.
_PLACE = 6
# What is read of a roster for the rule, and what of it is told in words behind the name.
_READ = {
    "coordinators": ("name", "role", "phone", "line"),
    "activities": ("title", "group", "next_step"),
    "team": ("name", "role"),
    "agencies": ("name", "sector", "kind"),
}
_TOLD = {
    "coordinators": ("role", "phone", "line"),
    "activities": ("group",),
    "team": ("role",),
    "agencies": ("sector", "kind"),
}


def _raw(columns: tuple[Column, ...]) -> tuple[dict[str, Any], list[str]]:
    """How the database is asked for columns: partial dates as their stored text, without a value made of each."""
    dates = {f"raw_{one.code}": Cast(one.path, CharField(max_length=10)) for one in columns if _is_partial(one)}
    return dates, [f"raw_{one.code}" if _is_partial(one) else one.path for one in columns]


def _in_words(topic: str, rows: Any, paths: list[str]) -> tuple[Any, list[str]]:
    """Rows and paths with a word in place of how to reach a coordinator, where that is held back."""
    if topic != Topic.COORDINATORS:
        return rows, paths
    return rows.with_reach_in_words(), [f"shown_{one}" if one in ("phone", "line") else one for one in paths]


def _is_partial(column: Column) -> bool:
    return column.kind == Kind.PARTIAL_DATE


# ---- one row a roster row --------------------------------------------------------------------------------------------
def roster_sheet(topic: str, scope: Scope) -> Sheet:
    """The rows of one roster, each with its place and its key."""
    columns = RESOURCES[topic].chosen(contacts=scope.contacts)[_PLACE:]
    return Sheet(
        code=topic,
        title=str(Topic(topic).label),
        parts=[*scope.place_parts, *parts_of(columns, scope.style)],
        rows=lambda: _roster_rows(topic, columns, scope),
        held=_PLACE,
        unprinted=1,
    )


def _roster_rows(topic: str, columns: tuple[Column, ...], scope: Scope) -> Iterator[list[Any]]:
    dates, paths = _raw(columns)
    write = row_writer(columns, scope.style)
    rows, paths = _in_words(topic, ROSTERS[Topic(topic)].objects.kept().annotate(**dates), paths)
    for portion in scope.portions():
        found = rows.filter(submission__in=portion).order_by("submission", "position", "id")
        by_submission = _grouped(found.values_list("submission", *paths))
        for key in portion:
            place = scope.places[key]
            for values in by_submission.get(key, ()):
                yield place + write(values[1:])


def _grouped(rows: Any) -> dict[int, list[tuple[Any, ...]]]:
    return {key: list(group) for key, group in groupby(rows, key=itemgetter(0))}


# ---- one row a tambon ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Told:
    """What is worked out for one topic of a tambon."""

    reasons: str
    rows: str


def tambon_sheet(scope: Scope) -> Sheet:
    """Where each tambon stands, why, and its rosters as counts and as text."""
    columns = RESOURCES[SUBMISSIONS].columns[_PLACE:]
    parts, order = _tambon_parts(columns, scope.style)
    return Sheet(
        code=SUBMISSIONS,
        title=_("Tambon"),
        parts=[*scope.place_parts, *parts],
        rows=lambda: _tambon_rows(columns, order, scope),
        held=_PLACE,
    )


def _tambon_parts(columns: tuple[Column, ...], style: Style) -> tuple[list[Part], list[tuple[str, int]]]:
    """The columns, with two more behind each topic's verdict, and where each takes its cell from."""
    parts: list[Part] = []
    order: list[tuple[str, int]] = []
    at = 0
    for column in columns:
        for part in column.parts(style):
            parts.append(part)
            order.append(("", at))
            at += 1
        topic, _under, last = column.code.rpartition("_")
        if last == "verdict" and topic in TOPICS:
            about = column.heading.partition(":")[0]
            for what, heading in (("reasons", _("%(topic)s: why")), ("rows", _("%(topic)s: in words"))):
                shown = f"{topic}.{what}" if style == Style.CODES else heading % {"topic": about}
                parts.append(Part(shown, 34))
                order.append((what, TOPICS.index(topic)))
    return parts, order


def _tambon_rows(columns: tuple[Column, ...], order: list[tuple[str, int]], scope: Scope) -> Iterator[list[Any]]:
    write = row_writer(columns, scope.style)
    answers = [f"{topic}_answer" for topic in TOPICS]
    paths = [column.path for column in columns]
    for portion in scope.portions():
        found = Submission.objects.filter(pk__in=portion).values_list("pk", *answers, *paths)
        by_key = {key: values for key, *values in found}
        rosters = {topic: _read_rows(topic, portion) for topic in TOPICS}
        for key in portion:
            values = by_key[key]
            told = [_told(topic, values[at], rosters[topic].get(key, ()), scope) for at, topic in enumerate(TOPICS)]
            cells = write(values[len(TOPICS) :])
            own = [cells[at] if not what else getattr(told[at], what) for what, at in order]
            yield scope.places[key] + own


def _read_rows(topic: str, portion: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    rows, names = _in_words(topic, ROSTERS[Topic(topic)].objects.kept(), list(_READ[topic]))
    found = rows.filter(submission__in=portion).order_by("submission", "position", "id")
    return _grouped(found.values_list("submission", "standing", *names))


def _told(topic: str, answer: str, rows: Any, scope: Scope) -> _Told:
    names = _READ[topic]
    read = tuple(Row("", dict(zip(names, values, strict=True)), standing) for _key, standing, *values in rows)
    found = TopicAnswer(topic, answer, "", read)
    lines = (_line(topic, row, contacts=scope.contacts) for row in found.listed)
    said = _reasons(judge_topic(found, rule=scope.round.rule))
    return _Told(said, "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1)))


@lru_cache(maxsize=2048)
def _reasons(verdict: TopicVerdict) -> str:
    with translation.override("th"):
        return "; ".join(verdict.reasons)


@cache
def _told_of(topic: str, contacts: bool) -> tuple[str, ...]:
    return tuple(name for name in _TOLD[topic] if contacts or (topic, name) not in CONTACTS)


@cache
def _sectors() -> dict[str, str]:
    return {code: thai(label) for code, label in Sector.choices}


def _line(topic: str, row: Row, *, contacts: bool) -> str:
    values = row.values
    told = [_fact(name, values[name]) for name in _told_of(topic, contacts) if values[name]]
    name = values[NAME_OF[topic]]
    return f"{name} ({', '.join(told)})" if told else name


def _fact(name: str, value: str) -> str:
    if name == "sector":
        return _sectors().get(value, value)
    return format_phone(value) if name == "phone" else value
