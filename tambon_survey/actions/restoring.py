"""An old value comes back: one save is undone by another, through the same door as every save."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import User
from tambon_survey.actions.entry import KEPT, Saved, save_section
from tambon_survey.answers import FIELDS
from tambon_survey.forms.delta import HEAD_SECTION, Delta
from tambon_survey.models import Save, Submission


def restore(save: Save, *, mutation: uuid.UUID, by: User, now: datetime) -> Saved:
    """Put back what stood before a save: cells, rows it added or removed, answer and remark; later saves keep theirs.

    A cell that was changed again since is set back all the same: that is what was asked for. Raises what
    `save_section` raises. The order of the rows stays.
    """
    submission = Submission.objects.get(pk=save.submission_id)
    return save_section(submission, delta=reversal(save, mutation=mutation, base=submission.revision), by=by, now=now)


def reversal(save: Save, *, mutation: uuid.UUID, base: int) -> Delta:
    """What sets a save back: cells to what they were, rows that it brought away, rows that it removed back.

    What followed from the cells (where a row stands, its record) goes back only when `base` is the save's own revision:
    a later save may stand on it.
    """
    delta = Delta(mutation=mutation, base=base, section=save.section)
    for place, (old, _new) in save.changes.items():
        key, _dot, name = place.partition(".")
        if not key:
            _head(delta, name, old)
        elif not name:
            (delta.restored if old == KEPT else delta.removed).add(uuid.UUID(key))
        elif name not in FIELDS[save.section]:
            if base == save.revision:
                delta.follows.setdefault(uuid.UUID(key), {})[name] = old
        elif save.changes.get(key) != [None, KEPT]:
            delta.rows.setdefault(uuid.UUID(key), {})[name] = typed(name, old)
    return delta


def _head(delta: Delta, name: str, old: Any) -> None:
    if name in ("answer", "remark") or delta.section == HEAD_SECTION:
        delta.head[name] = old


def typed(name: str, old: Any) -> Any:
    """A plain value of a save as the form fields give it."""
    return PartialDate.from_iso(old or "") if name == "since" else old
