"""The shelf of stories and learning media, the page of each, and what an activity's people tell of it."""

from __future__ import annotations

import copy
import re
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Meeting, Tag
from meetings.parts.discussion import discussion_of
from nakhon_network.lib.thai_text import clean
from organizations import access
from organizations.forms.people import ReasonForm
from organizations.history import history_of
from organizations.models import Province, Tambon
from organizations.views.answers import done, page, require
from organizations.views.areas import crumbs_of
from organizations.views.keeping import keep
from tambon_survey.actions import stories as actions
from tambon_survey.forms.stories import ShelfForm, StoryForm
from tambon_survey.models import Activity, Story

PER_PAGE = 24
LONGEST_KEY = 60
_TAMBON_CODE = re.compile("[0-9]{6}")


@login_not_required
@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The shelf: found by words, kind, theme, tambon or tag; the last that came first."""
    seen = Story.objects.visible_to(request.user)
    form = ShelfForm(request.GET, tambons=list(seen.tambons()))
    wanted = form.wanted()
    tag = Tag.objects.of_key(clean(request.GET.get("tag", "")[:LONGEST_KEY]))
    found = seen.of_kind(wanted["kind"]).of_theme(wanted["theme"]).of_tambon_code(wanted["tambon"])
    found = found.tagged(tag.key if tag else "")
    if wanted["q"]:
        found = found.matching(wanted["q"])
    context = {
        "form": form,
        "tag": tag,
        "is_narrowed": bool(tag or any(wanted.values())),
        "page_obj": Paginator(found.with_facts().newest_first(), PER_PAGE).get_page(request.GET.get("page")),
        "may_write": access.of(request.user).home_area() is not None,
    }
    return page(request, "tambon_survey/story_list.html", context)


@login_not_required
@require_safe
def story_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A story with its photos, what it belongs to as far as the reader may know it, and what is asked about it."""
    story = get_object_or_404(Story.objects.visible_to(request.user).with_facts(), pk=pk)
    user = request.user
    may_write = story.may_be_written_by(user)
    context: dict[str, Any] = {
        "story": story,
        "may_write": may_write,
        "names_writer": access.of(user).is_member,
        "may_open_tambon": story.tambon is not None and access.of(user).may_see(story.tambon),
        "meeting": Meeting.objects.visible_to(user).of_key(story.meeting_id).first() if story.meeting_id else None,
        "activity": Activity.objects.visible_to(user).kept().of_key(story.activity_id).first()
        if story.activity_id
        else None,
        "themes": story.themes.in_order(),
        "tags": story.tags.all(),
        "photos": story.photos.visible_to(user),
        "history": history_of(story, viewer=user) if may_write else [],
    }
    context |= discussion_of(story, "story", address="story_remark", viewer=user)
    return page(request, "tambon_survey/story_page.html", context)


@require_http_methods(["GET", "POST"])
def story_add(request: HttpRequest) -> HttpResponse:
    """A new story; `tambon`, `activity` or `meeting` in the address say what it is told of."""
    require(access.of(request.user).home_area() is not None)
    story = _told_of(request, Story(province=get_object_or_404(Province, pk=settings.HOME_PROVINCE)))
    return _edit(request, story, "tambon_survey/story_add.html")


def _told_of(request: HttpRequest, story: Story) -> Story:
    """The story with what the address says, as far as the user may know it; else 404."""
    asked = {name: request.GET.get(name, "")[:LONGEST_KEY] for name in ("tambon", "activity", "meeting")}
    user = request.user
    if asked["meeting"].isdecimal():
        story.meeting = get_object_or_404(Meeting.objects.visible_to(user).with_facts(), pk=int(asked["meeting"]))
        venue = story.meeting.venue_tambon
        story.tambon = venue if venue is not None and access.of(user).may_work_for(venue) else None
    if asked["tambon"]:
        if _TAMBON_CODE.fullmatch(asked["tambon"]) is None:
            raise Http404
        story.tambon = get_object_or_404(Tambon.objects.visible_to(user).with_areas(), pk=asked["tambon"])
    if (key := _key(asked["activity"])) is not None:
        story.activity = get_object_or_404(Activity.objects.visible_to(user).kept().with_areas(), pk=key)
        story.tambon = story.activity.submission.tambon
    return story


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def story_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a story, where it belongs, who may read it."""
    return _edit(request, written_story(request, pk), "tambon_survey/story_edit.html")


def written_story(request: HttpRequest, pk: int) -> Story:
    """A story the user may change: 404 where it is not seen, 403 where it is only read."""
    story = get_object_or_404(Story.objects.visible_to(request.user).with_facts(), pk=pk)
    require(story.may_be_written_by(request.user))
    return story


def _edit(request: HttpRequest, story: Story, template: str) -> HttpResponse:
    # The form puts what was typed into its own copy; the page's heading names the story as it stands.
    form = StoryForm(request.POST or None, instance=copy.copy(story), user=request.user)
    told_of = story.activity or story.meeting or story.tambon

    def save() -> Story:
        typed = form.cleaned_data
        more = {"tags": typed["tags"], "themes": typed.get("themes", ()), "seen": typed["revision"]}
        return actions.save_story(form.instance, **more, by=request.user)

    def afresh() -> StoryForm:
        return StoryForm(instance=Story.objects.with_facts().get(pk=story.pk), user=request.user)

    def then(saved: Story) -> HttpResponse:
        return done(request, _("Saved: %(what)s") % {"what": saved.title}, saved)

    context = {"story": story, "told_of": str(told_of or "")}
    return keep(request, form, template, context, save=save, then=then, afresh=afresh)


@require_http_methods(["GET", "POST"])
def story_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a story down, with a reason."""
    story = written_story(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_story(story, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        return done(request, _("The story is taken down; the history keeps why."), "story_list")
    return page(request, "tambon_survey/story_remove.html", {"form": form, "story": story}, form=form)


@require_safe
def activity_stories(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An activity of a tambon one works for: what is told of it, and what is asked about it."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).kept().with_areas(), pk=pk)
    tambon = activity.submission.tambon
    context = {
        "activity": activity,
        "tambon": tambon,
        "crumbs": [*crumbs_of(tambon, user=request.user), (tambon.full_name, tambon.get_absolute_url())],
        "stories": Story.objects.visible_to(request.user).of_activity(activity).with_facts().newest_first(),
        "may_write": access.of(request.user).may_work_for(tambon),
    }
    context |= discussion_of(activity, "activity", address="activity_remark", viewer=request.user)
    return page(request, "tambon_survey/activity_stories.html", context)
