"""The minutes of a meeting: their page and its buttons, the page to print, and the files."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import minutes as actions
from meetings.forms.minutes import AdoptForm, CorrectForm, MinutesForm
from meetings.minutes.building import document_of
from meetings.minutes.checks import Problem, problems, refusals
from meetings.minutes.pdf_file import pdf_of
from meetings.minutes.pictures import small_pictures
from meetings.minutes.reading import Reading, chosen, read, revisions_for
from meetings.minutes.rows import rows_of
from meetings.minutes.word_file import word_of
from meetings.models import Meeting, Minutes
from organizations import access
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused, require

CONFLICT = 409
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where each kind of problem is mended: an address of its own, or a part of the meeting's page.
_MENDED_AT = {"facts": "meeting_edit", "signers": "minutes_edit"}


def _fetched(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)


def _to_keep(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for who keeps its record; 403 for who only reads it."""
    meeting = _fetched(request, pk)
    require(access.of(request.user).may_manage(meeting.province))
    return meeting


def _crumbs(meeting: Meeting, *, own: bool = False) -> list[tuple[str, str]]:
    crumbs = [(_("Meetings"), reverse("meeting_list")), (meeting.title, meeting.get_absolute_url())]
    return [*crumbs, (_("Minutes"), reverse("minutes_page", args=[meeting.pk]))] if own else crumbs


# ---- the page ----
@login_not_required
@require_safe
def minutes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the minutes came, what to do next, what to look at before, the files, the revisions."""
    meeting = _fetched(request, pk)
    return page(request, "meetings/minutes_page.html", _page_of(request, meeting))


def _page_of(
    request: HttpRequest, meeting: Meeting, *, adopting: AdoptForm | None = None, correcting: CorrectForm | None = None
) -> dict[str, Any]:
    may_keep = access.of(request.user).may_manage(meeting.province)
    revisions = revisions_for(meeting, may_keep=may_keep)
    minutes = chosen(revisions, meeting, may_keep=may_keep)
    in_work = may_keep and minutes is not None and not minutes.is_adopted
    found = []
    if in_work and minutes is not None and minutes.is_issued:
        adopting = adopting or _adopt_form(request, meeting, None)
    elif in_work and minutes is not None:
        found = _problems(minutes)
    return {
        "meeting": meeting,
        "may_keep": may_keep,
        "minutes": minutes,
        "revisions": revisions,
        "steps": _steps(minutes),
        "in_work": in_work,
        "problems": [(problem, _place(meeting, problem)) for problem in found],
        "is_stopped": bool(refusals(found)),
        "adopting": adopting,
        "correcting": correcting or CorrectForm(),
        "crumbs": _crumbs(meeting),
    }


def _problems(minutes: Minutes) -> list[Problem]:
    rows = rows_of(minutes.meeting)
    before = [str(one) for one in rows.not_adopted]
    return problems(document_of(rows, minutes), today=timezone.localdate(), before=before)


def _place(meeting: Meeting, problem: Problem) -> str:
    """Where to mend it."""
    if name := _MENDED_AT.get(problem.place):
        return reverse(name, args=[meeting.pk])
    return f"{meeting.get_absolute_url()}#{problem.place}"


def _steps(minutes: Minutes | None) -> list[tuple[str, str]]:
    """The four states, for the way on the page."""
    at = Minutes.State.values.index(minutes.state) if minutes is not None else -1
    last = len(Minutes.State.values) - 1
    states = ["done" if n < at or n == at == last else "current" if n == at else "next" for n in range(last + 1)]
    return list(zip((str(label) for label in Minutes.State.labels), states, strict=True))


def _adopt_form(request: HttpRequest, meeting: Meeting, data: Any) -> AdoptForm:
    may_adopt = Meeting.objects.visible_to(request.user).that_may_adopt(meeting, today=timezone.localdate())
    return AdoptForm(data, meetings=may_adopt)


@require_http_methods(["GET", "POST"])
def minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote and who checked the minutes, and their numerals."""
    meeting = _to_keep(request, pk)
    minutes = actions.newest(meeting) or Minutes(meeting=meeting)
    form = MinutesForm(request.POST or None, instance=minutes)
    context = {"form": form, "meeting": meeting, "crumbs": _crumbs(meeting, own=True)}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.save_minutes(form.instance, seen=seen, by=request.user, now=timezone.now())
        except Stale as why:
            form.add_error(None, why.sentence)
            known = actions.newest(meeting)
            answer = page(request, "meetings/minutes_edit.html", context | {"now": known}, form=form)
            answer.status_code = CONFLICT
            return answer
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: who signs the minutes."), reverse("minutes_page", args=[pk]))
    return page(request, "meetings/minutes_edit.html", context, form=form)


