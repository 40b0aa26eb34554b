"""What a packet freezes: approved and accepted copies of answers, zone reports, who is missing and why. Thai names.

Nothing that reaches a person is frozen (docs/adr/0010): telephone, LINE and whom to ask at an agency are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import translation

from meetings.models import Meeting, Resolution, Task
from organizations.models import District, Zone
from tambon_survey.answers import Answers, Row
from tambon_survey.models import Round, Snapshot, State, Submission, Support, ZoneReport

FORMAT = 1
SETTLED = (State.APPROVED, State.ACCEPTED)
# Cells that reach a person, by topic.
CONTACT_CELLS: dict[str, tuple[str, ...]] = {
    "coordinators": ("phone", "line", "may_share"),
    "agencies": ("contact",),
}


def content_of(survey_round: Round, *, explanation: str, now: datetime) -> dict[str, Any]:
    """All of it as JSON holds it; nine queries, whatever the number of tambon."""
    with translation.override(settings.LANGUAGE_CODE):
        expected = expected_with_copies(survey_round)
        reports = _reports(survey_round)
        reasons = {one.submission_id: one.text for report in reports.values() for one in report.explanations.all()}
        return {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "explanation": explanation,
            "province": survey_round.province.full_name,
            "round": _round(survey_round),
            "order": _order(survey_round),
            "meeting": _meeting(survey_round),
            "zones": [_zone(one, reports.get(one.pk)) for one in survey_round.province.zones.all()],
            "districts": _districts(survey_round),
            "tambons": [_tambon(one, copy, reasons.get(one.pk, "")) for one, copy in expected],
            "organizations": _organizations(one for one, _copy in expected),
            "tasks": [_task(one) for one in open_tasks(survey_round)],
        }


# ---- what it is about ----------------------------------------------------------------------------------------------
def _round(survey_round: Round) -> dict[str, Any]:
    return {
        "name": survey_round.name,
        "opens_at": survey_round.opens_at.isoformat(),
        "closes_at": survey_round.closes_at.isoformat(),
        "is_sample": survey_round.is_sample,
        "rule": survey_round.rule,
    }


def _order(survey_round: Round) -> dict[str, Any]:
    """The resolution that ordered the round; where it is not recorded, what was written instead."""
    order: Resolution | None = survey_round.resolution
    if order is None:
        return {"reference": "", "text": survey_round.ordered_by, "meeting": "", "held_on": ""}
    held_on = order.meeting.held_on
    return {
        "reference": order.reference,
        "text": order.text,
        "meeting": order.meeting.title,
        "held_on": held_on.to_iso() if held_on else "",
    }


def _meeting(survey_round: Round) -> dict[str, Any]:
    heard: Meeting | None = survey_round.planning_meeting
    return {"title": heard.title if heard else "", "day": _iso(survey_round.planning_day)}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _reports(survey_round: Round) -> dict[int, ZoneReport]:
    """Zone → its report with what it explains; drafts are no reports yet, but what they explain counts."""
    found = ZoneReport.objects.filter(round=survey_round).select_related("submitted_by__person")
    return {one.zone_id: one for one in found.prefetch_related("explanations")}


def _zone(zone: Zone, report: ZoneReport | None) -> dict[str, Any]:
    sent = report if report is not None and report.submitted_at is not None else None
    return {
        "key": zone.pk,
        "number": zone.number,
        "name": zone.full_name,
        "sent_at": sent.submitted_at.isoformat() if sent and sent.submitted_at else "",
        "sent_by": sent.submitted_by.label if sent and sent.submitted_by else "",
        "summary": sent.summary if sent else "",
    }


def _districts(survey_round: Round) -> list[dict[str, Any]]:
    districts = District.objects.filter(province=survey_round.province_id).in_thai_order()
    return [
        {
            "code": one.pk,
            "name": one.name,
            "full_name": one.full_name,
            "row": one.tile_row,
            "column": one.tile_column,
            "zone": one.zone_id,
        }
        for one in districts
    ]


# ---- the tambon ----------------------------------------------------------------------------------------------------
def expected_with_copies(survey_round: Round) -> list[tuple[Submission, Snapshot | None]]:
    """Every expected tambon by zone and name, with the newest copy that was sent: two queries."""
    newest = Snapshot.objects.filter(submission=OuterRef("pk")).order_by("-number").values("pk")[:1]
    expected = Submission.objects.of_round(survey_round).expected().with_areas().annotate(copy_key=Subquery(newest))
    found: list[Any] = list(expected.order_by("tambon__district__zone__number", "tambon__sort_key", "pk"))
    copies = Snapshot.objects.in_bulk([one.copy_key for one in found if one.copy_key])
    return [(one, copies.get(one.copy_key)) for one in found]


def settled(submission: Submission, copy: Snapshot | None) -> Snapshot | None:
    """The copy that was approved or accepted; None where nothing was."""
    return copy if submission.state in SETTLED else None


def _tambon(submission: Submission, newest: Snapshot | None, reason: str) -> dict[str, Any]:
    copy = settled(submission, newest)
    return {
        "submission": submission.pk,
        "code": submission.tambon_id,
        "name": submission.tambon.full_name,
        "district": submission.tambon.district_id,
        "zone": submission.tambon.district.zone_id,
        "state": submission.state,
        "is_late": submission.is_late,
        "reason": "" if copy else reason,
        "copy": copy.number if copy else 0,
        "sent_at": copy.made_at.isoformat() if copy else "",
        "answers": without_contacts(Answers.from_json(copy.content)).to_json() if copy else None,
        "outcome": copy.verdicts if copy else None,
    }


def without_contacts(answers: Answers) -> Answers:
    """The same answers without the cells that reach a person."""
    topics = {
        topic.topic: replace(topic, rows=tuple(_bare(row, CONTACT_CELLS.get(topic.topic, ())) for row in topic.rows))
        for topic in answers
    }
    return replace(answers, topics=topics)


def _bare(row: Row, hidden: tuple[str, ...]) -> Row:
    return replace(row, values={name: value for name, value in row.values.items() if name not in hidden})


def _organizations(submissions: Iterable[Submission]) -> dict[str, str]:
    """Row of an agency → the name of its record in the directory, so that one agency is one line of the annex."""
    named = Support.objects.filter(submission__in=[one.pk for one in submissions], organization__isnull=False)
    return {str(key): name for key, name in named.values_list("pk", "organization__name")}


# ---- what is left to do --------------------------------------------------------------------------------------------
def open_tasks(survey_round: Round) -> list[Task]:
    """Tasks of the meeting that ordered the round which are still to do: the urgent, then by the day they are due."""
    if survey_round.resolution is None:
        return []
    tasks = Task.objects.open().with_due().with_facts().filter(meeting=survey_round.resolution.meeting_id)
    return list(tasks.order_by("-is_urgent", "due", "pk"))


def _task(task: Task) -> dict[str, Any]:
    given_to = task.post or task.person or task.organization
    return {
        "key": task.pk,
        "text": task.text,
        "who": str(given_to) if given_to else "",
        "due": _iso(task.due_day),
        "is_urgent": task.is_urgent,
    }
