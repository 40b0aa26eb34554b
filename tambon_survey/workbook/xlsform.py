"""The questionnaire of a round as an XLSForm, in Thai and English, for ODK and Kobo.

Names of questions and choices are the codes of the columns, so that what comes back is known again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.columns import Column, Kind, Part
from nakhon_network.lib.workbook import About, Sheet
from tambon_survey.answers import TOPICS
from tambon_survey.models import Answer, Submission, Topic
from tambon_survey.resources import RESOURCES, SUBMISSIONS
from tambon_survey.workbook.files import Made, make_file
from tambon_survey.workbook.scope import Scope

LANGUAGES = {"th": "ไทย (th)", "en": "English (en)"}
DEFAULT = LANGUAGES["th"]
_SURVEY = ("type", "name", "required", "relevant", "constraint", "choice_filter", "appearance")
_TYPES = {Kind.NUMBER: "integer", Kind.TICK: "select_one yes_no"}
_CONSTRAINTS = {Kind.NUMBER: ". >= 0 and . <= 1000000", Kind.PHONE: r"regex(., '^0[0-9]{8,9}$')"}
_WRONG = {
    Kind.NUMBER: _("Please give a number in digits, such as 25, without words."),
    Kind.PHONE: _("Please give one telephone number in digits, such as 0812345678."),
}
_ANSWERS = "answer"


def xlsform(scope: Scope) -> Made:
    """The file; the tambon to choose from are those of the scope."""
    sheets = [
        _sheet("survey", [*_SURVEY, *_languages("label", "hint", "constraint_message")], _survey()),
        _sheet("choices", ["list_name", "name", "district", *_languages("label")], _choices(scope)),
        _sheet("settings", list(_settings(scope)), [list(_settings(scope).values())]),
    ]
    title = f"XLSForm {scope.round.name}"
    return make_file(sheets, About(title, scope.round.name), kind="xlsx", title=title)


def _sheet(name: str, headings: list[str], rows: Iterable[list[Any]]) -> Sheet:
    made = list(rows)
    return Sheet(name, name, [Part(heading, 20) for heading in headings], lambda: made)


def _languages(*columns: str) -> list[str]:
    return [f"{column}::{language}" for column in columns for language in LANGUAGES.values()]


def _said(words: Any) -> list[str]:
    """A lazy text in each language."""
    found = []
    for code in LANGUAGES:
        with translation.override(code):
            found.append(str(words))
    return found


def _settings(scope: Scope) -> dict[str, str]:
    return {
        "form_title": scope.round.name,
        "form_id": f"tambon_survey_{scope.round.pk}",
        "version": f"{timezone.localtime(scope.now):%Y%m%d%H%M}",
        "default_language": DEFAULT,
        "instance_name": "${tambon_code}",
    }


# ---- questions -------------------------------------------------------------------------------------------------------
def _question(
    kind: str, name: str, label: Any = "", hint: Any = "", *, wrong: Any = "", required: bool = False, **more: str
) -> list[str]:
    facts = {"type": kind, "name": name, "required": "yes" if required else "", **more}
    return [*(facts.get(one, "") for one in _SURVEY), *_said(label), *_said(hint), *_said(wrong)]


def _survey() -> Iterator[list[str]]:
    yield _question("begin group", "place", _("Place"))
    yield _question("select_one district", "district_code", _("District"), required=True)
    same = "district = ${district_code}"
    yield _question("select_one tambon", "tambon_code", _("Tambon"), required=True, choice_filter=same)
    yield _question("end group", "")
    yield _question("begin group", "head", _("Who answered"))
    for name in ("informant", "manner"):
        yield _of_column(RESOURCES[SUBMISSIONS].column(name))
    yield _question("end group", "")
    for topic in TOPICS:
        yield from _topic(topic)


def _topic(topic: str) -> Iterator[list[str]]:
    answer, remark = f"{topic}_answer", f"{topic}_remark"
    yield _question("begin group", f"{topic}_group", Topic(topic).label)
    label = RESOURCES[SUBMISSIONS].column(answer).label
    yield _question(f"select_one {_ANSWERS}", answer, label, required=True)
    yield _question("begin repeat", topic, Topic(topic).label, relevant=f"${{{answer}}} = 'has'")
    for at, column in enumerate(RESOURCES[topic].entered()):
        yield _of_column(column, required=at == 0)
    yield _question("end repeat", "")
    yield _question("text", remark, RESOURCES[SUBMISSIONS].column(remark).label, appearance="multiline")
    yield _question("end group", "")


def _of_column(column: Column, *, required: bool = False) -> list[str]:
    kind = f"select_one {column.code}" if column.kind == Kind.CHOICE else _TYPES.get(column.kind, "text")
    return _question(
        kind,
        column.code,
        column.label,
        column.help_text,
        wrong=_WRONG.get(column.kind, ""),
        required=required,
        constraint=_CONSTRAINTS.get(column.kind, ""),
        appearance="numbers" if column.kind == Kind.PHONE else "",
    )


# ---- choices ---------------------------------------------------------------------------------------------------------
def _choices(scope: Scope) -> Iterator[list[str]]:
    for ticked, word in (("1", _("yes")), ("0", _("no"))):
        yield ["yes_no", ticked, "", *_said(word)]
    for answer in Answer:
        yield [_ANSWERS, answer.value, "", *_said(answer.label)]
    for column in (RESOURCES[SUBMISSIONS].column("manner"), RESOURCES["agencies"].column("sector")):
        for code, label in column.choices:
            yield [column.code, code, "", *_said(label)]
    yield from _places(scope)


def _places(scope: Scope) -> Iterator[list[str]]:
    found: Iterable[Submission] = scope.submissions().select_related("tambon__district")
    tambons = [one.tambon for one in found]
    for district in {one.district_id: one.district for one in tambons}.values():
        yield ["district", district.pk, "", *_names(district)]
    for tambon in tambons:
        yield ["tambon", tambon.pk, tambon.district_id, *_names(tambon)]


def _names(area: Any) -> list[str]:
    return [area.name_th, area.name_en or area.name_th]
