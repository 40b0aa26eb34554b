"""Goals: in order, changed with care, removed only while nothing hangs on them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from meetings.actions import goals as actions
from meetings.models import Goal
from organizations.models import AuditEntry
from organizations.problems import Refused, Stale
from tests.factories import adopt, make_meeting, make_resolution


@pytest.fixture
def meeting(places):
    """A meeting everybody may read."""
    return make_meeting(places.province, visibility="public")


@pytest.fixture
def goals(meeting):
    """Three goals, in order."""
    titles = ("ให้ได้องค์กร", "ให้ได้ทิศทาง", "ให้ได้มาตรการ")
    return [actions.save_goal(Goal(meeting=meeting, title=title), by=None) for title in titles]


def titles(meeting) -> list[str]:
    return [goal.title for goal in meeting.goals.all()]


def test_goals_stand_in_the_order_they_were_written(meeting, goals):
    assert titles(meeting) == ["ให้ได้องค์กร", "ให้ได้ทิศทาง", "ให้ได้มาตรการ"]


def test_the_same_goal_sent_twice_is_one(meeting, goals):
    again = actions.save_goal(Goal(meeting=meeting, title="ให้ได้องค์กร"), by=None)
    assert again == goals[0] and meeting.goals.count() == 3


def test_a_goal_changes_places_with_the_one_before(meeting, goals):
    actions.move_goal(goals[2], earlier=True, by=None)
    assert titles(meeting) == ["ให้ได้องค์กร", "ให้ได้มาตรการ", "ให้ได้ทิศทาง"]


@pytest.mark.parametrize(("which", "earlier"), [(0, True), (2, False)])
def test_the_first_and_the_last_stay_where_they_are(meeting, goals, which, earlier):
    before = titles(meeting)
    actions.move_goal(goals[which], earlier=earlier, by=None)
    assert titles(meeting) == before


def test_a_goal_with_nothing_on_it_is_removed_and_its_words_stay_in_the_history(cast, meeting, goals):
    actions.remove_goal(goals[1], by=cast.staff)
    entry = AuditEntry.objects.about(meeting)[0]
    assert meeting.goals.count() == 2 and entry.changes["title"] == ["ให้ได้ทิศทาง", None]


def test_a_goal_with_a_withdrawn_resolution_stays(meeting, goals):
    make_resolution(meeting, goal=goals[0], withdrawn_at="2007-01-01T00:00Z")
    with pytest.raises(Refused):
        actions.remove_goal(goals[0], by=None)
    assert goals[0].title in titles(meeting)


def test_nothing_changes_once_the_minutes_are_adopted(meeting, goals):
    adopt(meeting)
    for change in (
        lambda: actions.save_goal(goals[0], by=None),
        lambda: actions.move_goal(goals[0], earlier=False, by=None),
        lambda: actions.remove_goal(goals[0], by=None),
    ):
        with pytest.raises(Refused):
            change()


def test_a_change_of_what_somebody_else_changed_is_stale(meeting, goals):
    goal = Goal.objects.get(pk=goals[0].pk)
    actions.save_goal(goals[0], seen=0, by=None)
    with pytest.raises(Stale):
        actions.save_goal(goal, seen=0, by=None)


def test_a_stale_save_answers_409_with_both_texts_and_can_be_sent_again(cast, meeting, goals, sign_in):
    client, url = sign_in(cast.staff), reverse("goal_edit", args=[goals[0].pk])
    assert client.post(url, {"title": "คนแรก", "discussion": "ถ้อยคำของคนแรก", "revision": "0"}).status_code == 302
    typed = {"title": "คนที่สอง", "discussion": "ถ้อยคำยาวของคนที่สอง", "revision": "0"}
    answer = client.post(url, typed)
    body = answer.content.decode()
    assert answer.status_code == 409 and "ถ้อยคำของคนแรก" in body and "ถ้อยคำยาวของคนที่สอง" in body
    assert client.post(url, typed | {"revision": answer.context["form"]["revision"].value()}).status_code == 302


def test_a_goal_without_a_resolution_says_that_there_is_no_conclusion_yet(client, meeting, goals):
    make_resolution(meeting, goal=goals[0], strength="tentative")
    body = client.get(meeting.get_absolute_url()).content.decode()
    assert body.count("ยังไม่มีข้อสรุป") == 2


def test_a_withdrawn_resolution_is_no_conclusion(client, meeting, goals):
    make_resolution(meeting, goal=goals[0], withdrawn_at="2007-01-01T00:00Z")
    assert client.get(meeting.get_absolute_url()).content.decode().count("ยังไม่มีข้อสรุป") == 3
