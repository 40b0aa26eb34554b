"""ผู้รู้: which themes a person knows, and the list of themes itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, Knowledge, Person, Theme, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@transaction.atomic
def save_knowledge(person: Person, *, known: Mapping[Theme, str], by: User | None) -> None:
    """Make `known` (theme → words, which may be empty) all that the person knows."""
    if Person.objects.select_for_update(of=("self",)).get(pk=person.pk).merged_into_id:
        raise Refused(_("This record was merged into another meanwhile. Open it again."))
    rows = {one.theme_id: one for one in person.knowledge.with_theme()}
    before = {one.theme: one.text for one in rows.values()}
    person.knowledge.exclude(theme__in=known).delete()
    for theme, text in known.items():
        row = rows.get(theme.pk) or Knowledge(person=person, theme=theme)
        if not row.pk or row.text != text:
            row.text = text
            row.save()
    changes = changes_between({"knowledge": _told(before)}, {"knowledge": _told(known)})
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, person, by=by, changes=changes)


def _told(known: Mapping[Theme, str]) -> str:
    """In the order of the themes: name, and the words in brackets."""
    ordered = sorted(known.items(), key=lambda one: (one[0].order, one[0].code))
    return " · ".join(f"{theme.name_th} ({text})" if text else theme.name_th for theme, text in ordered)


@transaction.atomic
def save_theme(theme: Theme, *, is_new: bool, by: User | None) -> Theme:
    """Add a theme or change its names, words and place. Raises Refused when somebody added that code meanwhile."""
    stored = None if is_new else Theme.objects.select_for_update().get(pk=theme.pk)
    before = facts(stored) if stored else {}
    try:
        with transaction.atomic():
            theme.save(force_insert=is_new)
    except IntegrityError:
        raise Refused(_("Another theme has that code already.")) from None
    changes = changes_between(before, facts(theme))
    if changes:
        AuditEntry.objects.record(Verb.ADD if is_new else Verb.CHANGE, theme, by=by, changes=changes)
    return theme
