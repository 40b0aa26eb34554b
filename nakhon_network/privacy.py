"""Pages about personal data that need to know every app: what is kept and why, on whom, who is told, what is erased."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nakhon_network import erasing, privacy_policy, telling
from nakhon_network.my_data import Held, held_on
from organizations import access
from organizations.forms.privacy import EraseForm, GiveForm
from organizations.models import AuditEntry, Breach, Erasure, Person
from organizations.models.audit import Verb
from organizations.views.answers import done, page, require
from organizations.views.privacy import changeable
from tambon_survey.models import Coordinator

PAGE_SIZE = 50
SHOWN_ROWS = 50
_COUNTED_IN = "nakhon_network"


@login_not_required
@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """What the network keeps about people, why, by what right, how long, and who reads it: the policy file, drawn."""
    context = {
        "kept": privacy_policy.KEPT,
        "version": privacy_policy.NOTICE_VERSION,
        "since": privacy_policy.NOTICE_SINCE,
        "tell_days": privacy_policy.TELL_WITHIN.days,
    }
    return render(request, "nakhon_network/privacy_page.html", context)


@require_safe
def tell_list(request: HttpRequest) -> HttpResponse:
    """People of one's reach who are still to be told that others typed in their data, overdue first."""
    today = timezone.localdate()
    waiting = telling.waiting(request.user)
    context = {
        "page_obj": Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page")),
        "today": today,
        "overdue": sum(one.due < today for one in waiting),
        "days": privacy_policy.TELL_WITHIN.days,
    }
    return render(request, "nakhon_network/tell_list.html", context)


def _looks_everywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that looks through every table for one person, which costs: so often an account, then 429."""

    @wraps(view)
    def counted(request: HttpRequest, **named: Any) -> HttpResponse:
        key, rates = f"account {request.user.pk}", settings.WHOLE_SEARCH_RATES
        told = {"app": _COUNTED_IN, "action": "whole_search", "config": rates, "key": key, "limit_get": True}
        if not ratelimit.consume(request, **told):
            return ratelimit.respond_429(request)
        return view(request, **named)

    return counted


@never_cache
@require_safe
@_looks_everywhere
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept on oneself."""
    person = _oneself(request)
    return render(
        request, "nakhon_network/my_data.html", _drawn(person, held_on(person, viewer=request.user)) | {"is_self": True}
    )


@never_cache
@require_safe
@_looks_everywhere
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    person = _oneself(request)
    return _file(person, held_on(person, viewer=request.user))


@never_cache
@require_http_methods(["GET", "POST"])
@_looks_everywhere
def person_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on somebody who asked for it, for province staff; written down each time."""
    person = _for_staff(request, pk)
    form = GiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        AuditEntry.objects.record(Verb.GIVE, person, by=request.user, reason=form.cleaned_data["reason"])
        held = held_on(person, viewer=request.user)
        if form.cleaned_data["shape"] == "file":
            return _file(person, held)
        return render(request, "nakhon_network/my_data.html", _drawn(person, held))
    return page(request, "nakhon_network/person_data.html", {"form": form, "person": person}, form=form)


@require_http_methods(["GET", "POST"])
@_looks_everywhere
def person_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What an erasure takes, and the button that does it."""
    person = _for_staff(request, pk)
    return _erase(request, person, "nakhon_network/person_erase.html", {"person": person, "back": person})


@require_http_methods(["GET", "POST"])
@_looks_everywhere
def coordinator_erase(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The same for somebody a survey names who has no record; who has one is erased there."""
    row = get_object_or_404(Coordinator.objects.visible_to(request.user).with_places(), pk=pk)
    require(access.of(request.user).may_manage(row.submission.tambon))
    if row.person is not None:
        return redirect("person_erase", row.person_id)
    context = {"coordinator": row, "back": row.submission}
    return _erase(request, row, "nakhon_network/coordinator_erase.html", context)


def _erase(request: HttpRequest, thing: Person | Coordinator, template: str, context: dict[str, Any]) -> HttpResponse:
    now, form = timezone.now(), EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.erase(thing, reason=form.cleaned_data["reason"], by=request.user, now=now)
        return done(request, _("Erased. What was done is in the log, without the data."), context["back"])
    plan = erasing.plan_for_person(thing) if isinstance(thing, Person) else erasing.plan_for_row(thing)
    counts = erasing.rehearse(plan, by=request.user, now=now)
    context |= {"form": form, "tables": erasing.tables_in_words(counts), "shared": plan.shared}
    return page(request, template, context, form=form)


@require_safe
def privacy_office(request: HttpRequest) -> HttpResponse:
    """What waits, who is held back, what leaked, and the log of erasures; for province staff."""
    require(access.of(request.user).is_staff)
    user = request.user
    own = telling.with_duties(Person.objects.all(), user, today=timezone.localdate()).get(pk=user.person_id)
    done_before = Paginator(Erasure.objects.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "overdue": own.untold,
        "to_confirm": own.unconfirmed,
        "held": Person.objects.visible_to(user).standing().held_back().in_thai_order(),
        "breaches": Breach.objects.visible_to(user).to_report().open_first(),
        "page_obj": done_before,
        "provinces": sorted(access.of(user).provinces()),
    }
    return render(request, "nakhon_network/privacy_office.html", context)


def _oneself(request: HttpRequest) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


def _for_staff(request: HttpRequest, pk: int) -> Person:
    person = changeable(request, pk)
    require(access.of(request.user).is_staff)
    return person


def _drawn(person: Person, held: list[Held]) -> dict[str, Any]:
    shown = [(one.title, one.rows[:SHOWN_ROWS], len(one.rows) - SHOWN_ROWS, one.note) for one in held]
    return {"person": person, "held": shown}


def _file(person: Person, held: list[Held]) -> HttpResponse:
    content = {
        "name": person.name,
        "made_at": timezone.localtime().isoformat(),
        "held": [one.to_json() for one in held],
    }
    headers = {"Content-Disposition": f'attachment; filename="data-{person.pk}.json"', "Cache-Control": "no-store"}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)
