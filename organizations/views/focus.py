"""The list of focus tambon: chosen and dropped with a date and a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions import areas as actions
from organizations.forms.areas import FocusChooseForm, FocusDropForm
from organizations.models import FocusTambon, Province, Tambon
from organizations.problems import Refused
from organizations.views.answers import done, page, require


@require_safe
def focus_list(request: HttpRequest, code: str) -> HttpResponse:
    """Today's focus tambon and those of before; province staff also find every other tambon to choose from."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    today = timezone.localdate()
    periods = FocusTambon.objects.of_province(province).select_related("tambon__district__zone")
    ordered = sorted(periods, key=lambda period: (_zone_number(period), bytes(period.tambon.sort_key)))
    current = [period for period in ordered if period.holds(today)]
    wanted = request.GET.get("q", "")[:100]
    context = {
        "province": province,
        "current": current,
        "past": [period for period in ordered if not period.holds(today)],
        "has_sample": any(period.is_sample for period in current),
        "q": wanted,
        "found": Tambon.objects.in_province(province).matching(wanted).with_areas().in_thai_order()[:30],
        "in_focus": {period.tambon_id for period in current},
    }
    return page(request, "organizations/focus_list.html", context)


def _zone_number(period: FocusTambon) -> int:
    zone = period.tambon.district.zone
    return zone.number if zone else 0


@require_http_methods(["GET", "POST"])
def focus_choose(request: HttpRequest, code: str) -> HttpResponse:
    """Make a tambon a focus tambon."""
    tambon = _managed(request, code)
    form = FocusChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_focus(
                tambon, on=form.cleaned_data["chosen_on"], reason=form.cleaned_data["reason"], by=request.user
            )
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return _back(request, tambon, _("%(tambon)s is a focus tambon now."))
    return page(request, "organizations/focus_choose.html", {"form": form, "tambon": tambon}, form=form)


@require_http_methods(["GET", "POST"])
def focus_drop(request: HttpRequest, code: str) -> HttpResponse:
    """End the running period in focus of a tambon."""
    tambon = _managed(request, code)
    form = FocusDropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.drop_focus(
                tambon,
                on=form.cleaned_data["dropped_on"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return _back(request, tambon, _("%(tambon)s was dropped from the focus tambon. Its history stays."))
    return page(request, "organizations/focus_drop.html", {"form": form, "tambon": tambon}, form=form)


def _managed(request: HttpRequest, code: str) -> Tambon:
    tambon = get_object_or_404(Tambon.objects.visible_to(request.user).with_areas(), pk=code)
    require(access.of(request.user).may_manage(tambon))
    return tambon


def _back(request: HttpRequest, tambon: Tambon, sentence: str) -> HttpResponse:
    url = resolve_url("focus_list", tambon.district.province_id)
    return done(request, sentence % {"tambon": tambon.full_name}, url)
