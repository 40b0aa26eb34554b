"""The first sheet: the zones counted, by the same measures as the boards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Part
from nakhon_network.lib.workbook import Sheet
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import TOPICS
from tambon_survey.models import Readiness, State, Topic, Verdict, ZoneReport
from tambon_survey.workbook.scope import Scope

SUMMARY = "zones"


def summary_sheet(scope: Scope) -> Sheet:
    """One row a zone and one for all of them together."""
    counts = _counts(scope)
    parts = [Part(_("zone number"), 8, is_number=True), Part(_("zone"), 26), Part(_("Report"), 20)]
    parts += [Part(heading, 11, is_number=True) for heading, _count in counts.values()]
    return Sheet(SUMMARY, _("Zone summary"), parts, lambda: _rows(scope, counts), held=2)


def _counts(scope: Scope) -> dict[str, tuple[str, Count]]:
    """Name → heading and what is counted."""
    ahead, late = Q(submitted_at__isnull=True), Q(submitted_at__gt=scope.round.on_time_by)
    overdue = ahead if scope.now > scope.round.on_time_by else Q(pk__in=[])
    found = {
        "expected": (_("tambon in all"), Count("pk")),
        "all_four": (_("all four topics answered"), Count("pk", filter=Q(filled=len(TOPICS)))),
        "late": (_("sent late"), Count("pk", filter=late)),
        "overdue": (_("overdue"), Count("pk", filter=overdue)),
    }
    for state in State:
        found[f"state_{state}"] = (str(state.label), Count("pk", filter=Q(state=state)))
    for level in Readiness:
        found[f"readiness_{level}"] = (str(level.label), Count("pk", filter=Q(readiness=level)))
    for topic in TOPICS:
        for verdict in Verdict:
            heading = f"{Topic(topic).label}: {verdict.label}"
            found[f"{topic}_{verdict}"] = (heading, Count("pk", filter=Q(**{f"{topic}_verdict": verdict})))
    return found


def _rows(scope: Scope, counts: dict[str, tuple[str, Count]]) -> Iterator[list[Any]]:
    zone = "tambon__district__zone"
    found = scope.submissions().order_by().values(zone, f"{zone}__number", f"{zone}__name_th")
    found = found.annotate(**{f"n_{name}": count for name, (_heading, count) in counts.items()})
    reports = ZoneReport.objects.visible_to(scope.user).received().filter(round=scope.round)
    received = dict(reports.values_list("zone", "submitted_at"))
    totals = [0] * len(counts)
    for row in found.order_by(F(f"{zone}__number").asc(nulls_last=True)):
        numbers = [row[f"n_{name}"] for name in counts]
        totals = [old + new for old, new in zip(totals, numbers, strict=True)]
        when = received.get(row[zone])
        report = thai_datetime(when) if when else _("not received yet")
        yield [row[f"{zone}__number"], row[f"{zone}__name_th"] or _("without a zone"), report, *numbers]
    yield [None, _("all together"), "", *totals]
