"""Whom a round counts on: tambon added and dropped with a reason, and more time for single ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakhon_network.templatetags.thai import thai_datetime
from organizations import access
from organizations.history import history_of
from organizations.models import Tambon, Zone
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from tambon_survey.actions import rounds as actions
from tambon_survey.forms.rounds import ExpectedAddForm, ExpectedDropForm, ExtendForm, TambonFindForm
from tambon_survey.models import Round, Submission
from tambon_survey.moves import ACCEPTED, APPROVED
from tambon_survey.views.rounds import managed_round

FOUND = 30


@require_safe
def round_expected(request: HttpRequest, pk: int) -> HttpResponse:
    """The tambon of a round by zone, each with its state; those taken off the list below."""
    survey_round = managed_round(request, pk)
    submissions = list(survey_round.submissions.with_areas().select_related("dropped_by__person").in_thai_order())
    expected = [one for one in submissions if one.dropped_at is None]
    context = {
        "round": survey_round,
        "find": TambonFindForm(),
        "zones": _by_zone(expected),
        "count": len(expected),
        "dropped": [one for one in submissions if one.dropped_at is not None],
        "settled": {APPROVED, ACCEPTED},
        "is_closed": survey_round.state_at(timezone.now()) == "closed",
    }
    return page(request, "tambon_survey/round_expected.html", context)


def _by_zone(submissions: list[Submission]) -> list[tuple[Zone | None, list[Submission]]]:
    zones: dict[Zone | None, list[Submission]] = {}
    for submission in submissions:
        zones.setdefault(submission.tambon.district.zone, []).append(submission)
    return sorted(zones.items(), key=lambda pair: pair[0].number if pair[0] else 0)


@require_http_methods(["GET", "POST"])
def expected_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Finds a tambon by name and asks it too."""
    survey_round = managed_round(request, pk)
    find = TambonFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    tambons = Tambon.objects.in_province(survey_round.province).matching(wanted).with_areas().in_thai_order()
    found = list(tambons[:FOUND])
    already = set(survey_round.submissions.expected().values_list("tambon", flat=True))
    new = [tambon for tambon in found if tambon.pk not in already]
    form = ExpectedAddForm(request.POST or None, survey_round=survey_round, found=new)
    if request.method == "POST" and form.is_valid() and _add(request, survey_round, form):
        sentence = _("%(tambon)s is expected in this round now.")
        url = resolve_url("round_expected", pk)
        return done(request, sentence % {"tambon": form.cleaned_data["tambon"].full_name}, url)
    context = {
        "round": survey_round,
        "find": find,
        "form": form,
        "q": wanted,
        "has_choice": bool(new) or form.is_bound,
        "already": [tambon for tambon in found if tambon.pk in already],
    }
    return page(request, "tambon_survey/expected_add.html", context, form=form)


def _add(request: HttpRequest, survey_round: Round, form: ExpectedAddForm) -> bool:
    data = form.cleaned_data
    try:
        actions.add_expected(survey_round, tambon=data["tambon"], reason=data["reason"], by=request.user)
    except Refused as why:
        form.add_error(None, why.sentence)
        return False
    return True


@require_http_methods(["GET", "POST"])
def expected_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a tambon off the list of a round."""
    submission = _managed(request, pk)
    form = ExpectedDropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.drop_expected(submission, reason=reason, by=request.user, now=timezone.now())
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            sentence = _("%(tambon)s is not expected in this round any more. What it answered is kept.")
            return _back(request, submission, sentence)
    return page(request, "tambon_survey/expected_drop.html", {"form": form, "submission": submission}, form=form)


@require_http_methods(["GET", "POST"])
def submission_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives one tambon more time than the round has."""
    submission = _managed(request, pk)
    now = timezone.now()
    form = ExtendForm(request.POST or None, submission=submission, now=now)
    if request.method == "POST" and form.is_valid():
        until, reason = form.until(), form.cleaned_data["reason"]
        try:
            actions.extend(submission, until=until, reason=reason, by=request.user, now=now)
        except Refused as why:
            form.add_error("day", why.sentence)
        else:
            for warning in form.date_warnings().values():
                messages.warning(request, warning)
            sentence = _("%(tambon)s may answer until %(moment)s.")
            return _back(request, submission, sentence, moment=thai_datetime(until))
    context = {"form": form, "submission": submission, "history": history_of(submission, viewer=request.user)}
    return page(request, "tambon_survey/submission_extend.html", context, form=form)


def _managed(request: HttpRequest, pk: int) -> Submission:
    submission = get_object_or_404(Submission.objects.visible_to(request.user).with_areas(), pk=pk)
    require(access.of(request.user).may_manage(submission.tambon))
    return submission


def _back(request: HttpRequest, submission: Submission, sentence: str, **words: str) -> HttpResponse:
    url = resolve_url("round_expected", submission.round_id)
    return done(request, sentence % {"tambon": submission.tambon.full_name, **words}, url)
