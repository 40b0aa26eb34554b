"""Photos of an activity: a page to add and remove them, and the pictures themselves, each behind the same gate."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.problems import Refused
from organizations.views.answers import done, file_answer, page, refused, require
from organizations.views.areas import crumbs_of
from tambon_survey.actions import photos as actions
from tambon_survey.forms.photos import PhotoForm
from tambon_survey.models import Activity, ActivityPhoto, Submission


@require_http_methods(["GET", "POST"])
def activity_photos(request: HttpRequest, pk: int, row: uuid.UUID) -> HttpResponse:
    """The photos of one activity; POST adds one."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user).with_areas(), pk=pk)
    activity = get_object_or_404(submission.activities.kept(), pk=row)
    now = timezone.now()
    form = PhotoForm(request.POST or None, request.FILES or None, initial={"key": uuid.uuid4()})
    if request.method == "POST":
        require(access.of(request.user).may_work_for(submission.tambon))
        if form.is_valid() and _added(request, activity, form):
            return done(request, _("The photo is kept."), _address(submission, activity))
    context = {
        "submission": submission,
        "activity": activity,
        "photos": activity.photos.kept(),
        "most": actions.MOST_PHOTOS,
        "crumbs": crumbs_of(submission.tambon, user=request.user),
        "is_open": submission.takes_answers_at(now),
        "form": form,
    }
    return page(request, "tambon_survey/activity_photos.html", context, form=form)


def _added(request: HttpRequest, activity: Activity, form: PhotoForm) -> bool:
    try:
        actions.add_photo(
            activity,
            key=form.cleaned_data["key"],
            photo=form.cleaned_data["photo"],
            original_name=request.FILES["photo"].name or "",
            by=request.user,
            now=timezone.now(),
        )
    except Refused as why:
        form.add_error("photo", why.sentence)
        return False
    return True


def _address(submission: Submission, activity: Activity) -> str:
    return resolve_url("activity_photos", submission.pk, activity.pk)


@require_safe
def activity_photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The picture itself, for those who work for the tambon."""
    photo = get_object_or_404(ActivityPhoto.objects.visible_to(request.user).kept(), pk=pk)
    response = file_answer(lambda: photo.file.open("rb"), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def activity_photo_remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one away."""
    seen = (
        ActivityPhoto.objects.visible_to(request.user).kept().select_related("activity__submission__tambon__district")
    )
    photo = get_object_or_404(seen, pk=pk)
    submission = photo.activity.submission
    require(access.of(request.user).may_work_for(submission.tambon))
    try:
        actions.remove_photo(photo, by=request.user, now=timezone.now())
    except Refused as why:
        return refused(request, why, _address(submission, photo.activity))
    return done(request, _("The photo was removed."), _address(submission, photo.activity))
