"""Photos of a meeting: the page that adds and arranges them, and the pictures, each behind its own visibility."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import photos as actions
from meetings.forms.photos import CaptionsForm, PhotosForm, read_photo
from meetings.models import FileVisibility, Meeting, MeetingPhoto
from nakhon_network.lib.photos import MOST_BYTES, PhotoProblem
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import UNPROCESSABLE, done, page, refused, require

CREATED = 201
# A visitor's browser keeps a public picture for five minutes, so that one taken away is soon gone everywhere.
KEPT_SECONDS = 300


@require_http_methods(["GET", "POST"])
def meeting_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos of a meeting; POST adds some. A script sends them one by one and is answered in JSON."""
    meeting = _kept(request, pk)
    form = PhotosForm(request.POST or None, request.FILES or None)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        count = 0
        if form.is_valid():
            problems, count = _add(request, meeting, form)
        else:
            problems = [("", str(errors[0])) for errors in form.errors.values()]
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            said = problems[0][1] if problems else ""
            return JsonResponse({"said": said}, status=UNPROCESSABLE if problems else CREATED)
        if not problems:
            sentence = ngettext("%(count)s photo is kept.", "%(count)s photos are kept.", count) % {"count": count}
            return done(request, sentence, _address(meeting))
    answer = page(request, "meetings/meeting_photos.html", _context(meeting) | {"form": form, "problems": problems})
    if problems:
        answer.status_code = UNPROCESSABLE
    return answer


def _add(request: HttpRequest, meeting: Meeting, form: PhotosForm) -> tuple[list[tuple[str, str]], int]:
    """(name, sentence) for each file that cannot be kept, and how many were: a bad one costs no other."""
    problems = []
    kept = 0
    for number, (key, upload) in enumerate(zip(form.keys(), form.cleaned_data["photos"], strict=True), start=1):
        name = str(upload.name or "")
        try:
            photo = read_photo(upload, number=number)
            actions.add_photo(
                meeting,
                key=key,
                photo=photo,
                original_name=name,
                visibility=form.cleaned_data["visibility"],
                by=request.user,
                now=timezone.now(),
            )
        except PhotoProblem as problem:
            problems.append((name, str(problem.message)))
        except Refused as why:
            problems.append((name, why.sentence))
        else:
            kept += 1
    return problems, kept


@require_POST
def meeting_photos_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Captions and visibilities of all photos; the same button row moves one up or down, and then keeps both."""
    meeting = _kept(request, pk)
    captions = CaptionsForm(request.POST, photos=meeting.photos.kept())
    if not captions.is_valid():
        context = _context(meeting) | {"form": PhotosForm(), "captions": captions}
        return page(request, "meetings/meeting_photos.html", context, form=captions)
    try:
        actions.arrange_photos(meeting, changes=captions.changes(), by=request.user)
        moved = _moved(request, captions)
    except Refused as why:
        return refused(request, why, _address(meeting))
    if moved is not None:
        return redirect(f"{_address(meeting)}#photo-{moved.pk}")
    return done(request, _("Captions and visibility are saved."), _address(meeting))


def _moved(request: HttpRequest, captions: CaptionsForm) -> MeetingPhoto | None:
    """Move the photo whose arrow was pressed, if one was."""
    for photo in captions.photos:
        for word in ("up", "down"):
            if request.POST.get(word) == str(photo.pk):
                actions.move_photo(photo, up=word == "up", by=request.user)
                return photo
    return None


@login_not_required
@require_safe
def meeting_photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The picture itself, with `size=small` the small one; hidden ones are not there."""
    photo = get_object_or_404(MeetingPhoto.objects.visible_to(request.user), pk=pk)
    response = FileResponse(photo.open_file(small=request.GET.get("size") == "small"), content_type="image/jpeg")
    public = photo.visibility == FileVisibility.PUBLIC
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}" if public else "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def meeting_photo_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one away."""
    photos = MeetingPhoto.objects.visible_to(request.user).select_related("meeting__province")
    photo = get_object_or_404(photos, pk=pk)
    require(access.of(request.user).may_manage(photo.meeting.province))
    actions.remove_photo(photo, by=request.user, now=timezone.now())
    return done(request, _("The photo was removed."), _address(photo.meeting))


def _kept(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for who keeps its record."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("province"), pk=pk)
    require(access.of(request.user).may_manage(meeting.province))
    return meeting


def _context(meeting: Meeting) -> dict[str, Any]:
    photos = list(meeting.photos.kept())
    return {
        "meeting": meeting,
        "captions": CaptionsForm(photos=photos),
        "count": len(photos),
        "most": actions.MOST_PHOTOS,
        "most_bytes": str(MOST_BYTES),
    }


def _address(meeting: Meeting) -> str:
    return resolve_url("meeting_photos", meeting.pk)
