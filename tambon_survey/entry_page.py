"""What a save answers to the entry page, and its places in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_datetime, thai_time
from tambon_survey import rows
from tambon_survey.actions.entry import KEPT, REMOVED, Conflict, Saved
from tambon_survey.answers import FIELDS, TOPICS
from tambon_survey.forms.entry import CELLS, HEAD, TOPIC


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
