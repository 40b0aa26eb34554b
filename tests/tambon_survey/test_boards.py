"""Boards count what there is, keep three measures apart, and put first what needs somebody."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from tambon_survey import boards
from tambon_survey.models import Readiness, State, Submission, Verdict, ZoneReport
from tests.factories import fill_in, make_round, make_submission, make_tambon

NOW = timezone.now()


@some.composite
def a_submission(draw) -> Submission:
    """A submission in any state, unsaved."""
    survey_round = SimpleNamespace(on_time_by=NOW)
    fields = {f"{topic}_verdict": draw(some.sampled_from(Verdict.values)) for topic in boards.TOPICS}
    made = Submission(
        state=draw(some.sampled_from(State.values)),
        readiness=draw(some.sampled_from(Readiness.values)),
        filled=draw(some.integers(0, 4)),
        submitted_at=draw(some.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(days=1)])),
        **fields,
    )
    made.__dict__["_state"].fields_cache["round"] = survey_round
    return made


@given(some.lists(a_submission(), max_size=60))
def test_every_count_adds_up_to_the_number_expected(submissions):
    counted = boards.tally(submissions, now=NOW)
    assert counted.expected == len(submissions)
    assert sum(one.count for one in counted.states) == counted.expected
    assert sum(one.count for one in counted.readiness) == counted.expected
    assert all(gap.met + gap.weak + gap.missing == counted.expected for gap in counted.gaps)


def test_filled_reviewed_and_ready_are_three_measures():
    odd = Submission(state="approved", filled=0, readiness="not_yet")
    odd.round = make_unsaved_round()
    counted = boards.tally([odd], now=NOW)
    assert (counted.settled, counted.filled) == (1, 0)
    assert {one.code: one.count for one in counted.readiness} == {"ready": 0, "nearly": 0, "not_yet": 1}


def make_unsaved_round():
    return boards.Round(on_time_by=NOW + timedelta(days=1))


@pytest.fixture
def survey_round(places):
    return make_round(places.province, name="รอบหนึ่ง", planning_meeting_on=date(2030, 1, 4))


def test_what_waits_for_review_stands_first_and_settled_last(survey_round, places, cast):
    states = ("approved", "draft", "submitted", "returned")
    for code, state in zip(("801217", "801201", "800601", "800602"), states, strict=True):
        fix_by = NOW.date() - timedelta(days=2) if state == "returned" else None
        make_submission(survey_round, places.tambons[code], state=state, fix_by=fix_by)
    found = boards.lines(boards.submissions_of(survey_round, cast.zone3), now=NOW)
    assert [line.submission.state for line in found] == ["submitted", "returned", "draft", "approved"]


def test_a_dropped_tambon_is_not_counted(survey_round, places, cast):
    make_submission(survey_round, places.tambons["801217"])
    make_submission(survey_round, places.tambons["801201"], dropped_at=NOW, dropped_by=cast.staff)
    assert len(boards.submissions_of(survey_round, cast.staff)) == 1


def test_the_province_board_shows_reports_received_and_every_zone(survey_round, places, cast, sign_in):
    fill_in(make_submission(survey_round, places.tambons["801217"]))
    ZoneReport.objects.create(round=survey_round, zone=places.zone3, submitted_at=NOW, submitted_by=cast.zone3)
    page = sign_in(cast.staff).get(survey_round.get_absolute_url())
    assert (page.context["received"], len(page.context["zones"])) == (1, 2)
    assert page.context["tally"].readiness[0].count == 1
    by = sign_in(cast.staff).get(survey_round.get_absolute_url() + "?by=readiness").context
    assert [kind for kind, _label in by["legend"]] == ["ready", "nearly", "not_yet"]


def test_a_representative_sees_the_zone_and_a_coordinator_sees_the_own_tambon(survey_round, places, cast, sign_in):
    make_submission(survey_round, places.tambons["801217"])
    make_submission(survey_round, places.tambons["800304"])
    address = survey_round.get_absolute_url()
    assert sign_in(cast.zone3).get(address).context["zone"] == places.zone3
    page = sign_in(cast.tambon).get(address)
    assert [line.submission.tambon_id for line in page.context["lines"]] == ["801217"]
    assert places.tambons["800304"].name_th not in page.content.decode()


def test_the_message_for_the_group_names_tambon_and_no_person(survey_round, places, cast, sign_in):
    make_submission(survey_round, places.tambons["801217"])
    page = sign_in(cast.zone3).get(reverse("zone_board", args=[survey_round.pk, places.zone3.pk]))
    message = page.context["message"]
    assert places.tambons["801217"].name_th in message and "กรุณาส่งภายใน" in message and "http" in message
    assert cast.tambon.person.first_name not in message


@pytest.mark.parametrize("many", [1, 40])
def test_boards_and_home_ask_the_same_whatever_the_number_of_tambon(
    survey_round, places, cast, sign_in, django_assert_max_num_queries, many
):
    for number in range(many):
        make_submission(survey_round, make_tambon(f"8012{number + 30}"), state="submitted", saved_by=cast.tambon)
    board = reverse("zone_board", args=[survey_round.pk, places.zone3.pk])
    asked = [(cast.zone3, board, 12), (cast.staff, board, 12), (cast.staff, survey_round.get_absolute_url(), 12)]
    asked += [(user, reverse("home"), 15) for user in (cast.staff, cast.zone3, cast.district, cast.tambon)]
    for user, address, most in asked:
        client = sign_in(user)
        client.get(reverse("account_page"))  # the first page of a session writes when it was seen
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_home_is_the_next_thing_to_do(survey_round, places, cast, sign_in):
    own = make_submission(survey_round, places.tambons["801217"])
    entry = reverse("submission_entry", args=[own.pk])
    assert f'href="{entry}"' in sign_in(cast.tambon).get("/").content.decode()
    Submission.objects.update(state="submitted")
    assert "มี 1 ตำบลรอคุณตรวจ" in sign_in(cast.zone3).get("/").content.decode()
    assert survey_round.get_absolute_url() in sign_in(cast.staff).get("/").content.decode()


def test_what_the_zones_approved_waits_for_the_province(survey_round, places, cast, sign_in):
    approved = make_submission(survey_round, places.tambons["801217"], state="approved")
    waiting = make_submission(survey_round, places.tambons["800304"], state="submitted")
    client, links = sign_in(cast.staff), [reverse("submission_review", args=[one.pk]) for one in (approved, waiting)]
    body = client.get(survey_round.get_absolute_url()).content.decode()
    assert links[0] in body and links[1] not in body
    assert f"{survey_round.get_absolute_url()}#accept" in client.get("/").content.decode()


def test_the_boards_lead_to_what_the_survey_says_about_agencies(survey_round, places, cast, sign_in):
    board = reverse("zone_board", args=[survey_round.pk, places.zone3.pk])
    for user, address in ((cast.staff, survey_round.get_absolute_url()), (cast.zone3, board)):
        body = sign_in(user).get(address).content.decode()
        assert all(reverse(name, args=[survey_round.pk]) in body for name in ("agency_matrix", "unsupported_list"))


def test_nothing_is_asked_in_the_group_of_a_closed_round(places, cast, sign_in):
    closed = make_round(places.province, on_time_by=NOW - timedelta(days=2), closes_at=NOW - timedelta(days=1))
    make_submission(closed, places.tambons["801217"])
    board = reverse("zone_board", args=[closed.pk, places.zone3.pk])
    for user, address in ((cast.staff, closed.get_absolute_url()), (cast.zone3, board)):
        assert "line-message" not in sign_in(user).get(address).content.decode()


def test_who_enters_answers_is_led_to_the_form_and_who_reviews_to_its_page(survey_round, places, cast, sign_in):
    own = make_submission(survey_round, places.tambons["801217"], state="draft")
    entry = reverse("submission_entry", args=[own.pk])
    assert f'href="{entry}"' in sign_in(cast.district).get("/").content.decode()
    assert f'href="{entry}"' not in sign_in(cast.zone3).get("/").content.decode()
