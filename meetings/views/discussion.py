"""What people ask and say about a meeting; the four pages serve what is said about other things too."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.actions import discussion as actions
from meetings.discussion import may_remove, may_settle, name_of
from meetings.forms.discussion import AnswerForm, CommentForm, RemoveForm, SettleForm
from meetings.models import Comment, Meeting
from meetings.models.discussion import QuestionState, Said
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import done, page, require


@require_http_methods(["GET", "POST"])
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a meeting; the form stands on the meeting's page too."""
    return say(request, get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk))


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question about a meeting."""
    return answer(request, get_object_or_404(_seen(request).questions(), pk=pk))


@require_http_methods(["GET", "POST"])
def question_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a question about a meeting."""
    return settle(request, get_object_or_404(_seen(request).questions(), pk=pk))


@require_http_methods(["GET", "POST"])
def comment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something away that was said about a meeting."""
    return take_away(request, get_object_or_404(_seen(request), pk=pk))


def _seen(request: HttpRequest) -> Any:
    return Comment.objects.visible_to(request.user).with_people()


def say(request: HttpRequest, about: Any) -> HttpResponse:
    """A question, thanks or a remark about a thing that one may read."""
    require(access.of(request.user).is_member)
    form = CommentForm(request.POST or None, keeps=about.is_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        said = actions.write_comment(about, **form.said(), by=request.user, now=timezone.now())
        return done(request, _("Thank you. It stands on the page now."), said)
    return page(request, "meetings/comment_add.html", {"form": form, "about": about}, form=form)


def answer(request: HttpRequest, question: Said) -> HttpResponse:
    """Answer a question."""
    require(access.of(request.user).is_member)
    form = AnswerForm(request.POST or None, keeps=question.about.is_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.answer(question, **form.said(), by=request.user, now=timezone.now())
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Thank you. The answer stands below the question."), found)
    return _page(request, "meetings/question_answer.html", question, form)


def settle(request: HttpRequest, question: Said) -> HttpResponse:
    """Say what became of a question: whoever asked, or who keeps the record."""
    require(may_settle(request.user, question))
    known = {"state": question.state, "where": question.where_answered}
    form = SettleForm(request.POST or None, initial=known, has_answer=bool(_answers(question, request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(question, **form.cleaned_data, by=request.user)
        except Refused as why:
            form.add_error("where" if form.cleaned_data["state"] == QuestionState.ELSEWHERE else "state", why.sentence)
        else:
            return done(request, _("Kept: what became of the question."), question)
    return _page(request, "meetings/question_settle.html", question, form)


def take_away(request: HttpRequest, comment: Said) -> HttpResponse:
    """Take something away that was said: one's own, or any by who keeps the record."""
    require(may_remove(request.user, comment))
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_comment(
                comment,
                reason=form.cleaned_data["reason"],
                is_keeper=comment.about.is_kept_by(request.user),
                by=request.user,
                now=timezone.now(),
            )
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            to = f"{comment.about.get_absolute_url()}#discussion"
            return done(request, _("Taken away; the history keeps why."), to)
    return _page(request, "meetings/comment_remove.html", comment, form)


def _answers(comment: Said, request: HttpRequest) -> list[tuple[Said, str]]:
    found = type(comment).objects.kept().answering(comment).with_people()
    return [(one, name_of(one, request.user)) for one in found]


def _page(request: HttpRequest, template: str, comment: Said, form: BaseForm) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "comment": comment,
        "about": comment.about,
        "name": name_of(comment, request.user),
        "answers": _answers(comment, request),
        "place": comment.get_absolute_url(),
    }
    return page(request, template, context, form=form)
