"""The zone editor: province staff put districts into zones and confirm them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.actions import areas as actions
from organizations.forms.areas import DistrictMoveForm, ZoneForm
from organizations.history import history_of
from organizations.models import District, FocusTambon, Province, Zone
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require


@require_safe
def zone_editor(request: HttpRequest, code: str) -> HttpResponse:
    """Every zone with its districts, and the districts without one."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    districts = list(province.districts.select_related("zone").in_thai_order())
    zones = list(province.zones.all())
    context = {
        "province": province,
        "zones": [(zone, [one for one in districts if one.zone_id == zone.pk]) for zone in zones],
        "homeless": [district for district in districts if district.zone_id is None],
        "open_rounds": province.rounds.open_at(timezone.now()),
        "history": history_of(province, viewer=request.user),
    }
    return page(request, "organizations/zone_editor.html", context)


@require_http_methods(["GET", "POST"])
def zone_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new zone of the province."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    return _edit(request, Zone(province=province), "organizations/zone_add.html")


@require_http_methods(["GET", "POST"])
def zone_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and names of a zone."""
    zone = get_object_or_404(Zone.objects.visible_to(request.user).select_related("province"), pk=pk)
    require(access.of(request.user).may_manage(zone))
    return _edit(request, zone, "organizations/zone_edit.html")


def _edit(request: HttpRequest, zone: Zone, template: str) -> HttpResponse:
    form = ZoneForm(request.POST or None, instance=zone)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_zone(form.instance, by=request.user)
        except Refused as why:
            form.add_error("number", why.sentence)
        else:
            return done(request, _("Saved: %(zone)s") % {"zone": zone.full_name}, _editor(zone.province_id))
    return page(request, template, {"form": form, "zone": zone, "province": zone.province}, form=form)


@require_POST
def zones_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The zones are as the network has them."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    try:
        actions.confirm_zones(province, by=request.user)
    except Refused as why:
        return refused(request, why, _editor(code))
    return done(request, _("The zones are confirmed. The notice that they are an assumption is gone."), _editor(code))


@require_http_methods(["GET", "POST"])
def district_move(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for the new zone, says what the move changes, and moves."""
    seen = District.objects.visible_to(request.user).select_related("province", "zone")
    district = get_object_or_404(seen, pk=code)
    require(access.of(request.user).may_manage(district))
    form = DistrictMoveForm(request.POST or None, district=district)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_district(
                district, to=form.cleaned_data["zone"], by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refused as why:
            form.add_error("zone", why.sentence)
        else:
            return _moved(request, district)
    today = timezone.localdate()
    focus = FocusTambon.objects.in_force(today).in_district(district).select_related("tambon")
    context = {"form": form, "district": district, "focus": focus}
    return page(request, "organizations/district_move.html", context, form=form)


def _moved(request: HttpRequest, district: District) -> HttpResponse:
    """Say where the district is now and go back to the editor."""
    district.refresh_from_db()
    where = district.zone.full_name if district.zone else _("no zone")
    sentence = _("%(district)s is now in: %(zone)s") % {"district": district.full_name, "zone": where}
    return done(request, sentence, _editor(district.province_id))


def _editor(code: str) -> str:
    return resolve_url("zone_editor", code)
