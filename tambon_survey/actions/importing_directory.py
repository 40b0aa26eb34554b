"""The directory by a file: its plan is worked out once more, written whole or not at all, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from organizations import access
from organizations.actions.directory import (
    lock_organizations,
    lock_relations,
    remove_exchange,
    remove_organization,
    save_exchange,
    save_organization,
)
from organizations.forms.directory import area_of
from organizations.models import AuditEntry, Organization, Theme, User
from organizations.models.audit import AuditSubject, Verb
from organizations.problems import Refused
from tambon_survey.directory_resources import ORGANIZATIONS
from tambon_survey.importing import plan_file
from tambon_survey.importing.bodies import MODELS, Bodies
from tambon_survey.importing.directory import HOME, WHOSE, choice_key, findings
from tambon_survey.importing.planning import NEW, Finding, Prepared
from tambon_survey.models import ImportBatch

NAMED = 5
_DATES = frozenset({"starts_on", "ends_on"})


def plan(batch: ImportBatch, tables: Iterable[Prepared]) -> Iterator[Finding]:
    """What the file would change. Raises FileProblem while it is read when that is too much."""
    return findings(tables, Bodies.of(batch.home_province, batch.made_by, choices=batch.choices))


def write(batch: ImportBatch, tables: Iterable[Prepared]) -> None:
    """Write the plan; the batch knows then what each line of it wrote. Call it in the transaction of the batch.

    Raises Refused when the file would change anything else by now than what was seen.
    """
    by = batch.made_by
    planned = plan_file.whole(batch)
    lock_relations()
    lock_organizations(*(int(one.key) for one in planned if one.holds == ORGANIZATIONS and one.key))
    if not access.of(by).may_add_organization or not plan_file.says(batch, plan(batch, tables)):
        raise Refused(_("The directory changed meanwhile. Nothing was written. Please read the file again."))
    brought: dict[str, int] = {}
    for one in planned:
        saved = _write(one, [new for _old, new in one.cells.values()], brought, reason=_reason(batch), by=by)
        if one.holds == ORGANIZATIONS:
            brought[choice_key(one)] = saved.pk
        batch.written.append([one.holds, str(saved.pk)])


def take_back(batch: ImportBatch, *, by: User) -> None:
    """Undo what a batch wrote, the last line first. Raises Refused when something was built on it, saying where."""
    if plan_file.digest_of(batch) != batch.digest:
        raise Refused(_("The file was erased: what it wrote cannot be taken back any more."))
    lines = list(zip(plan_file.whole(batch), batch.written, strict=True))
    _refuse_built_on(batch, lines, by=by)
    for one, (_holds, key) in reversed(lines):
        if one.kind != NEW:
            one.key = key
            _write(one, [old for old, _new in one.cells.values()], {}, reason=_reason(batch), by=by)
        elif one.holds == ORGANIZATIONS:
            remove_organization(Organization.objects.get(pk=key), reason=_reason(batch), by=by)
        else:
            thing = MODELS[one.holds].objects.select_related("organization").get(pk=key)
            remove_exchange(thing, reason=_reason(batch), by=by)


def _reason(batch: ImportBatch) -> str:
    return batch.original_name[:300]


def _refuse_built_on(batch: ImportBatch, lines: Iterable[tuple[Finding, list[str]]], *, by: User) -> None:
    own = AuditEntry.objects.about(batch).filter(verb=Verb.IMPORT)[0]
    label = {ORGANIZATIONS: Organization, **MODELS}
    kinds = {holds: model._meta.label_lower for holds, model in label.items()}
    later = set(AuditSubject.objects.filter(entry__gt=own, kind__in=kinds.values()).values_list("kind", "key"))
    built_on = [one.name or one.place for one, (holds, key) in lines if (kinds[holds], key) in later]
    if built_on:
        raise Refused(
            _("Somebody went on working on: %(names)s. The file cannot be taken back any more.")
            % {"names": ", ".join(built_on[:NAMED])}
        )
    written = {key for _one, (holds, key) in lines if holds == ORGANIZATIONS}
    kept = Organization.objects.changeable_by(by).of_keys(written)
    if kept.count() != len(written):
        raise Refused(_("Some of these records are kept by others now. The file cannot be taken back any more."))


def _write(one: Finding, values: list[Any], brought: dict[str, int], *, reason: str, by: User) -> Any:
    """Put the values of the cells of a line on its record, by the action of its form."""
    told = dict(zip(one.cells, values, strict=True))
    model: Any = Organization if one.holds == ORGANIZATIONS else MODELS[one.holds]
    thing = model.objects.get(pk=one.key) if one.key else model()
    for name, value in told.items():
        if name == HOME:
            thing.area = area_of(value[0]) if value else None
        elif name == WHOSE:
            key = brought.get(value[0], value[0])
            thing.organization = Organization.objects.get(pk=key)
        elif name != "themes":
            setattr(thing, name, _typed(name, value))
    themes = Theme.objects.filter(pk__in=told["themes"]) if "themes" in told else _standing_themes(thing)
    save = save_organization if one.holds == ORGANIZATIONS else save_exchange
    return save(thing, themes=themes, by=by, reason=reason)


def _standing_themes(thing: Any) -> list[Theme]:
    return list(thing.themes.all()) if thing.pk else []


def _typed(name: str, value: Any) -> Any:
    if name in _DATES:
        return date.fromisoformat(value) if value else None
    return "" if value is None else value
