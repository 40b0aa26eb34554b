"""Photos of a meeting: the page that adds and arranges them, and the pictures, each behind its own visibility.

What the page does serves photos of other things too: `Album` says whose they are and which addresses lead there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
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
from meetings.models import FileVisibility, MeetingPhoto
from meetings.models.files import PictureFile
from meetings.views.keeping import kept_meeting
from nakhon_network.lib.photos import MOST_BYTES, PhotoProblem
from organizations import access
from organizations.problems import Refused
from organizations.views.answers import UNPROCESSABLE, done, file_answer, page, refused, require

CREATED = 201
# A visitor's browser keeps a public picture for five minutes, so that one taken away is soon gone everywhere.
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Album:
    """The photos of one thing: `name` is what templates call it, and begins the names of the addresses."""

    thing: Any
    name: str
    template: str

    @property
    def address(self) -> str:
        """The page that adds and arranges them."""
        return resolve_url(f"{self.name}_photos", self.thing.pk)

    def context(self) -> dict[str, Any]:
        """What the page needs. One query."""
        photos = list(self.thing.photos.kept())
        return {
            self.name: self.thing,
            "here": self.address,
            "edit_address": resolve_url(f"{self.name}_photos_edit", self.thing.pk),
            "remove_address": f"{self.name}_photo_remove",
            "captions": CaptionsForm(photos=photos),
            "count": len(photos),
            "most": actions.MOST_PHOTOS,
            "most_bytes": str(MOST_BYTES),
        }


@require_http_methods(["GET", "POST"])
def meeting_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos of a meeting; POST adds some. A script sends them one by one and is answered in JSON."""
    return album_page(request, _album(request, pk))


@require_POST
def meeting_photos_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Captions and visibilities of all photos; the same button row moves one up or down, and then keeps both."""
    return arrange(request, _album(request, pk))


def _album(request: HttpRequest, pk: int) -> Album:
    return Album(kept_meeting(request, pk), "meeting", "meetings/meeting_photos.html")


@login_not_required
@require_safe
def meeting_photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The picture itself, with `size=small` the small one; hidden ones are not there."""
    return picture(request, get_object_or_404(MeetingPhoto.objects.visible_to(request.user), pk=pk))


@require_POST
def meeting_photo_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one away."""
    photos = MeetingPhoto.objects.visible_to(request.user).select_related("meeting__province")
    photo = get_object_or_404(photos, pk=pk)
    require(access.of(request.user).may_manage(photo.meeting.province))
    return take_away(request, photo, Album(photo.meeting, "meeting", ""))


def album_page(request: HttpRequest, album: Album) -> HttpResponse:
    """The page that adds photos; POST adds some."""
    form = PhotosForm(request.POST or None, request.FILES or None)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        count = 0
        if form.is_valid():
            problems, count = _add(request, album.thing, form)
        else:
            problems = [("", str(errors[0])) for errors in form.errors.values()]
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            said = problems[0][1] if problems else ""
            return JsonResponse({"said": said}, status=UNPROCESSABLE if problems else CREATED)
        if not problems:
            sentence = ngettext("%(count)s photo is kept.", "%(count)s photos are kept.", count) % {"count": count}
            return done(request, sentence, album.address)
    answer = page(request, album.template, album.context() | {"form": form, "problems": problems})
    if problems:
        answer.status_code = UNPROCESSABLE
    return answer


def _add(request: HttpRequest, thing: Any, form: PhotosForm) -> tuple[list[tuple[str, str]], int]:
    """(name, sentence) for each file that cannot be kept, and how many were: a bad one costs no other."""
    problems = []
    kept = 0
    for number, (key, upload) in enumerate(zip(form.keys(), form.cleaned_data["photos"], strict=True), start=1):
        name = str(upload.name or "")
        try:
            photo = read_photo(upload, number=number)
            actions.add_photo(
                thing,
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


def arrange(request: HttpRequest, album: Album) -> HttpResponse:
    """Keep captions, visibilities and places."""
    captions = CaptionsForm(request.POST, photos=album.thing.photos.kept())
    if not captions.is_valid():
        context = album.context() | {"form": PhotosForm(), "captions": captions}
        return page(request, album.template, context, form=captions)
    try:
        actions.arrange_photos(album.thing, changes=captions.changes(), by=request.user)
        moved = _moved(request, captions)
    except Refused as why:
        return refused(request, why, album.address)
    if moved is not None:
        return redirect(f"{album.address}#photo-{moved.pk}")
    return done(request, _("Captions and visibility are saved."), album.address)


def _moved(request: HttpRequest, captions: CaptionsForm) -> PictureFile | None:
    """Move the photo whose arrow was pressed, if one was."""
    for photo in captions.photos:
        for word in ("up", "down"):
            if request.POST.get(word) == str(photo.pk):
                actions.move_photo(photo, up=word == "up", by=request.user)
                return photo
    return None


def picture(request: HttpRequest, photo: PictureFile) -> HttpResponse | FileResponse:
    """The picture as an answer; a browser keeps only public ones, and not for long."""
    small = request.GET.get("size") == "small"
    response = file_answer(lambda: photo.open_file(small=small), content_type="image/jpeg")
    public = photo.visibility == FileVisibility.PUBLIC
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}" if public else "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def take_away(request: HttpRequest, photo: PictureFile, album: Album) -> HttpResponse:
    """Take one away, and go on to the others."""
    actions.remove_photo(photo, by=request.user, now=timezone.now())
    return done(request, _("The photo was removed."), album.address)
