"""The last sheet: what every column means, what may stand in it, and how the file came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from nakhon_network.lib.columns import KIND_NAMES, Column, Part
from nakhon_network.lib.workbook import Sheet
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import TOPICS
from tambon_survey.models import Topic
from tambon_survey.readiness import rule_in_words
from tambon_survey.resources import RESOURCES, SUBMISSIONS
from tambon_survey.workbook.log import log_columns, task_columns
from tambon_survey.workbook.scope import Scope, foot_of

CODEBOOK = "codebook"


def codebook_sheet(scope: Scope) -> Sheet:
    """One row a column, and below it one for each thing that may be chosen."""
    return code_sheet(lambda: _rows(scope))


def code_sheet(rows: Callable[[], Iterator[list[Any]]]) -> Sheet:
    """A codebook of these rows, as `codes_of` makes them."""
    parts = [
        Part(_("sheet"), 20),
        Part(_("column"), 32),
        Part(_("code"), 24),
        Part(_("type"), 22),
        Part(_("meaning or choice"), 60),
    ]
    return Sheet(CODEBOOK, _("Codebook"), parts, rows, held=2)


def _rows(scope: Scope) -> Iterator[list[Any]]:
    yield from _about(scope)
    yield from codes_of(_("Tambon"), RESOURCES[SUBMISSIONS].columns)
    for topic in TOPICS:
        yield from codes_of(str(Topic(topic).label), RESOURCES[topic].chosen(contacts=scope.contacts))
    yield from codes_of(_("Review log"), log_columns())
    yield from codes_of(_("Tasks"), task_columns())
    for topic, words in rule_in_words(scope.round.rule).items():
        for level, verdict in (("met", _("met")), ("weak", _("weak"))):
            yield [_("Readiness rule"), str(Topic(topic).label), f"{topic}.{level}", verdict, words[level]]


def _about(scope: Scope) -> Iterator[list[Any]]:
    about = _("About this file")
    yield [about, _("What it holds"), "", "", scope.title]
    yield [about, _("Made"), "", "", foot_of(scope, made=str(thai_datetime(scope.now)))]
    if scope.round.is_sample:
        yield [about, _("Sample"), "", "", _("sample, not real answers")]


def codes_of(sheet: str, columns: Iterable[Column]) -> Iterator[list[Any]]:
    """The rows of one sheet's columns."""
    for column in columns:
        yield [sheet, column.heading, column.code, str(KIND_NAMES[column.kind]), str(column.help_text)]
        for code, label in column.labels.items():
            yield [sheet, column.heading, code, _("choice"), label]
