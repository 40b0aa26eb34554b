"""Spreadsheets back in: send a file, look at what it changes, confirm it, take it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.models import Province
from organizations.problems import Refused
from organizations.views.answers import page, refused, require
from tambon_survey.actions import importing as actions
from tambon_survey.forms.importing import BodiesForm, ColumnsForm, ConfirmForm, ImportFileForm, OrganizationFileForm
from tambon_survey.importing import plan_file
from tambon_survey.importing.layouts import layouts_of
from tambon_survey.importing.planning import CHANGED, DOUBTFUL, KINDS, NEW, SAME, STOPPING, Finding
from tambon_survey.importing.shown import PlanPages, kinds_in_words
from tambon_survey.models import ImportBatch, Round, Submission
from tambon_survey.views.exports import answer
from tambon_survey.workbook.scope import Scope
from tambon_survey.workbook.template import make_template

PER_PAGE = 50
SHOWN_BATCHES = 20
State = ImportBatch.State


def _round(request: HttpRequest, pk: int) -> Round:
    seen = Round.objects.visible_to(request.user).opened().select_related("province")
    survey_round = get_object_or_404(seen, pk=pk)
    require(Submission.objects.visible_to(request.user).of_round(survey_round).exists())
    return survey_round


@require_safe
def import_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook to fill in, with one's own tambon."""
    try:
        return answer(make_template(Scope(_round(request, pk), request.user, timezone.now())))
    except Refused as why:
        return refused(request, why, reverse("import_start", args=[pk]))


@require_http_methods(["GET", "POST"])
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Says how it goes, takes the file, and lists the files of before."""
    survey_round = _round(request, pk)
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = actions.receive(survey_round, file=form.cleaned_data["file"], by=request.user, now=timezone.now())
        return redirect(batch)
    seen = ImportBatch.objects.visible_to(request.user).of_round(survey_round).newest_first()
    context = {"round": survey_round, "form": form, "batches": seen[:SHOWN_BATCHES]}
    return page(request, "tambon_survey/import_start.html", context, form=form)


@require_http_methods(["GET", "POST"])
def organization_import(request: HttpRequest) -> HttpResponse:
    """The same for the directory: organizations, what they offer and what they look for."""
    require(access.of(request.user).may_add_organization)
    province = get_object_or_404(Province.objects.shown_to(request.user), pk=settings.HOME_PROVINCE)
    form = OrganizationFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = actions.receive(province, file=form.cleaned_data["file"], by=request.user, now=timezone.now())
        return redirect(batch)
    seen = ImportBatch.objects.visible_to(request.user).of_directory(province).newest_first()
    context = {"province": province, "form": form, "batches": seen[:SHOWN_BATCHES]}
    return page(request, "tambon_survey/organization_import.html", context, form=form)


@require_safe
def import_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the file came, and what to do next."""
    batch = _batch(request, pk)
    context: dict[str, Any] = {
        "batch": batch,
        "round": batch.round,
        "has_stopped": batch.has_stopped_at(timezone.now()),
        "counts": kinds_in_words(batch.counts),
        "unread": list(dict.fromkeys(one for layout in layouts_of(batch) if layout for one in layout.unread)),
    }
    if batch.state == State.ASKING:
        context["form"] = ColumnsForm(layouts=layouts_of(batch))
    if batch.state == State.SHOWN:
        context |= _shown(request, batch)
    if batch.state == State.SHOWN and (doubtful := _doubtful(request, batch)):
        context["bodies"] = BodiesForm(doubtful=doubtful, initial={"digest": batch.digest})
    return page(request, "tambon_survey/import_page.html", context)


def _doubtful(request: HttpRequest, batch: ImportBatch) -> list[Finding]:
    """The doubtful rows of the page that is looked at."""
    pages: Paginator[Any] = Paginator(range(sum(batch.counts.get(kind, 0) for kind in KINDS if kind != SAME)), PER_PAGE)
    asked = pages.get_page(request.GET.get("page"))
    found = plan_file.page(batch, start=max(asked.start_index() - 1, 0), count=PER_PAGE)
    return [one for one in found if one.kind == DOUBTFUL]


def _shown(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    stops = sum(batch.counts.get(kind, 0) for kind in STOPPING)
    changes = sum(batch.counts.get(kind, 0) for kind in (NEW, CHANGED))
    pages: Paginator[Any] = Paginator(PlanPages(batch, stops + changes), PER_PAGE)
    return {
        "page_obj": pages.get_page(request.GET.get("page")),
        "stops": stops,
        "changes": changes,
        "same": batch.counts.get(SAME, 0),
        "confirm": ConfirmForm(initial={"digest": batch.digest}),
    }


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What the columns mean."""
    batch = _batch(request, pk)
    form = ColumnsForm(request.POST or None, layouts=layouts_of(batch))
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_columns(batch, chosen=form.chosen(), by=request.user, now=timezone.now())
        except Refused as why:
            return refused(request, why, batch)
        return redirect(batch)
    context = {"batch": batch, "round": batch.round, "form": form}
    return page(request, "tambon_survey/import_columns.html", context, form=form)


@require_http_methods(["GET", "POST"])
def import_choose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Which body of the directory each doubtful row means."""
    batch = _batch(request, pk)
    if batch.state != State.SHOWN or not (doubtful := _doubtful(request, batch)):
        return redirect(batch)
    form = BodiesForm(request.POST or None, doubtful=doubtful, initial={"digest": batch.digest})
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_bodies(batch, chosen=form.chosen(), digest=form.cleaned_data["digest"], now=timezone.now())
        except Refused as why:
            return refused(request, why, batch)
        return redirect(batch)
    return page(request, "tambon_survey/import_choose.html", {"batch": batch, "form": form}, form=form)


@require_POST
def import_confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what was shown."""
    batch = _batch(request, pk)
    require(batch.made_by_id == request.user.pk)
    form = ConfirmForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    try:
        actions.confirm(batch, digest=digest, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, batch)
    return redirect(batch)


@require_POST
def import_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read the file once more."""
    batch = _batch(request, pk)
    try:
        actions.read_again(batch, now=timezone.now())
    except Refused as why:
        return refused(request, why, batch)
    return redirect(batch)


@require_POST
def import_undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what the file wrote."""
    batch = _batch(request, pk)
    try:
        actions.take_back(batch, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, batch)
    return redirect(batch)


def _batch(request: HttpRequest, pk: uuid.UUID) -> ImportBatch:
    seen = ImportBatch.objects.visible_to(request.user).select_related("round__province", "province", "made_by__person")
    return get_object_or_404(seen, pk=pk)
