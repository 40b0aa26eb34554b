"""Who makes which move: the words of `moves.MOVES`, asked of the one gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from organizations import access
from organizations.access import Access
from organizations.models import Organization, User
from tambon_survey.models import Introduction, Submission
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


def may_introduce_for(user: User, organization: Organization) -> bool:
    """Whether `user` brings a body together with another: who works for its area; of an unknown area province staff."""
    reach = access.of(user)
    area: Any = organization.area
    return reach.may_work_for(area) if area is not None else reach.is_staff


def may_follow(user: User, introduction: Introduction) -> bool:
    """Whether `user` says how an introduction went: who works for the place it belongs to."""
    place: Any = introduction.place
    return access.of(user).may_work_for(place)


def open_moves(user: User, submission: Submission) -> list[str]:
    """The moves that lead on from where the submission is and are this user's."""
    return [
        move
        for (state, move), change in MOVES.items()
        if state == submission.state and _ASKS[change.who](access.of(user), submission)
    ]
