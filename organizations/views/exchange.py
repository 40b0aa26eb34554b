"""What bodies offer and need, how they stand to each other, and how to reach them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import access
from organizations.actions import directory as actions
from organizations.forms.directory import (
    OFFERED_TO_LINK,
    NeedForm,
    OfferForm,
    OrganizationContactForm,
    OrganizationFindForm,
    RelationDatesForm,
    RelationForm,
)
from organizations.forms.people import ReasonForm
from organizations.history import removed_from
from organizations.models import Need, Offer, Organization, OrganizationContact, Relation
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from organizations.views.directory import kept_organization
from organizations.views.keeping import keep


def _kept(request: HttpRequest, rows: Any, pk: int) -> Any:
    """A row of a body whose record the user keeps."""
    home = ("province", "zone", "district__zone", "tambon__district__zone")
    found = get_object_or_404(rows.select_related(*(f"organization__{path}" for path in home)), pk=pk)
    require(access.may_change_organization(request.user, found.organization))
    return found


def _save(
    request: HttpRequest,
    form: ModelForm,
    template: str,
    *,
    organization: Organization,
    save: Callable[[], models.Model],
    afresh: Callable[[], ModelForm],
    **more: Any,
) -> HttpResponse:
    """Save what is valid and go on to the body's page; else the form again."""
    context = {"organization": organization, "thing": form.instance, **more}

    def then(saved: models.Model) -> HttpResponse:
        return done(request, _("Saved."), organization)

    return keep(request, form, f"organizations/{template}.html", context, save=save, then=then, afresh=afresh)


def _remove(request: HttpRequest, kind: Any, pk: int, template: str, *, remove: Callable[..., None]) -> HttpResponse:
    """Ask why, then remove; of two clicks the second leads to the same page."""
    try:
        thing = _kept(request, kind.objects.visible_to(request.user), pk)
    except Http404:
        mine = Organization.objects.changeable_by(request.user)
        if request.method == "POST" and (back := removed_from(mine, kind, pk, by=request.user)):
            return done(request, _("Removed."), back)
        raise
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove(thing, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Removed."), thing.organization)
    context = {"form": form, "thing": thing, "organization": thing.organization}
    return page(request, f"organizations/{template}.html", context, form=form)


def _exchange(request: HttpRequest, thing: Offer | Need, template: str) -> HttpResponse:
    kind = OfferForm if isinstance(thing, Offer) else NeedForm
    form = kind(request.POST or None, instance=thing)

    def save() -> models.Model:
        themes = form.cleaned_data["themes"]
        return actions.save_exchange(form.instance, themes=themes, seen=form.seen, by=request.user)

    def afresh() -> ModelForm:
        return kind(instance=type(thing).objects.get(pk=thing.pk))

    return _save(request, form, template, organization=thing.organization, save=save, afresh=afresh)


@require_http_methods(["GET", "POST"])
def offer_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Something a body offers."""
    return _exchange(request, Offer(organization=kept_organization(request, pk)), "offer_add")


@require_http_methods(["GET", "POST"])
def offer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An offer."""
    return _exchange(request, _kept(request, Offer.objects.visible_to(request.user), pk), "offer_edit")


@require_http_methods(["GET", "POST"])
def offer_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes an offer, with a reason."""
    return _remove(request, Offer, pk, "offer_remove", remove=actions.remove_exchange)


@require_http_methods(["GET", "POST"])
def need_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Something a body looks for."""
    return _exchange(request, Need(organization=kept_organization(request, pk)), "need_add")


@require_http_methods(["GET", "POST"])
def need_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A need."""
    return _exchange(request, _kept(request, Need.objects.visible_to(request.user), pk), "need_edit")


@require_http_methods(["GET", "POST"])
def need_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a need, with a reason."""
    return _remove(request, Need, pk, "need_remove", remove=actions.remove_exchange)


@require_http_methods(["GET", "POST"])
def relation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """How a body stands to another that is found by name."""
    organization = kept_organization(request, pk)
    find = OrganizationFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    seen = Organization.objects.visible_to(request.user).standing().in_thai_order()
    found = list(seen.matching(wanted)[:OFFERED_TO_LINK]) if wanted else []
    form = RelationForm(request.POST or None, instance=Relation(organization=organization), found=found)

    def save() -> models.Model:
        return actions.save_relation(form.instance, by=request.user)

    def afresh() -> ModelForm:
        return RelationForm(instance=Relation(organization=organization), found=found)

    more = {"find": find, "q": wanted, "has_found": bool(found) or form.is_bound}
    return _save(request, form, "relation_add", organization=organization, save=save, afresh=afresh, **more)


@require_http_methods(["GET", "POST"])
def relation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """From when until when a relation holds."""
    relation = _kept(request, Relation.objects.visible_to(request.user).with_other(), pk)
    form = RelationDatesForm(request.POST or None, instance=relation)

    def save() -> models.Model:
        return actions.save_relation(form.instance, seen=form.seen, by=request.user)

    def afresh() -> ModelForm:
        return RelationDatesForm(instance=Relation.objects.get(pk=pk))

    return _save(request, form, "relation_edit", organization=relation.organization, save=save, afresh=afresh)


@require_http_methods(["GET", "POST"])
def relation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a relation, with a reason."""
    return _remove(request, Relation, pk, "relation_remove", remove=actions.remove_relation)


def _contact(request: HttpRequest, contact: OrganizationContact, template: str) -> HttpResponse:
    form = OrganizationContactForm(request.POST or None, instance=contact)

    def save() -> models.Model:
        return actions.save_organization_contact(form.instance, seen=form.seen, by=request.user)

    def afresh() -> ModelForm:
        return OrganizationContactForm(instance=OrganizationContact.objects.get(pk=contact.pk))

    return _save(request, form, template, organization=contact.organization, save=save, afresh=afresh)


@require_http_methods(["GET", "POST"])
def organization_contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A way to reach a body."""
    contact = OrganizationContact(organization=kept_organization(request, pk))
    return _contact(request, contact, "organization_contact_add")


def _kept_contact(request: HttpRequest, pk: int) -> OrganizationContact:
    found: OrganizationContact = _kept(request, OrganizationContact.objects.visible_to(request.user), pk)
    return found


@require_http_methods(["GET", "POST"])
def organization_contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A contact of a body; saving it confirms it."""
    return _contact(request, _kept_contact(request, pk), "organization_contact_edit")


@require_POST
def organization_contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a contact is right today."""
    contact = _kept_contact(request, pk)
    try:
        actions.confirm_organization_contact(contact, by=request.user)
    except Refused as why:
        return refused(request, why, contact.organization)
    return done(request, _("Confirmed: it is right today."), contact.organization)


@require_http_methods(["GET", "POST"])
def organization_contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a contact of a body, with a reason."""
    remove = actions.remove_organization_contact
    return _remove(request, OrganizationContact, pk, "organization_contact_remove", remove=remove)
