"""What every change of a meeting's record begins with: the lock, and whether it may still change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Meeting
from organizations.problems import Refused, Stale


def lock(meeting: Meeting) -> Meeting:
    """The meeting, locked until the transaction ends, for a change of what its minutes say.

    Raises Refused when its minutes are adopted and no correction was started.
    """
    found = Meeting.objects.select_for_update(of=("self",)).select_related("province", "series").get(pk=meeting.pk)
    if found.is_adopted:
        raise Refused(
            _("The minutes of this meeting are adopted: nothing in the record changes. Start a correction first.")
        )
    return found


def check_revision(thing: Any, *, seen: int | None) -> None:
    """Raise Stale when `thing`, read under the lock, is no longer the revision that the person saw; None: not asked."""
    if seen is not None and thing.revision != seen:
        raise Stale(_("Somebody changed this while you were writing. Compare with what stands now, then save again."))
