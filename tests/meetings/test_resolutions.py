"""Resolutions: a strength and a number that stay, tambon and appointments, withdrawing instead of deleting."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import resolutions as actions
from meetings.models import AgendaItem, Goal, Resolution
from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import AuditEntry
from organizations.problems import Refused, Stale
from tests.factories import appoint, make_meeting, make_person, make_post, make_resolution, make_tambon, make_task


@pytest.fixture
def meeting(places):
    """The third meeting of 2549, that everybody may read."""
    day = PartialDate(2006, 12, 25)
    return make_meeting(places.province, number=3, number_year=2549, held_on=day, visibility="public")


def write(meeting, text: str = "มีองค์กรหนุนเสริม", strength: str = "settled", **fields) -> Resolution:
    tambons = fields.pop("tambons", ())
    return actions.save_resolution(
        Resolution(meeting=meeting, text=text, strength=strength, **fields), tambons=tambons, by=None
    )


def answers(**more) -> dict[str, str]:
    return {"strength": "tentative", "text": "จัดเวทีเรียนรู้", "about": "", **more}


# ---- the reference ----
def test_the_number_counts_within_the_meeting(meeting, places):
    assert [write(meeting, "หนึ่ง").reference, write(meeting, "สอง").reference] == ["3/2549-1", "3/2549-2"]
    assert write(make_meeting(places.province)).number == 1


def test_a_meeting_without_number_is_named_by_its_day(places):
    dated = make_meeting(places.province, held_on=PartialDate(2006, 12, 25))
    assert write(dated).reference == "25 ธันวาคม 2549-1"


def test_a_number_is_never_given_to_another(cast, meeting):
    write(meeting, "หนึ่ง")
    actions.withdraw_resolution(write(meeting, "สอง"), reason="ซ้ำ", now=timezone.now(), by=cast.staff)
    assert write(meeting, "สาม").number == 3


def test_the_same_resolution_sent_twice_is_one(meeting):
    assert write(meeting) == write(meeting) and meeting.resolutions.count() == 1


def test_a_change_keeps_the_number(cast, meeting, sign_in):
    resolution = write(meeting)
    url = reverse("resolution_edit", args=[resolution.pk])
    assert sign_in(cast.staff).post(url, answers(revision="0")).status_code == 302
    resolution.refresh_from_db()
    assert (resolution.number, resolution.strength, resolution.text) == (1, "tentative", "จัดเวทีเรียนรู้")


# ---- withdrawing ----
def test_a_withdrawn_resolution_shows_its_words_and_why(cast, meeting, client):
    resolution = actions.withdraw_resolution(write(meeting), reason="จดผิด", now=timezone.now(), by=cast.staff)
    body = client.get(resolution.get_absolute_url()).content.decode()
    assert "มีองค์กรหนุนเสริม" in body and "จดผิด" in body and "ถอนแล้ว" in body


def test_what_is_still_to_do_is_dropped_with_a_withdrawn_resolution(cast, meeting):
    resolution = write(meeting)
    task, done = (make_task(meeting, resolution=resolution, state=state) for state in ("open", "done"))
    actions.withdraw_resolution(resolution, reason="จดผิด", now=timezone.now(), by=cast.staff)
    task.refresh_from_db(), done.refresh_from_db()
    assert (task.state, task.outcome, done.state) == ("dropped", "จดผิด", "done")


def test_a_withdrawn_resolution_changes_no_more(cast, meeting):
    resolution = actions.withdraw_resolution(write(meeting), reason="จดผิด", now=timezone.now(), by=cast.staff)
    with pytest.raises(Refused):
        actions.save_resolution(resolution, by=cast.staff)


def test_withdrawing_twice_is_withdrawing_once(cast, meeting):
    resolution = write(meeting)
    for reason in ("ก่อน", "หลัง"):
        actions.withdraw_resolution(resolution, reason=reason, now=timezone.now(), by=cast.staff)
    assert Resolution.objects.get().withdrawn_reason == "ก่อน"
    assert AuditEntry.objects.filter(verb="remove").count() == 1


# ---- stale saves ----
def test_a_stale_save_answers_409_with_both_texts(cast, meeting, sign_in):
    resolution = write(meeting)
    client, url = sign_in(cast.staff), reverse("resolution_edit", args=[resolution.pk])
    assert client.post(url, answers(text="ของคนแรก", revision="0")).status_code == 302
    answer = client.post(url, answers(text="ของคนที่สองยาวมาก", revision="0"))
    body = answer.content.decode()
    assert answer.status_code == 409 and "ของคนแรก" in body and "ของคนที่สองยาวมาก" in body
    with pytest.raises(Stale):
        actions.save_resolution(resolution, seen=0, by=None)


# ---- where it stands ----
def test_goals_and_items_of_another_meeting_are_not_offered(cast, meeting, places, sign_in):
    other = make_meeting(places.province)
    goal = Goal.objects.create(meeting=other, position=1, title="เป้าหมายอื่น")
    item = AgendaItem.objects.create(meeting=other, position=1, section="other", title="วาระอื่น")
    url = reverse("resolution_add", args=[meeting.pk])
    answer = sign_in(cast.staff).post(url, answers(goal=goal.pk, item=item.pk))
    assert answer.status_code == 422 and {"goal", "item"} <= set(answer.context["form"].errors)


def test_a_resolution_stands_under_its_goal_and_one_without_below(client, meeting):
    goal = Goal.objects.create(meeting=meeting, position=1, title="ให้ได้องค์กร")
    write(meeting, "ใต้เป้าหมาย", goal=goal), write(meeting, "ลำพัง")
    context = client.get(meeting.get_absolute_url()).context
    assert [one.resolution.text for one in context["goals"][0].decided] == ["ใต้เป้าหมาย"]
    assert [one.resolution.text for one in context["other_resolutions"][0].decided] == ["ลำพัง"]


@pytest.mark.parametrize(("strength", "word"), [("settled", "ยุติ"), ("tentative", "ข้อสรุป"), ("assigned", "มอบหมาย")])
def test_every_strength_has_its_word_and_its_badge(client, meeting, strength, word):
    write(meeting, strength=strength)
    body = client.get(meeting.get_absolute_url()).content.decode()
    assert f"badge is-{strength}" in body and word in body


# ---- tambon ----
def test_tambon_are_typed_by_name_or_code_several_at_once(cast, meeting, places, sign_in):
    url = reverse("resolution_add", args=[meeting.pk])
    typed = answers(about="ต.ปากแพรก, ๘๐๐๓๐๔\nท่าขนาน")
    assert sign_in(cast.staff).post(url, typed).status_code == 302
    assert set(Resolution.objects.get().tambons.values_list("pk", flat=True)) == {"801217", "800304", "800602"}


def test_a_name_that_two_tambon_have_asks_for_the_code(cast, meeting, places, sign_in):
    make_tambon("800699", "ปากแพรก")
    answer = sign_in(cast.staff).post(reverse("resolution_add", args=[meeting.pk]), answers(about="ปากแพรก"))
    sentence = answer.context["form"].errors["about"][0]
    assert answer.status_code == 422 and "801217" in sentence and "800699" in sentence


@pytest.mark.parametrize("typed", ["ไม่มีตำบลนี้", "999999", "810101"])
def test_an_unknown_tambon_is_refused_and_nothing_typed_is_lost(cast, meeting, sign_in, typed):
    answer = sign_in(cast.staff).post(reverse("resolution_add", args=[meeting.pk]), answers(about=typed))
    assert answer.status_code == 422 and typed in answer.content.decode() and "จัดเวทีเรียนรู้" in answer.content.decode()


def test_the_form_shows_the_tambon_so_that_saving_again_changes_nothing(cast, meeting, places, sign_in):
    resolution = write(meeting, tambons=[places.tambons["801217"]])
    client, url = sign_in(cast.staff), reverse("resolution_edit", args=[resolution.pk])
    shown = client.get(url).context["form"]["about"].value()
    assert shown == "ปากแพรก 801217"
    assert client.post(url, answers(about=shown, revision="0")).status_code == 302
    assert [one.pk for one in resolution.tambons.all()] == ["801217"]


def test_a_tambon_is_a_link_for_those_who_work_there_only(cast, meeting, places, sign_in):
    resolution = write(meeting, tambons=[places.tambons["801217"]])
    link = reverse("tambon_page", args=["801217"])
    assert link in sign_in(cast.zone3).get(resolution.get_absolute_url()).content.decode()
    assert link not in sign_in(cast.zone2).get(resolution.get_absolute_url()).content.decode()


# ---- appointments ----
def test_an_appointment_cites_the_resolution_that_made_it(cast, meeting, places, sign_in):
    resolution, post = write(meeting), make_post("zone-representative", places.zone3)
    appointment = post.appointments.get()
    client = sign_in(cast.staff)
    url = reverse("resolution_appointments", args=[resolution.pk])
    assert client.post(url, {"appointments": [appointment.pk], "seen": "1"}).status_code == 302
    assert resolution.get_absolute_url() in client.get(post.get_absolute_url()).content.decode()


def test_unticking_takes_the_citation_away(cast, meeting, places, sign_in):
    resolution, post = write(meeting), make_post("zone-representative", places.zone3)
    resolution.appointments.add(post.appointments.get())
    url = reverse("resolution_appointments", args=[resolution.pk])
    assert sign_in(cast.staff).post(url, {"seen": "1"}).status_code == 302
    assert not resolution.appointments.exists()


def test_who_may_not_read_a_draft_does_not_read_its_resolution_on_the_post(cast, places, sign_in):
    resolution = make_resolution(make_meeting(places.province, visibility="draft"))
    post = make_post("zone-representative", places.zone3)
    resolution.appointments.add(post.appointments.get())
    assert resolution.get_absolute_url() not in sign_in(cast.zone3).get(post.get_absolute_url()).content.decode()
    assert resolution.get_absolute_url() in sign_in(cast.staff).get(post.get_absolute_url()).content.decode()


def test_a_visitor_reads_no_name_of_an_appointment(client, meeting, places):
    resolution = write(meeting)
    resolution.appointments.add(appoint(make_person("ลับเฉพาะ"), make_post("zone-representative", places.zone3)))
    assert "ลับเฉพาะ" not in client.get(resolution.get_absolute_url()).content.decode()


def test_appointments_are_found_by_the_name_of_the_person(cast, meeting, places, sign_in):
    appoint(make_person("บุญมี"), make_post("zone-representative", places.zone3))
    url = reverse("resolution_appointments", args=[write(meeting).pk])
    offered = sign_in(cast.staff).get(url + "?q=บุญมี").context["form"].offered.values()
    assert [one.person.first_name for one in offered] == ["บุญมี"]
