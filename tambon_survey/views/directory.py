"""Agencies of the survey, and coordinators who get their post from it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakhon_network.lib.names import split_name
from organizations import access
from organizations.models import Organization, Person, Post
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require
from tambon_survey.actions import directory as actions
from tambon_survey.directory import matrix
from tambon_survey.forms.directory import CoordinatorAppointForm
from tambon_survey.models import Coordinator, Round, Submission


@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    """Agencies stand in the directory; this is an address of before."""
    return redirect("organization_list", permanent=True)


@require_safe
def agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency's page is the organization's; this is an address of before."""
    agency = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    return redirect("organization_page", agency.pk, permanent=True)


@require_safe
def agency_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Tambon × agency of a round."""
    survey_round = _round(request, pk)
    context = {"round": survey_round, "matrix": matrix(survey_round, viewer=request.user)}
    return page(request, "tambon_survey/agency_matrix.html", context)


@require_safe
def unsupported_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Tambon of a round that have an activity and nobody who supports it."""
    survey_round = _round(request, pk)
    seen = Submission.objects.visible_to(request.user).of_round(survey_round).expected().with_areas()
    context = {"round": survey_round, "submissions": seen.unsupported().in_thai_order()}
    return page(request, "tambon_survey/unsupported_list.html", context)


def _round(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user).opened().select_related("province"), pk=pk)


@require_http_methods(["GET", "POST"])
def coordinator_appoint(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Puts a coordinator of an approved survey into the tambon's post, with the survey as source."""
    coordinators = (
        Coordinator.objects.visible_to(request.user)
        .kept()
        .select_related("submission__round", "submission__tambon__district__zone", "person")
    )
    coordinator = get_object_or_404(coordinators, pk=pk)
    submission = coordinator.submission
    post = Post.objects.expected().in_tambon(submission.tambon).with_areas().first()
    if post is None:
        raise Http404
    require(access.of(request.user).may_appoint(post))
    if coordinator.person is not None:
        return redirect(coordinator.person)
    if submission.state not in actions.JUDGED:
        return refused(
            request, Refused(_("Only coordinators of an approved survey are appointed from it.")), submission
        )
    form = CoordinatorAppointForm(
        request.POST or None, found=_same_name(request, coordinator), source=actions.source_of(coordinator)
    )
    if request.method == "POST" and form.is_valid():
        person = _appoint(request, coordinator, post, form)
        if person is not None:
            return done(request, _("Appointed: %(post)s") % {"post": post.title}, person)
    context = {"form": form, "coordinator": coordinator, "post": post, "submission": submission}
    return page(request, "tambon_survey/coordinator_appoint.html", context, form=form)


def _same_name(request: HttpRequest, coordinator: Coordinator) -> Any:
    name = split_name(coordinator.name)
    people = Person.objects.visible_to(request.user).of_that_name(first_name=name.first, last_name=name.last)
    return people.with_posts_on(timezone.localdate(), viewer=request.user).in_thai_order()


def _appoint(request: HttpRequest, coordinator: Coordinator, post: Post, form: CoordinatorAppointForm) -> Person | None:
    data = form.cleaned_data
    try:
        return actions.appoint_coordinator(
            coordinator,
            person=form.chosen_person(),
            post=post,
            starts_on=data["starts_on"],
            source=data["source"],
            by=request.user,
        )
    except Refused as why:
        form.add_error(None, why.sentence)
        return None
