"""How the tables of a batch are read: as was chosen for it, else as is remembered, else as its headings say."""

from __future__ import annotations

from typing import Any

from tambon_survey.importing.headings import Layout
from tambon_survey.importing.planning import Prepared
from tambon_survey.models import ImportBatch, RememberedColumns


def layouts_of(batch: ImportBatch) -> list[Layout | None]:
    """How the tables of a batch are read, in their order."""
    return [
        Layout(one["holds"], one["heading_row"], tuple(one["headings"]), tuple(one["meanings"])) if one else None
        for one in batch.layouts
    ]


def layout_json(layout: Layout | None) -> dict[str, Any] | None:
    """The shape a batch keeps."""
    if layout is None:
        return None
    return {
        "holds": layout.holds,
        "heading_row": layout.heading_row,
        "headings": list(layout.headings),
        "meanings": list(layout.meanings),
    }


def all_layouts(batch: ImportBatch, tables: list[Prepared]) -> list[dict[str, Any] | None]:
    """What was chosen for this file, else what is remembered of its headings, else what the headings say."""
    if batch.layouts:
        return batch.layouts
    signatures = [one.layout.signature for one in tables if one.layout is not None]
    kept = RememberedColumns.objects.filter(province=batch.home_province, signature__in=signatures)
    known = {one.signature: tuple(one.meanings) for one in kept}
    found = []
    for one in tables:
        layout = one.layout
        if layout is not None and len(known.get(layout.signature, ())) == len(layout.meanings):
            layout = layout.with_meanings(dict(enumerate(known[layout.signature])))
        found.append(layout_json(layout))
    return found
