"""The rulebook of merging: by province staff only, with a reason, and nothing is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from organizations.actions import people as actions
from organizations.models import AuditEntry, Contact, Invitation, Person, Theme
from organizations.problems import Refused
from tests.factories import appoint, make_meeting, make_person, make_post, make_user

# Everything that points at a person and what a merge does with it: a new relation must be decided here.
RELATIONS = {
    *("alias", "appointment", "contact", "coordinator", "erasure", "invitation", "user", "person"),
    *("attendance", "facilitation", "introduction", "knowledge", "speaker", "task"),
}


@pytest.fixture
def pair(cast, places):
    """Two records of one person: `.stays` holds ปากแพรก, `.goes` held ท่าขนาน and has a number."""
    stays = make_person(prefix="นาง", first_name="สมศรี", last_name="ทดสอบ")
    goes = make_person(first_name="สมศรี", last_name="ทดสอบ", nickname="ศรี", note="จากใบลงชื่อ")
    appoint(stays, make_post("tambon-coordinator", places.tambons["801217"]))
    appoint(goes, make_post("tambon-coordinator", places.tambons["800601"]))
    goes.aliases.create(name="ศรีสม")
    Contact.objects.create(person=goes, kind="phone", value="0811112222")
    return stays, goes


def merge(pair, cast) -> Person:
    stays, goes = pair
    return actions.merge_people(goes, into=stays, reason="คนเดียวกัน", by=cast.staff)


def test_a_merge_moves_everything(pair, cast):
    stays = merge(pair, cast)
    assert stays.appointments.count() == 2
    assert [contact.value for contact in stays.contacts.all()] == ["0811112222"]
    assert {alias.name for alias in stays.aliases.all()} == {"ศรีสม", "สมศรี ทดสอบ"}
    assert (stays.nickname, stays.note) == ("ศรี", "จากใบลงชื่อ")
    assert Person.objects.matching("ศรีสม").get() == stays


def test_on_the_lists_of_one_meeting_the_person_stands_once(pair, cast, places):
    stays, goes = pair
    both, one = make_meeting(places.province), make_meeting(places.province)
    for meeting, person in ((both, stays), (both, goes), (one, goes)):
        meeting.attendance.create(roll="present", person=person, name=person.name)
    merge(pair, cast)
    assert sorted(stays.attendance.values_list("meeting", flat=True)) == [both.pk, one.pk]
    assert both.attendance.count() == 2


def test_an_account_and_open_invitations_move_too(pair, cast, places):
    stays, goes = pair
    user = make_user("somsri", person=goes)
    invitation = Invitation.objects.create(
        post=make_post("tambon-coordinator", places.tambons["800601"]),
        person=goes,
        token_hash="x",
        expires_at=goes.created_at,
    )
    merge(pair, cast)
    user.refresh_from_db()
    invitation.refresh_from_db()
    assert user.person == stays and invitation.person == stays


def test_what_both_know_is_known_once(pair, cast):
    stays, goes = pair
    for code, who in (("sea", (stays, goes)), ("farming", (goes,))):
        theme = Theme.objects.create(code=code, name_th=code)
        for person in who:
            person.knowledge.create(theme=theme, text=person.last_name)
    merge(pair, cast)
    assert sorted(stays.knowledge.values_list("theme", flat=True)) == ["farming", "sea"]
    assert goes.knowledge.count() == 0


def test_a_merge_decides_about_everything_that_points_at_a_person():
    assert {relation.related_model._meta.model_name for relation in Person._meta.related_objects} == RELATIONS


def test_a_contact_of_both_keeps_the_consent_of_the_record_that_stays(pair, cast):
    stays, _goes = pair
    Contact.objects.create(person=stays, kind="phone", value="0811112222", visibility="network", consent="spoken")
    merge(pair, cast)
    assert Contact.objects.get(value="0811112222").consent == "spoken"


@pytest.mark.parametrize("who", ["staff", "zone3"])
def test_an_old_link_leads_to_the_record_that_stays(pair, cast, sign_in, who):
    stays, goes = pair
    merge(pair, cast)
    answer = sign_in(getattr(cast, who)).get(goes.get_absolute_url())
    assert (answer.status_code, answer.url) == (301, stays.get_absolute_url())


@pytest.mark.parametrize("who", ["zone2", "member"])
def test_an_old_link_tells_nothing_to_who_may_not_see_the_person(pair, cast, sign_in, who):
    _stays, goes = pair
    merge(pair, cast)
    assert sign_in(getattr(cast, who)).get(goes.get_absolute_url()).status_code == 404


def test_a_chain_of_merges_leads_straight_to_the_last(pair, cast, sign_in):
    stays, goes = pair
    merge(pair, cast)
    last = make_person(first_name="สมศรี", last_name="ทดสอบ")
    actions.merge_people(stays, into=last, reason="คนเดียวกัน", by=cast.staff)
    assert sign_in(cast.staff).get(goes.get_absolute_url()).url == last.get_absolute_url()


def test_both_histories_are_shown_after_a_merge(pair, cast, sign_in):
    stays, goes = pair
    for person, reason in ((stays, "ประวัติของคนแรก"), (goes, "ประวัติของคนที่สอง")):
        AuditEntry.objects.record("change", person, by=cast.staff, reason=reason)
    merge(pair, cast)
    page = sign_in(cast.staff).get(stays.get_absolute_url()).content.decode()
    assert "ประวัติของคนแรก" in page and "ประวัติของคนที่สอง" in page and "คนเดียวกัน" in page


def test_a_merged_record_is_in_no_list_and_has_no_pages(pair, cast, sign_in):
    _stays, goes = pair
    merge(pair, cast)
    client = sign_in(cast.staff)
    assert goes.get_absolute_url() not in client.get(reverse("person_list")).content.decode()
    assert client.get(reverse("person_edit", args=[goes.pk])).status_code == 404


def test_two_who_hold_one_post_are_not_merged(pair, cast, places, sign_in):
    stays, goes = pair
    appoint(goes, make_post("tambon-coordinator", places.tambons["801217"]))
    url = reverse("person_merge", args=[stays.pk, goes.pk])
    answer = sign_in(cast.staff).post(url, {"reason": "คนเดียวกัน"})
    assert answer.status_code == 422 and answer.context["form"].non_field_errors()


def test_two_accounts_are_not_merged(cast):
    with pytest.raises(Refused):
        actions.merge_people(cast.tambon.person, into=cast.tambon2.person, reason="-", by=cast.staff)


def test_a_record_is_not_merged_into_itself(pair, cast, sign_in):
    stays, _goes = pair
    with pytest.raises(Refused):
        actions.merge_people(stays, into=stays, reason="-", by=cast.staff)
    url = reverse("person_merge", args=[stays.pk, stays.pk])
    assert sign_in(cast.staff).post(url, {"reason": "คนเดียวกัน"}).status_code == 422


def test_a_merge_needs_a_reason(pair, cast, sign_in):
    stays, goes = pair
    assert (
        sign_in(cast.staff).post(reverse("person_merge", args=[stays.pk, goes.pk]), {"reason": " "}).status_code == 422
    )


@pytest.mark.parametrize("who", ["zone3", "district", "member"])
def test_only_province_staff_merge(pair, cast, sign_in, who):
    stays, goes = pair
    client = sign_in(getattr(cast, who))
    assert client.post(reverse("person_merge", args=[stays.pk, goes.pk]), {"reason": "-"}).status_code == 403
    assert client.get(reverse("person_duplicates")).status_code == 403


def test_equal_names_stand_side_by_side_with_what_tells_them_apart(pair, cast, sign_in):
    stays, goes = pair
    page = sign_in(cast.staff).get(reverse("person_duplicates")).content.decode()
    assert "(ศรี)" in page and "ศรีสม" in page and "ปากแพรก" in page
    assert reverse("person_merge", args=[stays.pk, goes.pk]) in page


@pytest.mark.parametrize("rows", [2, 30])
def test_the_page_of_equal_names_asks_as_much_for_many(cast, sign_in, rows, django_assert_max_num_queries):
    for _number in range(rows):
        make_person(first_name="ซ้ำกัน", created_by=cast.zone3)
    client = sign_in(cast.staff)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("person_duplicates")).status_code == 200
