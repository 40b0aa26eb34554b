"""The directory: the list of bodies, the page of one, and the forms of its facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access
from organizations.actions import directory as actions
from organizations.forms.directory import AgreementForm, OrganizationForm, OrganizationSearchForm
from organizations.history import history_of
from organizations.models import Help, Organization, OrganizationContact, Relation, User
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from organizations.views.keeping import keep

PAGE_SIZE = 50


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """The bodies the network knows, in Thai order, narrowed by what is asked."""
    reach = access.of(request.user)
    require(reach.is_member)
    form = OrganizationSearchForm(request.GET, user=request.user)
    found, asked = form.found()
    context = {
        "form": form,
        "is_narrowed": bool(asked),
        "page_obj": Paginator(found.with_area().with_exchange().in_thai_order(), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "may_add": reach.may_add_organization,
        "is_staff": reach.is_staff,
        "help_names": dict(Help.choices),
    }
    return page(request, "organizations/organization_list.html", context)


@require_safe
def organization_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of a body; a merged record leads to the one that stays."""
    records = Organization.objects.visible_to(request.user).with_its_merged(pk)
    if not records or records[0].pk != pk:
        raise Http404
    organization = records[0]
    if organization.merged_into_id:
        return redirect("organization_page", organization.merged_into_id, permanent=True)
    may_change = access.may_change_organization(request.user, organization)
    today = timezone.localdate()
    context = {
        "organization": organization,
        "also_called": [one.name for one in records[1:]],
        "facts": _facts(organization),
        "offers": organization.offers.latest_first(),
        "needs": organization.needs.latest_first(),
        "relations": _relations(organization, today=today),
        "contacts": OrganizationContact.objects.visible_to(request.user).of(organization),
        "may_change": may_change,
        "is_staff": access.of(request.user).is_staff,
        "today": today,
        "history": history_of(*records, viewer=request.user) if may_change else [],
    }
    return page(request, "organizations/organization_page.html", context)


def _facts(organization: Organization) -> list[tuple[str, str]]:
    return [
        (_("Kind"), organization.get_kind_display()),
        (_("Status"), organization.get_status_display()),
        (_("At home in"), organization.area.full_name if organization.area else ""),
        (_("Themes"), " · ".join(theme.name for theme in organization.themes.all())),
        (_("Where this is known from"), organization.source),
    ]


def _relations(organization: Organization, *, today: date) -> list[dict[str, Any]]:
    """Each relation as it reads from this body: what stands before the other's name, the other, and when."""
    found = []
    for relation in Relation.objects.around(organization):
        onward = relation.organization_id == organization.pk
        found.append(
            {
                "relation": relation,
                "words": relation.words(onward=onward),
                "other": relation.other if onward else relation.organization,
                "holds": relation.holds(today),
            }
        )
    return sorted(found, key=lambda one: (not one["holds"], one["words"]))


@require_http_methods(["GET", "POST"])
def organization_add(request: HttpRequest) -> HttpResponse:
    """A new body."""
    require(access.of(request.user).may_add_organization)
    return _edit(request, Organization(), "organizations/organization_add.html")


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a body."""
    return _edit(request, kept_organization(request, pk), "organizations/organization_edit.html")


def _edit(request: HttpRequest, organization: Organization, template: str) -> HttpResponse:
    lead = organization.name
    form = OrganizationForm(request.POST or None, instance=organization, user=request.user)

    def save() -> Organization:
        themes = form.cleaned_data["themes"]
        return actions.save_organization(form.instance, themes=themes, seen=form.seen, by=request.user)

    def afresh() -> OrganizationForm:
        return OrganizationForm(instance=Organization.objects.get(pk=organization.pk), user=request.user)

    def then(saved: Organization) -> HttpResponse:
        return done(request, _("Saved: %(name)s") % {"name": saved.name}, saved)

    context = {"organization": organization, "lead": lead}
    return keep(request, form, template, context, save=save, then=then, afresh=afresh)


def kept_organization(request: HttpRequest, pk: int) -> Organization:
    """A body whose record the user keeps: 404 where it is not seen, 403 where it is only read."""
    seen = Organization.objects.visible_to(request.user).standing().with_area()
    organization = get_object_or_404(seen, pk=pk)
    require(access.may_change_organization(request.user, organization))
    return organization


def seen_by_staff(user: User, pk: int) -> Organization:
    """A standing record, for province staff."""
    found = get_object_or_404(Organization.objects.visible_to(user).standing().with_area(), pk=pk)
    require(access.of(user).is_staff)
    return found


@require_http_methods(["GET", "POST"])
def organization_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Records that a body agreed to be published, or takes it back; province staff."""
    organization = seen_by_staff(request.user, pk)
    form = AgreementForm(request.POST or None, initial={"agrees": "yes" if organization.agreed_at else "no"})
    if request.method == "POST" and form.is_valid():
        agrees, reason = form.cleaned_data["agrees"] == "yes", form.cleaned_data["reason"]
        try:
            actions.set_agreement(organization, agrees=agrees, reason=reason, by=request.user)
        except Refused as why:
            return refused(request, why, "organization_list")
        said = _("It may be published.") if agrees else _("It is not published.")
        return done(request, said, organization)
    return page(
        request, "organizations/organization_agree.html", {"form": form, "organization": organization}, form=form
    )
