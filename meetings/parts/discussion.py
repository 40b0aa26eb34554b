"""A part of a meeting's page: questions, answers, remarks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meetings.discussion import may_keep, name_of
from meetings.forms.discussion import CommentForm
from meetings.models import Comment, Meeting
from organizations import access
from organizations.models import User


@dataclass(frozen=True)
class Said:
    """One comment as the reader sees it, with the answers to it."""

    comment: Comment
    name: str
    may_settle: bool
    may_remove: bool
    answers: list[Said] = field(default_factory=list)


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/discussion.html needs: one query."""
    said = said_about(meeting, viewer=viewer)
    may_comment = access.of(viewer).is_member
    return {
        "said": said,
        "unanswered": sum(one.comment.state == Comment.State.OPEN for one in said),
        "may_comment": may_comment,
        "comment_form": CommentForm(keeps=may_keep(viewer, meeting)) if may_comment else None,
    }


def said_about(meeting: Meeting, *, viewer: User) -> list[Said]:
    """Everything said about a meeting in the order in which it was said, answers under their question: one query."""
    keeps = may_keep(viewer, meeting)
    answers: dict[int | None, list[Said]] = defaultdict(list)
    found = []
    for comment in meeting.comments.kept().with_people():
        comment.meeting = meeting
        own = keeps or (viewer.pk is not None and comment.written_by_id == viewer.pk)
        is_question = comment.kind == Comment.Kind.QUESTION
        one = Said(comment, name_of(comment, viewer), own and is_question, own, answers[comment.pk])
        if comment.question_id is None:
            found.append(one)
        else:
            answers[comment.question_id].append(one)
    return found
