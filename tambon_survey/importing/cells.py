"""A cell of a table as the value the form would keep: by the same fields, each text of a file once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.thai_dates import DateProblem, PartialDate, settle_cell_date
from nakhon_network.lib.thai_text import search_key
from tambon_survey.answers import TOPICS
from tambon_survey.forms.entry import CELLS, HEAD, TOPIC, TickField
from tambon_survey.importing.headings import HEAD as HEAD_TABLE
from tambon_survey.importing.tables import Cell
from tambon_survey.models.rosters import plain

YES = frozenset({"ใช่", "มี", "ต้องการ", "yes", "true", "on", "1", "y", "x", "✓", "✔", "/"})
NO = frozenset({"", "ไม่ใช่", "ไม่มี", "ไม่ต้องการ", "ไม่", "no", "false", "off", "0", "n", "-"})


class CellProblem(ValueError):
    """What stands in a cell cannot be kept; `str()` is a sentence."""


def fields_of(topic: str) -> dict[str, forms.Field]:
    """Column → the form field behind it."""
    if topic != HEAD_TABLE:
        return CELLS[topic]
    return HEAD | {f"{one}_{part}": fields for one in TOPICS for part, fields in TOPIC.items()}


@dataclass
class Reader:
    """Reads the cells of one topic; remembers what each text came to."""

    topic: str
    _seen: dict[tuple[str, Any], Any] = field(default_factory=dict)
    _choices: dict[str, dict[str, str]] = field(default_factory=dict)

    def value(self, name: str, cell: Cell) -> Any:
        """The plain value (see `models.rosters.plain`); raises CellProblem."""
        key = (name, (type(cell), cell))
        if key not in self._seen:
            try:
                self._seen[key] = plain(self._read(fields_of(self.topic)[name], name, cell))
            except (ValidationError, DateProblem) as why:
                self._seen[key] = CellProblem(" ".join(getattr(why, "messages", None) or [str(why)]))
        found = self._seen[key]
        if isinstance(found, CellProblem):
            raise found
        return found

    def _read(self, box: forms.Field, name: str, cell: Cell) -> Any:
        if isinstance(box, TickField):
            return self._tick(cell)
        if isinstance(cell, datetime | date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return PartialDate.from_iso(settle_cell_date(day).isoformat()) if name == "since" else box.clean(str(day))
        text = "" if cell is None else str(cell)
        if hasattr(box, "choices"):
            text = self._choice(name, box, text)
        return box.clean(text)

    @staticmethod
    def _tick(cell: Cell) -> bool:
        if isinstance(cell, bool):
            return cell
        text = search_key("" if cell is None else str(cell))
        if text in YES or text in NO:
            return text in YES
        raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": cell})

    def _choice(self, name: str, box: Any, text: str) -> str:
        """The code of a choice that is written as code or as label, in either language; else the text as it is."""
        if name not in self._choices:
            known: dict[str, str] = {}
            for language in ("en", "th"):
                with translation.override(language):
                    known |= {search_key(str(label)): str(code) for code, label in box.choices}
            self._choices[name] = known | {search_key(str(code)): str(code) for code, _label in box.choices}
        return self._choices[name].get(search_key(text), text)
