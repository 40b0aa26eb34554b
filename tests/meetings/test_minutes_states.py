"""Minutes on their way: draft, checked, circulated, adopted, corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from meetings.actions import minutes as actions
from meetings.actions.keeping import lock
from meetings.models import Attendance, Minutes
from organizations.models import AuditEntry
from organizations.problems import Refused, Stale
from tests.factories import make_meeting
from tests.meetings.source_meeting import make_source_meeting

TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def meeting(places):
    return make_source_meeting(places)


@pytest.fixture
def later(meeting):
    return meeting.links_onward.order_by("pk")[0].later


def check(meeting, cast):
    return actions.check_minutes(meeting, by=cast.staff, today=TODAY, now=NOW)


def circulate(meeting, cast):
    check(meeting, cast)
    return actions.circulate(meeting, by=cast.staff, today=TODAY, now=NOW)


def adopt(meeting, by_meeting, cast, today=TODAY):
    return actions.adopt(meeting, by_meeting=by_meeting, by=cast.staff, today=today, now=NOW)


def adopted(meeting, later, cast):
    circulate(meeting, cast)
    return adopt(meeting, later, cast)


def test_the_four_states_follow_each_other(meeting, later, cast):
    assert check(meeting, cast).state == "checked"
    assert actions.circulate(meeting, by=cast.staff, today=TODAY, now=NOW).state == "circulated"
    assert adopt(meeting, later, cast).state == "adopted"
    assert AuditEntry.objects.about(meeting).count() == 4
    assert AuditEntry.objects.about(later).count() == 1


def test_no_state_is_left_out(meeting, later, cast):
    with pytest.raises(Stale):
        actions.circulate(meeting, by=cast.staff, today=TODAY, now=NOW)
    with pytest.raises(Stale):
        adopt(meeting, later, cast)
    check(meeting, cast)
    with pytest.raises(Stale):
        check(meeting, cast)


def test_what_was_circulated_stays_as_it_was(meeting, cast):
    kept = circulate(meeting, cast)
    meeting.goals.update(title="อื่น")
    kept.refresh_from_db()
    assert "อื่น" not in [matter["title"] for item in kept.document["items"] for matter in item["matters"]]


def test_sent_round_again_it_is_drawn_up_anew(meeting, cast):
    circulate(meeting, cast)
    meeting.goals.update(title="อื่น")
    kept = actions.circulate(meeting, by=cast.staff, today=TODAY, now=NOW)
    assert "อื่น" in [matter["title"] for item in kept.document["items"] for matter in item["matters"]]


def test_saving_who_signs_makes_a_draft_again(meeting, cast):
    kept = circulate(meeting, cast)
    kept.recorder_name = "นายก"
    saved = actions.save_minutes(kept, by=cast.staff, now=NOW)
    assert (saved.state, saved.document, saved.recorder_name) == ("draft", None, "นายก")


def test_who_saves_an_old_page_is_told(meeting, cast):
    first = actions.start_minutes(meeting, by=cast.staff, now=NOW)
    seen = actions.revision_of(first)
    first.recorder_name = "นายก"
    actions.save_minutes(first, seen=seen, by=cast.staff, now=NOW + timedelta(minutes=1))
    with pytest.raises(Stale):
        actions.save_minutes(Minutes(meeting=meeting, recorder_name="นายข"), seen=seen, by=cast.staff, now=NOW)


def test_something_wrong_stops_the_check(meeting, cast):
    for roll in ("present", "absent"):
        Attendance.objects.create(meeting=meeting, roll=roll, name="นายก ข")
    with pytest.raises(Refused, match="ก ข"):
        check(meeting, cast)


def test_minutes_of_a_meeting_without_a_day_do_not_leave(places, cast):
    with pytest.raises(Refused):
        check(make_meeting(places.province), cast)


def test_a_meeting_still_to_come_is_not_adopted(meeting, later, cast):
    circulate(meeting, cast)
    with pytest.raises(Refused):
        adopt(meeting, later, cast, today=date(2006, 12, 24))


def test_only_a_later_meeting_that_took_place_adopts(meeting, places, cast):
    circulate(meeting, cast)
    others = [meeting, meeting.links_back.order_by("pk")[0].earlier, make_meeting(places.province)]
    others.append(make_meeting(places.province, held_on="2030-01-01"))
    for other in others:
        with pytest.raises(Refused):
            adopt(meeting, other, cast)


def test_adopted_minutes_cannot_be_edited(meeting, later, cast):
    kept = adopted(meeting, later, cast)
    for change in (lambda: actions.save_minutes(kept, by=cast.staff, now=NOW), lambda: check(meeting, cast),
                   lambda: circulate(meeting, cast), lambda: lock(meeting)):  # fmt: skip
        with pytest.raises(Refused):
            change()


@pytest.mark.parametrize("change", [{"recorder_name": "นายข"}, {"state": "draft"}, {"document": {}}])
def test_the_database_refuses_to_change_adopted_minutes(meeting, later, cast, change):
    kept = adopted(meeting, later, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=kept.pk).delete()


def test_a_correction_is_a_revision_that_a_meeting_adopts_again(meeting, later, places, cast):
    first = adopted(meeting, later, cast)
    made = actions.start_correction(meeting, reason="ชื่อผิด", by=cast.staff, now=NOW)
    assert (made.revision, made.state, made.reason) == (2, "draft", "ชื่อผิด")
    lock(meeting)  # the record may change again
    much_later = make_meeting(places.province, held_on="2007-02-01")
    second = adopted(meeting, much_later, cast)
    first.refresh_from_db()
    assert (second.revision, second.adopted_by_meeting) == (2, much_later)
    assert (first.state, first.adopted_by_meeting) == ("adopted", later)


def test_a_correction_needs_adopted_minutes_and_a_reason(meeting, later, cast):
    with pytest.raises(Stale):
        actions.start_correction(meeting, reason="x", by=cast.staff, now=NOW)
    adopted(meeting, later, cast)
    with pytest.raises(Refused):
        actions.start_correction(meeting, reason=" ", by=cast.staff, now=NOW)
