"""Where a tambon's answers are typed: one page, sections that save by themselves, one door for saves."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakhon_network.lib.prepared import Prepared
from organizations import access
from organizations.models import Organization
from organizations.problems import Refused
from organizations.views.answers import UNPROCESSABLE, done, refused, require
from organizations.views.areas import crumbs_of
from tambon_survey import entry_page, sheet
from tambon_survey.actions.entry import Locked, Saved, save_section, why_locked
from tambon_survey.actions.restoring import restore
from tambon_survey.forms import delta as deltas
from tambon_survey.models import Submission
from tambon_survey.sheet import Typed

CONFLICT = 409
AGENCIES_OFFERED = 100
_OFFERED = Prepared(
    lambda: Organization.objects.standing().in_thai_order().values_list("name")[:AGENCIES_OFFERED],
)
log = logging.getLogger("nakhon.survey")


@require_safe
def submission_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one tambon in one round."""
    return _page(request, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Submission:
    submission = Submission.objects.one_visible_to(request.user, pk)
    if submission is None:
        raise Http404
    require(access.of(request.user).may_work_for(submission.tambon))
    return submission


def _page(
    request: HttpRequest, submission: Submission, *, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    if not submission.takes_answers_at(now):
        return refused(request, Refused(why_locked(submission, now)), submission)
    context = {
        "submission": submission,
        "crumbs": crumbs_of(submission.tambon, user=request.user),
        "sheet": sheet.draw(
            submission,
            submission.answers(),
            typed=typed or Typed(),
            notices=_notices(submission),
            agencies=[name for (name,) in _OFFERED.rows()],
            store=f"entry:{request.user.pk}:{submission.pk}",
            token=get_token(request),
            add=request.GET.get("add", ""),
        ),
    }
    return render(request, "tambon_survey/submission_entry.html", context, status=status)


def _notices(submission: Submission) -> str:
    points = submission.open_points()
    if not points and not submission.round.is_sample:
        return ""
    return render_to_string("tambon_survey/parts/entry_notices.html", {"submission": submission, "points": points})


@require_POST
def submission_restore(request: HttpRequest, pk: int, save: int) -> HttpResponse:
    """What stood before one save comes back, as a save of its own."""
    submission = _found(request, pk)
    undone = get_object_or_404(submission.saves, pk=save)
    try:
        restored = restore(undone, mutation=_mutation(request), by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, resolve_url("submission_history", pk))
    told = _("What stood before is back.") if restored.changes else _("It stands as before already.")
    return done(request, told, resolve_url("submission_history", pk))


def _mutation(request: HttpRequest) -> uuid.UUID:
    """The key of this request, so that a second press changes nothing; a new one where the page sent none."""
    try:
        return uuid.UUID(request.POST.get("mutation", ""))
    except ValueError:
        return uuid.uuid4()


@require_POST
def submission_save(request: HttpRequest, pk: int) -> HttpResponse:
    """One section's changes: JSON from the page's script, a plain form where none runs."""
    submission = _found(request, pk)
    if request.content_type == "application/json":
        return _save_json(request, submission)
    return _save_form(request, submission)


def _save_json(request: HttpRequest, submission: Submission) -> HttpResponse:
    try:
        delta = deltas.read(_body(request))
        saved = save_section(submission, delta=delta, by=request.user, now=timezone.now())
    except deltas.Malformed as why:
        return JsonResponse({"refused": str(why)}, status=UNPROCESSABLE)
    except Refused as why:
        log.info("save refused: submission %s user %s %s", submission.pk, request.user.pk, type(why).__name__)
        return JsonResponse({"refused": why.sentence, "locked": isinstance(why, Locked)}, status=CONFLICT)
    answer = entry_page.reply(saved, delta.errors, section=delta.section)
    return JsonResponse(answer, status=_status(saved, delta.errors))


def _status(saved: Saved, errors: dict[str, str]) -> int:
    return CONFLICT if saved.conflicts else UNPROCESSABLE if errors else 200


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def _save_form(request: HttpRequest, submission: Submission) -> HttpResponse:
    section = request.POST.get("section", "")
    try:
        delta = deltas.read_form(request.POST, section=section)
        saved = save_section(submission, delta=delta, by=request.user, now=timezone.now())
    except deltas.Malformed as why:
        return refused(request, Refused(str(why)), _entry(submission, section))
    except Locked as why:
        return refused(request, why, submission)
    except Refused as why:
        return refused(request, why, _entry(submission, section))
    sentences = delta.errors | {
        one["place"]: _("%(who)s wrote “%(theirs)s” meanwhile. Save again to keep yours.") % one
        for one in entry_page.reply(saved, {}, section=section)["conflicts"]
    }
    if sentences:
        typed = Typed(section, {name: str(request.POST[name]) for name in request.POST}, sentences)
        return _page(request, _found(request, submission.pk), typed=typed, status=_status(saved, delta.errors))
    return done(request, _("Saved."), _entry(submission, section, add="add" in request.POST))


def _entry(submission: Submission, section: str, *, add: bool = False) -> str:
    known = section if section in deltas.SECTIONS else ""
    return f"{reverse('submission_entry', args=[submission.pk])}{f'?add={known}' if add else ''}#{known}"
