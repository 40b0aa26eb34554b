"""Tasks: given, followed, finished, dropped, reopened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import following
from meetings.actions import tasks as actions
from meetings.forms.tasks import FinishForm, GiveForm, ReportForm, TaskForm
from meetings.models import Task
from meetings.tasks import task_line
from meetings.views.keeping import kept_meeting
from meetings.views.resolutions import key_of
from organizations import access
from organizations.forms.people import ReasonForm
from organizations.history import history_of
from organizations.models import Post, User
from organizations.problems import Refused
from organizations.views.answers import done, page, require


@dataclass(frozen=True)
class Update:
    """One report as the page shows it."""

    text: str
    at: datetime
    by: str


def _seen(request: HttpRequest, pk: int) -> Task:
    tasks = Task.objects.visible_to(request.user).with_facts().with_reading(request.user)
    return get_object_or_404(tasks, pk=pk)


def _keeps(request: HttpRequest, task: Task) -> bool:
    return (
        access.of(request.user).may_manage(task.meeting.province)
        if task.meeting
        else access.of(request.user).may_work_for(task.home)
    )


def _has_it(request: HttpRequest, task: Task) -> bool:
    """Whether the task is given to the user today."""
    return Task.objects.given_to(request.user).contains(task)


@require_safe
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be done, by whom, until when; what was reported; what comes next."""
    task = _seen(request, pk)
    keeps, has_it = _keeps(request, task), _has_it(request, task)
    today = timezone.localdate()
    knows_who = keeps or has_it
    context = _seat(task, viewer=request.user, today=today) if knows_who else {}
    context |= {
        "task": task,
        "line": task_line(task, viewer=request.user, today=today),
        "is_open": task.state == Task.State.OPEN,
        "keeps": keeps,
        "may_report": keeps or has_it,
        "may_finish": keeps or (has_it and not task.is_for_attendees),
        "is_mine": has_it,
        "updates": _updates(request, task, knows_who=knows_who),
        "others": task.others_of_order(),
        "form": ReportForm(),
        "history": history_of(task, viewer=request.user) if keeps else [],
    }
    return page(request, "meetings/task_page.html", context)


def _seat(task: Task, *, viewer: User, today: date) -> dict[str, Any]:
    """The post with its holders today, and the name of who was given the task and left."""
    if task.post_id is None:
        return {}
    post = Post.objects.visible_to(viewer).of_key(task.post_id).with_areas().with_holders_on(today).first()
    if post is None or task.person is None or any(one.person_id == task.person_id for one in post.holders):
        return {"post": post}
    return {"post": post, "left_by": task.person.name}


def _updates(request: HttpRequest, task: Task, *, knows_who: bool) -> list[Update]:
    """What was reported, for the network and for who has the task; by whom, for who has it or keeps the record."""
    if not (knows_who or access.of(request.user).is_member):
        return []
    found = task.updates.select_related("written_by__person")
    writers = [one.written_by.label if knows_who and one.written_by else "" for one in found]
    return [Update(one.text, one.written_at, by) for one, by in zip(found, writers, strict=True)]


@require_http_methods(["GET", "POST"])
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives work that follows from a meeting, or from one of its resolutions."""
    meeting = kept_meeting(request, pk)
    chosen = meeting.resolutions.standing().of_key(key_of(request.GET.get("resolution"))).first()
    start = {"resolution": chosen, "text": chosen.text[:1000] if chosen else ""}
    form = GiveForm(request.POST or None, meeting=meeting, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give(
                meeting,
                to=form.cleaned_data["receiver"],
                order=form.to_order(),
                today=timezone.localdate(),
                by=request.user,
            )
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            _tell_what_is_odd(request, form)
            sentence = ngettext("%(count)s task is given.", "%(count)s tasks are given.", len(given))
            return done(request, sentence % {"count": len(given)}, given[0].resolution or meeting)
    context = {"form": form, "meeting": meeting, "back": chosen or meeting}
    return page(request, "meetings/task_add.html", context, form=form)


def _tell_what_is_odd(request: HttpRequest, form: TaskForm) -> None:
    for warning in form.date_warnings().values():
        messages.warning(request, warning)


@require_http_methods(["GET", "POST"])
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts right what is to be done and until when."""
    task = _seen(request, pk)
    require(_keeps(request, task))
    form = TaskForm(request.POST or None, instance=task, meeting=task.meeting, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_task(form.instance, by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            _tell_what_is_odd(request, form)
            return done(request, _("The task is changed."), task)
    return page(request, "meetings/task_edit.html", {"form": form, "task": task}, form=form)


@require_http_methods(["GET", "POST"])
def task_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what happened with a task: who has it today, and who keeps the record."""
    task = _seen(request, pk)
    require(_keeps(request, task) or _has_it(request, task))

    def act(data: dict[str, Any]) -> None:
        following.report(task, text=data["text"], by=request.user)

    form = ReportForm(request.POST or None)
    return _follow(request, task, form, act, "meetings/task_report.html", _("What happened is written down."))


@require_http_methods(["GET", "POST"])
def task_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The task is done: outcome and reach. What everyone was given together is finished by who keeps the record."""
    task = _seen(request, pk)
    require(_keeps(request, task) or (_has_it(request, task) and not task.is_for_attendees))

    def act(data: dict[str, Any]) -> None:
        following.finish(task, **data, now=timezone.now(), by=request.user)

    form = FinishForm(request.POST or None)
    return _follow(request, task, form, act, "meetings/task_finish.html", _("The task is done. Thank you."))


@require_http_methods(["GET", "POST"])
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The task is given up, with a reason."""
    task = _seen(request, pk)
    require(_keeps(request, task))

    def act(data: dict[str, Any]) -> None:
        following.drop(task, reason=data["reason"], now=timezone.now(), by=request.user)

    form = ReasonForm(request.POST or None)
    return _follow(request, task, form, act, "meetings/task_drop.html", _("The task is dropped."))


@require_http_methods(["GET", "POST"])
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on the task goes on, with a reason."""
    task = _seen(request, pk)
    require(_keeps(request, task))

    def act(data: dict[str, Any]) -> None:
        following.reopen(task, reason=data["reason"], by=request.user)

    form = ReasonForm(request.POST or None)
    return _follow(request, task, form, act, "meetings/task_reopen.html", _("The task is open again."))


def _follow(
    request: HttpRequest, task: Task, form: Form, act: Callable[[dict[str, Any]], None], template: str, said: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, said, task)
    return page(request, template, {"form": form, "task": task}, form=form)
