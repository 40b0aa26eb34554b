"""Telling people whom a survey names that their contact is kept."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations import access
from organizations.forms.privacy import TellForm
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from tambon_survey.actions import privacy as actions
from tambon_survey.models import Coordinator


@require_http_methods(["GET", "POST"])
def coordinator_tell(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """That somebody a survey names was told: how, and when."""
    coordinator = get_object_or_404(Coordinator.objects.visible_to(request.user).kept().with_places(), pk=pk)
    require(access.of(request.user).may_work_for(coordinator.submission.tambon))
    form = TellForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        how, day = form.cleaned_data["how"], form.cleaned_data["told_on"]
        try:
            actions.tell_coordinator(coordinator, how=how, on=day, by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Written down: %(name)s was told.") % {"name": coordinator.name}, "tell_list")
    context = {
        "form": form,
        "coordinator": coordinator,
        "submission": coordinator.submission,
        "may_erase": access.of(request.user).may_manage(coordinator.submission.tambon),
    }
    return page(request, "tambon_survey/coordinator_tell.html", context, form=form)
