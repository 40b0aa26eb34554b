"""The audit trail as people read it: sentences, labels and dates in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nakhon_network.lib.model_fields import PartialDateField
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.templatetags.thai import partial_date, phone, thai_date, thai_datetime
from organizations import access
from organizations.models import AuditEntry, AuditSubject, Contact, Person, User

SHOWN = 30
# Facts that are no field of the row itself.
LABELS = {
    "about": gettext_lazy("tambon it is about"),
    "aliases": gettext_lazy("other names"),
    "cited": gettext_lazy("appointments it made"),
    "merged": gettext_lazy("record"),
    "chosen_on": gettext_lazy("chosen on"),
    "dropped_on": gettext_lazy("dropped on"),
    "rows": gettext_lazy("rows"),
    "tambons": gettext_lazy("tambon asked"),
    "supports": gettext_lazy("entries of surveys"),
    "activities": gettext_lazy("activities in surveys"),
    "written_names": gettext_lazy("names in the surveys"),
    "means": gettext_lazy("what the name means"),
    "attendance": gettext_lazy("attendance"),
    "facilitation": gettext_lazy("facilitation team"),
    "agenda": gettext_lazy("agenda"),
    "offers": gettext_lazy("offers"),
    "needs": gettext_lazy("needs"),
    "tasks": gettext_lazy("tasks"),
    "meetings": gettext_lazy("meetings it convened"),
    "introductions": gettext_lazy("introductions"),
    "introductions_sought": gettext_lazy("introductions"),
    "themes": gettext_lazy("themes"),
    "contacts_taken": gettext_lazy("contacts in the file"),
    "contacts": gettext_lazy("contacts"),
    "told_on": gettext_lazy("told on"),
    "told_how": gettext_lazy("told how"),
    "knowledge": gettext_lazy("what they know"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One entry: when (aware), who, what in words, why, and (label, old, new) per changed fact."""

    at: datetime
    who: str
    sentence: str
    reason: str
    changes: list[tuple[str, str, str]]


def history_of(*things: models.Model, viewer: User, limit: int = SHOWN) -> list[HistoryLine]:
    """The newest `limit` entries about any of `things` that the viewer may read, newest first.

    People move between areas and their history with them: posts out of the viewer's sight are left out, and whoever
    is unknown to the viewer is not named.
    """
    entries = list(AuditEntry.objects.about(*things).visible_to(viewer)[:limit])
    actors = {entry.by.person_id for entry in entries if entry.by and entry.by != viewer}
    known = set(Person.objects.filter(pk__in=actors).known_to(viewer).values_list("pk", flat=True)) if actors else set()
    own = access.of(viewer).person_id
    held = any(isinstance(one, Person) and one.held_at is not None and one.pk != own for one in things)
    return [
        line_of(
            entry,
            names_actor=entry.by == viewer or (entry.by is not None and entry.by.person_id in known),
            holds_back=held and entry.kind == Contact._meta.label_lower,
        )
        for entry in entries
    ]


def removed_from(owners: models.QuerySet, kind: type[models.Model], pk: int, *, by: User) -> Any:
    """Which of `owners` the row belonged to that this user removed: who presses a button twice asks. Else None."""
    entries = AuditEntry.objects.removed_by(by, kind, pk)
    keys = AuditSubject.objects.of(owners.model).filter(entry__in=entries).values_list("key", flat=True)
    return owners.filter(pk__in=list(keys)).first()


def line_of(entry: AuditEntry, *, names_actor: bool = True, holds_back: bool = False) -> HistoryLine:
    """One entry in words; `names_actor` when the reader may know who did it, `holds_back` when not what it was."""
    if holds_back:
        who = entry.by.label if entry.by and names_actor else _("somebody of another area")
        what = _("a contact that is held back")
        sentence = f"{entry.get_verb_display()}: {what}"
        return HistoryLine(at=entry.at, who=who, sentence=sentence, reason="", changes=[])
    who = entry.by.label if entry.by else _("the system")
    if entry.by and not names_actor:
        who = _("somebody of another area")
    label = _("values erased on %(day)s") % {"day": thai_date(entry.redacted_at)} if entry.redacted_at else entry.label
    sentence = f"{entry.get_verb_display()}: {label}"
    changes = [
        (_label(entry.kind, name), _shown(entry.kind, name, old), _shown(entry.kind, name, new))
        for name, (old, new) in entry.changes.items()
    ]
    return HistoryLine(at=entry.at, who=who, sentence=sentence, reason=entry.reason, changes=changes)


def _field(kind: str, name: str) -> Any:
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None  # "aliases" is rows of another table


def _label(kind: str, name: str) -> str:
    field = _field(kind, name)
    return str(LABELS.get(name) or (field.verbose_name if field is not None else name))


def _shown(kind: str, name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(kind, name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name in ("value", "phone") and str(value).isascii() and str(value).isdigit():
        return str(phone(value))
    if isinstance(field, PartialDateField):
        return partial_date(PartialDate.from_iso(str(value)))
    if isinstance(field, models.DateTimeField):
        return str(thai_datetime(str(value)))
    if isinstance(field, models.DateField) or name.endswith("_on"):
        return str(thai_date(date.fromisoformat(str(value)[:10])))
    return str(value)
