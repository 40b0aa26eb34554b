"""A person's calendar: meetings, tasks and deadlines of the survey behind one secret address, and where it is kept."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import calendars as actions
from meetings.calendar import MEDIA_TYPE, meeting_events, task_events, written
from meetings.models import CalendarFeed
from organizations.views.answers import done
from tambon_survey.calendar import deadline_events


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What the owner of the address may read, as a calendar file; the secret is all that is asked for.

    Six queries, whatever the number of rows. An address that was revoked, or whose account is closed, is not there.
    """
    feed = CalendarFeed.objects.by_secret(secret)
    if feed is None:
        raise Http404
    now, link = timezone.now(), request.build_absolute_uri
    events = [
        *meeting_events(feed.user, link=link, now=now, today=timezone.localdate(now)),
        *task_events(feed.user, link=link, now=now),
        *deadline_events(feed.user, link=link, now=now),
    ]
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(written(_("Nakhon Network"), events), content_type=MEDIA_TYPE, headers=headers)


@never_cache
@require_safe
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """The address of one's own calendar, who can read it, and how to take it back."""
    feed = CalendarFeed.objects.of(request.user)
    link = request.build_absolute_uri(reverse("calendar_feed", args=[feed.secret])) if feed is not None else ""
    return render(request, "nakhon_network/calendar_settings.html", {"feed": feed, "link": link})


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make the address, or another one in its place."""
    actions.make_address(request.user, by=request.user)
    return done(request, _("Your calendar has a new address. Put it into your calendar app."), "calendar_settings")


@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    actions.revoke_address(request.user, by=request.user)
    return done(request, _("The address opens nothing any more."), "calendar_settings")
