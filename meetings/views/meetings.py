"""The list of meetings, the page of one, and the forms of its facts."""

from __future__ import annotations

import copy
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
from meetings.forms.meetings import MeetingForm
from meetings.models import Meeting, Tag
from meetings.parts import attendance, chain, decisions, discussion, facts, files, forum
from nakhon_network.lib.thai_text import arabic_digits, clean
from organizations import access
from organizations.conflicts import based_on, differences
from organizations.history import history_of
from organizations.models import Province
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, require

PER_PAGE = 30
PARTS = (facts, forum, chain, decisions, attendance, files, discussion)
CONFLICT = 409
YEARS = range(1800, 2300)


@login_not_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings one may read, the last first; found by a part of the title, a kind, a tag or a year."""
    wanted = clean(request.GET.get("q", "")[:100])
    kind = request.GET.get("kind", "")
    kind = kind if kind in Meeting.Kind.values else ""
    tag = Tag.objects.of_key(clean(request.GET.get("tag", "")[:60]))
    year = _year(request.GET.get("year", ""))
    seen = Meeting.objects.visible_to(request.user)
    found = seen.of_kind(kind).tagged(tag.key if tag else "").in_year(year)
    if wanted:
        found = found.matching(wanted)
    paginator = Paginator(found.with_facts().newest_first(), PER_PAGE)
    context = {
        "page_obj": paginator.get_page(request.GET.get("page")),
        "q": wanted,
        "kind": kind,
        "kinds": Meeting.Kind.choices,
        "tag": tag,
        "year": year,
        "years": [(one, one + 543) for one in seen.years()],
        "is_narrowed": bool(wanted or kind or tag or year),
        "province": settings.HOME_PROVINCE,
        "may_keep": access.of(request.user).is_staff,
    }
    return page(request, "meetings/meeting_list.html", context)


def _year(typed: str) -> int | None:
    """A Gregorian year of an address, or None."""
    text = arabic_digits(clean(typed[:8]))
    return int(text) if text.isascii() and text.isdecimal() and int(text) in YEARS else None


@login_not_required
@require_safe
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a meeting that the reader may know."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_host(), pk=pk)
    may_keep = access.of(request.user).may_manage(meeting.province)
    context: dict[str, Any] = {
        "meeting": meeting,
        "may_keep": may_keep,
    }
    for part in PARTS:
        context |= part.part(meeting, viewer=request.user, today=timezone.localdate())
    return page(request, "meetings/meeting_page.html", context)


@require_safe
def meeting_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed in the record, by whom."""
    meeting = kept_meeting(request, pk)
    history = history_of(meeting, viewer=request.user)
    return page(request, "meetings/meeting_history.html", {"meeting": meeting, "history": history})


@require_http_methods(["GET", "POST"])
def meeting_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new meeting of the province."""
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    return _edit(request, Meeting(province=province), "meetings/meeting_add.html")


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of a meeting."""
    return _edit(request, kept_meeting(request, pk), "meetings/meeting_edit.html")


def kept_meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose record the user keeps: 404 where it is not seen, 403 where it is only read."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).may_manage(meeting.province))
    return meeting


def _edit(request: HttpRequest, meeting: Meeting, template: str) -> HttpResponse:
    today = timezone.localdate()
    # The form puts what was typed into its own copy; the page's heading names the meeting as it stands.
    form = MeetingForm(request.POST or None, instance=copy.copy(meeting), province=meeting.province, today=today)
    context = {"form": form, "meeting": meeting, "province": meeting.province}
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form)
        except Stale as why:
            form.add_error(None, why.sentence)
            return _conflict(request, form, meeting, template, context)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(meeting)s") % {"meeting": saved.title}, saved)
    return page(request, template, context, form=form)


def _save(request: HttpRequest, form: MeetingForm) -> Meeting:
    typed = form.cleaned_data
    return actions.save_meeting(
        form.instance,
        tags=typed["tags"],
        team=form.team,
        new_series=(typed["new_series"], typed["new_series_numbering"]),
        new_organization=form.new_organization,
        seen=typed["revision"],
        by=request.user,
    )


def _conflict(
    request: HttpRequest, form: MeetingForm, meeting: Meeting, template: str, context: dict[str, Any]
) -> HttpResponse:
    """409: what was typed stays in the boxes, beside it what stands now; saving again begins from there."""
    now = Meeting.objects.with_facts().get(pk=meeting.pk)
    fresh = MeetingForm(instance=now, province=now.province, today=timezone.localdate())
    based_on(form, now.revision)
    answer = page(request, template, context | {"differences": differences(form, fresh)}, form=form)
    answer.status_code = CONFLICT
    return answer
