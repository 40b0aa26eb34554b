"""Files to take home: the workbook of a round, whole or as narrow as the board one comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nakhon_network.lib.columns import Style
from organizations import access
from organizations.models import User, Zone
from organizations.problems import Refused
from organizations.views.answers import page, refused
from tambon_survey.actions.exporting import record_download
from tambon_survey.forms.exporting import ExportForm
from tambon_survey.models import Round
from tambon_survey.narrowing import Narrowing, read_narrowing
from tambon_survey.workbook.files import ROWS_A_SECOND, Made, make_round_file, sheet_names
from tambon_survey.workbook.scope import Scope
from tambon_survey.workbook.xlsform import xlsform


@dataclass(frozen=True)
class Offer:
    """What one person may take of a round: the tambon meant, the zones to choose from, whether contacts too."""

    round: Round
    narrowing: Narrowing
    zones: list[Zone]
    may_take_whole: bool
    may_take_contacts: bool


def offer(request: HttpRequest, survey_round: Round) -> Offer:
    """Read from the address one comes with; Http404 for places out of sight."""
    reach = access.of(request.user)
    narrowing = read_narrowing(request.GET, survey_round, viewer=request.user)
    seen = Zone.objects.visible_to(request.user)
    zones = [zone for zone in seen if zone.province_id == survey_round.province_id]
    whole = reach.may_manage(survey_round.province)
    return Offer(survey_round, narrowing, zones, whole, whole or any(reach.may_review(zone) for zone in zones))


def opened_round(request: HttpRequest, pk: int) -> Round:
    """A round that was opened and is seen, else 404."""
    return get_object_or_404(Round.objects.visible_to(request.user).opened().select_related("province"), pk=pk)


@require_safe
def export_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """What to take: everything is set so that one press gives the workbook."""
    survey_round = opened_round(request, pk)
    found = offer(request, survey_round)
    return _page(request, found, _form(found, initial=_initial(found)))


def _initial(found: Offer) -> dict[str, Any]:
    only = found.zones[0] if len(found.zones) == 1 and not found.may_take_whole else None
    return {"zone": found.narrowing.zone or only}


def _form(found: Offer, **kwargs: Any) -> ExportForm:
    return ExportForm(
        sheets=sheet_names(),
        zones=found.zones,
        may_take_whole=found.may_take_whole,
        may_take_contacts=found.may_take_contacts,
        is_narrowed=found.narrowing.is_of_a_board,
        **kwargs,
    )


def _page(request: HttpRequest, found: Offer, form: ExportForm) -> HttpResponse:
    scope = Scope(found.round, request.user, timezone.now(), found.narrowing)
    action = reverse("export_download", args=[found.round.pk])
    rows = scope.row_count()
    context = {
        "round": found.round,
        "form": form,
        "words": found.narrowing.words() if found.narrowing.is_of_a_board else [],
        "tambon": scope.submissions().count(),
        "rows": rows,
        "seconds": max(rows // ROWS_A_SECOND, 1),
        "is_long": rows > ROWS_A_SECOND,
        "zone": form["zone"].value() or "" if "zone" in form.fields else "",
        "action": f"{action}?{found.narrowing.query}" if found.narrowing.is_of_a_board else action,
        "back": found.round.get_absolute_url(),
        "may_take_network": access.of(request.user).is_above_tambon,
    }
    return page(request, "tambon_survey/export_choose.html", context, form=form)


@require_POST
def export_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file. Contacts go out only to who reviews or manages the tambon meant, and are written down."""
    survey_round = opened_round(request, pk)
    found = offer(request, survey_round)
    form = _form(found, data=request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    scope = _scope(request, found, form)
    if request.POST.get("contacts") and not (scope.contacts and may_take_contacts(request.user, scope)):
        raise PermissionDenied
    try:
        made = make_round_file(
            scope, kind=form.cleaned_data["kind"], only=form.cleaned_data["sheet"], zones=found.zones
        )
    except Refused as why:
        return refused(request, why, reverse("export_choose", args=[pk]))
    if scope.contacts:
        taken = scope.contact_count()
        purpose = form.cleaned_data["purpose"]
        zone = [scope.narrowing.zone] if scope.narrowing.zone else []
        record_download(survey_round, by=request.user, contacts=taken, rows=made.rows, purpose=purpose, concerns=zone)
    return answer(made)


def _scope(request: HttpRequest, found: Offer, form: ExportForm) -> Scope:
    data = form.cleaned_data
    narrowing = found.narrowing if "zone" not in form.fields else Narrowing(zone=data["zone"])
    return Scope(
        found.round,
        request.user,
        timezone.now(),
        narrowing,
        style=Style(data["style"]),
        contacts=bool(data.get("contacts")),
    )


def may_take_contacts(user: User, scope: Scope) -> bool:
    """Whether every tambon meant lies where the user reviews or manages."""
    reach = access.of(user)
    if reach.may_manage(scope.round.province):
        return True
    zone = scope.narrowing.zone
    if zone is not None:
        return reach.may_review(zone)
    return not scope.submissions().reviewed_by_others_than(user).exists()


def answer(made: Made) -> FileResponse:
    """The file as a download, sent on in pieces."""
    return FileResponse(made.file, as_attachment=True, filename=made.name, content_type=made.content_type)


@require_safe
def round_xlsform(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The questionnaire for ODK and Kobo, with one's own tambon to choose from."""
    survey_round = opened_round(request, pk)
    try:
        return answer(xlsform(Scope(survey_round, request.user, timezone.now())))
    except Refused as why:
        return refused(request, why, reverse("export_choose", args=[pk]))
