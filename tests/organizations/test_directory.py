"""The directory: who keeps a record, offers and needs, relations, contacts, and two records that become one."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from organizations import access
from organizations.actions.directory import save_exchange, save_organization, save_relation, set_agreement
from organizations.actions.merging import merge_organizations
from organizations.models import AuditEntry, Need, Offer, Organization, OrganizationContact, Relation, Theme
from organizations.problems import Refused


def body(name: str = "กลุ่มปากแพรก", area=None, **fields) -> Organization:
    organization = Organization(name=name, **fields)
    organization.area = area
    organization.save()
    return organization


def relate(one: Organization, other: Organization, kind: str = "member_of", **dates) -> Relation:
    return save_relation(Relation(organization=one, other=other, kind=kind, **dates), by=None)


# ---- who keeps what ----
@pytest.mark.parametrize("name", ["staff", "zone2", "zone3", "district", "tambon", "tambon2", "member", "nobody"])
def test_the_set_of_what_one_keeps_says_the_same_as_the_question_about_one(cast, places, name):
    user = getattr(cast, name)
    areas = [None, places.province, places.zone3, places.districts["8012"], places.tambons["801217"]]
    made = [body(f"กลุ่ม {number}", area, created_by=cast.tambon) for number, area in enumerate(areas)]
    one_by_one = {one.pk for one in made if access.may_change_organization(user, one)}
    assert set(Organization.objects.changeable_by(user).values_list("pk", flat=True)) == one_by_one


def test_a_coordinator_offers_the_own_areas_only(cast, places, sign_in):
    answer = {"name": "กลุ่มใหม่", "kind": "group", "status": "existing", "area": "tambon:800304"}
    assert sign_in(cast.tambon).post(reverse("organization_add"), answer).status_code == 422
    assert sign_in(cast.tambon).post(reverse("organization_add"), answer | {"area": "tambon:801217"}).status_code == 302
    assert Organization.objects.get().area == places.tambons["801217"]


def test_a_name_on_record_is_asked_about_once(cast, places, sign_in):
    body("สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)")
    client, answer = sign_in(cast.tambon), {"name": "พอช.", "kind": "funder", "status": "existing"}
    assert client.post(reverse("organization_add"), answer).status_code == 422
    assert client.post(reverse("organization_add"), answer | {"another": "พอช"}).status_code == 302


def test_a_contact_for_coordinators_is_seen_by_who_keeps_the_record(cast, places, sign_in):
    kept = body(area=places.tambons["801217"])
    OrganizationContact.objects.create(organization=kept, kind="phone", value="0753412340")
    seen = {name for name in ("member", "tambon2", "zone2", "tambon", "district", "zone3", "staff")
            if b"0753412340" in sign_in(getattr(cast, name)).get(kept.get_absolute_url()).content}  # fmt: skip
    assert seen == {"tambon", "district", "zone3", "staff"}


def test_agreement_is_recorded_and_taken_back_with_a_trail(cast, places):
    kept = set_agreement(body(), agrees=True, reason="หนังสือ", by=cast.staff)
    assert kept in Organization.objects.published() and kept.agreed_by == cast.staff
    set_agreement(kept, agrees=False, reason="ขอถอน", by=cast.staff)
    assert not Organization.objects.published().exists()
    assert [entry.reason for entry in AuditEntry.objects.about(kept)] == ["ขอถอน", "หนังสือ"]


# ---- the list ----
@pytest.mark.parametrize(("query", "names"), [
    ("q=กลุ่มปากแพรค", []), ("q=กลุมปากแพรก", ["กลุ่มปากแพรก"]), ("kind=funder", ["กองทุน"]),
    ("offers=funding", ["กองทุน"]), ("needs=market", ["กลุ่มปากแพรก"]), ("theme=sea", ["กองทุน"]),
    ("area=district:8012", ["กลุ่มปากแพรก"]), ("area=tambon:801217", ["กลุ่มปากแพรก"]), ("area=tambon:800304", []),
    ("kind=nonsense&area=zone:0", ["กลุ่มปากแพรก", "กองทุน"]), ("q=%25", []), ("q=_", []),
])  # fmt: skip
def test_the_list_is_narrowed(cast, places, sign_in, query, names):
    group, fund = body(area=places.tambons["801217"]), body("กองทุน", kind="funder")
    sea = Theme.objects.create(code="sea", name_th="ประมง", name_en="Sea")
    save_exchange(Offer(organization=fund, kind="funding", text="เงิน"), themes=[sea], by=None)
    save_exchange(Need(organization=group, kind="market", text="ตลาด"), themes=[], by=None)
    page = sign_in(cast.member).get(f"{reverse('organization_list')}?{query}")
    assert [one.name for one in page.context["page_obj"]] == names


# ---- relations ----
def test_no_body_is_inside_itself(places):
    one, two, three = body("ก"), body("ข"), body("ค")
    relate(one, two)
    relate(two, three)
    with pytest.raises(Refused, match="“ก”"):
        relate(three, one)
    relate(three, one, kind="works_with")


def test_the_same_relation_stands_twice_only_for_other_times(places):
    one, two = body("ก"), body("ข")
    relate(one, two, kind="works_with", ends_on=date(2007, 1, 1))
    with pytest.raises(Refused):
        relate(two, one, kind="works_with", starts_on=date(2006, 1, 1))
    relate(two, one, kind="works_with", starts_on=date(2007, 1, 2))


def test_an_end_before_a_start_is_refused_in_words(cast, places, sign_in):
    answer = {"kind": "funding", "text": "เงิน", "starts_on": "2/1/2550", "ends_on": "1/1/2550"}
    page = sign_in(cast.staff).post(reverse("offer_add", args=[body().pk]), answer)
    assert page.status_code == 422 and "วันสุดท้ายต้องไม่อยู่ก่อนวันแรก" in page.content.decode()


def test_a_text_beyond_measure_is_refused(cast, places, sign_in):
    answer = {"kind": "funding", "text": "ก" * 5000}
    assert sign_in(cast.staff).post(reverse("need_add", args=[body().pk]), answer).status_code == 422


def test_a_relation_is_read_from_both_ends(cast, places, sign_in):
    one, two = body("กลุ่มแม่บ้าน"), body("เครือข่ายจังหวัด")
    relate(one, two)
    client = sign_in(cast.member)
    assert "เป็นสมาชิกของ" in client.get(one.get_absolute_url()).content.decode()
    assert "มีสมาชิกคือ" in client.get(two.get_absolute_url()).content.decode()


# ---- two records of one body ----
def test_a_merge_moves_everything_and_drops_doubles_with_a_trace(cast, places):
    gone, into, third = body("พอช."), body("สถาบันพัฒนาองค์กรชุมชน"), body("กลุ่ม")
    save_exchange(Offer(organization=gone, kind="funding", text="เงิน"), themes=[], by=None)
    relate(gone, third, kind="supports")
    relate(into, third, kind="supports")
    relate(gone, into, kind="works_with")
    for one in (gone, into):
        OrganizationContact.objects.create(organization=one, kind="phone", value="075341234")
    merge_organizations(gone, into=into, reason="เดียวกัน", by=cast.staff)
    assert (into.offers.count(), into.contacts.count(), Relation.objects.count()) == (1, 1, 1)
    assert AuditEntry.objects.about(into).filter(verb="remove").count() == 3


def test_a_merged_record_keeps_its_history_on_the_survivor_and_old_links_lead_there(cast, places, sign_in):
    gone, into = Organization(name="พอช."), Organization(name="สถาบันพัฒนาองค์กรชุมชน")
    for one in (gone, into):
        save_organization(one, themes=[], by=cast.staff)
    merge_organizations(gone, into=into, reason="เดียวกัน", by=cast.staff)
    client = sign_in(cast.staff)
    assert client.get(gone.get_absolute_url())["Location"] == into.get_absolute_url()
    page = client.get(into.get_absolute_url())
    assert len(page.context["history"]) == 3 and page.context["also_called"] == ["พอช."]


def test_the_page_of_a_body_with_everything_asks_at_most_seventeen_times(
    cast, places, sign_in, django_assert_max_num_queries
):
    kept, theme = body(area=places.tambons["801217"]), Theme.objects.create(code="sea", name_th="ประมง", name_en="Sea")
    for number in range(20):
        save_exchange(Offer(organization=kept, kind="place", text=str(number)), themes=[theme], by=cast.staff)
        save_exchange(Need(organization=kept, kind="place", text=str(number)), themes=[theme], by=cast.zone3)
        relate(body(f"อื่น {number}"), kept, kind="supports")
    client = sign_in(cast.staff)
    for url in (kept.get_absolute_url(), reverse("organization_list")):
        client.get(url)  # the first visit also writes the session
        with django_assert_max_num_queries(17):
            client.get(url)
