"""The network's own sheets to take home: posts, people, organizations, meetings, resolutions, tasks."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakhon_network.lib.columns import Style
from nakhon_network.lib.workbook import About
from nakhon_network.templatetags.thai import thai_datetime
from organizations import access
from organizations.models import Province
from organizations.problems import Refused
from organizations.views.answers import page, refused, require
from tambon_survey.actions.exporting import record_download
from tambon_survey.forms.exporting import NetworkExportForm
from tambon_survey.views.exports import answer
from tambon_survey.workbook.files import Made, make_file
from tambon_survey.workbook.network import NetworkScope, network_sheets, titles
from tambon_survey.workbook.scope import foot_of
from tambon_survey.workbook.template import make_directory_template


def _province(request: HttpRequest, code: str) -> Province:
    found = get_object_or_404(Province.objects.shown_to(request.user), pk=code)
    require(access.of(request.user).is_above_tambon)
    return found


@require_safe
def network_choose(request: HttpRequest, code: str) -> HttpResponse:
    """Which sheets to take."""
    return _page(request, _province(request, code), NetworkExportForm(sheets=titles()))


def _page(request: HttpRequest, province: Province, form: NetworkExportForm) -> HttpResponse:
    context = {"province": province, "form": form, "action": reverse("network_download", args=[province.pk])}
    return page(request, "tambon_survey/network_choose.html", context, form=form)


@require_safe
def organization_template(request: HttpRequest) -> HttpResponseBase:
    """The workbook to fill in with organizations, what they offer and what they look for."""
    require(access.of(request.user).may_add_organization)
    try:
        return answer(make_directory_template(by=request.user, now=timezone.now()))
    except Refused as why:
        return refused(request, why, "organization_list")


@require_POST
def network_download(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file; contacts are those one reads on the pages, and taking them is written down."""
    province = _province(request, code)
    form = NetworkExportForm(request.POST, sheets=titles())
    if not form.is_valid():
        return _page(request, province, form)
    data = form.cleaned_data
    scope = NetworkScope(province, request.user, timezone.now(), style=Style(data["style"]), contacts=data["contacts"])
    if bool(request.POST.get("contacts")) != scope.contacts:
        raise PermissionDenied
    try:
        made = _made(scope, only=data["sheet"], kind=data["kind"])
    except Refused as why:
        return refused(request, why, reverse("network_choose", args=[code]))
    if scope.contacts:
        record_download(
            province, by=request.user, contacts=scope.contacts_taken(), rows=made.rows, purpose=data["purpose"]
        )
    return answer(made)


def _made(scope: NetworkScope, *, only: str, kind: str) -> Made:
    with translation.override("th"):
        title = _("Network of %(province)s") % {"province": scope.province.full_name}
        about = About(title, foot_of(scope, made=str(thai_datetime(scope.now))), scope.user.label)
        return make_file(network_sheets(scope, only), about, kind=kind, title=title)
