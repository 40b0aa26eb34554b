"""Telling people, asking again, holding contacts back, and breaches."""

from __future__ import annotations

import copy

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.actions import privacy as actions
from organizations.forms.privacy import BreachForm, HoldForm, TellForm
from organizations.history import history_of
from organizations.models import Breach, Contact, Person, Province
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from organizations.views.keeping import keep

PAGE_SIZE = 50


def changeable(request: HttpRequest, pk: int) -> Person:
    """A person whom the user sees and may change."""
    person = get_object_or_404(Person.objects.visible_to(request.user).standing(), pk=pk)
    require(access.may_edit_person(request.user, person))
    return person


@require_http_methods(["GET", "POST"])
def person_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """That a person was told of the contacts others typed in: how, and when."""
    person = changeable(request, pk)
    form = TellForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.tell_person(person, how=form.cleaned_data["how"], on=form.cleaned_data["told_on"], by=request.user)
        return done(request, _("Written down: %(name)s was told.") % {"name": person.name}, "tell_list")
    waiting = person.contacts.visible_to(request.user).to_tell().with_person()
    context = {"form": form, "person": person, "contacts": list(waiting)}
    return page(request, "organizations/person_tell.html", context, form=form)


@require_safe
def recheck_list(request: HttpRequest) -> HttpResponse:
    """Contacts of one's people that nobody confirmed for a year, the oldest first."""
    before = Contact.confirmed_too_long_ago()
    mine = Contact.objects.visible_to(request.user).in_care_of(request.user)
    found = mine.to_confirm(before).with_person().order_by("confirmed_at", "pk")
    context = {"page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))}
    return page(request, "organizations/recheck_list.html", context)


@require_POST
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Still right."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("person"), pk=pk)
    require(access.may_edit_person(request.user, contact.person))
    actions.confirm_contact(contact, by=request.user, now=timezone.now())
    said = _("Confirmed: %(name)s, %(value)s")
    return done(request, said % {"name": contact.person.name, "value": contact.shown_value}, "recheck_list")


@require_http_methods(["GET", "POST"])
def person_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the contacts of a person back everywhere, or let them be used again; with a reason."""
    person = changeable(request, pk)
    form = HoldForm(request.POST or None, initial={"wanted": "release" if person.held_at else "hold"})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if form.cleaned_data["wanted"] == "release":
            actions.release(person, reason=reason, by=request.user)
            return done(request, _("The contacts may be used again."), person)
        actions.hold(person, reason=reason, by=request.user, now=timezone.now())
        return done(request, _("The contacts are held back everywhere now."), person)
    context = {"form": form, "person": person, "is_release": form["wanted"].value() == "release"}
    return page(request, "organizations/person_hold.html", context, form=form)


@require_safe
def breach_list(request: HttpRequest, code: str) -> HttpResponse:
    """The breaches of a province, those still open first."""
    province = _province(request, code)
    found = Breach.objects.visible_to(request.user).of_province(province).open_first()
    context = {"province": province, "breaches": found, "now": timezone.now()}
    return page(request, "organizations/breach_list.html", context)


@require_http_methods(["GET", "POST"])
def breach_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new one: the clock runs from when it was found."""
    return _edit_breach(request, Breach(province=_province(request, code)), "organizations/breach_add.html")


@require_http_methods(["GET", "POST"])
def breach_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one by now, its history, and the buttons that move it on."""
    return _edit_breach(request, _breach(request, pk), "organizations/breach_edit.html")


def _edit_breach(request: HttpRequest, breach: Breach, template: str) -> HttpResponse:
    now = timezone.now()
    context = {
        "breach": breach,
        "province": breach.province,
        "is_overdue": breach.is_overdue_at(now),
        "history": history_of(breach, viewer=request.user) if breach.pk else [],
    }
    form = BreachForm(request.POST or None, instance=copy.copy(breach), now=now)

    def save() -> Breach:
        return actions.save_breach(form.instance, seen=form.seen, by=request.user)

    def afresh() -> BreachForm:
        return BreachForm(instance=Breach.objects.get(pk=breach.pk), now=now)

    def then(saved: Breach) -> HttpResponse:
        return done(request, _("The case is written down."), saved)

    return keep(request, form, template, context, save=save, then=then, afresh=afresh)


@require_POST
def breach_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The office knows."""
    breach = _breach(request, pk)
    try:
        actions.report_breach(breach, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, breach)
    return done(request, _("Written down: reported to the office."), breach)


@require_POST
def breach_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is left to do."""
    breach = _breach(request, pk)
    try:
        actions.close_breach(breach, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, breach)
    return done(request, _("The case is closed."), breach)


def _province(request: HttpRequest, code: str) -> Province:
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    return province


def _breach(request: HttpRequest, pk: int) -> Breach:
    return get_object_or_404(Breach.objects.visible_to(request.user).select_related("province"), pk=pk)
