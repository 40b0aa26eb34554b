"""The reviewer's pages: what was sent, what changed, and the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from tambon_survey import comparing
from tambon_survey.actions import review as actions
from tambon_survey.forms.review import ReopenForm, ReturnForm
from tambon_survey.models import ActivityPhoto, Move, Submission
from tambon_survey.permits import may_move, open_moves
from tambon_survey.problems import Impossible
from tambon_survey.views.submissions import conflict, crumbs_of, fetched


@require_safe
def submission_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen answers, what changed in them, how ready they are and why, what to look at twice, and the decision."""
    submission = _to_judge(request, pk, Move.APPROVE)
    return page(request, "tambon_survey/submission_review.html", _page_of(request, submission))


def _to_judge(request: HttpRequest, pk: int, move: str) -> Submission:
    submission = fetched(request, pk)
    require(may_move(request.user, submission, move))
    return submission


def _page_of(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    steps = list(submission.steps.with_points())
    moves = open_moves(request.user, submission)
    return {
        "submission": submission,
        "photos": ActivityPhoto.objects.of(submission),
        "crumbs": crumbs_of(submission),
        "sent": comparing.sent(submission),
        "steps": steps,
        "points": [point for step in steps for point in step.points.all()],
        "may_approve": Move.APPROVE in moves,
        "may_return": Move.RETURN in moves,
        "may_accept": Move.ACCEPT in moves,
        "may_reopen": Move.REOPEN in moves,
        "entered_alone": Move.APPROVE in moves and actions.entered_alone(submission, by=request.user),
        "last_step": steps[0] if steps else None,
    }


@require_http_methods(["GET", "POST"])
def submission_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back, with points to mend and a day."""
    submission = _to_judge(request, pk, Move.RETURN)
    if request.method == "GET" and Move.RETURN not in open_moves(request.user, submission):
        return redirect(submission)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        sent=comparing.latest_answers(submission),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_for_changes(
                submission,
                points=form.points,
                fix_by=form.cleaned_data["fix_by"],
                by=request.user,
                now=timezone.now(),
            )
        except Impossible as impossible:
            return conflict(request, submission, Move.RETURN, impossible)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Sent back. The tambon sees the points and the day to mend them by."), submission)
    context = {"form": form, "submission": submission, "crumbs": crumbs_of(submission)}
    return page(request, "tambon_survey/submission_return.html", context, form=form)


@require_http_methods(["GET", "POST"])
def submission_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, with a reason."""
    submission = _to_judge(request, pk, Move.REOPEN)
    if request.method == "GET" and Move.REOPEN not in open_moves(request.user, submission):
        return redirect(submission)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(submission, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except Impossible as impossible:
            return conflict(request, submission, Move.REOPEN, impossible)
        return done(request, _("Reopened: it can be judged again."), _review(submission))
    context = {"form": form, "submission": submission, "crumbs": crumbs_of(submission)}
    return page(request, "tambon_survey/submission_reopen.html", context, form=form)


@require_POST
def submission_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The zone says yes."""
    submission = _to_judge(request, pk, Move.APPROVE)
    try:
        actions.approve(submission, by=request.user, now=timezone.now())
    except Impossible as impossible:
        return conflict(request, submission, Move.APPROVE, impossible)
    except Refused as why:
        return refused(request, why, _review(submission))
    return done(request, _("Approved. From now on the form can only be read."), submission)


@require_POST
def submission_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The province takes it."""
    submission = _to_judge(request, pk, Move.ACCEPT)
    try:
        actions.accept(submission, by=request.user, now=timezone.now())
    except Impossible as impossible:
        return conflict(request, submission, Move.ACCEPT, impossible)
    return done(request, _("Accepted. Only the province can reopen it now."), submission)


def _review(submission: Submission) -> str:
    return comparing.review_url(submission)
