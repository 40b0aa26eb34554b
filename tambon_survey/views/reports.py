"""The zone's report about a round."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations import access
from organizations.history import history_of
from organizations.models import Zone
from organizations.problems import Refused
from organizations.views.answers import done, page, require
from tambon_survey.actions import reports as actions
from tambon_survey.forms.review import ZoneReportForm
from tambon_survey.models import Round, State, Submission, ZoneReport
from tambon_survey.standing import moved_since

SETTLED = frozenset({State.APPROVED, State.ACCEPTED})


@require_http_methods(["GET", "POST"])
def zone_report(request: HttpRequest, pk: int, zone: int) -> HttpResponse:
    """Summary, a line for each expected tambon, why some are missing; kept as a draft or sent."""
    survey_round = get_object_or_404(Round.objects.visible_to(request.user).opened().with_meeting(), pk=pk)
    found = get_object_or_404(Zone.objects.visible_to(request.user), pk=zone, province=survey_round.province_id)
    report = _report(survey_round, found)
    expected = Submission.objects.visible_to(request.user).of_round(survey_round).in_zone(found).expected()
    submissions = list(expected.with_areas().in_thai_order())
    may_write = access.of(request.user).may_review(found)
    known = {one.submission_id: one.text for one in report.explanations.all()} if report.pk else {}
    form = ZoneReportForm(
        request.POST if request.method == "POST" else None,
        instance=report,
        missing=[one for one in submissions if one.state not in SETTLED],
        known=known,
    )
    if request.method == "POST":
        require(may_write)
        answer = _written(request, form, survey_round, found)
        if answer is not None:
            return answer
        report = _report(survey_round, found)
    context = {
        "round": survey_round,
        "zone": found,
        "report": report,
        "form": form,
        "lines": [(one, known.get(one.pk, ""), form.box_of(one)) for one in submissions],
        "missing": len(form.missing),
        "moved": moved_since(report.standing, submissions) if report.submitted_at else [],
        "may_write": may_write and actions.takes_reports_at(survey_round, timezone.now()),
        "crumbs": [(survey_round.name, survey_round.get_absolute_url())],
        "history": history_of(report, viewer=request.user) if report.pk else [],
    }
    return page(request, "tambon_survey/zone_report.html", context, form=form)


def _report(survey_round: Round, zone: Zone) -> ZoneReport:
    """The report as it is kept, or a blank one that is not kept yet."""
    kept = ZoneReport.objects.select_related("submitted_by__person")
    return kept.of(survey_round, zone) or ZoneReport(round=survey_round, zone=zone)


def _written(request: HttpRequest, form: ZoneReportForm, survey_round: Round, zone: Zone) -> HttpResponse | None:
    """Keep or send what was written; None when the page must be shown again."""
    sends = "send" in request.POST
    if not form.is_valid() or (sends and not form.require_all()):
        return None
    if not sends and not any((form.cleaned_data["summary"], *form.explanations.values())):
        form.add_error("summary", _("Nothing is written yet: there is no draft to keep."))
        return None
    verb = actions.submit_report if sends else actions.save_report
    try:
        report = verb(
            survey_round,
            zone=zone,
            summary=form.cleaned_data["summary"],
            explanations=form.explanations,
            by=request.user,
            now=timezone.now(),
        )
    except Refused as why:
        form.add_error(None, why.sentence)
        return None
    return done(request, _("The zone report was sent.") if sends else _("The draft is kept."), report)
