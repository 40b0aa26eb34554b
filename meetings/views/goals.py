"""Goals of a meeting: added, changed, put in order, removed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import goals as actions
from meetings.forms.goals import GoalForm
from meetings.models import Goal
from meetings.views.keeping import kept, kept_meeting, stale
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused


@require_http_methods(["GET", "POST"])
def goal_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new goal, after the others."""
    return _edit(request, Goal(meeting=kept_meeting(request, pk)), "meetings/goal_add.html")


@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a goal and what was said about it; its place and its end are buttons here."""
    goal = kept(request, Goal.objects.visible_to(request.user).with_facts(), pk)
    return _edit(request, goal, "meetings/goal_edit.html")


def _edit(request: HttpRequest, goal: Goal, template: str) -> HttpResponse:
    form = GoalForm(request.POST or None, instance=goal)
    context = {"form": form, "goal": goal, "meeting": goal.meeting, "may_remove": goal.pk and not goal.has_resolution()}
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_goal(form.instance, seen=form.cleaned_data["revision"], by=request.user)
        except Stale as why:
            return stale(request, why, template, context, form=form, now=Goal.objects.get(pk=goal.pk))
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(what)s") % {"what": saved.title}, goal.meeting)
    return page(request, template, context, form=form)


@require_POST
def goal_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes places with the goal before or after."""
    goal = kept(request, Goal.objects.visible_to(request.user).with_facts(), pk)
    try:
        actions.move_goal(goal, earlier=request.POST.get("to") == "earlier", by=request.user)
    except Refused as why:
        return refused(request, why, goal.meeting)
    return done(request, _("The order of the goals is changed."), goal.meeting)


@require_POST
def goal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a goal on which no resolution hangs."""
    goal = kept(request, Goal.objects.visible_to(request.user).with_facts(), pk)
    try:
        actions.remove_goal(goal, by=request.user)
    except Refused as why:
        return refused(request, why, goal.meeting)
    return done(request, _("The goal is removed."), goal.meeting)
