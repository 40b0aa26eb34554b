"""The chain of meetings: links to those before and after, and the next one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import chain as actions
from meetings.forms.chain import BEFORE, LinkForm, NextForm
from meetings.models import Meeting, MeetingLink
from meetings.parts import chain
from meetings.views.meetings import kept_meeting
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require


@require_http_methods(["GET", "POST"])
def meeting_links(request: HttpRequest, pk: int) -> HttpResponse:
    """What a meeting comes from and leads to; POST adds a link."""
    meeting = kept_meeting(request, pk)
    form = LinkForm(request.POST or None, meeting=meeting, user=request.user)
    if request.method == "POST" and form.is_valid() and _linked(request, form):
        return done(request, _("The meetings are linked."), resolve_url("meeting_links", pk))
    context: dict[str, Any] = {"meeting": meeting, "form": form, "may_keep": True}
    context |= chain.part(meeting, viewer=request.user, today=timezone.localdate())
    return page(request, "meetings/meeting_links.html", context, form=form)


def _linked(request: HttpRequest, form: LinkForm) -> bool:
    this, is_before = form.this, form.cleaned_data["side"] == BEFORE
    kind, by = form.cleaned_data["kind"], request.user
    try:
        if form.is_new:
            actions.link_stub(this, title=form.cleaned_data["meeting"], is_before=is_before, kind=kind, by=by)
        else:
            earlier, later = (form.other, this) if is_before else (this, form.other)
            actions.link(earlier=earlier, later=later, kind=kind, by=by)
    except Refused as why:
        form.add_error("meeting", why.sentence)
        return False
    return True


@require_POST
def meeting_link_remove(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Part two meetings."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    found = get_object_or_404(MeetingLink.objects.around(meeting).visible_to(request.user), pk=link)
    require(access.of(request.user).may_manage(meeting.province))
    actions.unlink(found, by=request.user)
    return done(request, _("The meetings are linked no more; both records stay."), resolve_url("meeting_links", pk))


@require_http_methods(["GET", "POST"])
def meeting_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the next meeting from this one; GET says what is carried."""
    meeting = kept_meeting(request, pk)
    today = timezone.localdate()
    form = NextForm(request.POST or None, initial={"title": meeting.title})
    if request.method == "POST" and form.is_valid():
        try:
            following, is_new = actions.make_next(meeting, today=today, by=request.user, **form.cleaned_data)
        except Refused as why:
            return refused(request, why, meeting)
        made, known = _("Made: %(meeting)s"), _("It was made already: %(meeting)s")
        return done(request, (made if is_new else known) % {"meeting": following.title}, following)
    context = {
        "meeting": meeting,
        "form": form,
        "planned": actions.planned_after(meeting, today=today),
        "work": actions.open_work(meeting),
        "posts": list(meeting.expected_posts.with_areas()),
    }
    return page(request, "meetings/meeting_next.html", context, form=form)
