"""Photos of a story, by the pages of a meeting's photos."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.views.photos import Album, album_page, arrange, picture, take_away
from organizations.views.answers import require
from tambon_survey.models import Story, StoryPhoto
from tambon_survey.views.stories import written_story


@require_http_methods(["GET", "POST"])
def story_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos of a story; POST adds some."""
    return album_page(request, _album(written_story(request, pk)))


@require_POST
def story_photos_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Captions, visibilities and places of the photos."""
    return arrange(request, _album(written_story(request, pk)))


@login_not_required
@require_safe
def story_photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The picture itself; hidden ones, and those of a story one may not read, are not there."""
    return picture(request, get_object_or_404(StoryPhoto.objects.visible_to(request.user), pk=pk))


@require_POST
def story_photo_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one away."""
    photo = get_object_or_404(StoryPhoto.objects.visible_to(request.user).with_story(), pk=pk)
    require(photo.story.may_be_written_by(request.user))
    return take_away(request, photo, _album(photo.story))


def _album(story: Story) -> Album:
    return Album(story, "story", "tambon_survey/story_photos.html")
