"""What people ask and say about a meeting: written, settled, taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Comment, Meeting
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused

State = Comment.State


@transaction.atomic
def write_comment(
    meeting: Meeting,
    *,
    kind: str,
    text: str,
    by: User | None,
    now: datetime,
    author_name: str = "",
) -> Comment:
    """A question, thanks or a remark; `author_name` where it is written down for somebody else."""
    state = State.OPEN if kind == Comment.Kind.QUESTION else ""
    comment = Comment.objects.create(
        meeting=meeting, kind=kind, state=state, text=text, author_name=author_name, written_at=now, written_by=by
    )
    AuditEntry.objects.record(Verb.ADD, comment, by=by)
    return comment


@transaction.atomic
def answer(question: Comment, *, text: str, by: User | None, now: datetime, author_name: str = "") -> Comment:
    """An answer; an open question is answered with it. Raises Refused when the question was taken away meanwhile."""
    question = _locked(question)
    found = Comment.objects.create(
        meeting=question.meeting,
        question=question,
        kind=Comment.Kind.ANSWER,
        text=text,
        author_name=author_name,
        written_at=now,
        written_by=by,
    )
    AuditEntry.objects.record(Verb.ADD, found, by=by, concerns=[question])
    if question.state == State.OPEN:
        _put(question, State.ANSWERED, by=by)
    return found


@transaction.atomic
def settle(question: Comment, *, state: str, where: str = "", by: User | None) -> Comment:
    """Say that a question is answered well, was answered elsewhere (`where`), or still waits.

    A question with answers that still waits counts as answered, without one as open. Raises Refused when there is no
    answer to accept, or nothing is said of where.
    """
    question = _locked(question)
    has_answer = question.answers.kept().exists()
    if state == State.ACCEPTED and not has_answer:
        raise Refused(_("There is no answer yet that could be accepted."))
    if state == State.ELSEWHERE and not where:
        raise Refused(_("Please say where it was answered, such as a page or a meeting."))
    if state not in {State.ACCEPTED, State.ELSEWHERE}:
        state = State.ANSWERED if has_answer else State.OPEN
    return _put(question, state, where=where if state == State.ELSEWHERE else "", by=by)


@transaction.atomic
def remove_comment(comment: Comment, *, reason: str, is_keeper: bool, by: User | None, now: datetime) -> Comment:
    """Take a comment away; the row and why stay. A question whose only answer goes is open again.

    Raises Refused for a question that others answered, unless the keeper of the record takes it away.
    """
    comment = _locked(comment)
    if not is_keeper and comment.answers.kept().exists():
        raise Refused(_("Somebody answered this question: only the keeper of the record may take it away now."))
    comment.removed_at, comment.removed_by = now, by
    comment.save(update_fields={"removed_at", "removed_by"})
    changes = {"removed_at": [None, now.isoformat()]}
    about = [comment.meeting]
    AuditEntry.objects.record(Verb.REMOVE, comment, by=by, changes=changes, reason=reason, concerns=about)
    question = comment.question
    answered = {State.ANSWERED, State.ACCEPTED}
    if question is not None and question.state in answered and not question.answers.kept().exists():
        _put(_locked(question), State.OPEN, by=by)
    return comment


def _locked(comment: Comment) -> Comment:
    found = Comment.objects.kept().select_for_update(of=("self",)).select_related("meeting", "question")
    kept = found.filter(pk=comment.pk).first()
    if kept is None:
        raise Refused(_("This was taken away meanwhile."))
    return kept


def _put(question: Comment, state: str, *, by: User | None, where: str = "") -> Comment:
    """The state, and one line in the history when it is another one."""
    changes = {
        name: [old or None, new or None]
        for name, old, new in (("state", question.state, state), ("where_answered", question.where_answered, where))
        if old != new
    }
    question.state, question.where_answered = state, where
    question.save(update_fields={"state", "where_answered"})
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, question, by=by, changes=changes)
    return question
