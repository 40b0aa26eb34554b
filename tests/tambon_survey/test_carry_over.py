"""Survey again: a round that follows another starts from its rows, each to be confirmed, changed or dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.models import FocusTambon, Organization
from tambon_survey.actions.carry_over import carried_id
from tambon_survey.actions.rounds import add_expected, open_round
from tambon_survey.answers import FIELDS
from tambon_survey.models import ROSTERS, Activity, ActivityPhoto, Round, Submission, Support
from tambon_survey.rules import problems
from tests.factories import LONG_AGO, fill_in, make_round, make_submission, make_tambon

DAY = timedelta(days=1)
CODE = "801217"


@pytest.fixture
def last(cast, places) -> Round:
    """The round before, closed; one tambon answered everything in it."""
    now = timezone.now()
    closed = make_round(places.province, name="รอบก่อน", on_time_by=now - 2 * DAY, closes_at=now - DAY)
    fill_in(make_submission(closed, places.tambons[CODE]))
    return closed


@pytest.fixture
def again(last, places) -> Round:
    """A planned round that surveys it again."""
    return make_round(places.province, opened=False, follows=last)


def opened(plan: Round, *, by, code: str = CODE) -> Submission:
    """The submission of a tambon after the round was opened."""
    return open_round(plan, by=by, now=timezone.now()).submissions.get(tambon=code)


def test_rows_come_along_with_answers_and_order(again, last, cast):
    """Every roster: the same values in the same order, each knowing the row it was."""
    new, old = opened(again, by=cast.staff), last.submissions.get()
    for topic in ROSTERS:
        before, after = list(getattr(old, topic).in_order()), list(getattr(new, topic).in_order())
        assert [row.as_value().values for row in after] == [row.as_value().values for row in before]
        assert [row.carried_from for row in after] == [row.pk for row in before]
        assert {row.standing for row in after} == {"carried"}


def test_carried_rows_are_rows_of_their_own(again, last, cast):
    """Keys are new, and the same whenever they are worked out; the followed round keeps its rows."""
    new, old = opened(again, by=cast.staff), last.submissions.get()
    before = set(old.team.values_list("pk", flat=True))
    assert len(before) == 3
    assert set(new.team.values_list("pk", flat=True)) == {carried_id(pk, into=again) for pk in before}
    new.team.update(name="เปลี่ยนแล้ว")
    assert set(old.team.values_list("name", flat=True)) == {"ทีม 0", "ทีม 1", "ทีม 2"}


def test_the_tambon_has_not_started_and_nothing_counts_before_somebody_checked_it(again, cast):
    new = opened(again, by=cast.staff)
    assert (new.state, new.revision, new.informant, new.manner) == ("not_started", 0, "", "")
    assert (new.team_answer, new.filled, new.readiness, new.team_rows, new.team_verdict) == (
        "has",
        0,
        "not_yet",
        0,
        "missing",
    )


def test_summaries_agree_with_the_rows(again, cast):
    """Recounted from the rows nothing changes."""
    for submission in open_round(again, by=cast.staff, now=timezone.now()).submissions.all():
        kept = {field.attname: getattr(submission, field.attname) for field in Submission._meta.concrete_fields}
        submission.summarize(submission.answers())
        assert {name: getattr(submission, name) for name in kept} == kept


def test_a_topic_without_rows_is_not_asked_and_remarks_stay_behind(again, last, cast):
    old = last.submissions.get()
    old.agencies.update(is_removed=True)
    Submission.objects.update(agencies_answer="has_none", team_remark="ปีก่อน")
    new = opened(again, by=cast.staff)
    assert (new.team_answer, new.team_remark) == ("has", "")
    assert (new.agencies_answer, new.agencies.count(), new.agencies_verdict) == ("not_asked", 0, "missing")


def test_removed_rows_and_photos_stay_behind(again, last, cast):
    old = last.submissions.get()
    ActivityPhoto.objects.create(activity=old.activities.get(), file="photos/x", width=1, height=1)
    gone = old.team.in_order()[0]
    old.team.filter(pk=gone.pk).update(is_removed=True)
    new = opened(again, by=cast.staff)
    assert new.team.count() == 2
    assert new.activities.get().photos.count() == 0


def test_links_to_the_networks_records_come_along(again, last, cast):
    """A coordinator who is a person of the network, an agency that is an organisation of it."""
    old, body = last.submissions.get(), Organization.objects.create(name="กศน.", kind="government")
    Support.objects.filter(submission=old, position=0).update(organization=body)
    old.coordinators.filter(position=1).update(person=cast.tambon.person)
    new = opened(again, by=cast.staff)
    assert new.agencies.get(position=0).organization == body
    assert new.coordinators.get(position=1).person == cast.tambon.person


def test_every_column_of_a_row_comes_along(again, last, cast):
    """None is forgotten, whatever is added to the rosters later."""
    own = {"id", "submission_id", "standing", "carried_from", "is_removed"}
    values = {"title": "โฮมสเตย์", "what": "ก", "group": "ข", "since": "2006", "needs_market": True, "needs_other": "ค"}
    row = Activity.objects.create(submission=last.submissions.get(), position=1, people=9, **values)
    copy = opened(again, by=cast.staff).activities.get(carried_from=row.pk)
    row.refresh_from_db()
    names = [field.attname for field in Activity._meta.concrete_fields if field.attname not in own]
    assert set(FIELDS["activities"]) < set(names)
    assert [getattr(copy, name) for name in names] == [getattr(row, name) for name in names]


def test_carried_rows_must_be_looked_at_before_sending(again, cast):
    answers = opened(again, by=cast.staff).answers()
    unchecked = [one for one in problems(answers) if one.level == "hard" and one.row]
    assert len(unchecked) == sum(len(topic.rows) for topic in answers) == 8


def test_a_tambon_that_was_not_asked_before_starts_empty(again, cast):
    new = opened(again, by=cast.staff, code="800304")
    assert (new.filled, new.team_answer, new.team.count()) == (0, "not_asked", 0)


def test_without_a_followed_round_everything_starts_empty(again, cast):
    Round.objects.filter(pk=again.pk).update(follows=None)
    assert opened(again, by=cast.staff).coordinators.count() == 0


def test_a_tambon_dropped_from_the_last_round_keeps_its_answers(again, last, cast):
    last.submissions.update(dropped_at=timezone.now(), dropped_by=cast.staff)
    assert opened(again, by=cast.staff).team.count() == 3


def test_a_tambon_added_later_gets_its_rows_too(again, last, cast, places):
    other = places.tambons["801201"]
    fill_in(make_submission(last, other))
    survey_round = open_round(again, by=cast.staff, now=timezone.now())
    new = add_expected(survey_round, tambon=other, reason="ขอร่วม", by=cast.staff)
    assert (new.team.count(), new.filled, new.readiness) == (3, 0, "not_yet")


def test_rows_are_carried_over_round_after_round(again, last, cast, places):
    """Each round points to the one before, not to the first."""
    second = opened(again, by=cast.staff)
    Round.objects.filter(pk=again.pk).update(closes_at=timezone.now(), on_time_by=timezone.now() - DAY)
    third = opened(make_round(places.province, opened=False, follows=again), by=cast.staff)
    assert set(third.team.values_list("carried_from", flat=True)) == set(second.team.values_list("pk", flat=True))


@pytest.mark.parametrize("many", [2, 6])
def test_opening_asks_the_database_as_often_for_many_as_for_few(again, last, cast, django_assert_num_queries, many):
    FocusTambon.objects.all().delete()
    for number in range(many):
        tambon = make_tambon(f"80124{number}")
        FocusTambon.objects.create(tambon=tambon, chosen_on=LONG_AGO, chosen_reason="ทดสอบ")
        fill_in(make_submission(last, tambon))
    with django_assert_num_queries(20):
        made = open_round(again, by=cast.staff, now=timezone.now())
    assert made.submissions.filter(team_answer="has", filled=0).count() == many
