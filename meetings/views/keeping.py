"""What the views of a meeting's record do the same way: fetch for who keeps it, and answer a stale save."""

from __future__ import annotations

from typing import Any

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from meetings.models import Meeting
from organizations import access
from organizations.problems import Stale
from organizations.views.answers import page, require

CONFLICT = 409


def kept_meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose record the user keeps: 404 where it may not be read, 403 where it is another's to keep."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).may_manage(meeting.province))
    return meeting


def kept(request: HttpRequest, rows: Any, pk: int) -> Any:
    """The same for a thing of a meeting; `rows` are those one may read, with their meeting."""
    thing = get_object_or_404(rows, pk=pk)
    require(access.of(request.user).may_manage(thing.meeting.province))
    return thing


def stale(
    request: HttpRequest, why: Stale, template: str, context: dict[str, Any], *, form: ModelForm, now: Any
) -> HttpResponse:
    """409: what was typed is still in the boxes, what stands `now` beside it; saving again is then meant."""
    data = request.POST.copy()
    data["revision"] = str(now.revision)
    form.data = data
    form.add_error(None, why.sentence)
    answer = page(request, template, context | {"now": now}, form=form)
    answer.status_code = CONFLICT
    return answer
