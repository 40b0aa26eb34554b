"""Which table the pivot shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tambon_survey.pivot import COLUMNS, ROWS

_ROWS = {"zone": _("zones"), "district": _("districts"), "tambon": _("tambon")}
_COLUMNS = {"state": _("review"), "readiness": _("readiness"), "topic": _("topics"), "sector": _("sectors of agencies")}


class PivotForm(forms.Form):
    """Rows and columns; anything else in the address is left as it is. Unknown words give the first choice."""

    show_optional = False
    rows = forms.ChoiceField(label=_("One row for each of the"), choices=[(one, _ROWS[one]) for one in ROWS])
    columns = forms.ChoiceField(label=_("Columns"), choices=[(one, _COLUMNS[one]) for one in COLUMNS])

    def __init__(self, data: Any, *, first: str) -> None:
        rows, columns = data.get("rows"), data.get("columns")
        super().__init__(
            {
                "rows": rows if rows in ROWS else first,
                "columns": columns if columns in COLUMNS else COLUMNS[0],
            }
        )
        self.full_clean()
