"""The form on paper: one tambon's as a page that prints or a file, a whole zone's as one file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakhon_network.lib.paper import Paper, Sheet
from organizations.models import Zone
from tambon_survey import boards
from tambon_survey.answers import Answers
from tambon_survey.many_answers import answers_of_many
from tambon_survey.models import Round, Submission
from tambon_survey.models.rosters import HELD_BACK
from tambon_survey.paper_form import form_sheet
from tambon_survey.views.packets import pdf_answer
from tambon_survey.views.submissions import crumbs_of, fetched


def _is_blank(request: HttpRequest) -> bool:
    return "blank" in request.GET


def _address(request: HttpRequest, submission: Submission) -> str:
    return request.build_absolute_uri(reverse("submission_entry", args=[submission.pk]))


def _paper(title: str, foot: str, sheets: list[Sheet]) -> Paper:
    return Paper(title=title, foot=foot, page_word=_("page"), sheets=sheets, language=get_language() or "th")


def _own_paper(request: HttpRequest, submission: Submission) -> Paper:
    answers = Answers() if _is_blank(request) else submission.answers()
    answers = answers.held_back(submission.coordinators.held_keys(), word=str(HELD_BACK))
    sheet = form_sheet(submission, answers, url=_address(request, submission))
    return _paper(sheet.title, f"{submission.round.name} · {sheet.title}", [sheet])


@require_safe
def submission_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a tambon as a page that prints; `?blank` leaves the answers out."""
    submission = fetched(request, pk)
    context = {
        "paper": _own_paper(request, submission),
        "submission": submission,
        "crumbs": crumbs_of(submission),
        "is_blank": _is_blank(request),
    }
    return render(request, "tambon_survey/submission_paper.html", context)


@require_safe
def submission_paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    drawn = _own_paper(request, fetched(request, pk))
    return pdf_answer(drawn, name=drawn.foot)


@require_safe
def zone_paper(request: HttpRequest, pk: int, zone: int) -> HttpResponse:
    """The forms of every expected tambon of a zone in one file, contacts left out; `?blank` leaves all answers out."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened(), pk=pk)
    found = get_object_or_404(Zone.objects.visible_to(request.user), pk=zone, province=survey_round.province_id)
    own = [one for one in boards.submissions_of(survey_round, request.user) if one.tambon.district.zone_id == found.pk]
    answers = {} if _is_blank(request) else answers_of_many(own)
    sheets = [
        form_sheet(one, answers.get(one.pk, Answers()), url=_address(request, one), with_contacts=False) for one in own
    ]
    drawn = _paper(found.full_name, f"{survey_round.name} · {found.full_name}", sheets)
    return pdf_answer(drawn, name=drawn.foot)
