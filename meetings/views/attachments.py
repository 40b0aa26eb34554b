"""Papers of a meeting: a page to add and change them, and the files themselves, each behind the same gate."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import attachments as actions
from meetings.forms.attachments import AttachmentForm, UploadForm
from meetings.models import Attachment, Meeting
from meetings.views.meetings import kept_meeting
from nakhon_network.lib.papers import TYPES
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import done, file_answer, page, refused, require

SHOWN_IN_PLACE = ("jpg", "png")


@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of a meeting; POST adds one."""
    meeting = kept_meeting(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, meeting, form):
        return done(request, _("The file is kept."), resolve_url("attachments", pk))
    found = Attachment.objects.visible_to(request.user).of_meeting(meeting)
    context = {"meeting": meeting, "attachments": found, "form": form}
    return page(request, "meetings/attachments.html", context, form=form)


def _added(request: HttpRequest, meeting: Meeting, form: UploadForm) -> bool:
    try:
        actions.add_attachment(
            meeting,
            described=form.instance,
            key=form.cleaned_data["key"],
            paper=form.cleaned_data["paper"],
            original_name=request.FILES["paper"].name or "",
            by=request.user,
            now=timezone.now(),
        )
    except Refused as why:
        form.add_error("paper", why.sentence)
        return False
    return True


@require_http_methods(["GET", "POST"])
def attachment_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What a paper is called, what it is, and who may open it."""
    found = kept_attachment(request, pk)
    form = AttachmentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_attachment(form.instance, by=request.user)
        return done(request, _("The change is kept."), resolve_url("attachments", found.meeting_id))
    context = {"attachment": found, "meeting": found.meeting, "form": form}
    return page(request, "meetings/attachment_edit.html", context, form=form)


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The file itself, for whoever may open it; what is no picture is saved, not shown."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    extension = found.file.name.rpartition(".")[2]
    response = file_answer(
        lambda: found.file.open("rb"),
        as_attachment=extension not in SHOWN_IN_PLACE,
        filename=found.original_name,
        content_type=TYPES.get(extension, "application/octet-stream"),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def attachment_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one away."""
    found = kept_attachment(request, pk)
    back = resolve_url("attachments", found.meeting_id)
    try:
        actions.remove_attachment(found, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, back)
    return done(request, _("The file was removed."), back)


def kept_attachment(request: HttpRequest, pk: uuid.UUID) -> Attachment:
    """A paper of a meeting whose record the user keeps: 404 where it is not seen, 403 where it is only read."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user).with_meeting(), pk=pk)
    require(access.of(request.user).may_manage(found.meeting.province))
    return found
