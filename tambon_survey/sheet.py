"""The forms of the entry page as HTML, fast: drawn once a language with marks, filled with one tambon's answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nakhon_network.lib.marks import fill, mark, split
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey import rows
from tambon_survey.answers import TOPICS, Answers, Row, TopicAnswer
from tambon_survey.forms.entry import HEAD
from tambon_survey.models import Answer, Manner, Submission, Topic

_NO_ROW = uuid.UUID(int=0)


@dataclass
class Typed:
    """What a plain form brought and could not be kept: boxes as typed, and sentences, both by place."""

    section: str = ""
    boxes: Mapping[str, str] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _pieces(_language: str) -> list[str]:
    """The forms with marks; what belongs to a section is marked with the section's name before it."""
    context: dict[str, Any] = {
        name: mark(name) for name in ("save", "submit", "base", "store", "login", "closing", "notices", "agencies")
    }
    context["csrf_token"] = mark("token")
    context["head"] = {
        **{name: mark(f"head.{name}") for name in ("mutation", "informant", "informant_error", "manner_error")},
        "invalid": mark("head.invalid"),
        "labels": {name: str(one.label) for name, one in HEAD.items()},
        "help": {name: str(one.help_text) for name, one in HEAD.items()},
        "manners": [(value, str(label), mark(f"head.checked.{value}")) for value, label in Manner.choices],
    }
    context["sections"] = [_section_marks(topic, number) for number, topic in enumerate(TOPICS, 1)]
    return split(render_to_string("tambon_survey/entry_sheet.html", context))


def _section_marks(topic: str, number: int) -> dict[str, Any]:
    names = ("mutation", "remark", "rows", "filled", "waiting", "answer_error", "remark_error")
    return {
        **{name: mark(f"{topic}.{name}") for name in names},
        "topic": topic,
        "label": str(Topic(topic).label),
        "number": number,
        "answers": [(value, str(label), mark(f"{topic}.checked.{value}")) for value, label in Answer.choices],
        "blank": rows.blank(topic),
    }


def draw(
    submission: Submission,
    answers: Answers,
    *,
    typed: Typed,
    notices: str,
    agencies: Iterable[str],
    store: str,
    token: str,
    add: str = "",
) -> str:
    """The forms with what stands in them. `notices` is HTML; `add` names the topic that gets a row without scripts."""
    entry = reverse("submission_entry", args=[submission.pk])
    values = {
        "token": token,
        "notices": notices,
        "agencies": "".join(f'<option value="{escape(name)}"></option>' for name in agencies),
        "store": escape(store),
        "base": str(submission.revision),
        "save": reverse("submission_save", args=[submission.pk]),
        "submit": reverse("submission_submit", args=[submission.pk]),
        "login": f"{reverse('account_login')}?next={entry}",
        "closing": escape(_("Answers are taken until %(day)s") % {"day": thai_datetime(submission.closes_at())}),
        **_head(submission, typed if typed.section == "head" else Typed()),
    }
    for topic in answers:
        values |= _section(submission, topic, typed if typed.section == topic.topic else Typed(), add=add)
    return fill(_pieces(get_language() or ""), values)


def _head(submission: Submission, typed: Typed) -> dict[str, str]:
    """Who answered and how."""
    return {
        "head.mutation": str(uuid.uuid4()),
        "head.informant": escape(typed.boxes.get("informant", submission.informant)),
        "head.informant_error": escape(typed.sentences.get(".informant", "")),
        "head.invalid": "true" if ".informant" in typed.sentences else "false",
        "head.manner_error": escape(typed.sentences.get(".manner", "")),
        f"head.checked.{typed.boxes.get('manner', submission.manner)}": " checked",
    }


def _section(submission: Submission, topic: TopicAnswer, typed: Typed, *, add: str) -> dict[str, str]:
    name = topic.topic
    photos = reverse("activity_photos", args=[submission.pk, _NO_ROW])
    drawn = [_row(topic, row, typed=typed, photos=photos) for row in topic.rows]
    if add == name:
        drawn.append(rows.blank(name, str(uuid.uuid4())))
    waiting = sum(row.standing == "carried" for row in topic.rows)
    return {
        f"{name}.mutation": str(uuid.uuid4()),
        f"{name}.filled": "yes" if topic.is_filled else "no",
        f"{name}.checked.{typed.boxes.get('answer', topic.answer)}": " checked",
        f"{name}.answer_error": escape(typed.sentences.get(".answer", "")),
        f"{name}.remark": escape(typed.boxes.get("remark", topic.remark)),
        f"{name}.remark_error": escape(typed.sentences.get(".remark", "")),
        f"{name}.rows": "".join(drawn),
        f"{name}.waiting": render_to_string("tambon_survey/parts/waiting.html", {"number": waiting}) if waiting else "",
    }


def _row(topic: TopicAnswer, row: Row, *, typed: Typed, photos: str) -> str:
    """One row; `photos` is the address of the photos of the row with the empty key."""
    values = rows.shown_row(topic.topic, row)
    errors = {}
    if typed.boxes:
        values |= {name: typed.boxes.get(f"{row.id}.{name}", "") for name in values if f"{row.id}.known" in typed.boxes}
        errors = {name: typed.sentences[f"{row.id}.{name}"] for name in values if f"{row.id}.{name}" in typed.sentences}
    carried = row.standing == "carried"
    extra = {
        "known": f'<input type="hidden" name="{escape(row.id)}.known" value="1">',
        "waits": escape(_("from the last round")) if carried else "",
        "origin": escape(row.standing),
        "photos": photos.replace(str(_NO_ROW), row.id),
        "open": " open" if errors or carried else "",
    }
    return rows.draw(topic.topic, row, values=values, errors=errors, extra=extra)
