"""What people ask and say about a meeting, or about a thing of an app above: written, settled, taken away.

What it is about has its `comments`; the rules are the same for all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models.discussion import Kind, Said
from meetings.models.discussion import QuestionState as State
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused

One = TypeVar("One", bound=Said)


@transaction.atomic
def write_comment(
    about: Any,
    *,
    kind: str,
    text: str,
    by: User | None,
    now: datetime,
    author_name: str = "",
) -> Any:
    """A question, thanks or a remark about a thing; `author_name` where it is written down for somebody else."""
    state = State.OPEN if kind == Kind.QUESTION else ""
    comment = about.comments.create(
        kind=kind, state=state, text=text, author_name=author_name, written_at=now, written_by=by
    )
    AuditEntry.objects.record(Verb.ADD, comment, by=by)
    return comment


@transaction.atomic
def answer(question: One, *, text: str, by: User | None, now: datetime, author_name: str = "") -> One:
    """An answer; an open question is answered with it. Raises Refused when the question was taken away meanwhile."""
    question = _locked(question)
    found: One = question.about.comments.create(
        question=question,
        kind=Kind.ANSWER,
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
def settle(question: One, *, state: str, where: str = "", by: User | None) -> One:
    """Say that a question is answered well, was answered elsewhere (`where`), or still waits.

    A question with answers that still waits counts as answered, without one as open. Raises Refused when there is no
    answer to accept, or nothing is said of where.
    """
    question = _locked(question)
    has_answer = _answers(question).exists()
    if state == State.ACCEPTED and not has_answer:
        raise Refused(_("There is no answer yet that could be accepted."))
    if state == State.ELSEWHERE and not where:
        raise Refused(_("Please say where it was answered, such as a page or a meeting."))
    if state not in {State.ACCEPTED, State.ELSEWHERE}:
        state = State.ANSWERED if has_answer else State.OPEN
    return _put(question, state, where=where if state == State.ELSEWHERE else "", by=by)


@transaction.atomic
def remove_comment(comment: One, *, reason: str, is_keeper: bool, by: User | None, now: datetime) -> One:
    """Take a comment away; the row and why stay. A question whose only answer goes is open again.

    Raises Refused for a question that others answered, unless the keeper of the record takes it away.
    """
    comment = _locked(comment)
    if not is_keeper and _answers(comment).exists():
        raise Refused(_("Somebody answered this question: only the keeper of the record may take it away now."))
    comment.removed_at, comment.removed_by = now, by
    comment.save(update_fields={"removed_at", "removed_by"})
    changes = {"removed_at": [None, now.isoformat()]}
    about = [comment.about]
    AuditEntry.objects.record(Verb.REMOVE, comment, by=by, changes=changes, reason=reason, concerns=about)
    question: Any = comment.question
    answered = {State.ANSWERED, State.ACCEPTED}
    if question is not None and question.state in answered and not _answers(question).exists():
        _put(_locked(question), State.OPEN, by=by)
    return comment


def _answers(question: Said) -> Any:
    """The answers to it that stand."""
    return type(question).objects.kept().answering(question)


def _locked(comment: One) -> One:
    kept = type(comment).objects.kept().with_people().select_related("question").select_for_update(of=("self",))
    found: One | None = kept.filter(pk=comment.pk).first()
    if found is None:
        raise Refused(_("This was taken away meanwhile."))
    return found


def _put(question: One, state: str, *, by: User | None, where: str = "") -> One:
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
