"""The directory when two write: what one does not ask about stays as the other left it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.actions import directory as actions
from organizations.actions.merging import merge_organizations
from organizations.models import AuditEntry, Need, Offer, Organization, OrganizationContact, Relation
from organizations.problems import Refused


@pytest.fixture
def fund(cast) -> Organization:
    return Organization.objects.create(name="กองทุน")


def test_an_agreement_withdrawn_while_the_record_is_edited_stays_withdrawn(fund, cast):
    actions.set_agreement(fund, agrees=True, reason="หนังสือ", by=cast.staff)
    opened = Organization.objects.get()
    actions.set_agreement(fund, agrees=False, reason="ขอถอน", by=cast.staff)
    opened.about = "ให้ทุน"
    actions.save_organization(opened, themes=[], by=cast.tambon)
    found = Organization.objects.get()
    assert (found.agreed_at, found.agreed_by, found.about) == (None, None, "ให้ทุน")


@pytest.mark.parametrize("kind", [Offer, Need])
def test_an_offer_or_need_removed_meanwhile_does_not_come_back(fund, cast, kind):
    opened = actions.save_exchange(kind(organization=fund, kind="funding", text="ทุน"), themes=[], by=None)
    actions.remove_exchange(kind.objects.get(), reason="ผิด", by=cast.staff)
    with pytest.raises(Refused):
        actions.save_exchange(opened, themes=[], by=cast.tambon)
    assert not kind.objects.exists()


def test_a_relation_removed_meanwhile_does_not_come_back(fund, cast):
    other = Organization.objects.create(name="กลุ่ม")
    opened = actions.save_relation(Relation(organization=fund, other=other, kind="supports"), by=None)
    actions.remove_relation(Relation.objects.get(), reason="ผิด", by=cast.staff)
    with pytest.raises(Refused):
        actions.save_relation(opened, by=cast.tambon)
    assert not Relation.objects.exists()


@pytest.mark.parametrize("again", ["save_organization_contact", "confirm_organization_contact"])
def test_a_contact_removed_meanwhile_does_not_come_back(fund, cast, again):
    contact = OrganizationContact(organization=fund, value="075341234")
    opened = actions.save_organization_contact(contact, by=None)
    actions.remove_organization_contact(OrganizationContact.objects.get(), reason="ผิด", by=cast.staff)
    with pytest.raises(Refused):
        getattr(actions, again)(opened, by=cast.tambon)
    assert not OrganizationContact.objects.exists()


def test_a_confirmation_keeps_what_was_corrected_meanwhile(fund, cast):
    contact = OrganizationContact(organization=fund, value="075341234", visibility="network")
    opened = actions.save_organization_contact(contact, by=None)
    OrganizationContact.objects.update(value="075999999", visibility="coordinators")
    actions.confirm_organization_contact(opened, by=cast.tambon)
    found = OrganizationContact.objects.get()
    assert (found.value, found.visibility, found.confirmed_by) == ("075999999", "coordinators", cast.tambon)
    assert AuditEntry.objects.about(found)[0].verb == "confirm_contact"


# ---- circles of members ----
def test_relations_are_written_one_at_a_time_even_the_first(fund, cast):
    relation = Relation(organization=fund, other=Organization.objects.create(name="กลุ่ม"), kind="member_of")
    with CaptureQueriesContext(connection) as asked:
        actions.save_relation(relation, by=None)
    told = [one["sql"] for one in asked if "SELECT" in one["sql"]]
    assert 'FROM "organizations_province"' in told[0]
    assert ("FOR NO KEY UPDATE" in told[0]) == connection.features.has_select_for_update


@pytest.mark.parametrize("through", [1, 2])
def test_a_merge_closes_no_circle_of_members(fund, cast, through):
    gone = Organization.objects.create(name="กองทุนเดียวกัน")
    line = [fund, *(Organization.objects.create(name=f"เครือข่าย {at}") for at in range(through)), gone]
    for one, other in pairwise(line):
        actions.save_relation(Relation(organization=one, other=other, kind="member_of"), by=None)
    merge_organizations(gone, into=fund, reason="ซ้ำ", by=cast.staff)
    kept = [(one.organization, one.other) for one in Relation.objects.order_by("pk")]
    assert kept == list(pairwise(line[:-1]))
    assert AuditEntry.objects.about(fund).filter(verb="remove", reason__contains=line[-2].name).count() == 1
