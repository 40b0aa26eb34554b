"""What a written name means: said once by a person for an area, remembered, and taken back. Nothing guesses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations.actions.directory import lock_organizations, save_organization
from organizations.models import AuditEntry, Organization, Theme, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Activity, Submission, Support, WrittenName

if TYPE_CHECKING:
    from organizations.access import Area
    from tambon_survey.models.written_names import BodyNamingQuerySet

    Naming = Support | Activity

NAMING: tuple[type[Support] | type[Activity], ...] = (Support, Activity)
AT_ONCE = 500


@transaction.atomic
def decide_name(row: Naming, *, area: Area, organization: Organization | None, by: User | None) -> WrittenName:
    """Say what the name of a body in a row means in `area`: a body of the directory, or none that is to be recorded.

    Every row of an approved survey in the area that writes the name, and has no narrower word, means that from now on.
    Raises Refused when the survey was opened again, or the name means another body there by such a word already.
    """
    if organization is not None:
        organization = lock_organizations(organization.pk)[organization.pk]
    found = type(row).objects.naming().in_area(area).filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("The survey was opened again meanwhile, or the row was removed."))
    known = _remembered(found.body_key, area)
    if known is not None and known.organization_id is not None and known.organization != organization:
        raise _means_already(known.organization)
    written = _remember(known, found, area, organization, by=by)
    _settle(written.key, area)
    found.refresh_from_db(fields=["organization"])
    if found.organization != organization:
        raise _means_already(found.organization)
    return written


def _means_already(organization: Organization | None) -> Refused:
    said = _("Here this name means “%(name)s” already. Undo that on its page first.")
    return Refused(said % {"name": organization or _("no organization")})


def _settle(key: str, area: Area) -> None:
    """Bring the rows of approved surveys in the area that write a name in step with what it means."""
    for model in NAMING:
        rows = model.objects.naming().called(key).in_area(area)
        rows.filter(organization__isnull=False).update(organization=None)
        give_bodies(rows.filter(organization__isnull=True))


@transaction.atomic
def record_name(
    row: Naming, *, area: Area, organization: Organization, themes: Iterable[Theme], by: User | None
) -> Organization:
    """Add a body to the directory and say that the name in a row means it in `area`. Raises what `decide_name` does."""
    saved = save_organization(organization, themes=themes, by=by)
    decide_name(row, area=area, organization=saved, by=by)
    return saved


def _remembered(key: str, area: Area) -> WrittenName | None:
    names = WrittenName.objects.select_for_update(of=("self",)).filter(key=key, **{str(area.level): area})
    return names.first()


def _remember(
    known: WrittenName | None, row: Naming, area: Area, organization: Organization | None, *, by: User | None
) -> WrittenName:
    written = known or WrittenName(key=row.body_key, **{str(area.level): area})
    old = written.organization.name if written.organization else None
    written.name = getattr(row, row.record_named_in)
    written.organization, written.decided_by = organization, by
    try:
        with transaction.atomic():
            written.save()
    except IntegrityError:
        raise Refused(_("Somebody else said what this name means just now. Open the list again.")) from None
    AuditEntry.objects.record(
        Verb.CHANGE if known else Verb.ADD,
        written,
        by=by,
        changes={"means": [old, organization.name if organization else _("no organization")]},
        reason=_holds_in(area),
        concerns=[area, *([organization] if organization else [])],
    )
    return written


def _holds_in(area: Area) -> str:
    return _("As the surveys of %(area)s write it") % {"area": area.full_name}


def give_bodies(rows: BodyNamingQuerySet) -> int:
    """Give rows without a record the body their name means where they are; how many were given one."""
    meant: dict[int, list[object]] = {}
    for key, body in rows.with_meaning().filter(meant__isnull=False).order_by("pk").values_list("pk", "meant"):
        meant.setdefault(body, []).append(key)
    number = 0
    for body, keys in sorted(meant.items()):
        for start in range(0, len(keys), AT_ONCE):
            some = rows.model.objects.filter(pk__in=keys[start : start + AT_ONCE], organization__isnull=True)
            number += some.update(organization=body)
    return number


def recall_names(submission: Submission) -> int:
    """Give the names of a survey that was just approved the bodies they mean there; how many were given one."""
    return sum(give_bodies(model.objects.without_record().of_submission(submission)) for model in NAMING)


@transaction.atomic
def forget_name(written: WrittenName, *, reason: str, by: User | None) -> None:
    """Take back what a name means in an area: its rows mean what a wider word says of them, or nothing again.

    Raises Refused when it was taken back meanwhile.
    """
    found = WrittenName.objects.select_for_update(of=("self",)).filter(pk=written.pk).first()
    if found is None:
        raise Refused(_("This was taken back meanwhile."))
    area, body = found.area, found.organization
    AuditEntry.objects.record(
        Verb.REMOVE,
        found,
        by=by,
        changes={"means": [body.name if body else _("no organization"), None]},
        reason=reason or _holds_in(area),
        concerns=[area, *([body] if body else [])],
    )
    found.delete()
    if body is not None:  # rows of forms that are not approved yet let it go, too
        for model in NAMING:
            model.objects.called(found.key).in_area(area).filter(organization=body).update(organization=None)
    _settle(found.key, area)
