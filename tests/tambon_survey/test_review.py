"""Judging: returning with pinned points, approving, accepting, reopening, and the pages of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.problems import Refused
from tambon_survey.actions import review
from tambon_survey.models import Save, State
from tests.factories import appoint, fill_in, make_person, make_post, make_round, make_submission


@pytest.fixture
def sent(cast, places):
    """Tambon 801217, sent to zone 3."""
    found = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    review.submit(found, replies={}, by=cast.tambon, now=timezone.now())
    return found


def url(name, submission):
    return reverse(name, args=[submission.pk])


def saved(submission, *people):
    for number, one in enumerate(people, 1):
        Save.objects.create(
            submission=submission, mutation=uuid.uuid4(), revision=number, section="team", saved_by=one,
            changes={".answer": ["not_asked", "has"]}, source="phone",
        )  # fmt: skip


def send_back(submission, by, points, **fields):
    given = {"fix_by": timezone.localdate(), "now": timezone.now(), **fields}
    return review.return_for_changes(submission, points=points, by=by, **given)


# ---- sending back ----
def test_a_point_keeps_the_name_of_its_row(cast, sent):
    row = sent.activities.get()
    point = send_back(sent, cast.zone3, [("activities", row.pk, "กี่ครัวเรือน")]).points.get()
    assert (point.row, point.row_name) == (row.pk, "ออมทรัพย์")


@pytest.mark.parametrize(
    "points",
    [[], [("team", None, "  ")], [("weather", None, "แก้")], [("team", uuid.uuid4(), "แก้")]],
    ids=["none", "empty", "no such topic", "a foreign row"],
)
def test_sending_back_needs_a_point_pinned_to_what_was_sent(cast, sent, points):
    with pytest.raises(Refused):
        send_back(sent, cast.zone3, points)
    sent.refresh_from_db()
    assert (sent.state, sent.steps.count()) == (State.SUBMITTED, 1)


def test_the_day_to_mend_by_is_today_or_later(cast, sent):
    with pytest.raises(Refused):
        send_back(sent, cast.zone3, [("team", None, "แก้")], fix_by=timezone.localdate() - timedelta(days=1))


def test_what_was_sent_back_after_closing_can_be_sent_again_until_the_day_ends(cast, sent):
    late = sent.round.closes_at + timedelta(days=5)
    day = timezone.localdate(late)
    step = send_back(sent, cast.zone3, [("team", None, "แก้")], fix_by=day, now=late)
    replies = {step.points.get().pk: ("fixed", "")}
    end = sent.closes_at()
    assert timezone.localdate(end) == day + timedelta(days=1)
    with pytest.raises(Refused):
        review.submit(sent, replies=replies, by=cast.tambon, now=end)
    review.submit(sent, replies=replies, by=cast.tambon, now=end - timedelta(microseconds=1))
    assert sent.state == State.SUBMITTED


# ---- approving ----
def second_representative(places):
    appoint(make_person("ตัวแทนคนที่สอง"), make_post("zone-representative", places.zone3))


def test_a_representative_does_not_approve_what_they_entered_alone(cast, places, sent):
    second_representative(places)
    saved(sent, cast.zone3, cast.zone3, None)
    with pytest.raises(Refused, match="คนเดียว"):
        review.approve(sent, by=cast.zone3, now=timezone.now())
    review.approve(sent, by=cast.staff, now=timezone.now())
    assert sent.state == State.APPROVED


def test_the_only_representative_of_a_zone_may(cast, sent):
    saved(sent, cast.zone3)
    review.approve(sent, by=cast.zone3, now=timezone.now())
    assert sent.state == State.APPROVED


def test_entered_together_with_the_tambon_is_not_alone(cast, places, sent):
    second_representative(places)
    saved(sent, cast.zone3, cast.tambon)
    review.approve(sent, by=cast.zone3, now=timezone.now())
    assert sent.state == State.APPROVED


def test_reopening_needs_a_reason(cast, sent):
    review.approve(sent, by=cast.zone3, now=timezone.now())
    with pytest.raises(Refused, match="เหตุผล"):
        review.reopen(sent, reason=" ", by=cast.zone3, now=timezone.now())
    step = review.reopen(sent, reason="ชื่อผิดคน", by=cast.zone3, now=timezone.now())
    assert (sent.state, step.reason) == (State.SUBMITTED, "ชื่อผิดคน")


def test_what_the_province_accepted_the_zone_cannot_reopen(cast, sent, sign_in):
    review.approve(sent, by=cast.zone3, now=timezone.now())
    review.accept(sent, by=cast.staff, now=timezone.now())
    answer = sign_in(cast.zone3).post(url("submission_reopen", sent), {"reason": "ขอแก้"})
    assert answer.status_code == 403
    sent.refresh_from_db()
    assert sent.state == State.ACCEPTED


# ---- two tabs, hand-made requests ----
def test_approving_twice_answers_409_in_thai_and_makes_one_step(cast, sent, sign_in, caplog):
    client = sign_in(cast.zone3)
    assert client.post(url("submission_approve", sent)).status_code == 302
    again = client.post(url("submission_approve", sent))
    assert again.status_code == 409
    assert "ยังไม่ได้ทำตามที่กด" in again.content.decode()
    assert [one.move for one in sent.steps.all()] == ["approve", "submit"]
    told = f"move approve of submission {sent.pk} in state approved refused to user {cast.zone3.pk}"
    assert told in caplog.messages


@pytest.mark.parametrize("name", ["submission_accept", "submission_reopen"])
def test_a_state_jump_by_hand_is_refused_with_409(cast, sent, sign_in, name):
    assert sign_in(cast.staff).post(url(name, sent), {"reason": "x"}).status_code == 409
    sent.refresh_from_db()
    assert sent.state == State.SUBMITTED


def test_another_zone_finds_nothing(cast, sent, sign_in):
    client = sign_in(cast.zone2)
    for name in ("page", "history", "submit", "review", "return", "reopen"):
        assert client.get(url(f"submission_{name}", sent)).status_code == 404


def test_the_tambon_does_not_judge_itself(cast, sent, sign_in):
    client = sign_in(cast.tambon)
    assert client.get(url("submission_review", sent)).status_code == 403
    assert client.post(url("submission_approve", sent)).status_code == 403


# ---- pages ----
def text_of(client, name, submission):
    return client.get(url(name, submission)).content.decode()


def test_the_reviewer_sees_only_what_changed_since_it_was_sent_before(cast, sent, sign_in):
    step = send_back(sent, cast.zone3, [("activities", None, "กี่คน")])
    sent.activities.update(people=45)
    sent.team.create(name="เหรัญญิกใหม่", position=5)
    review.submit(sent, replies={step.points.get().pk: ("fixed", "")}, by=cast.tambon, now=timezone.now())
    page = text_of(sign_in(cast.zone3), "submission_review", sent)
    changed = page[page.index("สิ่งที่เปลี่ยนจากฉบับก่อน") : page.index("คำตอบที่ส่ง")]
    assert "<del>20</del>" in changed and "<ins>45</ins>" in changed
    assert "เหรัญญิกใหม่" in changed and "ทีม 0" not in changed


def test_the_reviewer_sees_what_changed_since_the_last_round(cast, places, sent, sign_in):
    again = make_submission(make_round(places.province, follows=sent.round, name="สำรวจซ้ำ"), sent.tambon)
    fill_in(again)
    for was, row in zip(sent.coordinators.in_order(), again.coordinators.in_order(), strict=True):
        again.coordinators.filter(pk=row.pk).update(carried_from=was.pk, name="แกน 0")
    review.submit(again, replies={}, by=cast.tambon, now=timezone.now())
    page = text_of(sign_in(cast.zone3), "submission_review", again)
    assert "<del>แกน 1</del>" in page and "ตัดออก" in page and "เพิ่ม" in page


def test_the_reviewer_reads_why_the_rule_says_so(cast, sent, sign_in):
    page = text_of(sign_in(cast.zone3), "submission_review", sent)
    assert "ผลตามเกณฑ์ของรอบนี้" in page and "อย่างน้อย" in page


def test_the_page_of_returning_keeps_what_was_typed(cast, sent, sign_in):
    row = sent.activities.get().pk
    client, typed = sign_in(cast.zone3), {"place_1": f"activities:{row}", "text_1": "", "fix_by": "1 ม.ค. 2549"}
    answer = client.post(url("submission_return", sent), typed)
    assert answer.status_code == 422
    assert "1 ม.ค. 2549" in answer.content.decode()
    typed |= {"text_1": "กี่คน", "fix_by": (timezone.localdate() + timedelta(days=3)).isoformat()}
    assert client.post(url("submission_return", sent), typed).status_code == 302
    sent.refresh_from_db()
    assert sent.state == State.RETURNED


def test_a_returned_form_links_each_point_to_its_place(cast, sent, sign_in):
    row = sent.activities.get().pk
    send_back(sent, cast.zone3, [("activities", row, "กี่คน"), ("team", None, "ใครเป็นเหรัญญิก")])
    page = text_of(sign_in(cast.tambon), "submission_page", sent)
    entry = reverse("submission_entry", args=[sent.pk])
    assert f'href="{entry}#row-{row}"' in page and f'href="{entry}#team"' in page
    assert "ส่งกลับให้แก้ 2 จุด" in page


def test_an_approved_form_says_that_it_can_only_be_read(cast, sent, sign_in):
    review.approve(sent, by=cast.zone3, now=timezone.now())
    assert "อ่านได้อย่างเดียว" in text_of(sign_in(cast.tambon), "submission_page", sent)
    assert not sent.takes_answers_at(timezone.now())


def test_history_says_who_changed_what_from_which_source(cast, sent, sign_in):
    saved(sent, cast.tambon)
    page = text_of(sign_in(cast.tambon), "submission_history", sent)
    assert cast.tambon.label in page and "<ins>มี</ins>" in page and "ที่มา: ทางโทรศัพท์" in page


@pytest.mark.parametrize("rows", [1, 60])
def test_the_pages_ask_at_most_fifteen_times(cast, places, sign_in, django_assert_max_num_queries, rows):
    found = fill_in(make_submission(make_round(places.province), places.tambons["800601"]))
    for number in range(rows):
        found.team.create(name=f"คนที่ {number}", position=number + 10)
    review.submit(found, replies={}, by=cast.zone3, now=timezone.now())
    points = [("team", row.pk, "แก้") for row in found.team.all()[:rows]]
    step = send_back(found, cast.zone3, points)
    replies = {point.pk: ("fixed", "") for point in step.points.all()}
    review.submit(found, replies=replies, by=cast.zone3, now=timezone.now())
    saved(found, *[cast.zone3] * rows)
    client = sign_in(cast.zone3)
    for name in ("page", "history", "review", "return"):
        with django_assert_max_num_queries(15):
            assert client.get(url(f"submission_{name}", found)).status_code == 200
    send_back(found, cast.zone3, points)
    with django_assert_max_num_queries(15):
        assert client.get(url("submission_submit", found)).status_code == 200
