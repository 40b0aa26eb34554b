"""Names of bodies in approved surveys: what is not in the directory yet, and what somebody says each name means."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.forms.people import ReasonForm
from organizations.models import Organization
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from tambon_survey import unlinked
from tambon_survey.actions import naming as actions
from tambon_survey.forms.unlinked import NEW, NameChoiceForm, NamedOrganizationForm, RecordFindForm, UnlinkedFilterForm
from tambon_survey.models import Sector, WrittenName
from tambon_survey.suggesting import sought, suggestions

LEFT = "left"
KIND_OF_SECTOR = {
    Sector.GOVERNMENT: Organization.Kind.GOVERNMENT,
    Sector.NON_GOVERNMENT: Organization.Kind.NON_GOVERNMENT,
    Sector.INDEPENDENT: Organization.Kind.INDEPENDENT,
}


@require_safe
def unlinked_list(request: HttpRequest) -> HttpResponse:
    """Names without a record, of one roster at a time, the most frequent first; or those that were left alone."""
    require(access.of(request.user).may_add_organization)
    form = UnlinkedFilterForm(request.GET, user=request.user)
    words, area = form.wanted()
    roster = request.GET.get("roster", "")
    roster = roster if roster in (*unlinked.ROSTERS, LEFT) else next(iter(unlinked.ROSTERS))
    number = request.GET.get("page")
    context = {
        "form": form,
        "roster": roster,
        "is_narrowed": bool(words or area),
        "narrowed_by": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
    }
    if roster == LEFT:
        left = WrittenName.objects.visible_to(request.user).left_alone().with_area().newest_first()
        context["page_obj"] = Paginator(left, unlinked.PAGE_SIZE).get_page(number)
    else:
        rows = unlinked.undecided(roster, request.user, area=area, words=words)
        context["page_obj"] = unlinked.lines(rows, number)
    return page(request, "tambon_survey/unlinked_list.html", context)


def _row(request: HttpRequest, roster: str, pk: uuid.UUID) -> Any:
    """A row of an approved survey of a tambon one works for that names a body."""
    model = unlinked.ROSTERS.get(roster)
    if model is None:
        raise Http404
    rows = model.objects.visible_to(request.user).naming().with_areas().select_related("organization")
    return get_object_or_404(rows, pk=pk)


def _list_url(roster: str) -> str:
    return f"{reverse('unlinked_list')}?roster={roster}"


@require_http_methods(["GET", "POST"])
def unlinked_name(request: HttpRequest, roster: str, pk: uuid.UUID) -> HttpResponse:
    """One name: where it is written, what it may mean, and the choice; of one that is linked for a narrower area."""
    row = _row(request, roster, pk)
    scopes, is_group = unlinked.scopes(row, request.user), roster == "groups"
    if not scopes:
        return redirect(row.organization)
    find = RecordFindForm(request.GET)
    words = find.cleaned_data["q"] if find.is_valid() else ""
    found = suggestions(row, request.user)
    if words:
        known = {one.organization.pk for one in found}
        found = [*(one for one in sought(words, request.user) if one.organization.pk not in known), *found]
    found = [one for one in found if one.organization != row.organization]
    form = NameChoiceForm(request.POST or None, found=found, scopes=scopes, is_group=is_group)
    if request.method == "POST" and form.is_valid():
        return _decided(request, roster, row, form)
    written = unlinked.written(row, request.user)
    if not written:
        return redirect(_list_url(LEFT))
    context = {
        "form": form,
        "find": find,
        "q": words,
        "row": row,
        "roster": roster,
        "name": unlinked.name_in(row),
        "written": written[: unlinked.WRITTEN],
        "has_more": len(written) > unlinked.WRITTEN,
        "is_like_a_person": unlinked.looks_like_a_person(unlinked.name_in(row)),
    }
    return page(request, "tambon_survey/unlinked_name.html", context, form=form)


def _decided(request: HttpRequest, roster: str, row: Any, form: NameChoiceForm) -> HttpResponse:
    if form.cleaned_data["choice"] == NEW:
        address = reverse("unlinked_add", args=[roster, row.pk])
        return redirect(f"{address}?{urlencode({'scope': form.cleaned_data['scope']})}")
    organization = form.organization()
    try:
        actions.decide_name(row, area=form.area(), organization=organization, by=request.user)
    except Refused as why:
        return refused(request, why, _list_url(roster))
    names = {"name": unlinked.name_in(row), "body": organization}
    said = _("“%(name)s” means %(body)s.") if organization else _("“%(name)s” was left alone.")
    return done(request, said % names, _list_url(roster))


@require_http_methods(["GET", "POST"])
def unlinked_add(request: HttpRequest, roster: str, pk: uuid.UUID) -> HttpResponse:
    """A new record for a name: filled in as far as the survey tells, and linked once it is saved."""
    row = _row(request, roster, pk)
    scopes = unlinked.scopes(row, request.user)
    if not scopes:
        return redirect(row.organization)
    form = NamedOrganizationForm(
        request.POST or None,
        instance=Organization(),
        user=request.user,
        scopes=scopes,
        is_group=roster == "groups",
        initial=_told_by(request, row),
    )
    if request.method == "POST" and form.is_valid():
        themes = form.cleaned_data["themes"]
        new = {"area": form.scope_chosen(), "organization": form.instance, "themes": themes}
        try:
            saved = actions.record_name(row, by=request.user, **new)
        except Refused as why:
            return refused(request, why, _list_url(roster))
        return done(request, _("“%(name)s” has its record now.") % {"name": saved.name}, _list_url(roster))
    context = {"form": form, "row": row, "roster": roster, "same_name": getattr(form, "same_name", [])}
    return page(request, "tambon_survey/unlinked_add.html", context, form=form)


def _told_by(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What the survey tells of the body: name, kind, where it is at home and where this is known from."""
    kind = Organization.Kind.GROUP
    if row.record_named_in == "name":
        kind = KIND_OF_SECTOR.get(row.sector, Organization.Kind.ORGANIZATION)
    facts = {"round": row.submission.round.name, "tambon": row.submission.tambon.full_name}
    told = {
        "name": unlinked.name_in(row),
        "kind": kind,
        "area": f"tambon:{row.submission.tambon_id}",
        "source": (_("Survey %(round)s, %(tambon)s") % facts)[:300],
    }
    scope = request.GET.get("scope", "")
    return told | ({"scope": scope, "area": scope} if scope else {})


@require_http_methods(["GET", "POST"])
def written_name_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back that a name means a body, with a reason; its rows wait in the list again."""
    names = WrittenName.objects.visible_to(request.user).linked().with_area()
    written = get_object_or_404(names, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.forget_name(written, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as why:
            return refused(request, why, written.organization)
        return done(request, _("“%(name)s” means nothing here any more.") % {"name": written}, written.organization)
    context = {"form": form, "written": written, "organization": written.organization}
    return page(request, "tambon_survey/written_name_remove.html", context, form=form)


@require_POST
def written_name_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings a name that was left alone back into the list."""
    written = get_object_or_404(WrittenName.objects.visible_to(request.user).left_alone().with_area(), pk=pk)
    try:
        actions.forget_name(written, reason="", by=request.user)
    except Refused as why:
        return refused(request, why, _list_url(LEFT))
    return done(request, _("“%(name)s” waits in the list again.") % {"name": written}, _list_url(LEFT))
