"""The next thing to do with a submission, for one person: a sentence and a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import User
from tambon_survey.models import ROSTERS, Move, State, Submission
from tambon_survey.moves import EDITABLE
from tambon_survey.permits import open_moves


@dataclass(frozen=True)
class Todo:
    """What to do next on this page: a sentence, and the button for it (without an address: nothing to press)."""

    text: str
    url: str = ""
    verb: str = ""
    icon: str = ""


def todo_of(user: User, submission: Submission, *, points: int, now: datetime) -> Todo:
    """The next thing for this user."""
    if submission.state in EDITABLE:
        return _todo_of_tambon(submission, points=points, now=now)
    moves = open_moves(user, submission)
    review = reverse("submission_review", args=[submission.pk])
    if Move.APPROVE in moves:
        return Todo(
            _("The tambon sent its answers: they wait for your review."), review, _("Review"), "clipboard-check"
        )
    if Move.ACCEPT in moves:
        return Todo(
            _("The zone approved it: the province may accept it."), review, _("Look and accept"), "package-check"
        )
    waiting = {
        State.SUBMITTED: _("It was sent: the zone representative reviews it. Nothing to do for now."),
        State.APPROVED: _("The zone approved it, so it can only be read. To change something, ask the zone."),
        State.ACCEPTED: _("The province accepted it, so it can only be read. To change something, ask the province."),
    }
    return Todo(waiting[State(submission.state)])


def _todo_of_tambon(submission: Submission, *, points: int, now: datetime) -> Todo:
    entry = reverse("submission_entry", args=[submission.pk])
    if not submission.takes_answers_at(now):
        if now < submission.round.opens_at:
            return Todo(_("The round is not open yet."))
        return Todo(_("Time is over: answers can only be read. For more time ask your zone or the province."))
    if submission.state == State.RETURNED and points:
        text = ngettext(
            "Sent back with %(points)s point to mend. Mend it, then answer and send again.",
            "Sent back with %(points)s points to mend. Mend them, then answer each and send again.",
            points,
        ) % {"points": points}
        return Todo(
            text, reverse("submission_submit", args=[submission.pk]), _("Answer the points"), "message-square-reply"
        )
    if submission.state == State.NOT_STARTED:
        return Todo(_("Nothing is answered yet."), entry, _("Fill in the form"), "pencil")
    if submission.filled == len(ROSTERS):
        text = _("All four topics have an answer: look it over and send it to the zone.")
        return Todo(text, reverse("submission_submit", args=[submission.pk]), _("Check and send"), "send")
    text = _("%(filled)s of 4 topics have an answer.") % {"filled": submission.filled}
    return Todo(text, entry, _("Go on filling in"), "pencil")
