"""A zone's report about a round: kept as a draft, sent before the planning meeting, sent again while there is time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_date
from organizations.models import AuditEntry, User, Zone
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Explanation, Round, Submission, ZoneReport
from tambon_survey.standing import standing_of


def takes_reports_at(survey_round: Round, now: datetime) -> bool:
    """Whether zones may still write: to the end of the day of the planning meeting."""
    day = survey_round.planning_day
    return day is None or timezone.localdate(now) <= day


@transaction.atomic
def save_report(
    survey_round: Round, *, zone: Zone, summary: str, explanations: Mapping[int, str], by: User | None, now: datetime
) -> ZoneReport:
    """Keep what is written so far; `explanations` maps the key of a submission to why the tambon is missing.

    Raises Refused after the day of the planning meeting, and for a report that was sent (`submit_report` sends it
    again).
    """
    report = _locked(survey_round, zone, now=now)
    if report.submitted_at is not None:
        raise Refused(_("This report was sent already: send it again to change it."))
    _write(report, summary=summary, explanations=explanations, by=by)
    return report


@transaction.atomic
def submit_report(
    survey_round: Round, *, zone: Zone, summary: str, explanations: Mapping[int, str], by: User | None, now: datetime
) -> ZoneReport:
    """Send the report, or send it again, with how every tambon of the zone stands at this moment.

    Raises Refused after the day of the planning meeting, without a summary, or when a tambon that is expected and not
    approved has no explanation.
    """
    report = _locked(survey_round, zone, now=now)
    if not summary.strip():
        raise Refused(_("Please write the summary of the zone before you send the report."))
    _write(report, summary=summary, explanations=explanations, by=by)
    expected = list(Submission.objects.of_round(survey_round).in_zone(zone).expected().with_areas().in_thai_order())
    explained = {one.submission_id for one in report.explanations.all()}
    missing = {one.pk for one in Submission.objects.of_round(survey_round).in_zone(zone).expected().missing()}
    silent = [one.tambon.full_name for one in expected if one.pk in missing - explained]
    if silent:
        raise Refused(_("Please explain each missing tambon: %(names)s") % {"names": " ".join(silent)})
    old = report.submitted_at
    report.standing, report.submitted_at, report.submitted_by = standing_of(expected), now, by
    report.save(update_fields=["standing", "submitted_at", "submitted_by"])
    _record(report, {"submitted_at": [old and old.isoformat(), now.isoformat()]}, by=by)
    return report


def _locked(survey_round: Round, zone: Zone, *, now: datetime) -> ZoneReport:
    if not takes_reports_at(survey_round, now):
        raise Refused(
            _("The planning meeting was on %(day)s: the report stays as it was.")
            % {"day": thai_date(survey_round.planning_day)}
        )
    found, _made = ZoneReport.objects.get_or_create(round=survey_round, zone=zone)
    return ZoneReport.objects.select_for_update(of=("self",)).get(pk=found.pk)


def _write(report: ZoneReport, *, summary: str, explanations: Mapping[int, str], by: User | None) -> None:
    changes: dict[str, list[Any]] = {}
    if report.summary != summary:
        changes["summary"] = [report.summary or None, summary or None]
        report.summary = summary
        report.save(update_fields=["summary"])
    known = {one.submission_id: one for one in report.explanations.all()}
    own = Submission.objects.of_round(report.round).in_zone(report.zone).expected().with_areas()
    for one in own.filter(pk__in=explanations):
        old, new = known.get(one.pk), explanations[one.pk].strip()
        if (old.text if old else "") == new:
            continue
        changes[one.tambon.full_name] = [old.text if old else None, new or None]
        if new:
            Explanation.objects.update_or_create(report=report, submission=one, defaults={"text": new})
        elif old:
            old.delete()
    if changes:
        _record(report, changes, by=by)


def _record(report: ZoneReport, changes: dict[str, list[Any]], *, by: User | None) -> None:
    AuditEntry.objects.record(Verb.CHANGE, report, by=by, changes=changes, concerns=[report.zone])
