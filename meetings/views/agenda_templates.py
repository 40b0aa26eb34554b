"""The templates that agendas start with; data of whoever manages a province."""

from __future__ import annotations

import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import agenda as actions
from meetings.forms.agenda import TemplateForm
from meetings.models import AgendaTemplate
from organizations import access
from organizations.views.answers import done, page, require


@require_safe
def agenda_template_list(request: HttpRequest) -> HttpResponse:
    """All templates with their headings."""
    require(access.of(request.user).is_staff)
    AgendaTemplate.objects.default()
    templates = AgendaTemplate.objects.prefetch_related("items")
    return page(request, "meetings/agenda_template_list.html", {"templates": templates})


@require_http_methods(["GET", "POST"])
def agenda_template_add(request: HttpRequest) -> HttpResponse:
    """A new template."""
    require(access.of(request.user).is_staff)
    return _edit(request, AgendaTemplate(), "meetings/agenda_template_add.html")


@require_http_methods(["GET", "POST"])
def agenda_template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a template; meetings that took it keep what they have."""
    template = get_object_or_404(AgendaTemplate.objects.visible_to(request.user), pk=pk)
    return _edit(request, template, "meetings/agenda_template_edit.html")


def _edit(request: HttpRequest, template: AgendaTemplate, name: str) -> HttpResponse:
    form = TemplateForm(request.POST or None, instance=copy.copy(template))
    if request.method == "POST" and form.is_valid():
        saved = actions.save_template(form.instance, items=form.items, by=request.user)
        return done(request, _("Saved: %(template)s") % {"template": saved.name}, "agenda_template_list")
    return page(request, name, {"form": form, "template": template}, form=form)
