"""The list of meetings, the page of one, and the form of its facts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import meetings as actions
from meetings.actions.keeping import Stale
from meetings.forms.meetings import MeetingForm
from meetings.models import Meeting
from meetings.parts import agenda, attendance, chain, decisions, discussion, files, minutes
from nakhon_network.lib.thai_text import clean
from organizations import access
from organizations.history import history_of
from organizations.models import Province
from organizations.problems import Refused
from organizations.views.answers import done, page, require

PER_PAGE = 30
PARTS = (chain, decisions, agenda, attendance, files, minutes, discussion)
CONFLICT = 409


@login_not_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings one may read, the last first; found by a part of the title, a kind or a tag."""
    wanted = clean(request.GET.get("q", "")[:100])
    kind = request.GET.get("kind", "")
    kind = kind if kind in Meeting.Kind.values else ""
    found = Meeting.objects.visible_to(request.user).of_kind(kind).tagged(request.GET.get("tag", "")[:60])
    if wanted:
        found = found.matching(wanted)
    paginator = Paginator(found.with_facts().newest_first(), PER_PAGE)
    context = {
        "page_obj": paginator.get_page(request.GET.get("page")),
        "q": wanted,
        "kind": kind,
        "kinds": Meeting.Kind.choices,
        "province": settings.HOME_PROVINCE,
        "may_keep": access.of(request.user).is_staff,
    }
    return page(request, "meetings/meeting_list.html", context)


@login_not_required
@require_safe
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a meeting that the reader may know."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    may_keep = access.of(request.user).may_manage(meeting.province)
    context: dict[str, Any] = {
        "meeting": meeting,
        "may_keep": may_keep,
        "history": history_of(meeting, viewer=request.user) if may_keep else [],
    }
    for part in PARTS:
        context |= part.part(meeting, viewer=request.user, today=timezone.localdate())
    return page(request, "meetings/meeting_page.html", context)


@require_http_methods(["GET", "POST"])
def meeting_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new meeting of the province."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    return _edit(request, Meeting(province=province), "meetings/meeting_add.html")


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of a meeting."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).may_manage(meeting.province))
    return _edit(request, meeting, "meetings/meeting_edit.html")


def _edit(request: HttpRequest, meeting: Meeting, template: str) -> HttpResponse:
    form = MeetingForm(request.POST or None, instance=meeting, province=meeting.province)
    context = {"form": form, "meeting": meeting, "province": meeting.province}
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_meeting(
                form.instance,
                tags=form.cleaned_data["tags"],
                seen=form.cleaned_data["revision"],
                by=request.user,
            )
        except Stale as why:
            form.add_error(None, why.sentence)
            answer = page(request, template, context | {"now": Meeting.objects.get(pk=meeting.pk)}, form=form)
            answer.status_code = CONFLICT
            return answer
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(meeting)s") % {"meeting": saved.title}, saved)
    return page(request, template, context, form=form)
