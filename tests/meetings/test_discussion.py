"""What people ask and say about a meeting: who, who reads which name, and silence that stays in sight."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from meetings.actions import discussion
from meetings.models import Comment, Meeting
from meetings.parts.discussion import said_about
from nakhon_network.lib.thai_dates import BANGKOK
from organizations.models import AuditEntry
from organizations.problems import Refused
from tests.factories import make_comment, make_meeting

NOW = datetime(2007, 1, 2, 9, tzinfo=BANGKOK)


@pytest.fixture
def meeting(places) -> Meeting:
    """A public meeting."""
    return make_meeting(places.province, title="ประชุมสาธารณะ", visibility="public")


@pytest.fixture
def question(meeting, cast) -> Comment:
    """A question of the tambon's coordinator."""
    return make_comment(meeting, by=cast.tambon)


def page_of(client, meeting: Meeting) -> str:
    return client.get(meeting.get_absolute_url()).content.decode()


def answered(question: Comment, cast) -> Comment:
    return discussion.answer(question, text="ถึงระดับกลุ่ม", by=cast.district, now=NOW)


def test_a_member_asks_on_the_page_of_the_meeting(meeting, cast, sign_in):
    client = sign_in(cast.member)
    assert reverse("comment_add", args=[meeting.pk]) in page_of(client, meeting)
    client.post(reverse("comment_add", args=[meeting.pk]), {"kind": "question", "text": "ใครคือภาคประชาชน"})
    found = Comment.objects.get()
    assert (found.kind, found.state, found.written_by) == ("question", "open", cast.member)
    assert "ใครคือภาคประชาชน" in page_of(client, meeting)


def test_an_empty_question_comes_back_with_what_was_chosen(meeting, cast, sign_in):
    response = sign_in(cast.member).post(reverse("comment_add", args=[meeting.pk]), {"kind": "thanks", "text": " "})
    assert response.status_code == 422 and not Comment.objects.exists()
    assert 'value="thanks"' in response.content.decode()


def test_only_a_question_has_a_state(meeting, cast):
    kinds = [
        discussion.write_comment(meeting, kind=one, text="ดี", by=cast.member, now=NOW) for one in ("thanks", "remark")
    ]
    assert [one.state for one in kinds] == ["", ""]


def test_an_answer_settles_an_open_question(question, cast):
    found = answered(question, cast)
    question.refresh_from_db()
    assert (found.question, found.kind, question.state) == (question, "answer", "answered")


def test_whoever_asked_accepts_the_answer(question, cast, sign_in):
    answered(question, cast)
    sign_in(cast.tambon).post(reverse("question_settle", args=[question.pk]), {"state": "accepted"})
    question.refresh_from_db()
    assert question.state == "accepted"


def test_nothing_can_be_accepted_before_there_is_an_answer(question, cast, sign_in):
    response = sign_in(cast.tambon).post(reverse("question_settle", args=[question.pk]), {"state": "accepted"})
    question.refresh_from_db()
    assert (response.status_code, question.state) == (422, "open")


def test_answered_elsewhere_says_where(question, cast):
    with pytest.raises(Refused, match="ที่ไหน"):
        discussion.settle(question, state="elsewhere", by=cast.staff)
    found = discussion.settle(question, state="elsewhere", where="การประชุม 4 ม.ค. 2550", by=cast.staff)
    assert (found.state, found.where_answered) == ("elsewhere", "การประชุม 4 ม.ค. 2550")


def test_a_question_that_still_waits_forgets_where_it_was_said_to_be_answered(question, cast):
    discussion.settle(question, state="elsewhere", where="ที่อื่น", by=cast.staff)
    found = discussion.settle(question, state="open", by=cast.staff)
    assert (found.state, found.where_answered) == ("open", "")


def test_a_question_whose_only_answer_is_taken_away_waits_again(question, cast):
    found = answered(question, cast)
    discussion.remove_comment(found, reason="ตอบผิดข้อ", is_keeper=False, by=cast.district, now=NOW)
    question.refresh_from_db()
    assert question.state == "open"