# ---- the buttons ----
@require_POST
def minutes_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft was read and found right."""
    meeting, now = _to_keep(request, pk), timezone.now()
    today = timezone.localdate()
    sentence = _("Checked. Send the minutes round next.")
    return _moved(
        request, meeting, lambda: actions.check_minutes(meeting, by=request.user, today=today, now=now), sentence
    )


@require_POST
def minutes_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the minutes round: everybody who reads the meeting reads them from now on."""
    meeting, now = _to_keep(request, pk), timezone.now()
    today = timezone.localdate()
    sentence = _("Sent round. They are a draft until a later meeting adopts them.")
    return _moved(request, meeting, lambda: actions.circulate(meeting, by=request.user, today=today, now=now), sentence)


@require_POST
def minutes_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which meeting adopted them."""
    meeting, now = _to_keep(request, pk), timezone.now()
    form = _adopt_form(request, meeting, request.POST)
    if not form.is_valid():
        context = _page_of(request, meeting, adopting=form)
        return page(request, "meetings/minutes_page.html", context, form=form)
    chosen_one, today = form.cleaned_data["by_meeting"], timezone.localdate()
    sentence = _("Adopted. The minutes and the record of the meeting stay as they are.")
    return _moved(
        request,
        meeting,
        lambda: actions.adopt(meeting, by_meeting=chosen_one, by=request.user, today=today, now=now),
        sentence,
    )


@require_POST
def minutes_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a new revision of adopted minutes."""
    meeting, now = _to_keep(request, pk), timezone.now()
    form = CorrectForm(request.POST)
    if not form.is_valid():
        context = _page_of(request, meeting, correcting=form)
        return page(request, "meetings/minutes_page.html", context, form=form)
    reason = form.cleaned_data["reason"]
    sentence = _("A correction is started. Mend the record; then check, send round and have it adopted again.")
    return _moved(
        request,
        meeting,
        lambda: actions.start_correction(meeting, reason=reason, by=request.user, now=now),
        sentence,
    )


def _moved(request: HttpRequest, meeting: Meeting, move: Callable[[], Minutes], sentence: str) -> HttpResponse:
    """Do it and go back to the page; 409 with the page as it stands now where an old page was used."""
    to = reverse("minutes_page", args=[meeting.pk])
    try:
        move()
    except Stale as why:
        context = _page_of(request, meeting) | {"why": why}
        answer = page(request, "meetings/minutes_page.html", context)
        answer.status_code = CONFLICT
        return answer
    except Refused as why:
        return refused(request, why, to)
    return done(request, sentence, to)


# ---- the document ----
def _read(request: HttpRequest, pk: int) -> Reading:
    """The revision asked for, for this reader; 404 where there is none they may read."""
    meeting = _fetched(request, pk)
    may_keep = access.of(request.user).may_manage(meeting.province)
    revisions = revisions_for(meeting, may_keep=may_keep)
    wanted = request.GET.get("revision", "")
    minutes = chosen(revisions, meeting, may_keep=may_keep, wanted=wanted)
    if minutes is None:
        raise Http404
    return read(minutes, viewer=request.user)


@login_not_required
@require_safe
def minutes_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a page that prints in the official form."""
    reading = _read(request, pk)
    meeting = reading.minutes.meeting
    context = {"meeting": meeting, "reading": reading, "sheet": reading.sheet, "crumbs": _crumbs(meeting, own=True)}
    return page(request, "meetings/minutes_print.html", context)


@login_not_required
@require_safe
def minutes_docx(request: HttpRequest, pk: int) -> FileResponse:
    """The minutes as a Word file."""
    reading = _read(request, pk)
    content = word_of(reading.sheet, small_pictures(reading.photo_rows()))
    return _download(content, f"{reading.file_name}.docx", WORD)


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The minutes as a PDF."""
    reading = _read(request, pk)
    content = pdf_of(reading.sheet, small_pictures(reading.photo_rows()))
    return _download(content, f"{reading.file_name}.pdf", "application/pdf")


def _download(content: bytes, name: str, kind: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind)
