"""ผู้รู้: which themes a person knows, and the list of themes itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations.actions.keeping import check_mark, standing_row
from organizations.models import AuditEntry, Knowledge, Person, Theme, User
from organizations.models.audit import Verb, changes_between, told
from organizations.models.directory import knowledge_told
from organizations.problems import Refused


@transaction.atomic
def save_knowledge(person: Person, *, known: Mapping[Theme, str], seen: str = "", by: User | None) -> Person:
    """Make `known` (theme → words, which may be empty) all that the person knows.

    Raises Refused when the record was merged meanwhile, Stale when somebody changed it since the mark `seen`.
    """
    if Person.objects.select_for_update(of=("self",)).get(pk=person.pk).merged_into_id:
        raise Refused(_("This record was merged into another meanwhile. Open it again."))
    rows = {one.theme_id: one for one in person.knowledge.with_theme()}
    before = knowledge_told({one.theme: one.text for one in rows.values()})
    check_mark(before, seen=seen)
    person.knowledge.exclude(theme__in=known).delete()
    for theme, text in known.items():
        row = rows.get(theme.pk) or Knowledge(person=person, theme=theme)
        if not row.pk or row.text != text:
            row.text = text
            row.save()
    changes = changes_between(before, knowledge_told(known))
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, person, by=by, changes=changes)
    return person


@transaction.atomic
def save_theme(theme: Theme, *, is_new: bool, seen: str = "", by: User | None) -> Theme:
    """Add a theme or change its names, words and place.

    Raises Refused when somebody added that code meanwhile, Stale when somebody changed it since the mark `seen`.
    """
    stored = None if is_new else standing_row(theme)
    before = told(stored) if stored else {}
    check_mark(before, seen=seen)
    try:
        with transaction.atomic():
            theme.save(force_insert=is_new)
    except IntegrityError:
        raise Refused(_("Another theme has that code already.")) from None
    changes = changes_between(before, told(theme))
    if changes:
        AuditEntry.objects.record(Verb.ADD if is_new else Verb.CHANGE, theme, by=by, changes=changes)
    return theme
