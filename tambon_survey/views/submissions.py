"""A submission as everyone who works for its tambon sees it: what it is, its history, and sending it."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.models import Post, User
from organizations.problems import Refused
from organizations.views.answers import UNPROCESSABLE, done, page, require
from tambon_survey import rules
from tambon_survey.actions import review as actions
from tambon_survey.answers import Answers
from tambon_survey.forms.review import SubmitForm
from tambon_survey.models import ROSTERS, ActivityPhoto, Coordinator, Move, Point, State, Submission
from tambon_survey.models.rosters import HELD_BACK
from tambon_survey.moves import EDITABLE, moves_from
from tambon_survey.permits import may_move
from tambon_survey.problems import Blocked, Impossible
from tambon_survey.reading import SaveReader, head_of, place_on_form, problem_lines, readable
from tambon_survey.todo import todo_of

SAVES_SHOWN = 30
CONFLICT = 409
log = logging.getLogger("nakhon.survey")


def fetched(request: HttpRequest, pk: int) -> Submission:
    """The submission, for whoever works for its tambon; else 404."""
    seen = Submission.objects.visible_to(request.user).with_areas().select_related("submitted_by__person")
    return get_object_or_404(seen, pk=pk)


def crumbs_of(submission: Submission, *, own: bool = True) -> list[tuple[str, str]]:
    """The round, and where `own` the submission's page."""
    crumbs = [(submission.round.name, submission.round.get_absolute_url())]
    return crumbs + ([(submission.tambon.full_name, submission.get_absolute_url())] if own else [])


def conflict(request: HttpRequest, submission: Submission, move: str, why: Impossible) -> HttpResponse:
    """409: an old page or a request made by hand; the log keeps the keys."""
    submission.refresh_from_db(fields=["state", "fix_by"])
    context = page_of(request, submission, why)
    user = request.user.pk
    log.warning("move %s of submission %s in state %s refused to user %s", move, submission.pk, submission.state, user)
    return render(request, "tambon_survey/submission_page.html", context, status=CONFLICT)


@require_safe
def submission_page(request: HttpRequest, pk: int) -> HttpResponse:
    """State, next thing to do, what is answered, what happened."""
    return page(request, "tambon_survey/submission_page.html", page_of(request, fetched(request, pk)))


def page_of(request: HttpRequest, submission: Submission, why: Refused | None = None) -> dict[str, Any]:
    """What the submission's page draws, with a sentence why something was not done."""
    now = timezone.now()
    snapshot = submission.snapshots.select_related("made_by__person").first()
    shows_snapshot = snapshot is not None and submission.state not in EDITABLE
    answers = Answers.from_json(snapshot.content) if shows_snapshot else submission.answers()
    answers = answers.held_back(submission.coordinators.held_keys(), word=str(HELD_BACK))
    steps = list(submission.steps.with_points())
    points = [point for step in steps for point in step.points.all() if point.replied_at is None]
    zone = submission.tambon.district.zone
    return {
        "submission": submission,
        "why": why,
        "crumbs": crumbs_of(submission, own=False),
        "todo": todo_of(request.user, submission, points=len(points), now=now),
        "takes_answers": submission.takes_answers_at(now),
        "closes_at": submission.closes_at(),
        "snapshot": snapshot,
        "shows_snapshot": shows_snapshot,
        "head": head_of(answers),
        "topics": readable(answers),
        "points": [(point, place_on_form(submission, point.topic, str(point.row or ""))) for point in points],
        "steps": steps,
        "may_see_zone": zone is not None and access.of(request.user).may_see(zone),
        "may_review": may_move(request.user, submission, Move.APPROVE),
        "photos": ActivityPhoto.objects.of(submission),
        "appointable": _appointable(request.user, submission),
    }


def _appointable(user: User, submission: Submission) -> list[Coordinator]:
    """The coordinators of an approved form, where the user may put them into the tambon's post."""
    if submission.state not in (State.APPROVED, State.ACCEPTED):
        return []
    post = Post.objects.expected().in_tambon(submission.tambon).with_areas().first()
    if post is None or not access.of(user).may_appoint(post):
        return []
    return list(submission.coordinators.kept().in_order().select_related("person"))


@require_safe
def submission_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every save: what, old → new, who, when, from which source."""
    submission = fetched(request, pk)
    page_obj = Paginator(submission.saves.with_people(), SAVES_SHOWN).get_page(request.GET.get("page"))
    names = {str(row.pk): str(row) for topic in ROSTERS for row in getattr(submission, topic).all()}
    reader = SaveReader(names, held=submission.coordinators.held_keys())
    context = {
        "submission": submission,
        "crumbs": crumbs_of(submission),
        "page_obj": page_obj,
        "lines": [(save, reader.line(save)) for save in page_obj],
        "takes_answers": submission.takes_answers_at(timezone.now()),
        "mutation": uuid.uuid4(),
    }
    return page(request, "tambon_survey/submission_history.html", context)


@require_http_methods(["GET", "POST"])
def submission_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the way, what deserves a second look, the points to answer; and sending."""
    submission = fetched(request, pk)
    require(may_move(request.user, submission, Move.SUBMIT))
    if request.method == "GET" and submission.state not in EDITABLE:
        return redirect(submission)
    form = SubmitForm(request.POST if request.method == "POST" else None, points=Point.objects.of(submission).open())
    why: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(submission, replies=form.replies, by=request.user, now=timezone.now())
        except Impossible as impossible:
            return conflict(request, submission, Move.SUBMIT, impossible)
        except Refused as refused:
            why = refused
        else:
            return done(request, _("Sent to the zone. The zone representative reviews it next."), submission)
    return _asked_to_submit(request, submission, form, why)


def _asked_to_submit(
    request: HttpRequest, submission: Submission, form: SubmitForm, why: Refused | None
) -> HttpResponse:
    answers = submission.answers()
    found = rules.problems(answers)
    lines = {
        level: problem_lines(submission, answers, [one for one in found if one.level == level])
        for level in (rules.HARD, rules.SOFT)
    }
    asked = [
        (point, reply, text, place_on_form(submission, point.topic, str(point.row or "")))
        for point, reply, text in form.asked()
    ]
    in_time = submission.takes_answers_at(timezone.now())
    context = {
        "submission": submission,
        "crumbs": crumbs_of(submission),
        "form": form,
        "asked": asked,
        "why": why,
        "is_blocked": isinstance(why, Blocked),
        "hard": lines[rules.HARD],
        "soft": lines[rules.SOFT],
        "takes_answers": in_time,
        "may_send": in_time and Move.SUBMIT in moves_from(submission.state),
        "closes_at": submission.closes_at(),
    }
    status = UNPROCESSABLE if why or form.errors else 200
    return render(request, "tambon_survey/submission_submit.html", context, status=status)
