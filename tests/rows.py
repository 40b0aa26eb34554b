"""Rows of the permission table that stand beside the rulebook they belong to, gathered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.meetings import permission_rows as meetings
from tests.organizations import rows_directory as directory
from tests.organizations import rows_knowledge as knowledge
from tests.privacy import permission_rows as privacy
from tests.project import rows_open_data as open_data
from tests.tambon_survey import permission_rows as survey

ROWS = [*meetings.ROWS, *survey.ROWS, *privacy.ROWS, *directory.ROWS, *knowledge.ROWS, *open_data.ROWS]


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """What they are asked with."""
    return {
        **meetings.objects(cast, places, hidden=hidden),
        **survey.objects(cast, places, hidden=hidden),
        **privacy.objects(cast, places),
        **directory.objects(cast, places),
        **open_data.objects(cast, places),
        **knowledge.objects(cast, places),
    }
