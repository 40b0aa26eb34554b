"""One meeting as a calendar file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.calendar import MEDIA_TYPE, meeting_event, written
from meetings.models import Meeting


@login_not_required
@require_safe
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as one event; not there while its day is not known."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    found = meeting_event(meeting, link=request.build_absolute_uri, now=timezone.now())
    if found is None:
        raise Http404
    name = f"meeting-{meeting.pk}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written(meeting.title, [found]), content_type=MEDIA_TYPE, headers=headers)
