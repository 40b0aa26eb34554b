"""The record of a meeting itself: written down and changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from meetings.actions.keeping import check_revision, lock
from meetings.models import AgendaItem, AgendaTemplate, Meeting, Tag
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts


@transaction.atomic
def save_meeting(meeting: Meeting, *, tags: Iterable[str] = (), seen: int | None = None, by: User | None) -> Meeting:
    """Write a meeting down, or change its facts; a new one gets the agenda of the default template.

    Raises Refused when its minutes are adopted, Stale when somebody changed it since revision `seen`.
    """
    before: dict[str, Any] = {}
    if meeting.pk:
        now = lock(meeting)
        check_revision(now, seen=seen)
        before = facts(now) | {"tags": _joined(now)}
        meeting.revision = now.revision + 1
    else:
        meeting.created_by = by
    meeting.number_year = _number_year(meeting)
    meeting.save()
    meeting.tags.set(_tags(tags))
    if not before:
        make_agenda(meeting, AgendaTemplate.objects.default())
    changes = changes_between(before, facts(meeting) | {"tags": _joined(meeting)})
    if changes:
        AuditEntry.objects.record(Verb.CHANGE if before else Verb.ADD, meeting, by=by, changes=changes)
    return meeting


def make_agenda(meeting: Meeting, template: AgendaTemplate) -> None:
    """The headings of a template, as the meeting's own."""
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=item.position, section=item.section, title=item.title)
        for item in template.items.all()
    )


def _number_year(meeting: Meeting) -> int:
    """The Buddhist year the number counts in; that of the entry where the day is not known."""
    if meeting.number is None:
        return 0
    if meeting.day is not None and meeting.series is not None:
        return meeting.series.year_of(meeting.day)
    year = meeting.held_on.year
    return year + 543 if year else 0


def _tags(names: Iterable[str]) -> list[Tag]:
    """Known tags by their reading, and new ones."""
    found = []
    for name in names:
        key = Tag(name=name).reading()
        if key:
            found.append(Tag.objects.get_or_create(key=key, defaults={"name": name})[0])
    return found


def _joined(meeting: Meeting) -> str:
    return ", ".join(tag.name for tag in meeting.tags.all())
