"""The register of tasks over all meetings: what is still to do, by whom, and how late it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.forms.register import ALL, LAST_CLOSED, NEWEST, SOONEST, RegisterForm
from meetings.models import Task
from meetings.tasks import task_lines
from organizations.views.answers import page

PER_PAGE = 50
SORTED: dict[str, Callable[[Any], Any]] = {
    SOONEST: lambda tasks: tasks.soonest_first(),
    NEWEST: lambda tasks: tasks.newest_first(),
    LAST_CLOSED: lambda tasks: tasks.closed_last_first(),
}


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks of the meetings one may read, and one's own; those due first are on top."""
    today = timezone.localdate()
    form = RegisterForm(request.GET, province=settings.HOME_PROVINCE)
    wanted = form.wanted()
    tasks = _narrowed(request, wanted)
    ordered = SORTED.get(wanted.get("sort", ""), SORTED[SOONEST])(tasks)
    paginator = Paginator(ordered.with_facts().with_reading(request.user), PER_PAGE)
    page_obj = paginator.get_page(request.GET.get("page"))
    page_obj.object_list = task_lines(page_obj.object_list, viewer=request.user, today=today)
    context = {
        "form": form,
        "page_obj": page_obj,
        "overdue_count": tasks.overdue(today).count(),
        "today": today,
        "is_narrowed": any(wanted.values()),
        "only_overdue": wanted.get("overdue"),
    }
    return page(request, "meetings/task_list.html", context)


def _narrowed(request: HttpRequest, wanted: dict[str, Any]) -> Any:
    tasks = Task.objects.visible_to(request.user)
    if wanted.get("mine"):
        tasks = Task.objects.given_to(request.user)
    state = wanted.get("state") or Task.State.OPEN
    tasks = tasks if state == ALL else tasks.in_state(state)
    if wanted.get("zone"):
        tasks = tasks.in_zone(wanted["zone"])
    return tasks.overdue(timezone.localdate()) if wanted.get("overdue") else tasks
