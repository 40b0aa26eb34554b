"""The zone's report: a draft, sent with every missing tambon explained, and what moved since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry
from organizations.problems import Refused
from tambon_survey.actions import reports, review
from tambon_survey.models import State, ZoneReport
from tests.factories import fill_in, make_round, make_submission


@pytest.fixture
def survey_round(places):
    """A round with the planning meeting in ten days."""
    return make_round(places.province, planning_meeting_on=timezone.localdate() + timedelta(days=10))


@pytest.fixture
def submissions(places, survey_round, cast):
    """Zone 3: 801217 approved, 800601 not started. Zone 2: 800304."""
    found = {code: make_submission(survey_round, places.tambons[code]) for code in ("801217", "800601", "800304")}
    review.submit(fill_in(found["801217"]), replies={}, by=cast.tambon, now=timezone.now())
    review.approve(found["801217"], by=cast.zone3, now=timezone.now())
    return found


def url(survey_round, zone):
    return reverse("zone_report", args=[survey_round.pk, zone.pk])


def written(verb, survey_round, zone, by, explanations=None, summary="โซนพร้อม", now=None):
    return verb(
        survey_round, zone=zone, summary=summary, explanations=explanations or {}, by=by, now=now or timezone.now()
    )


def test_every_missing_tambon_needs_an_explanation(cast, places, survey_round, submissions):
    with pytest.raises(Refused, match="เชียรใหญ่"):
        written(reports.submit_report, survey_round, places.zone3, cast.zone3)
    assert ZoneReport.objects.received().count() == 0


def test_an_approved_or_foreign_tambon_needs_none(cast, places, survey_round, submissions):
    explained = {submissions["800601"].pk: "น้ำท่วม"}
    report = written(reports.submit_report, survey_round, places.zone3, cast.zone3, explained)
    assert [one.submission for one in report.explanations.all()] == [submissions["800601"]]
    assert set(report.standing) == {str(submissions[code].pk) for code in ("801217", "800601")}


def test_a_tambon_taken_off_the_list_is_not_missing(cast, places, survey_round, submissions):
    submissions["800601"].dropped_at, submissions["800601"].dropped_by = timezone.now(), cast.staff
    submissions["800601"].save()
    assert written(reports.submit_report, survey_round, places.zone3, cast.zone3).submitted_by == cast.zone3


def test_an_explanation_of_another_zones_tambon_is_not_kept(cast, places, survey_round, submissions):
    report = written(reports.save_report, survey_round, places.zone3, cast.zone3, {submissions["800304"].pk: "แอบ"})
    assert report.explanations.count() == 0


def test_a_report_needs_its_summary(cast, places, survey_round, submissions):
    with pytest.raises(Refused, match="สรุป"):
        written(reports.submit_report, survey_round, places.zone3, cast.zone3, summary="")


def test_a_draft_keeps_what_is_written_so_far(cast, places, survey_round, submissions):
    report = written(reports.save_report, survey_round, places.zone3, cast.zone3, {submissions["800601"].pk: "น้ำท่วม"})
    assert (report.summary, report.explanations.get().text, report.submitted_at) == ("โซนพร้อม", "น้ำท่วม", None)


def test_sending_again_marks_a_new_moment_with_history(cast, places, survey_round, submissions):
    explained = {submissions["800601"].pk: "น้ำท่วม"}
    first = written(reports.submit_report, survey_round, places.zone3, cast.zone3, explained)
    later = timezone.now() + timedelta(hours=1)
    second = written(reports.submit_report, survey_round, places.zone3, cast.staff, explained, now=later)
    assert (second.pk, second.submitted_at, second.submitted_by) == (first.pk, later, cast.staff)
    moments = [one.changes["submitted_at"] for one in AuditEntry.objects.about(second) if "submitted_at" in one.changes]
    assert moments == [[first.submitted_at.isoformat(), later.isoformat()], [None, first.submitted_at.isoformat()]]


def test_a_sent_report_is_not_a_draft_any_more(cast, places, survey_round, submissions):
    written(reports.submit_report, survey_round, places.zone3, cast.zone3, {submissions["800601"].pk: "น้ำท่วม"})
    with pytest.raises(Refused, match="อีกครั้ง"):
        written(reports.save_report, survey_round, places.zone3, cast.zone3)


@pytest.mark.parametrize(("days", "allowed"), [(10, True), (11, False)])
def test_it_is_written_until_the_day_of_the_meeting_ends(cast, places, survey_round, days, allowed):
    moment = timezone.now() + timedelta(days=days)
    assert reports.takes_reports_at(survey_round, moment) is allowed
    if not allowed:
        with pytest.raises(Refused, match="ประชุมวางแผน"):
            written(reports.submit_report, survey_round, places.zone3, cast.zone3, now=moment)


# ---- the page ----
def typed(submissions, **more):
    return {"summary": "โซนพร้อม", f"missing_{submissions['800601'].pk}": "น้ำท่วม", **more}


def test_the_representative_sends_it_on_the_page(cast, places, survey_round, submissions, sign_in):
    client, where = sign_in(cast.zone3), url(survey_round, places.zone3)
    assert client.post(where, {"summary": "โซนพร้อม", "send": "1"}).status_code == 422
    assert client.post(where, typed(submissions, send="1")).status_code == 302
    assert ZoneReport.objects.received().get().zone == places.zone3


def test_the_page_keeps_a_draft_without_explanations(cast, places, survey_round, submissions, sign_in):
    answer = sign_in(cast.zone3).post(url(survey_round, places.zone3), {"summary": "กำลังเขียน", "keep": "1"})
    assert (answer.status_code, ZoneReport.objects.get().summary) == (302, "กำลังเขียน")


def test_the_province_reads_every_zones_report(cast, places, survey_round, submissions, sign_in):
    written(reports.save_report, survey_round, places.zone3, cast.zone3)
    assert "โซนพร้อม" in sign_in(cast.staff).get(url(survey_round, places.zone3)).content.decode()


@pytest.mark.parametrize("who", ["nobody", "member", "tambon", "district", "zone2"])
def test_nobody_else_finds_it(cast, places, survey_round, submissions, sign_in, who):
    client = sign_in(getattr(cast, who))
    assert client.get(url(survey_round, places.zone3)).status_code == 404
    assert client.post(url(survey_round, places.zone3), typed(submissions)).status_code == 404


def test_a_later_change_in_the_zone_is_flagged(cast, places, survey_round, submissions, sign_in):
    written(reports.submit_report, survey_round, places.zone3, cast.zone3, {submissions["800601"].pk: "น้ำท่วม"})
    client = sign_in(cast.zone3)
    assert "เปลี่ยนหลังส่งรายงาน" not in client.get(url(survey_round, places.zone3)).content.decode()
    review.reopen(submissions["801217"], reason="ชื่อผิด", by=cast.zone3, now=timezone.now())
    page = client.get(url(survey_round, places.zone3)).content.decode()
    names = [str(State(state).label) for state in ("approved", "submitted")]
    assert f"เปลี่ยนหลังส่งรายงาน: ตำบลปากแพรก จาก “{names[0]}” เป็น “{names[1]}”" in page


def test_after_the_meeting_it_can_only_be_read(cast, places, survey_round, submissions, sign_in):
    survey_round.planning_meeting_on = timezone.localdate() - timedelta(days=1)
    survey_round.save()
    client, where = sign_in(cast.zone3), url(survey_round, places.zone3)
    assert "<textarea" not in client.get(where).content.decode()
    assert client.post(where, typed(submissions, send="1")).status_code == 422


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_asks_at_most_twelve_times(
    cast, places, survey_round, submissions, sign_in, django_assert_max_num_queries, many
):
    for number in range(many):
        tambon = places.districts["8012"].tambons.create(code=f"8012{number + 30}", name_th=f"ทดสอบ{number}")
        make_submission(survey_round, tambon)
    client = sign_in(cast.zone3)
    with django_assert_max_num_queries(12):
        assert client.get(url(survey_round, places.zone3)).status_code == 200
