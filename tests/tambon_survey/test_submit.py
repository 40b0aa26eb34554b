"""Sending to the zone: what stands in the way, the deadline, lateness, and answering points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.problems import Refused
from tambon_survey.actions import review
from tambon_survey.answers import Answers
from tambon_survey.models import Coordinator, State
from tambon_survey.problems import Blocked
from tests.factories import fill_in, make_round, make_submission

MICRO = timedelta(microseconds=1)


@pytest.fixture
def draft(cast, places):
    """Tambon 801217, filled in without a problem."""
    return fill_in(make_submission(make_round(places.province), places.tambons["801217"]))


@pytest.fixture
def returned(cast, draft):
    """The same, sent back with two points."""
    now = timezone.now()
    review.submit(draft, replies={}, by=cast.tambon, now=now)
    points = [("team", None, "ขาดเหรัญญิก"), ("activities", draft.activities.get().pk, "ตรวจจำนวนคน")]
    review.return_for_changes(draft, points=points, fix_by=timezone.localdate(), by=cast.zone3, now=now)
    return draft


def submit(submission, by, now=None, replies=None):
    return review.submit(submission, replies=replies or {}, by=by, now=now or timezone.now())


def url(submission):
    return reverse("submission_submit", args=[submission.pk])


def test_what_is_sent_is_frozen(cast, draft):
    snapshot = submit(draft, cast.tambon)
    Coordinator.objects.update(name="แก้ทีหลัง")
    kept = Answers.from_json(snapshot.content)
    assert (snapshot.number, snapshot.made_by) == (1, cast.tambon)
    assert [row["name"] for row in kept.topics["coordinators"].rows] == ["แกน 0", "แกน 1"]
    assert snapshot.verdicts["level"] == "ready"


def test_one_microsecond_before_closing_is_in_time(cast, draft):
    submit(draft, cast.tambon, now=draft.round.closes_at - MICRO)
    assert draft.state == State.SUBMITTED


def test_at_the_very_moment_of_closing_it_is_too_late(cast, draft):
    with pytest.raises(Refused, match="ขอเวลาเพิ่ม"):
        submit(draft, cast.tambon, now=draft.round.closes_at)
    draft.refresh_from_db()
    assert (draft.state, draft.snapshots.count()) == (State.DRAFT, 0)


def test_more_time_moves_the_end_for_one_tambon(cast, draft):
    draft.extended_until = draft.round.closes_at + timedelta(days=1)
    draft.save()
    with pytest.raises(Refused):
        submit(draft, cast.tambon, now=draft.extended_until)
    submit(draft, cast.tambon, now=draft.extended_until - MICRO)
    assert draft.state == State.SUBMITTED


def test_before_the_round_opens_nothing_is_sent(cast, draft):
    with pytest.raises(Refused, match="ยังไม่เปิด"):
        submit(draft, cast.tambon, now=draft.round.opens_at - MICRO)


def test_a_tambon_taken_off_the_list_sends_nothing(cast, draft):
    draft.dropped_at, draft.dropped_by = timezone.now(), cast.staff
    draft.save()
    with pytest.raises(Refused, match="ตัดออก"):
        submit(draft, cast.tambon)


@pytest.mark.parametrize(("after", "late"), [(timedelta(0), False), (MICRO, True)])
def test_late_is_whoever_sends_after_the_last_moment_to_be_on_time(cast, draft, after, late):
    submit(draft, cast.tambon, now=draft.round.on_time_by + after)
    assert draft.is_late is late


def test_the_first_sending_decides_lateness(cast, returned):
    first = returned.submitted_at
    replies = {point.pk: ("fixed", "") for point in returned.steps.first().points.all()}
    submit(returned, cast.tambon, now=returned.round.on_time_by + MICRO, replies=replies)
    assert (returned.submitted_at, returned.submitted_by, returned.is_late) == (first, cast.tambon, False)
    assert [one.number for one in returned.snapshots.all()] == [2, 1]


def test_a_hard_problem_blocks_and_a_soft_one_does_not(cast, draft):
    draft.coordinators.update(phone="")
    submit(draft, cast.tambon)
    assert draft.state == State.SUBMITTED


def test_what_blocks_is_named(cast, draft):
    draft.informant = ""
    draft.save()
    with pytest.raises(Blocked) as caught:
        submit(draft, cast.tambon)
    assert [(one.topic, one.field) for one in caught.value.problems] == [("", "informant")]


@pytest.mark.parametrize("reply", [("", ""), ("explained", " "), ("approved", "x")])
def test_every_point_needs_its_answer(cast, returned, reply):
    first, second = returned.steps.first().points.all()
    with pytest.raises(Refused):
        submit(returned, cast.tambon, replies={first.pk: ("fixed", ""), second.pk: reply})
    first.refresh_from_db()
    assert first.replied_at is None


def test_answers_to_points_keep_who_and_when(cast, returned):
    now = timezone.now()
    first, second = returned.steps.first().points.all()
    submit(returned, cast.district, now=now, replies={first.pk: ("fixed", ""), second.pk: ("explained", "นับแล้ว")})
    second.refresh_from_db()
    assert (second.reply, second.reply_text, second.replied_at, second.replied_by) == (
        "explained", "นับแล้ว", now, cast.district,
    )  # fmt: skip


# ---- the page ----
def test_the_page_links_each_hard_problem_to_its_field(cast, draft, sign_in):
    row = draft.coordinators.create(name="", position=9)
    draft.informant = ""
    draft.save()
    answer = sign_in(cast.tambon).post(url(draft))
    entry = reverse("submission_entry", args=[draft.pk])
    assert answer.status_code == 422
    assert f'href="{entry}#head-informant"' in answer.content.decode()
    assert f'href="{entry}#row-{row.pk}"' in answer.content.decode()


def test_the_page_sends_and_leads_on(cast, draft, sign_in):
    answer = sign_in(cast.tambon).post(url(draft), follow=True)
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED
    assert "ส่งให้โซนแล้ว" in answer.content.decode()


def test_the_page_asks_for_an_answer_to_each_point(cast, returned, sign_in):
    client, points = sign_in(cast.tambon), returned.steps.first().points.all()
    typed = {f"reply_{point.pk}": "explained" for point in points}
    assert client.post(url(returned), typed).status_code == 422
    typed |= {f"text_{point.pk}": "ชี้แจงแล้ว" for point in points}
    assert client.post(url(returned), typed).status_code == 302
    returned.refresh_from_db()
    assert returned.state == State.SUBMITTED


def test_the_page_says_when_it_closed(cast, draft, sign_in):
    draft.round.opens_at -= timedelta(days=50)
    draft.round.on_time_by = draft.round.closes_at = timezone.now() - timedelta(days=1)
    draft.round.save()
    answer = sign_in(cast.tambon).post(url(draft))
    assert answer.status_code == 422
    assert "ปิดรับเมื่อ" in answer.content.decode()


def test_sending_twice_from_two_tabs_makes_one_snapshot(cast, draft, sign_in):
    client = sign_in(cast.tambon)
    assert [client.post(url(draft)).status_code for _ in range(2)] == [302, 409]
    assert (draft.snapshots.count(), draft.steps.count()) == (1, 1)


def test_a_form_nobody_began_offers_no_sending(cast, places, sign_in):
    blank = make_submission(make_round(places.province), places.tambons["801217"])
    page = sign_in(cast.tambon).get(url(blank)).content.decode()
    assert "ส่งให้โซนตรวจ" not in page
    assert reverse("submission_entry", args=[blank.pk]) in page
