"""เวทีเรียนรู้: its host, themes and people who know; the lessons; the review in four prompts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision, lock
from meetings.actions.meetings import organization_called
from meetings.models import Forum, Lesson, Meeting, Speaker
from organizations.models import AuditEntry, Person, Theme, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@transaction.atomic
def save_forum(
    forum: Forum,
    *,
    themes: Iterable[Theme] = (),
    speakers: Iterable[tuple[str, str]] = (),
    people: Mapping[str, Person] | None = None,
    new_host: str = "",
    seen: int | None = None,
    by: User | None,
) -> Forum:
    """Who hosts, what it is about, and who speaks: (name, topic) in order; `people`: name → who that is
    (None leaves them).

    Raises Refused when the minutes are adopted or the meeting is no forum, Stale when somebody changed it meanwhile.
    """
    kept = _kept(lock(forum.meeting), seen=seen)
    before = _facts(kept)
    kept.host = organization_called(new_host, by=by) if new_host else forum.host
    kept.revision += 1
    kept.save(update_fields=["host", "revision"])
    kept.themes.set(themes)
    _set_speakers(kept, list(speakers), people)
    _record(kept, before, by=by)
    return kept


@transaction.atomic
def save_review(forum: Forum, *, seen: int | None = None, by: User | None) -> Forum:
    """The answers to the four prompts. They are the team's own and no part of the minutes: adopted ones do not
    keep them from being written. Raises Stale when somebody changed the forum meanwhile."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=forum.meeting.pk)
    kept = _kept(meeting, seen=seen)
    before = _facts(kept)
    for name in Forum.PROMPTS:
        setattr(kept, name, getattr(forum, name))
    kept.revision += 1
    kept.save(update_fields=[*Forum.PROMPTS, "revision"])
    _record(kept, before, by=by)
    return kept


@transaction.atomic
def save_lesson(lesson: Lesson, *, meeting: Meeting, seen: int | None = None, by: User | None) -> Lesson:
    """Write a lesson down as the last of its forum, or change it; the same sent once more makes no second one.

    Raises Refused when the minutes are adopted or the lesson is gone, Stale when somebody changed it meanwhile.
    """
    forum = _kept(lock(meeting), seen=None)
    before: dict[str, Any] = {}
    if lesson.pk:
        now = _found(forum, lesson)
        check_revision(now, seen=seen)
        before = facts(now)
        lesson.position, lesson.revision = now.position, now.revision + 1
    else:
        known = forum.lessons.filter(text=lesson.text, said_by=lesson.said_by).first()
        if known is not None:
            return known
        lesson.forum = forum
        lesson.position = (forum.lessons.aggregate(last=Max("position"))["last"] or 0) + 1
    lesson.save()
    changes = changes_between(before, facts(lesson))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, lesson, by=by, changes=changes, concerns=[meeting])
    return lesson


@transaction.atomic
def move_lesson(lesson: Lesson, *, earlier: bool, by: User | None) -> None:
    """Change places with the lesson before (`earlier`) or after; the first and the last stay where they are."""
    meeting = lock(lesson.forum.meeting)
    lessons = list(lesson.forum.lessons.all())
    at = lessons.index(_found(lesson.forum, lesson))
    to = at - 1 if earlier else at + 1
    if not 0 <= to < len(lessons):
        return
    lessons[at], lessons[to] = lessons[to], lessons[at]
    for position, one in enumerate(lessons, start=1):
        one.position = position
    Lesson.objects.bulk_update(lessons, ["position"])
    AuditEntry.objects.record(
        Verb.CHANGE, lesson, by=by, changes={"position": [at + 1, to + 1]}, concerns=[meeting, lessons[at]]
    )


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: User | None) -> None:
    """Remove a lesson; its words stay in the meeting's history."""
    meeting = lock(lesson.forum.meeting)
    found = lesson.forum.lessons.filter(pk=lesson.pk).first()
    if found is not None:
        changes = changes_between(facts(found), {})
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, concerns=[meeting])
        found.delete()


def _kept(meeting: Meeting, *, seen: int | None) -> Forum:
    """The forum of a meeting that is locked; written down where it was not yet."""
    if meeting.kind != Meeting.Kind.FORUM:
        raise Refused(_("This meeting is no learning forum. Change its kind first."))
    forum = Forum.objects.select_related("host").filter(meeting=meeting).first()
    if forum is None:
        forum = Forum.objects.create(meeting=meeting)
    check_revision(forum, seen=seen)
    forum.meeting = meeting
    return forum


def _found(forum: Forum, lesson: Lesson) -> Lesson:
    found = forum.lessons.filter(pk=lesson.pk).first()
    if found is None:
        raise Refused(_("Somebody removed this lesson in the meantime."))
    return found


def _set_speakers(forum: Forum, wanted: list[tuple[str, str]], people: Mapping[str, Person] | None) -> None:
    """Who speaks, as typed; without `people` lines that stay keep the person they are known as."""
    known = {one.name: one.person_id for one in forum.speakers.all()}
    if people is not None:
        known = {name: person.pk for name, person in people.items()}
    forum.speakers.all().delete()
    Speaker.objects.bulk_create(
        Speaker(
            forum=forum,
            name=name,
            topic=topic,
            person_id=known.get(name),
            position=position,
        )
        for position, (name, topic) in enumerate(wanted)
    )


def _facts(forum: Forum) -> dict[str, Any]:
    """What people can read of it, themes and speakers included."""
    themes = ", ".join(theme.name_th for theme in forum.themes.in_order())
    speakers = "\n".join(f"{one} = {one.person}" if one.person else str(one) for one in forum.speakers.with_people())
    return facts(forum) | {"themes": themes, "speakers": speakers}


def _record(forum: Forum, before: dict[str, Any], *, by: User | None) -> None:
    changes = changes_between(before, _facts(forum))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, forum, by=by, changes=changes, concerns=[forum.meeting])
