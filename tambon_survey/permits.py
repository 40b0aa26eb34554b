"""Who makes which move: the words of `moves.MOVES`, asked of the one gate."""

from __future__ import annotations

from collections.abc import Callable

from organizations import access
from organizations.access import Access
from organizations.models import User
from tambon_survey.models import Submission
from tambon_survey.moves import ENTERS, MANAGES, MOVES, REVIEWS

_ASKS: dict[str, Callable[[Access, Submission], bool]] = {
    ENTERS: lambda reach, submission: reach.may_work_for(submission.tambon),
    REVIEWS: lambda reach, submission: reach.may_review(submission.tambon),
    MANAGES: lambda reach, submission: reach.may_manage(submission.tambon),
}


def may_move(user: User, submission: Submission, move: str) -> bool:
    """Whether `user` is one who makes `move`, as the table says for the state the submission is in.

    Where no such move leads on from that state: whether the user makes it from some other state.
    """
    now = MOVES.get((submission.state, move))
    whos = {now.who} if now else {change.who for (_state, name), change in MOVES.items() if name == move}
    reach = access.of(user)
    return any(_ASKS[who](reach, submission) for who in whos)


def open_moves(user: User, submission: Submission) -> list[str]:
    """The moves that lead on from where the submission is and are this user's."""
    return [
        move
        for (state, move), change in MOVES.items()
        if state == submission.state and _ASKS[change.who](access.of(user), submission)
    ]
