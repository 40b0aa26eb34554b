"""Records of one body that was written down twice; province staff."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions.merging import merge_organizations
from organizations.forms.directory import OrganizationFindForm
from organizations.forms.people import ReasonForm
from organizations.models import Organization
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from organizations.views.directory import seen_by_staff

GROUPS = 20
MOST_FOUND = 30


@require_safe
def organization_duplicates(request: HttpRequest) -> HttpResponse:
    """Records whose names are alike, side by side."""
    require(access.of(request.user).is_staff)
    twice = Organization.objects.visible_to(request.user).recorded_twice().with_area()
    ordered = sorted(twice, key=lambda one: (one.likeness_key, bytes(one.sort_key), one.pk))
    groups = [list(group) for _key, group in groupby(ordered, key=lambda one: one.likeness_key)]
    context = {"page_obj": Paginator(groups, GROUPS).get_page(request.GET.get("page"))}
    return page(request, "organizations/organization_duplicates.html", context)


@require_safe
def organization_twin(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks for another record of the same body: by a name like its own, or by what is typed."""
    organization = seen_by_staff(request.user, pk)
    form = OrganizationFindForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    seen = Organization.objects.visible_to(request.user).standing().with_area().in_thai_order()
    found = seen.matching(wanted) if wanted else seen.like(organization.name)
    others = [one for one in found[:MOST_FOUND] if one.pk != organization.pk]
    context = {"organization": organization, "form": form, "q": wanted, "others": others}
    return page(request, "organizations/organization_twin.html", context)


@require_http_methods(["GET", "POST"])
def organization_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Joins the record `other` into the record `pk`, with a reason; shows first what moves."""
    require(access.of(request.user).is_staff)
    into, gone = seen_by_staff(request.user, pk), seen_by_staff(request.user, other)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            merge_organizations(gone, into=into, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("The two records are one now."), into)
    context = {"form": form, "into": into, "gone": gone, "moves": gone.what_hangs_on_it()}
    return page(request, "organizations/organization_merge.html", context, form=form)
