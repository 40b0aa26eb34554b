"""The one door to another state: nothing else writes `Submission.state`."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Snapshot, State, Step, Submission
from tambon_survey.moves import MOVES
from tambon_survey.permits import may_move
from tambon_survey.problems import Impossible


@transaction.atomic
def locked_for(submission: Submission, move: str, *, by: User | None) -> Submission:
    """The row as it is now, locked until the transaction ends, after making sure that `move` leads on from its state.

    Raises Impossible when it does not, PermissionDenied when `by` is not one who makes the move.
    """
    found = Submission.objects.select_for_update(of=("self",)).with_areas().get(pk=submission.pk)
    if (found.state, move) not in MOVES:
        raise Impossible(
            _("This was not done: the form is “%(state)s” by now. Below you see how it stands.")
            % {"state": found.get_state_display()}
        )
    if by is not None and not may_move(by, found, move):
        raise PermissionDenied
    return found


@transaction.atomic
def move(
    submission: Submission,
    what: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    fix_by: date | None = None,
    snapshot: Snapshot | None = None,
) -> Step:
    """Take a submission to the state the table names, with a step and a line of history.

    Raises what `locked_for` raises, and Refused when the move needs a reason and has none.
    """
    found = locked_for(submission, what, by=by)
    change = MOVES[found.state, what]
    if change.needs_reason and not reason.strip():
        raise Refused(_("Please give a reason: it stays in the history."))
    old_state, old_fix_by = found.state, found.fix_by
    found.state = change.to
    found.fix_by = fix_by if change.to == State.RETURNED else None  # type: ignore[assignment]
    found.save(update_fields=["state", "fix_by"])
    made = {"made_at": now, "made_by": by, "reason": reason, "fix_by": found.fix_by, "snapshot": snapshot}
    step = Step.objects.create(submission=found, move=what, from_state=old_state, to_state=change.to, **made)
    AuditEntry.objects.record(
        Verb.CHANGE,
        found,
        by=by,
        changes=_changes(old_state, old_fix_by, found),
        reason=reason,
        concerns=[found.tambon],
    )
    submission.state, submission.fix_by = found.state, found.fix_by
    return step


def _changes(state: str, fix_by: date | None, found: Submission) -> dict[str, list[str | None]]:
    changes: dict[str, list[str | None]] = {"state": [state, found.state]}
    if fix_by != found.fix_by:
        changes["fix_by"] = [_iso(fix_by), _iso(found.fix_by)]
    return changes


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
