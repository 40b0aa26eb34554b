"""The rulebook of contacts: who sees a number, and how consent is given and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actions.people import save_contact
from organizations.models import AuditEntry, Contact
from organizations.problems import Refused
from tests.factories import appoint, make_person, make_post

NUMBER = "0812345678"
SHOWN = "081-234-5678"
TYPED = {"kind": "phone", "value": NUMBER, "visibility": "coordinators", "consent": "not_asked"}


@pytest.fixture
def contact(cast):
    """A number of the tambon coordinator of ปากแพรก, for coordinators only."""
    return Contact.objects.create(person=cast.tambon.person, kind="phone", value=NUMBER)


def test_a_contact_that_was_recorded_meanwhile_is_refused(contact):
    """The form found it new; somebody else was quicker."""
    with pytest.raises(Refused):
        save_contact(Contact(person=contact.person, kind="phone", value=NUMBER), by=None)


def page_of(sign_in, user, contact) -> str:
    return sign_in(user).get(contact.person.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["tambon", "district", "zone3", "staff"])
def test_the_line_of_work_sees_a_coordinators_number(cast, sign_in, contact, who):
    page = page_of(sign_in, getattr(cast, who), contact)
    assert SHOWN in page and f'href="tel:{NUMBER}"' in page


@pytest.mark.parametrize("who", ["zone2", "tambon2", "member", "nobody"])
def test_others_do_not_even_find_the_person(cast, sign_in, contact, who):
    answer = sign_in(getattr(cast, who)).get(contact.person.get_absolute_url())
    assert answer.status_code == 404
    assert not Contact.objects.visible_to(getattr(cast, who)).filter(pk=contact.pk).exists()


def test_a_visitor_sees_no_number_at_all(client, contact):
    Contact.objects.filter(pk=contact.pk).update(visibility="public", consent="written")
    answer = client.get(contact.person.get_absolute_url())
    assert answer.status_code == 302 and NUMBER not in answer.content.decode()


@pytest.mark.parametrize("who", ["zone2", "tambon2", "member"])
def test_a_number_shared_with_the_network_is_seen_by_members(cast, sign_in, who):
    shared = Contact.objects.create(
        person=cast.zone3.person, kind="phone", value=NUMBER, visibility="network", consent="spoken"
    )
    assert SHOWN in page_of(sign_in, getattr(cast, who), shared)


def test_withdrawing_hides_the_number_in_the_same_request(cast, sign_in):
    shared = Contact.objects.create(
        person=cast.zone3.person, kind="phone", value=NUMBER, visibility="network", consent="spoken"
    )
    sign_in(cast.zone3).post(reverse("consent_withdraw", args=[shared.pk]))
    assert SHOWN not in page_of(sign_in, cast.member, shared)
    assert AuditEntry.objects.about(shared.person).first().verb == "withdraw"


def test_withdrawing_is_never_a_link(cast, sign_in, contact):
    assert sign_in(cast.tambon).get(reverse("consent_withdraw", args=[contact.pk])).status_code == 405


@pytest.mark.parametrize("typed", ["๐๘๑-๒๓๔-๕๖๗๘", "+66 81 234 5678", "081 234 5678"])
def test_telephones_are_stored_as_digits(cast, sign_in, typed):
    url = reverse("contact_add", args=[cast.tambon.person_id])
    sign_in(cast.zone3).post(url, {**TYPED, "value": typed})
    assert Contact.objects.filter(person=cast.tambon.person, value=NUMBER).exists()


def test_an_extension_is_kept_apart_and_survives_an_edit(cast, sign_in):
    client = sign_in(cast.zone3)
    client.post(reverse("contact_add", args=[cast.tambon.person_id]), {**TYPED, "value": "075 341 234 ต่อ 12"})
    added = Contact.objects.get(value="075341234")
    url = reverse("contact_edit", args=[added.pk])
    shown = client.get(url).context["form"].initial["value"]
    client.post(url, {**TYPED, "value": shown})
    added.refresh_from_db()
    assert (added.value, added.extension) == ("075341234", "12")


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "08123"), ("email", "สมชาย@ที่ไหน"), ("line", "ไลน์ของฉัน"), ("line", "a b")]
)
def test_what_is_no_contact_of_its_kind_is_refused_with_a_sentence(cast, sign_in, kind, value):
    url = reverse("contact_add", args=[cast.tambon.person_id])
    answer = sign_in(cast.zone3).post(url, {**TYPED, "kind": kind, "value": value})
    assert answer.status_code == 422
    assert answer.context["form"].errors["value"] and value in answer.content.decode()


def test_a_contact_is_kept_once(cast, sign_in, contact):
    url = reverse("contact_add", args=[contact.person_id])
    answer = sign_in(cast.zone3).post(url, {**TYPED, "value": SHOWN})
    assert answer.status_code == 422 and "value" in answer.context["form"].errors


@pytest.mark.parametrize("visibility", ["network", "public"])
def test_nothing_is_shared_without_consent(cast, sign_in, contact, visibility):
    url = reverse("contact_edit", args=[contact.pk])
    answer = sign_in(cast.zone3).post(url, {**TYPED, "visibility": visibility})
    contact.refresh_from_db()
    assert answer.status_code == 422 and contact.visibility == "coordinators"


def test_entering_ones_own_number_is_consent(cast, sign_in):
    client = sign_in(cast.tambon)
    client.post(reverse("contact_add", args=[cast.tambon.person_id]), {**TYPED, "visibility": "network"})
    added = Contact.objects.get(value=NUMBER)
    assert (added.visibility, added.consent, added.consent_by) == ("network", "self", cast.tambon)


def test_nobody_consents_for_somebody_else_as_if_it_were_they(cast, sign_in):
    url = reverse("contact_add", args=[cast.tambon.person_id])
    assert sign_in(cast.zone3).post(url, {**TYPED, "consent": "self"}).status_code == 422


def test_saving_confirms_the_contact_of_a_year_ago(cast, sign_in, contact):
    old = timezone.now() - timedelta(days=400)
    Contact.objects.filter(pk=contact.pk).update(confirmed_at=old)
    assert "is-overdue" in page_of(sign_in, cast.zone3, contact)
    save_contact(Contact.objects.get(pk=contact.pk), by=cast.zone3)
    assert "is-overdue" not in page_of(sign_in, cast.zone3, contact)


def test_a_removed_contact_leaves_a_reason(cast, sign_in, contact):
    sign_in(cast.zone3).post(reverse("contact_remove", args=[contact.pk]), {"reason": "เลิกใช้เบอร์นี้"})
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert AuditEntry.objects.about(cast.tambon.person).first().reason == "เลิกใช้เบอร์นี้"


def test_a_contact_is_not_removed_by_opening_a_page(cast, sign_in, contact):
    assert sign_in(cast.zone3).get(reverse("contact_remove", args=[contact.pk])).status_code == 200
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_a_coordinator_does_not_change_the_number_of_someone_above(cast, sign_in):
    above = Contact.objects.create(person=cast.zone3.person, kind="line", value="zone3")
    assert sign_in(cast.district).get(reverse("contact_edit", args=[above.pk])).status_code == 403


def test_a_member_of_two_posts_is_left_to_who_may_fill_both(cast, sign_in, contact, places):
    other = make_person(first_name="สองตำแหน่ง")
    for role, area in (("tambon-coordinator", places.tambons["801217"]), ("member", places.province)):
        appoint(other, make_post(role, area))
    url = reverse("contact_add", args=[other.pk])
    assert sign_in(cast.zone3).get(url).status_code == 403
    assert sign_in(cast.staff).get(url).status_code == 200


def test_the_privacy_notice_stands_above_the_form(cast, sign_in):
    page = sign_in(cast.zone3).get(reverse("contact_add", args=[cast.tambon.person_id])).content.decode()
    assert page.index('class="notice notice--info"') < page.index('<form class="form"')
