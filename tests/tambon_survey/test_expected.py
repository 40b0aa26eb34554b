"""Whom a round counts on: added and dropped with a reason, kept with all they had; more time for single tambon."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actions.areas import move_district
from organizations.models import AuditEntry, Post
from organizations.problems import Refused
from tambon_survey.actions.rounds import add_expected, drop_expected, extend
from tambon_survey.models import Round, State, Submission
from tests.conftest import FOCUS
from tests.factories import fill_in, make_district, make_province, make_round, make_submission, make_tambon

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
WHY = "ที่ประชุมโซนขอเพิ่ม"


@pytest.fixture
def survey_round(cast, places) -> Round:
    """An opened round with a submission of every focus tambon."""
    made = make_round(places.province)
    for code in FOCUS:
        make_submission(made, places.tambons[code])
    return made


@pytest.fixture
def submission(survey_round) -> Submission:
    """One of them."""
    return survey_round.submissions.get(tambon="801217")


def last_entry(thing) -> AuditEntry:
    """The newest line of its history."""
    return AuditEntry.objects.about(thing)[0]


# ---- adding -----------------------------------------------------------------------------------------------------


def test_a_tambon_is_added_with_a_reason(survey_round, cast, places):
    """It can be entered and somebody can be appointed for it; round and tambon remember why."""
    tambon = places.tambons["801201"]
    new = add_expected(survey_round, tambon=tambon, reason=WHY, by=cast.staff)
    assert (new.state, new.added_reason, new.takes_answers_at(timezone.now())) == (State.NOT_STARTED, WHY, True)
    assert Post.objects.filter(tambon=tambon, role="tambon-coordinator").exists()
    for thing in (new, survey_round, tambon):
        assert (last_entry(thing).verb, last_entry(thing).reason) == ("add", WHY)


def test_a_tambon_is_expected_once(survey_round, cast, places):
    with pytest.raises(Refused, match="อยู่ในรอบนี้แล้ว"):
        add_expected(survey_round, tambon=places.tambons["801217"], reason=WHY, by=cast.staff)


def test_a_tambon_of_another_province_is_refused(survey_round, cast):
    make_province("84", name_th="สุราษฎร์ธานี")
    make_district("8401")
    with pytest.raises(Refused, match="จังหวัดอื่น"):
        add_expected(survey_round, tambon=make_tambon("840101"), reason=WHY, by=cast.staff)


def test_a_tambon_without_a_zone_is_refused(survey_round, cast, places):
    Round.objects.update(opened_at=None)
    move_district(places.districts["8012"], to=None, by=cast.staff)
    Round.objects.update(opened_at=timezone.now())
    places.tambons["801201"].refresh_from_db()
    with pytest.raises(Refused, match="เข้าโซนก่อน"):
        add_expected(survey_round, tambon=places.tambons["801201"], reason=WHY, by=cast.staff)


def test_a_planned_round_has_no_list_yet(cast, places):
    plan = make_round(places.province, opened=False)
    with pytest.raises(Refused, match="ยังไม่เปิด"):
        add_expected(plan, tambon=places.tambons["801201"], reason=WHY, by=cast.staff)
    assert plan.submissions.count() == 0


# ---- dropping ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["not_started", "draft", "submitted"])
def test_a_dropped_tambon_keeps_its_answers_but_is_not_counted_on(submission, cast, state):
    fill_in(submission)
    Submission.objects.update(state=state)
    dropped = drop_expected(submission, reason=WHY, by=cast.staff)
    assert (dropped.dropped_by, dropped.team.count(), dropped.state) == (cast.staff, 3, state)
    assert dropped not in submission.round.submissions.expected()
    assert not dropped.takes_answers_at(timezone.now())
    assert (last_entry(dropped).verb, last_entry(dropped).reason) == ("remove", WHY)


@pytest.mark.parametrize("state", [State.APPROVED, State.ACCEPTED])
def test_what_the_zone_has_approved_is_not_dropped(submission, cast, state):
    Submission.objects.update(state=state)
    with pytest.raises(Refused, match="โซนรับรอง"):
        drop_expected(submission, reason=WHY, by=cast.staff)
    assert submission.round.submissions.expected().count() == 4


def test_a_tambon_is_dropped_once(submission, cast):
    drop_expected(submission, reason=WHY, by=cast.staff)
    with pytest.raises(Refused, match="ไม่ได้อยู่ในรายชื่อ"):
        drop_expected(submission, reason=WHY, by=cast.staff)


def test_a_dropped_tambon_comes_back_with_what_it_had(submission, cast):
    """The same row, with its answers and its state."""
    drop_expected(fill_in(submission), reason=WHY, by=cast.staff)
    back = add_expected(submission.round, tambon=submission.tambon, reason="ตกลงกันแล้ว", by=cast.staff)
    back.refresh_from_db()
    assert (back.pk, back.dropped_at, back.dropped_by, back.state) == (submission.pk, None, None, State.DRAFT)
    assert (back.added_reason, back.team.count()) == ("ตกลงกันแล้ว", 3)


# ---- more time --------------------------------------------------------------------------------------------------


def test_one_tambon_gets_more_time(submission, cast, places):
    """The round closes for the others; the end itself is no longer in time."""
    closes = submission.round.closes_at
    until = closes + DAY
    extended = extend(submission, until=until, reason=WHY, by=cast.staff, now=closes - DAY)
    assert extended.takes_answers_at(until - MOMENT) and not extended.takes_answers_at(until)
    other = submission.round.submissions.get(tambon="800304")
    assert other.takes_answers_at(closes - MOMENT) and not other.takes_answers_at(closes)


def test_more_time_can_be_given_after_closing(submission, cast):
    now = submission.round.closes_at + DAY
    assert extend(submission, until=now + MOMENT, reason=WHY, by=cast.staff, now=now).takes_answers_at(now)


def test_more_time_lies_ahead(submission, cast):
    now = submission.round.closes_at + DAY
    with pytest.raises(Refused, match="ผ่านไปแล้ว"):
        extend(submission, until=now, reason=WHY, by=cast.staff, now=now)


def test_more_time_is_longer_than_the_round(submission, cast):
    closes = submission.round.closes_at
    with pytest.raises(Refused, match="รอบยังเปิดอยู่"):
        extend(submission, until=closes, reason=WHY, by=cast.staff, now=closes - DAY)


def test_a_dropped_tambon_gets_no_more_time(submission, cast):
    drop_expected(submission, reason=WHY, by=cast.staff)
    now = timezone.now()
    with pytest.raises(Refused, match="ไม่ได้อยู่ในรายชื่อ"):
        extend(submission, until=now + 30 * DAY, reason=WHY, by=cast.staff, now=now)


def test_more_time_is_in_the_history_old_and_new(submission, cast):
    closes = submission.round.closes_at
    for days in (1, 2):
        extend(submission, until=closes + days * DAY, reason=WHY, by=cast.staff, now=closes)
    pair = [(closes + days * DAY).isoformat() for days in (1, 2)]
    assert last_entry(submission.tambon).changes == {"extended_until": pair}
    assert last_entry(submission.round).reason == WHY


# ---- pages ------------------------------------------------------------------------------------------------------


def test_the_list_is_by_zone_and_counts_everybody(survey_round, cast, sign_in, submission):
    """Those dropped stand apart."""
    drop_expected(submission, reason=WHY, by=cast.staff)
    context = sign_in(cast.staff).get(reverse("round_expected", args=[survey_round.pk])).context
    zones = [(zone.number, [one.tambon_id for one in rows]) for zone, rows in context["zones"]]
    assert zones == [(2, ["800304", "800115"]), (3, ["800601"])]
    assert (context["count"], [one.tambon_id for one in context["dropped"]]) == (3, ["801217"])


def test_an_approved_tambon_has_no_button_to_drop_it(survey_round, cast, sign_in, submission):
    url, button = reverse("round_expected", args=[survey_round.pk]), reverse("expected_drop", args=[submission.pk])
    assert button in sign_in(cast.staff).get(url).content.decode()
    Submission.objects.update(state=State.APPROVED)
    assert button not in sign_in(cast.staff).get(url).content.decode()


def test_a_tambon_is_found_and_added(survey_round, cast, sign_in):
    """What is expected already is said, not offered; ต. before the name is no matter."""
    client, url = sign_in(cast.staff), reverse("expected_add", args=[survey_round.pk])
    found = client.get(url, {"q": "ต.ปากพนัง"})
    assert [str(tambon) for tambon in found.context["form"].fields["tambon"].queryset] == ["ปากพนัง"]
    response = client.post(url, {"tambon": "801201", "reason": WHY}, follow=True)
    assert "เพิ่มตำบลปากพนังเข้ารอบนี้แล้ว" in response.content.decode()
    again = client.get(url, {"q": "ปากพนัง"})
    assert (again.context["has_choice"], [one.pk for one in again.context["already"]]) == (False, ["801201"])


@pytest.mark.parametrize("code", ["", "840101", "801217", "x", "๘๐๑๒๐๑", "8" * 400])
def test_a_tambon_that_is_not_offered_is_not_added(survey_round, cast, sign_in, code):
    make_province("84", name_th="สุราษฎร์ธานี")
    make_district("8401")
    make_tambon("840101")
    url = reverse("expected_add", args=[survey_round.pk])
    assert sign_in(cast.staff).post(url, {"tambon": code, "reason": WHY}).status_code == 422
    assert survey_round.submissions.count() == 4


@pytest.mark.parametrize("name", ["expected_drop", "submission_extend"])
def test_nothing_is_done_without_a_reason(submission, cast, sign_in, name):
    day = timezone.localdate(submission.round.closes_at + 3 * DAY).strftime("%d/%m/%Y")
    sent = {"day": day, "hour": "16.00", "reason": " "}
    client, url = sign_in(cast.staff), reverse(name, args=[submission.pk])
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "reason": WHY}).url == reverse("round_expected", args=[submission.round_id])
    assert last_entry(submission).reason == WHY


def test_the_forms_say_why_an_action_refused(submission, cast, sign_in):
    client = sign_in(cast.staff)
    early = {"day": "1 ม.ค. 2549", "hour": "16.00", "reason": WHY}
    response = client.post(reverse("submission_extend", args=[submission.pk]), early)
    assert (response.status_code, "ผ่านไปแล้ว" in response.content.decode()) == (422, True)
    Submission.objects.update(state=State.APPROVED)
    response = client.post(reverse("expected_drop", args=[submission.pk]), {"reason": WHY})
    assert (response.status_code, "โซนรับรองตำบลนี้แล้ว" in response.content.decode()) == (422, True)


def test_the_list_of_a_plan_leads_to_the_plan(cast, places, sign_in):
    plan = make_round(places.province, opened=False)
    body = sign_in(cast.staff).get(reverse("round_expected", args=[plan.pk])).content.decode()
    assert reverse("round_edit", args=[plan.pk]) in body


@pytest.mark.parametrize("many", [0, 20])
def test_the_pages_ask_the_database_at_most_fifteen_times(
    survey_round, cast, places, sign_in, submission, django_assert_max_num_queries, many
):
    """Whatever the number of tambon, rounds and lines of history."""
    for number in range(many):
        added = add_expected(survey_round, tambon=make_tambon(f"8012{number + 40}"), reason=WHY, by=cast.staff)
        make_round(places.province, opened=number % 2 == 0, follows=survey_round)
        if number % 2:
            drop_expected(added, reason=WHY, by=cast.staff)
    plan = make_round(places.province, opened=False, follows=survey_round)
    urls = [reverse("round_list"), reverse("round_add", args=["80"]), reverse("round_edit", args=[plan.pk])]
    urls += [reverse(name, args=[survey_round.pk]) for name in ("round_edit", "round_expected", "expected_add")]
    urls += [reverse(name, args=[submission.pk]) for name in ("expected_drop", "submission_extend")]
    for url in [*urls, urls[5] + "?q=ทดสอบ"]:
        client = sign_in(cast.staff)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
