"""Dates in spreadsheets, read and written as everywhere else."""

from datetime import date
from typing import Any

from import_export.widgets import DateWidget

from nakhon_network.lib import thai_dates


class BuddhistDateWidget(DateWidget):  # type: ignore[misc]  # import-export comes without types
    """A date column: every spelling of `parse_date`, real date cells, from 1900 to 2199 CE; never a guess.

    `DateProblem` is a ValueError, which import-export shows beside the row.
    """

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        """The date of a cell, or None for an empty one."""
        if isinstance(value, date):
            return thai_dates.check_bounds(thai_dates.settle_cell_date(thai_dates.bangkok_date(value)))
        text = "" if value is None else str(value)
        return thai_dates.check_bounds(thai_dates.parse_date(text).value) if text.strip() else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """`25 ธ.ค. 2549` in Arabic digits; the date itself where native types are asked for."""
        if self.coerce_to_string is False or kwargs.get("force_native_type"):
            return value
        return thai_dates.format_medium(thai_dates.bangkok_date(value)) if isinstance(value, date) else ""
