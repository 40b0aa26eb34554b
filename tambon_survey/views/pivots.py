"""The pivot of a round, its download, and the tambon behind each of its numbers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nakhon_network.lib.workbook import About
from nakhon_network.templatetags.thai import thai_datetime
from organizations import access
from organizations.models import Zone
from organizations.problems import Refused
from organizations.views.answers import refused
from tambon_survey import boards
from tambon_survey.forms.pivot import PivotForm
from tambon_survey.models import Round
from tambon_survey.narrowing import read_narrowing
from tambon_survey.pivot import DISTRICT, TAMBON, ZONE, Pivot, pivot, pivot_sheet
from tambon_survey.views.exports import answer, opened_round
from tambon_survey.workbook.files import CSV, XLSX, make_file
from tambon_survey.workbook.scope import Scope, file_title, foot_of

MOST_LINES = 200


def _scope(request: HttpRequest, survey_round: Round) -> Scope:
    narrowing = read_narrowing(request.GET, survey_round, viewer=request.user)
    return Scope(survey_round, request.user, timezone.now(), narrowing)


def _read(request: HttpRequest, survey_round: Round) -> tuple[Scope, PivotForm]:
    scope = _scope(request, survey_round)
    home = access.of(request.user).home_area()
    below = {"province": ZONE, "zone": DISTRICT}.get(str(home[0]) if home else "", TAMBON)
    return scope, PivotForm(request.GET, first=below)


def _table(scope: Scope, form: PivotForm) -> Pivot:
    return pivot(scope, rows=form.cleaned_data["rows"], columns=form.cleaned_data["columns"])


@require_safe
def round_pivot(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts with totals; each number leads to the tambon it counts."""
    survey_round = opened_round(request, pk)
    scope, form = _read(request, survey_round)
    seen = urlencode({**scope.narrowing.facts(), **form.cleaned_data})
    file = reverse("round_pivot_file", args=[pk])
    context = {
        "round": survey_round,
        "form": form,
        "kept": [(name, value) for name, value in scope.narrowing.facts().items()],
        "words": scope.narrowing.words(),
        "pivot": _table(scope, form),
        "xlsx": f"{file}?{seen}",
        "csv": f"{file}?{seen}&kind={CSV}",
    }
    return render(request, "tambon_survey/round_pivot.html", context)


@require_safe
def round_pivot_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same table as a file."""
    survey_round = opened_round(request, pk)
    scope, form = _read(request, survey_round)
    kind = CSV if request.GET.get("kind") == CSV else XLSX
    with translation.override("th"):
        found = _table(scope, form)
        about = About(scope.title, foot_of(scope, made=str(thai_datetime(scope.now))), request.user.label)
        sheet = pivot_sheet(found, title=found.counted)
        title = file_title(scope)
    try:
        return answer(make_file([sheet], about, kind=kind, title=title))
    except Refused as why:
        return refused(request, why, reverse("round_pivot", args=[pk]))


@require_safe
def round_tambon(request: HttpRequest, pk: int) -> HttpResponse:
    """The tambon that an address means, as a board shows them; a zone alone is its board."""
    survey_round = opened_round(request, pk)
    scope = _scope(request, survey_round)
    zone = scope.narrowing.zone
    if isinstance(zone, Zone) and set(scope.narrowing.facts()) == {"zone"} and access.of(request.user).may_see(zone):
        return redirect("zone_board", survey_round.pk, zone.pk)
    found = boards.as_read(scope.submissions(), survey_round)
    lines = boards.lines(found, now=scope.now)
    context = {
        "round": survey_round,
        "now": scope.now,
        "lines": lines[:MOST_LINES],
        "count": len(lines),
        "left_out": max(len(lines) - MOST_LINES, 0),
        "title": " · ".join(scope.narrowing.words()) or _("All tambon of the round"),
        "query": scope.narrowing.query,
    }
    return render(request, "tambon_survey/round_tambon.html", context)
