"""Stories: written down, changed, taken down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.keeping import check_revision
from meetings.actions.meetings import tags_called
from organizations.models import AuditEntry, Theme, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused
from tambon_survey.models import Story


@transaction.atomic
def save_story(
    story: Story,
    *,
    tags: Iterable[str] = (),
    themes: Iterable[Theme] = (),
    seen: int | None = None,
    by: User | None,
) -> Story:
    """Put a story on the shelf, or change it.

    Raises Refused when it was taken down meanwhile, Stale when somebody changed it since revision `seen`.
    """
    before: dict[str, Any] = {}
    if story.pk:
        now = _locked(story)
        check_revision(now, seen=seen)
        before = _facts(now)
        story.revision = now.revision + 1
    else:
        story.written_by = by
    story.save()
    story.tags.set(tags_called(tags))
    story.themes.set(themes)
    changes = changes_between(before, _facts(story))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, story, by=by, changes=changes, concerns=[story.area])
    return story


@transaction.atomic
def remove_story(story: Story, *, reason: str, by: User | None, now: datetime) -> Story:
    """Take a story down, its photos with it; the row and why stay. Twice is once."""
    found = Story.objects.select_for_update(of=("self",)).select_related("tambon", "province").get(pk=story.pk)
    if found.removed_at is None:
        found.removed_at, found.removed_by = now, by
        found.save(update_fields={"removed_at", "removed_by"})
        changes = {"removed_at": [None, now.isoformat()]}
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, reason=reason, concerns=[found.area])
    return found


def _locked(story: Story) -> Story:
    found = Story.objects.kept().select_for_update(of=("self",)).filter(pk=story.pk).first()
    if found is None:
        raise Refused(_("This story was taken down meanwhile."))
    return found


def _facts(story: Story) -> dict[str, Any]:
    """What people can read of it, themes and tags included."""
    themes = ", ".join(theme.name_th for theme in story.themes.in_order())
    return facts(story) | {"themes": themes, "tags": ", ".join(tag.name for tag in story.tags.all())}