def test_what_was_taken_away_is_seen_by_nobody_and_leaves_a_trace(question, cast, sign_in):
    client = sign_in(cast.tambon)
    client.post(reverse("comment_remove", args=[question.pk]), {"reason": "ถามซ้ำ"})
    assert question.text not in page_of(client, question.meeting)
    assert client.get(reverse("comment_remove", args=[question.pk])).status_code == 404
    entry = AuditEntry.objects.about(question)[0]
    assert (entry.verb, entry.by, entry.reason) == ("remove", cast.tambon, "ถามซ้ำ")


def test_a_question_that_others_answered_is_taken_away_by_the_keeper_only(question, cast):
    answered(question, cast)
    with pytest.raises(Refused, match="ผู้ดูแล"):
        discussion.remove_comment(question, reason="เปลี่ยนใจ", is_keeper=False, by=cast.tambon, now=NOW)
    discussion.remove_comment(question, reason="ซ้ำ", is_keeper=True, by=cast.staff, now=NOW)
    assert not Comment.objects.visible_to(cast.staff).exists()


def test_members_read_who_said_it_and_visitors_do_not(question, cast, sign_in, client):
    assert cast.tambon.label in page_of(sign_in(cast.member), question.meeting)
    page = page_of(client, question.meeting)
    assert question.text in page and "สมาชิกของเครือข่าย" in page
    assert cast.tambon.label not in page


def test_a_name_written_for_somebody_else_is_public_only_with_a_public_source(meeting, cast, client):
    make_comment(meeting, by=cast.staff, author_name="ผู้ถามในบันทึก")
    assert "ผู้ถามในบันทึก" not in page_of(client, meeting)
    Meeting.objects.update(source_url="https://example.org/notes/1")
    assert "ผู้ถามในบันทึก" in page_of(client, meeting)


def test_only_the_keeper_writes_for_somebody_else(meeting, cast, sign_in):
    told = {"kind": "remark", "text": "ดี", "author_name": "คนอื่น"}
    for user in (cast.member, cast.staff):
        sign_in(user).post(reverse("comment_add", args=[meeting.pk]), told)
    assert list(Comment.objects.values_list("author_name", flat=True)) == ["", "คนอื่น"]


def test_the_register_shows_unanswered_questions_first_the_oldest_on_top(meeting, cast, client):
    for number, (text, state) in enumerate([("ข้อที่มีคำตอบ", "answered"), ("รอใหม่", "open"), ("รอนาน", "open")]):
        make_comment(meeting, by=cast.member, text=text, state=state, written_at=NOW - timedelta(days=number))
    page = client.get(reverse("question_list")).content.decode()
    assert page.index("รอนาน") < page.index("รอใหม่") < page.index("ข้อที่มีคำตอบ")
    assert "2 คำถาม" in page


def test_the_register_holds_no_question_about_a_meeting_one_may_not_read(places, cast, client, sign_in):
    make_comment(make_meeting(places.province), by=cast.member, text="ถามในเครือข่าย")
    make_comment(make_meeting(places.province, visibility="draft"), by=cast.staff, text="ถามในร่าง")
    pages = [one.get(reverse("question_list")).content.decode() for one in (client, sign_in(cast.member))]
    assert ["ถามในเครือข่าย" in page for page in pages] == [False, True]
    assert ["ถามในร่าง" in page for page in pages] == [False, False]


def test_the_meeting_says_how_many_questions_wait(question, client):
    page = page_of(client, question.meeting)
    assert "1 คำถาม" in page and reverse("question_list") in page


def test_no_address_of_a_device_is_kept_with_a_comment(meeting, cast, sign_in):
    address = "203.0.113.77"
    told = {"kind": "remark", "text": "ดี"}
    sign_in(cast.member).post(reverse("comment_add", args=[meeting.pk]), told, REMOTE_ADDR=address)
    kept = [*Comment.objects.values(), *AuditEntry.objects.values()]
    assert Comment.objects.count() == 1 and address not in str(kept)
    assert [one.name for one in Comment._meta.fields if "ip" in one.name.split("_")] == []


@pytest.mark.parametrize("many", [1, 40])
def test_the_discussion_asks_the_database_once(meeting, cast, django_assert_num_queries, many):
    for _number in range(many):
        answered(make_comment(meeting, by=cast.tambon), cast)
    viewer = cast.member
    said_about(meeting, viewer=viewer)
    with django_assert_num_queries(1):
        found = said_about(meeting, viewer=viewer)
    assert (len(found), len(found[0].answers)) == (many, 1)
