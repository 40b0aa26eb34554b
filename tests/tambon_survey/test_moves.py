"""Every pair of state and move, by everyone of the cast, through the real actions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from organizations.models import AuditEntry
from tambon_survey.actions import review
from tambon_survey.actions.moving import move as make_move
from tambon_survey.models import Move, Snapshot, State, Step
from tambon_survey.moves import EDITABLE, MOVES, moves_from
from tambon_survey.problems import Impossible
from tests.factories import fill_in, make_round, make_submission

# Who may make the moves of each word of the table, for a tambon of zone 3.
MAY = {
    "enters": {"tambon", "district", "zone3", "staff"},
    "reviews": {"zone3", "staff"},
    "manages": {"staff"},
}
PEOPLE = ("nobody", "member", "tambon", "tambon2", "district", "zone2", "zone3", "staff")


@pytest.fixture
def at_state(cast, places):
    """A filled-in submission of tambon 801217, sent once, put straight into a state."""

    def made(state):
        found = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
        Snapshot.objects.create(
            submission=found, number=1, revision=0, content=found.answers().to_json(), verdicts={}, made_by=cast.tambon
        )
        found.state = state
        found.fix_by = timezone.localdate() if state == State.RETURNED else None
        found.save()
        return found

    return made


def made_by(submission, move, who):
    """Make a move as people make it."""
    now = timezone.now()
    verbs = {
        Move.START: lambda: make_move(submission, Move.START, by=who, now=now),
        Move.SUBMIT: lambda: review.submit(submission, replies={}, by=who, now=now),
        Move.RETURN: lambda: review.return_for_changes(
            submission, points=[("team", None, "แก้")], fix_by=timezone.localdate(), by=who, now=now
        ),
        Move.APPROVE: lambda: review.approve(submission, by=who, now=now),
        Move.ACCEPT: lambda: review.accept(submission, by=who, now=now),
        Move.REOPEN: lambda: review.reopen(submission, reason="พบข้อผิด", by=who, now=now),
    }
    return verbs[move]()


@pytest.mark.parametrize("move", Move.values)
@pytest.mark.parametrize("state", State.values)
def test_a_move_leads_where_the_table_says_or_nowhere(cast, at_state, state, move):
    submission, change = at_state(state), MOVES.get((state, move))
    if change is None:
        with pytest.raises(Impossible):
            made_by(submission, move, cast.staff)
    else:
        made_by(submission, move, cast.staff)
    submission.refresh_from_db()
    assert submission.state == (change.to if change else state)
    assert [(one.from_state, one.to_state, one.made_by) for one in submission.steps.all()] == (
        [(state, change.to, cast.staff)] if change else []
    )


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("state", "move"), list(MOVES))
def test_a_move_is_made_by_whom_the_table_names(cast, at_state, state, move, who):
    submission, change = at_state(state), MOVES[state, move]
    if who in MAY[change.who]:
        made_by(submission, move, getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            made_by(submission, move, getattr(cast, who))
    submission.refresh_from_db()
    assert submission.state == (change.to if who in MAY[change.who] else state)


def test_a_move_leaves_one_line_of_history_for_form_and_tambon(cast, places, at_state):
    submission = at_state(State.SUBMITTED)
    made_by(submission, Move.APPROVE, cast.zone3)
    entry = AuditEntry.objects.about(places.tambons["801217"]).get()
    assert (entry.by, entry.changes) == (cast.zone3, {"state": ["submitted", "approved"]})
    assert entry in AuditEntry.objects.about(submission)


def test_the_day_to_mend_by_stands_in_the_state_returned_only(cast, at_state):
    submission = at_state(State.SUBMITTED)
    made_by(submission, Move.RETURN, cast.zone3)
    assert submission.fix_by == timezone.localdate()
    made = Step.objects.get()
    assert (made.fix_by, made.move) == (timezone.localdate(), "return")
    submission.refresh_from_db()
    review.submit(
        submission,
        replies={made.points.get().pk: ("fixed", "")},
        by=cast.tambon,
        now=made.made_at + timedelta(seconds=1),
    )
    assert submission.fix_by is None


def test_reopening_steps_down_one_level_at_a_time(cast, at_state):
    submission = at_state(State.ACCEPTED)
    assert [made_by(submission, Move.REOPEN, cast.staff).to_state for _ in range(2)] == ["approved", "submitted"]


def test_from_every_state_some_move_leads_on():
    assert all(moves_from(state) for state in State.values)
    assert {state for state, move in MOVES if move == "submit"} | {"not_started"} == EDITABLE
