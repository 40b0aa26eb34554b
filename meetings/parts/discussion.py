"""A part of a page: questions, answers, remarks about a meeting, or about a thing of an app above."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meetings.discussion import name_of
from meetings.forms.discussion import CommentForm
from meetings.models import Meeting
from meetings.models.discussion import Kind, QuestionState, Said
from organizations import access
from organizations.models import User


@dataclass(frozen=True)
class Shown:
    """One comment as the reader sees it, with the answers to it."""

    comment: Said
    name: str
    may_settle: bool
    may_remove: bool
    answers: list[Shown] = field(default_factory=list)


def part(meeting: Meeting, *, viewer: User, today: date) -> dict[str, Any]:
    """What templates/meetings/parts/discussion.html needs of a meeting: one query."""
    return discussion_of(meeting, "meeting", address="comment_add", viewer=viewer)


def discussion_of(about: Any, name: str, *, address: str, viewer: User) -> dict[str, Any]:
    """The same of anything that has `comments`, which call it `name`; `address` takes one more. One query."""
    said = said_about(about, name, viewer=viewer)
    may_comment = access.of(viewer).is_member
    return {
        "about": about,
        "comment_address": address,
        "said": said,
        "unanswered": sum(one.comment.state == QuestionState.OPEN for one in said),
        "may_comment": may_comment,
        "comment_form": CommentForm(keeps=about.is_kept_by(viewer)) if may_comment else None,
    }


def said_about(about: Any, name: str = "meeting", *, viewer: User) -> list[Shown]:
    """Everything said about it in the order in which it was said, answers under their question: one query."""
    keeps = about.is_kept_by(viewer)
    answers: dict[int | None, list[Shown]] = defaultdict(list)
    found = []
    for comment in about.comments.kept().select_related("written_by__person"):
        setattr(comment, name, about)
        own = keeps or (viewer.pk is not None and comment.written_by_id == viewer.pk)
        one = Shown(comment, name_of(comment, viewer), own and comment.kind == Kind.QUESTION, own, answers[comment.pk])
        if comment.question_id is None:
            found.append(one)
        else:
            answers[comment.question_id].append(one)
    return found
