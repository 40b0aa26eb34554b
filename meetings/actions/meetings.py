"""The record of a meeting itself: written down and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision, lock
from meetings.models import AgendaItem, AgendaTemplate, Facilitation, Meeting, Series, Tag
from organizations.models import AuditEntry, Organization, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@transaction.atomic
def save_meeting(
    meeting: Meeting,
    *,
    tags: Iterable[str] = (),
    team: Mapping[str, Iterable[str]] | None = None,
    new_series: tuple[str, str] | None = None,
    new_organization: str = "",
    seen: int | None = None,
    by: User | None,
) -> Meeting:
    """Write a meeting down, or change its facts; a new one gets the agenda of the default template.

    `team`: names by facilitation role, None leaves them; `new_series`: name and numbering; `new_organization`: the
    convening one, written down first. Raises Refused when its minutes are adopted or the number is taken, Stale when
    somebody changed it since revision `seen`.
    """
    before: dict[str, Any] = {}
    if meeting.pk:
        now = lock(meeting)
        check_revision(now, seen=seen)
        before = _facts(now)
        meeting.revision = now.revision + 1
    else:
        meeting.created_by = by
    if new_series and new_series[0]:
        meeting.series = series_called(meeting, *new_series, by=by)
    if new_organization:
        meeting.convened_by = organization_called(new_organization, by=by)
    _take_number(meeting)
    meeting.save()
    meeting.tags.set(tags_called(tags))
    if team is not None:
        _set_team(meeting, team)
    if not before:
        make_agenda(meeting, AgendaTemplate.objects.default())
    changes = changes_between(before, _facts(meeting))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE if before else Verb.ADD, meeting, by=by, changes=changes)
    return meeting


def make_agenda(meeting: Meeting, template: AgendaTemplate) -> None:
    """The headings of a template, as the meeting's own."""
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=item.position, section=item.section, title=item.title)
        for item in template.items.all()
    )


def series_called(meeting: Meeting, name: str, numbering: str, *, by: User | None) -> Series:
    """The series of that name in the meeting's province, written down where there is none."""
    series, is_new = Series.objects.get_or_create(
        province=meeting.province, name=name, defaults={"numbering": numbering or Series.Numbering.CALENDAR}
    )
    if is_new:
        AuditEntry.objects.record(Verb.ADD, series, by=by, changes=changes_between({}, facts(series)))
    return series


def organization_called(name: str, *, by: User | None) -> Organization:
    """The organization of that name, written down where there is none."""
    known = Organization.objects.standing().called(name).order_by("pk").first()
    if known is not None:
        return known
    made = Organization.objects.create(name=name, created_by=by)
    AuditEntry.objects.record(Verb.ADD, made, by=by, changes=changes_between({}, facts(made)))
    return made


def _take_number(meeting: Meeting) -> None:
    """The year the number counts in; Refused when another meeting of the series has it."""
    meeting.number_year = meeting.year_of_number()
    if meeting.number is not None and meeting.series is not None:
        Series.objects.select_for_update().get(pk=meeting.series.pk)
        if meeting.shares_its_number():
            raise Refused(_("Another meeting of the series has this number."))


def _set_team(meeting: Meeting, team: Mapping[str, Iterable[str]]) -> None:
    """Who carried the talk, as typed; lines that stay keep the person they are known as."""
    known = {(one.role, one.name): one.person_id for one in meeting.facilitation.all()}
    wanted = [(role, name) for role in Facilitation.Role.values for name in team.get(role, ())]
    if wanted == list(known):
        return
    meeting.facilitation.all().delete()
    Facilitation.objects.bulk_create(
        Facilitation(meeting=meeting, role=role, name=name, person_id=known.get((role, name)), position=position)
        for position, (role, name) in enumerate(wanted)
    )


def tags_called(names: Iterable[str]) -> list[Tag]:
    """Known tags by their reading, and new ones."""
    found = []
    for name in names:
        key = Tag(name=name).reading()
        if key:
            found.append(Tag.objects.get_or_create(key=key, defaults={"name": name})[0])
    return found


def _facts(meeting: Meeting) -> dict[str, Any]:
    """What people can read of the record, tags and facilitation team included."""
    team = [f"{one.get_role_display()}: {one.name}" for one in meeting.facilitation.all()]
    tags = ", ".join(tag.name for tag in meeting.tags.all())
    return facts(meeting) | {"tags": tags, "facilitation": "\n".join(team)}
