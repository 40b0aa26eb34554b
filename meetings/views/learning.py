"""เวทีเรียนรู้: the list of learning forums, and the pages where one is told."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import learning as actions
from meetings.forms.learning import ForumForm, ForumsForm, LessonForm, ReviewForm
from meetings.models import Forum, Lesson, Meeting
from meetings.views.keeping import CONFLICT, kept_meeting, stale
from organizations import access
from organizations.conflicts import based_on, differences
from organizations.models import Organization
from organizations.problems import Refused, Stale
from organizations.views.answers import done, page, refused, require

PER_PAGE = 30


@login_not_required
@require_safe
def forum_list(request: HttpRequest) -> HttpResponse:
    """The learning forums one may read, the last first; by theme, host or year."""
    seen = Meeting.objects.visible_to(request.user).of_kind(Meeting.Kind.FORUM)
    form = ForumsForm(request.GET, hosts=Organization.objects.hosting(seen), years=seen.years())
    theme, host, year = form.wanted()
    found = seen.in_year(year).on_theme(theme).hosted_by(host)
    context = {
        "form": form,
        "is_narrowed": bool(theme or host or year),
        "page_obj": Paginator(found.with_forum().newest_first(), PER_PAGE).get_page(request.GET.get("page")),
        "may_keep": access.of(request.user).is_staff,
        "province": settings.HOME_PROVINCE,
    }
    return page(request, "meetings/forum_list.html", context)


@require_http_methods(["GET", "POST"])
def forum_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Host, themes and people who know."""
    forum = _forum(request, pk)
    form = ForumForm(request.POST or None, forum=forum, user=request.user)
    context = {"form": form, "forum": forum, "meeting": forum.meeting}
    template = "meetings/forum_edit.html"
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, forum, form)
        except Stale as why:
            form.add_error(None, why.sentence)
            return _conflict(request, form, template, context)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(what)s") % {"what": forum.meeting.title}, forum)
    return page(request, template, context, form=form)


def _save(request: HttpRequest, forum: Forum, form: ForumForm) -> None:
    forum.host = form.host
    typed = form.cleaned_data
    actions.save_forum(
        forum,
        themes=typed.get("themes", ()),
        speakers=typed["speakers"],
        people=form.known_people(),
        new_host=form.new_host,
        seen=typed["revision"],
        by=request.user,
    )


def _conflict(request: HttpRequest, form: ForumForm, template: str, context: dict[str, object]) -> HttpResponse:
    """409: what was typed stays in the boxes, beside it what stands now."""
    now = Forum.objects.with_facts().get(pk=form.forum.pk) if form.forum.pk else _begun(form.forum.meeting)
    based_on(form, now.revision)
    told = {"differences": differences(form, ForumForm(forum=now, user=request.user))}
    answer = page(request, template, context | told, form=form)
    answer.status_code = CONFLICT
    return answer


@require_http_methods(["GET", "POST"])
def forum_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The four prompts of the review, by who keeps the record."""
    forum = _forum(request, pk)
    form = ReviewForm(request.POST or None, instance=forum)
    context = {"form": form, "forum": forum, "meeting": forum.meeting}
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_review(form.instance, seen=form.cleaned_data["revision"], by=request.user)
        except Stale as why:
            return stale(request, why, "meetings/forum_review.html", context, form=form, now=_begun(forum.meeting))
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("The review is saved."), forum)
    return page(request, "meetings/forum_review.html", context, form=form)


@require_http_methods(["GET", "POST"])
def lesson_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new lesson, after the others."""
    forum = _forum(request, pk)
    return _edit_lesson(request, Lesson(), forum.meeting, "meetings/lesson_add.html")


@require_http_methods(["GET", "POST"])
def lesson_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a lesson; its place and its end are buttons here."""
    lesson = _lesson(request, pk)
    return _edit_lesson(request, lesson, lesson.forum.meeting, "meetings/lesson_edit.html")


def _edit_lesson(request: HttpRequest, lesson: Lesson, meeting: Meeting, template: str) -> HttpResponse:
    form = LessonForm(request.POST or None, instance=lesson)
    context = {"form": form, "lesson": lesson, "meeting": meeting}
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_lesson(form.instance, meeting=meeting, seen=form.cleaned_data["revision"], by=request.user)
        except Stale as why:
            return stale(request, why, template, context, form=form, now=Lesson.objects.get(pk=lesson.pk))
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("The lesson is saved."), f"{meeting.get_absolute_url()}#forum")
    return page(request, template, context, form=form)


@require_POST
def lesson_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes places with the lesson before or after."""
    lesson = _lesson(request, pk)
    try:
        actions.move_lesson(lesson, earlier=request.POST.get("to") == "earlier", by=request.user)
    except Refused as why:
        return refused(request, why, lesson.forum)
    return done(request, _("The order of the lessons is changed."), lesson.forum)


@require_POST
def lesson_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a lesson."""
    lesson = _lesson(request, pk)
    try:
        actions.remove_lesson(lesson, by=request.user)
    except Refused as why:
        return refused(request, why, lesson.forum)
    return done(request, _("The lesson is removed."), lesson.forum)


def _forum(request: HttpRequest, pk: int) -> Forum:
    """The forum of a meeting whose record the user keeps; a meeting of another kind has none."""
    meeting = kept_meeting(request, pk)
    if meeting.kind != Meeting.Kind.FORUM:
        raise Http404
    return _begun(meeting)


def _begun(meeting: Meeting) -> Forum:
    """What is written of it so far, or nothing yet."""
    return Forum.objects.with_facts().of_meeting(meeting) or Forum(meeting=meeting)


def _lesson(request: HttpRequest, pk: int) -> Lesson:
    lesson = get_object_or_404(Lesson.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).may_manage(lesson.forum.meeting.province))
    return lesson
