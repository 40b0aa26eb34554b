"""The agenda of a meeting, and the templates agendas start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision, lock
from meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting, Section
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

UP, DOWN = -1, 1


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, by: User | None, under: AgendaItem | None = None, section: str = Section.OTHER
) -> AgendaItem:
    """A heading at the end of the agenda, or a matter at the end of a heading. Raises Refused when adopted."""
    meeting = lock(meeting)
    last = meeting.agenda.filter(parent=under).aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(
        meeting=meeting,
        parent=under,
        position=last + 1,
        section=under.section if under is not None else section,
        title=title,
    )
    AuditEntry.objects.record(Verb.ADD, made, by=by, changes={"title": [None, title]}, concerns=[meeting])
    return made


@transaction.atomic
def save_item(item: AgendaItem, *, seen: int | None, by: User | None) -> AgendaItem:
    """Change an item. Raises Refused when adopted or gone, Stale when somebody changed it since revision `seen`."""
    meeting = lock(item.meeting)
    now = _standing(item)
    check_revision(now, seen=seen)
    before = facts(now)
    for name in ("section", "title", "discussion", "outcome", "outcome_text"):
        setattr(now, name, getattr(item, name))
    now.revision += 1
    now.save()
    if now.parent_id is None:
        now.matters.update(section=now.section)
    changes = changes_between(before, facts(now))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, now, by=by, changes=changes, concerns=[meeting])
    return now


@transaction.atomic
def move_item(item: AgendaItem, *, by: User | None, direction: int) -> None:
    """Change places with the one above (UP) or below (DOWN); at the end nothing happens."""
    meeting = lock(item.meeting)
    now = _standing(item)
    siblings = list(meeting.agenda.filter(parent=now.parent_id))
    here = siblings.index(now)
    there = here + direction
    if not 0 <= there < len(siblings):
        return
    siblings[here], siblings[there] = siblings[there], siblings[here]
    for position, one in enumerate(siblings, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(siblings, ["position"])
    changes = {"position": [here + 1, there + 1]}
    AuditEntry.objects.record(Verb.CHANGE, now, by=by, changes=changes, concerns=[meeting])


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User | None) -> None:
    """Take an item away; its words stay in the history. Refused while something hangs on it."""
    meeting = lock(item.meeting)
    now = _standing(item)
    if now.matters.exists():
        raise Refused(_("Matters stand under this item. Move or remove them first."))
    if now.resolutions.exists():
        raise Refused(_("A resolution belongs to this item. Give the resolution another place first."))
    changes = changes_between(facts(now), {})
    AuditEntry.objects.record(Verb.REMOVE, now, by=by, changes=changes, concerns=[meeting])
    now.delete()


@transaction.atomic
def apply_template(meeting: Meeting, *, template: AgendaTemplate, by: User | None) -> None:
    """Give the agenda the headings of a template, in its order; whatever was written stays.

    A heading for the same thing is renamed; one that the template lacks goes when it is empty, else it stays, last.
    """
    meeting = lock(meeting)
    before = [item.title for item in meeting.agenda.headings()]
    left = list(meeting.agenda.headings())
    position = 0
    for position, wanted in enumerate(template.items.all(), start=1):
        item = next((one for one in left if one.section == wanted.section), None)
        if item is None:
            item = AgendaItem(meeting=meeting, section=wanted.section, title=wanted.title)
        else:
            left.remove(item)
        if item.title != wanted.title:
            item.title, item.revision = wanted.title, item.revision + 1
        item.position = position
        item.save()
    for item in left:
        if item.discussion or item.outcome or item.outcome_text or item.matters.exists() or item.resolutions.exists():
            position += 1
            item.position = position
            item.save(update_fields=["position"])
        else:
            item.delete()
    after = [item.title for item in meeting.agenda.headings()]
    if before != after:
        changes = {"agenda": ["\n".join(before), "\n".join(after)]}
        AuditEntry.objects.record(Verb.CHANGE, meeting, by=by, changes=changes)


@transaction.atomic
def save_template(template: AgendaTemplate, *, items: Sequence[tuple[str, str]], by: User | None) -> AgendaTemplate:
    """Write an agenda template down, or change it; `items`: (section, title) in order. Meetings keep their agendas."""
    before: dict[str, Any] = {}
    if template.pk:
        before = _facts_of_template(AgendaTemplate.objects.select_for_update().get(pk=template.pk))
    if template.is_default:
        AgendaTemplate.objects.exclude(pk=template.pk).update(is_default=False)
    template.save()
    template.items.all().delete()
    AgendaTemplateItem.objects.bulk_create(
        AgendaTemplateItem(template=template, position=position, section=section, title=title)
        for position, (section, title) in enumerate(items, start=1)
    )
    changes = changes_between(before, _facts_of_template(template))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE if before else Verb.ADD, template, by=by, changes=changes)
    return template


def _facts_of_template(template: AgendaTemplate) -> dict[str, Any]:
    titles = template.items.order_by("position").values_list("title", flat=True)
    return facts(template) | {"agenda": "\n".join(titles)}


def _standing(item: AgendaItem) -> AgendaItem:
    """The item, locked; Refused when somebody took it away."""
    found = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if found is None:
        raise Refused(_("Somebody took this item away meanwhile. Go back to the agenda."))
    return found
