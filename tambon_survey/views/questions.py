"""The register of questions, and what people ask and say about stories and activities."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings.views.discussion import answer, say, settle, take_away
from organizations import access
from organizations.views.answers import page
from tambon_survey.forms.questions import QuestionsForm
from tambon_survey.models import Activity, Remark, Story
from tambon_survey.questions import count_waiting, register, shown

PER_PAGE = 30


@login_not_required
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions of all that one may read; those without an answer first, the longest silence before the others."""
    form = QuestionsForm(request.GET, province=settings.HOME_PROVINCE)
    wanted = form.wanted()
    page_obj = Paginator(register(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_narrowed": wanted.is_narrowed,
        "page_obj": page_obj,
        "lines": shown(page_obj, viewer=request.user, now=timezone.now()),
        "unanswered": count_waiting(request.user),
        "may_comment": access.of(request.user).is_member,
    }
    return page(request, "tambon_survey/question_list.html", context)


@require_http_methods(["GET", "POST"])
def story_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a story; the form stands on the story's page too."""
    return say(request, get_object_or_404(Story.objects.visible_to(request.user).with_facts(), pk=pk))


@require_http_methods(["GET", "POST"])
def activity_remark(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say something about an activity of a tambon one works for."""
    return say(request, get_object_or_404(Activity.objects.visible_to(request.user).kept().with_areas(), pk=pk))


@require_http_methods(["GET", "POST"])
def remark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question about a story or an activity."""
    return answer(request, get_object_or_404(_seen(request).questions(), pk=pk))


@require_http_methods(["GET", "POST"])
def remark_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of such a question."""
    return settle(request, get_object_or_404(_seen(request).questions(), pk=pk))


@require_http_methods(["GET", "POST"])
def remark_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something away that was said about a story or an activity."""
    return take_away(request, get_object_or_404(_seen(request), pk=pk))


def _seen(request: HttpRequest) -> Any:
    return Remark.objects.visible_to(request.user).with_people()
