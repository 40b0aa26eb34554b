"""An activity on a page of its own, who could help it, and the other way: what fits the offers of a body."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations import access
from organizations.models import Need, Organization
from organizations.views.answers import page, require
from organizations.views.areas import crumbs_of
from tambon_survey.activities import introductions_of, needs_of, rounds_of
from tambon_survey.fitting import matches_of
from tambon_survey.forms.introductions import HelpForm
from tambon_survey.models import Activity, Introduction
from tambon_survey.nearness import areas_of
from tambon_survey.partners import Partner, partners_of_activity, partners_of_needs
from tambon_survey.permits import may_introduce_for

SHOWN, MOST_NEEDS = 30, 20


def shared_activity(request: HttpRequest, pk: uuid.UUID) -> Activity:
    """An activity that the user may know of; else 404."""
    seen = Activity.objects.shared_with(request.user).with_areas().select_related("organization")
    return get_object_or_404(seen, pk=pk)


@require_safe
def activity_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One activity: what it looks for, who helps, who was introduced, and the rounds it was told in.

    Outside the tambon's line of work it shows what is shared: title, tambon and what it looks for.
    """
    activity = shared_activity(request, pk)
    tambon = activity.submission.tambon
    reach = access.of(request.user)
    whole = reach.may_see(tambon)
    context: dict[str, Any] = {
        "activity": activity,
        "tambon": tambon,
        "needs": needs_of(activity),
        "whole": whole,
        "may_introduce": reach.may_work_for(tambon),
        "crumbs": crumbs_of(tambon, user=request.user),
    }
    if whole:
        rounds = rounds_of(activity)
        context |= {
            "rounds": rounds,
            "newest": rounds[0],
            "introductions": introductions_of(rounds, request.user),
            "photos": activity.photos.kept(),
            "supports": activity.submission.agencies.kept().in_order().select_related("organization"),
        }
    return page(request, "tambon_survey/activity_page.html", context)


@require_safe
def activity_partners(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who offers what an activity looks for, each with reasons; one click more records the introduction."""
    activity = shared_activity(request, pk)
    tambon = activity.submission.tambon
    require(access.of(request.user).may_work_for(tambon))
    form = HelpForm(request.GET, kinds=activity.kinds_looked_for)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    partners = partners_of_activity(
        activity,
        kinds=[kind] if kind else activity.kinds_looked_for,
        viewer=request.user,
        today=timezone.localdate(),
        known=introductions_of(rounds_of(activity), request.user),
    )
    context = _shown(partners, "introduction_add", activity.pk) | {
        "title": activity.title,
        "back": (_("Back to the activity"), activity.get_absolute_url()),
        "form": form,
        "purpose": purpose_of(activity),
        "crumbs": [*crumbs_of(tambon, user=request.user), (tambon.full_name, tambon.get_absolute_url())],
    }
    return page(request, "tambon_survey/activity_partners.html", context)


def _shown(partners: list[Partner], name: str, key: object) -> dict[str, Any]:
    """The first of them, each with the address that records the introduction."""
    lines = [(one, reverse(name, args=[key, one.to])) for one in partners[:SHOWN]]
    return {"lines": lines, "left_out": max(len(partners) - SHOWN, 0), "today": timezone.localdate()}


def purpose_of(activity: Activity) -> str:
    """What an introduction of an activity is for, unless somebody writes more."""
    return activity.next_step or activity.needs_other or activity.title


@require_safe
def need_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """Who offers what a body looks for, each with reasons; one click more records the introduction."""
    need = get_object_or_404(Need.objects.select_related("organization", *areas_of("organization__")), pk=pk)
    body = need.organization
    require(may_introduce_for(request.user, body))
    known = Introduction.objects.visible_to(request.user).sought_by(body)
    told = partners_of_needs([need], viewer=request.user, today=timezone.localdate(), known=known)
    context = _shown(told[0][1], "need_introduce", need.pk) | {
        "title": f"{body.name}: {need.text}",
        "back": (_("Back to the organization"), reverse("organization_matches", args=[body.pk])),
        "purpose": need.text,
        "crumbs": [],
    }
    return page(request, "tambon_survey/activity_partners.html", context)


@require_safe
def organization_matches(request: HttpRequest, pk: int) -> HttpResponse:
    """Activities and needs that fit what a body offers, and what it looks for itself."""
    organization = get_object_or_404(Organization.objects.select_related(*areas_of("")), pk=pk)
    require(access.of(request.user).home_area() is not None)
    if organization.merged_into_id is not None:
        return redirect("organization_matches", organization.merged_into_id)
    today = timezone.localdate()
    context = {
        "organization": organization,
        "matches": matches_of(organization, viewer=request.user, today=today),
        "needs": organization.needs.in_force(today).order_by("pk")[:MOST_NEEDS],
        "may_introduce": may_introduce_for(request.user, organization),
    }
    return page(request, "tambon_survey/organization_matches.html", context)
