"""Pages of the four kinds of area."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations import access
from organizations.history import history_of
from organizations.models import District, FocusTambon, Post, Province, Tambon, Zone
from organizations.models.areas import Area
from organizations.overview import overview, post_counts
from organizations.places.at_home import at_home


def crumbs_of(area: Area, *, user: Any) -> list[tuple[str, str]]:
    """The areas above `area` as (label, url), highest first; those the user may not open are left out."""
    reach = access.of(user)
    district = area.district if isinstance(area, Tambon) else area if isinstance(area, District) else None
    zone = district.zone if district else None
    province = getattr(district or area, "province", None)
    above = [one for one in (province, zone, district) if one is not None and one != area]
    return [(one.full_name, one.get_absolute_url()) for one in above if isinstance(one, Province) or reach.may_see(one)]


@login_not_required
@require_safe
def province_page(request: HttpRequest, code: str) -> HttpResponse:
    """The public overview of a province; signed-in people also see how many posts are filled."""
    province = get_object_or_404(Province, pk=code)
    reach = access.of(request.user)
    today = timezone.localdate()
    seen = overview(province, on=today, viewer=request.user)
    context = {
        "province": province,
        "overview": seen,
        "zones": province.zones.all(),
        "may_manage": reach.may_manage(province),
        "counts": post_counts(province, on=today, viewer=request.user, focus=seen.focus) if reach.is_member else [],
        "history": history_of(province, viewer=request.user) if reach.may_manage(province) else [],
    }
    return render(request, "organizations/province_page.html", context)


def _read_aside(request: HttpRequest, area: Area) -> dict[str, Any]:
    """Whether the reader works for the area, and its history: asked for, it stands in place of the rest."""
    may_work = access.of(request.user).may_work_for(area)
    shows_history = may_work and request.GET.get("history") == "on"
    return {
        "may_work": may_work,
        "shows_history": shows_history,
        "history": history_of(area, viewer=request.user) if shows_history else [],
    }


@require_safe
def zone_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A zone: its representatives, its districts, its focus tambon and who coordinates them."""
    zone = get_object_or_404(Zone.objects.visible_to(request.user).select_related("province"), pk=pk)
    today = timezone.localdate()
    districts = list(zone.districts.in_thai_order())
    tambons = list(Tambon.objects.in_focus(today).in_zone(zone).select_related("district").in_thai_order())
    posts = _posts_below(request, today).in_zone(zone)
    by_area = {(post.role.level, post.area.pk): post for post in posts}
    context = {
        "zone": zone,
        "crumbs": crumbs_of(zone, user=request.user),
        "may_manage": access.of(request.user).may_manage(zone),
        "representatives": [post for post in posts if post.zone_id == zone.pk],
        "districts": [
            (district, by_area.get(("district", district.pk)), _focus_rows(district, tambons, by_area))
            for district in districts
        ],
        "focus_count": len(tambons),
        "organizations": at_home(zone, request.user),
        **_read_aside(request, zone),
    }
    return render(request, "organizations/zone_page.html", context)


def _posts_below(request: HttpRequest, today: Any) -> Any:
    return Post.objects.visible_to(request.user).expected().with_areas().with_holders_on(today)


def _focus_rows(district: District, tambons: list[Tambon], by_area: dict[Any, Post]) -> list[Any]:
    return [(tambon, by_area.get(("tambon", tambon.pk))) for tambon in tambons if tambon.district_id == district.pk]


@require_safe
def district_page(request: HttpRequest, code: str) -> HttpResponse:
    """A district: what it officially is, its coordinator, and all of its tambon."""
    seen = District.objects.visible_to(request.user).select_related("province", "zone")
    district = get_object_or_404(seen.prefetch_related("statuses"), pk=code)
    reach = access.of(request.user)
    today = timezone.localdate()
    posts = list(_posts_below(request, today).in_district(district))
    by_tambon = {post.tambon_id: post for post in posts if post.tambon_id}
    focus = set(FocusTambon.objects.in_force(today).in_district(district).values_list("tambon_id", flat=True))
    tambons = list(district.tambons.in_thai_order())
    rows = [(tambon, tambon.pk in focus, by_tambon.get(tambon.pk)) for tambon in tambons]
    context = {
        "district": district,
        "crumbs": crumbs_of(district, user=request.user),
        "may_manage": reach.may_manage(district),
        "statuses": district.statuses.all(),
        "status": district.status_on(today),
        "posts": [post for post in posts if post.district_id],
        "rows": sorted(rows, key=lambda row: not row[1]),
        "focus_count": len(focus),
        "history": history_of(district, viewer=request.user) if reach.may_work_for(district) else [],
    }
    return render(request, "organizations/district_page.html", context)


@require_safe
def tambon_page(request: HttpRequest, code: str) -> HttpResponse:
    """A tambon: whether it is in focus and why, who coordinates it, and what to do next."""
    tambon = get_object_or_404(Tambon.objects.visible_to(request.user).with_areas(), pk=code)
    reach = access.of(request.user)
    today = timezone.localdate()
    periods = list(tambon.focus_periods.all())
    current = next((period for period in periods if period.holds(today)), None)
    posts = list(_posts_below(request, today).in_tambon(tambon))
    appointable = [post for post in posts if reach.may_appoint(post)]
    context = {
        "tambon": tambon,
        "crumbs": crumbs_of(tambon, user=request.user),
        "may_manage": reach.may_manage(tambon),
        "periods": periods,
        "current": current,
        "posts": posts,
        "appointable": appointable,
        "place": _place(tambon),
        "organizations": at_home(tambon, request.user),
        **_read_aside(request, tambon),
    }
    return render(request, "organizations/tambon_page.html", context)


def _place(tambon: Tambon) -> list[tuple[str, str]]:
    district = tambon.district
    return [
        (_("Official code"), tambon.pk),
        (_("District"), district.full_name),
        (_("Zone"), district.zone.full_name if district.zone else ""),
        (_("English name"), tambon.name_en),
        (_("Approximate position"), f"{tambon.latitude}, {tambon.longitude}" if tambon.latitude else ""),
    ]
