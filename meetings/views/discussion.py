"""What people ask and say about a meeting, and the register of questions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import discussion as actions
from meetings.discussion import may_keep, may_remove, may_settle, name_of
from meetings.forms.discussion import AnswerForm, CommentForm, RemoveForm, SettleForm
from meetings.models import Comment, Meeting
from nakhon_network.lib.thai_text import truncate
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import done, page, require

PER_PAGE = 30
SHOWN = 160


@login_not_required
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions of all meetings one may read, those without an answer first."""
    questions = Comment.objects.visible_to(request.user).questions()
    page_obj = Paginator(questions.with_people().waiting_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "lines": [(one, truncate(one.text, SHOWN), name_of(one, request.user)) for one in page_obj],
        "unanswered": questions.unanswered().count(),
        "may_comment": access.of(request.user).is_member,
    }
    return page(request, "meetings/question_list.html", context)


@require_http_methods(["GET", "POST"])
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a meeting; the form stands on the meeting's page too."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).is_member)
    form = CommentForm(request.POST or None, keeps=may_keep(request.user, meeting))
    if request.method == "POST" and form.is_valid():
        said = actions.write_comment(meeting, **form.said(), by=request.user, now=timezone.now())
        return done(request, _("Thank you. It stands on the page of the meeting."), place_of(said))
    return page(request, "meetings/comment_add.html", {"form": form, "meeting": meeting}, form=form)


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    question = _fetched(request, pk, questions=True)
    require(access.of(request.user).is_member)
    form = AnswerForm(request.POST or None, keeps=may_keep(request.user, question.meeting))
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.answer(question, **form.said(), by=request.user, now=timezone.now())
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Thank you. The answer stands below the question."), place_of(found))
    return _page(request, "meetings/question_answer.html", question, form)


@require_http_methods(["GET", "POST"])
def question_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a question: whoever asked, or who keeps the record."""
    question = _fetched(request, pk, questions=True)
    require(may_settle(request.user, question))
    known = {"state": question.state, "where": question.where_answered}
    form = SettleForm(request.POST or None, initial=known, has_answer=question.answers.kept().exists())
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(question, **form.cleaned_data, by=request.user)
        except Refused as why:
            form.add_error("where" if form.cleaned_data["state"] == Comment.State.ELSEWHERE else "state", why.sentence)
        else:
            return done(request, _("Kept: what became of the question."), place_of(question))
    return _page(request, "meetings/question_settle.html", question, form)


@require_http_methods(["GET", "POST"])
def comment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something away that was said: one's own, or any by who keeps the record."""
    comment = _fetched(request, pk)
    require(may_remove(request.user, comment))
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_comment(
                comment,
                reason=form.cleaned_data["reason"],
                is_keeper=may_keep(request.user, comment.meeting),
                by=request.user,
                now=timezone.now(),
            )
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(
                request, _("Taken away; the history keeps why."), f"{comment.meeting.get_absolute_url()}#discussion"
            )
    return _page(request, "meetings/comment_remove.html", comment, form)


def place_of(comment: Comment) -> str:
    """Where a comment stands on its meeting's page."""
    return f"{resolve_url(comment.meeting)}#comment-{comment.pk}"


def _fetched(request: HttpRequest, pk: int, *, questions: bool = False) -> Comment:
    seen = Comment.objects.visible_to(request.user).with_people()
    return get_object_or_404(seen.questions() if questions else seen, pk=pk)


def _page(request: HttpRequest, template: str, comment: Comment, form: BaseForm) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "comment": comment,
        "meeting": comment.meeting,
        "name": name_of(comment, request.user),
        "answers": [(one, name_of(one, request.user)) for one in comment.answers.kept().with_people()],
        "place": place_of(comment),
    }
    return page(request, template, context, form=form)
