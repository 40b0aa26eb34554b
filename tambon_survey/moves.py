"""The one table of how a submission gets from state to state. What is not in it cannot happen. No database."""

from __future__ import annotations

from dataclasses import dataclass

NOT_STARTED, DRAFT, SUBMITTED = "not_started", "draft", "submitted"
RETURNED, APPROVED, ACCEPTED = "returned", "approved", "accepted"

ENTERS, REVIEWS, MANAGES = "enters", "reviews", "manages"


@dataclass(frozen=True)
class Change:
    """Where a move leads, who makes it (`ENTERS` for the tambon, `REVIEWS` its zone, `MANAGES` the province), and
    whether a reason must be given."""

    to: str
    who: str
    needs_reason: bool = False


# (state, move) → what happens.
MOVES: dict[tuple[str, str], Change] = {
    (NOT_STARTED, "start"): Change(DRAFT, ENTERS),
    (DRAFT, "submit"): Change(SUBMITTED, ENTERS),
    (RETURNED, "submit"): Change(SUBMITTED, ENTERS),
    (SUBMITTED, "return"): Change(RETURNED, REVIEWS),
    (SUBMITTED, "approve"): Change(APPROVED, REVIEWS),
    (APPROVED, "return"): Change(RETURNED, REVIEWS),
    (APPROVED, "reopen"): Change(SUBMITTED, REVIEWS, needs_reason=True),
    (APPROVED, "accept"): Change(ACCEPTED, MANAGES),
    (ACCEPTED, "reopen"): Change(APPROVED, MANAGES, needs_reason=True),
}
# States in which the tambon may change its answers.
EDITABLE = frozenset({NOT_STARTED, DRAFT, RETURNED})


def moves_from(state: str) -> list[str]:
    """The moves that lead on from a state, in the order of the table."""
    return [move for (start, move) in MOVES if start == state]
