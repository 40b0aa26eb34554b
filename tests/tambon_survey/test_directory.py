"""The directory from the survey: agencies once, merged with a trail; coordinators get their post."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizations.actions.merging import merge_organizations
from organizations.likeness import likeness
from organizations.models import Appointment, AuditEntry, Organization, Person
from organizations.problems import Refused
from tambon_survey.actions import directory as actions
from tambon_survey.actions.naming import record_name
from tambon_survey.directory import agencies_of, alike, matrix
from tambon_survey.models import Coordinator, Submission, Support
from tests.factories import make_person, make_post, make_round, make_submission, make_tambon


@pytest.fixture
def survey(places):
    """A round with an approved submission of each focus tambon."""
    survey_round = make_round(places.province)
    for code in ("800304", "800115", "801217", "800601"):
        make_submission(survey_round, places.tambons[code], state="approved")
    return survey_round


def support(code: str, name: str, **fields) -> Support:
    fields = {"sector": "government", "kind": "งบประมาณ", **fields}
    return Support.objects.create(submission=Submission.objects.get(tambon=code), name=name, **fields)


def named(by) -> None:
    """A record for each name, the same in the whole province."""
    for row in Support.objects.undecided().with_areas():
        if Support.objects.without_record().filter(pk=row.pk).exists():
            body = Organization(name=row.name)
            record_name(row, area=row.submission.tambon.district.province, organization=body, themes=[], by=by)


@pytest.fixture
def coordinator(survey):
    return Coordinator.objects.create(
        submission=Submission.objects.get(tambon="801217"),
        name="นายบุญมี แก่นจันทร์",
        phone="0811122233",
        line="boonmee",
        may_share=True,
    )


def appoint_page(coordinator) -> str:
    return reverse("coordinator_appoint", args=[coordinator.pk])


def answers(**more) -> dict[str, str]:
    return {"starts_on": timezone.localdate().isoformat(), "source": "แบบสำรวจ", **more}


# ---- agencies ----
def test_merging_leaves_a_trail_with_its_reason(cast, survey):
    support("801217", "หน่วยหนึ่ง")
    support("800601", "หน่วยสอง")
    named(cast.staff)
    gone, into = Organization.objects.order_by("pk")
    merge_organizations(gone, into=into, reason="เขียนต่างกัน", by=cast.staff)
    entry = AuditEntry.objects.about(gone)[0]
    assert entry.reason == "เขียนต่างกัน" and entry.changes["merged"] == [gone.name, into.name]


def test_a_record_is_merged_once_and_never_into_itself(cast, survey):
    support("801217", "หน่วยหนึ่ง")
    support("800601", "หน่วยสอง")
    named(cast.staff)
    gone, into = Organization.objects.order_by("pk")
    merge_organizations(gone, into=into, reason="ก", by=cast.staff)
    for pair in ((gone, into), (into, into)):
        with pytest.raises(Refused):
            merge_organizations(pair[0], into=pair[1], reason="ก", by=cast.staff)


@pytest.mark.parametrize(("one", "other"), [
    ("องค์การบริหารส่วนตำบลปากแพรก", "อบต.ปากแพรก"),
    ("สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)", "พอช."),
    ("สำนักงานพัฒนาชุมชนอำเภอปากพนัง", "พัฒนาชุมชนปากพนัง"),
])  # fmt: skip
def test_long_and_short_names_are_offered_as_one(one, other):
    assert likeness(one) == likeness(other) and alike([(1, one), (2, other)]) == {1: [2], 2: [1]}


def test_different_agencies_are_not_alike():
    assert alike([(1, "อบต.ปากแพรก"), (2, "อบต.กำโลน")]) == {}


def test_a_representative_counts_the_own_zone(cast, survey):
    support("801217", "พอช.")
    support("800304", "พอช.")
    support("800304", "อบต.กำโลน")
    named(cast.staff)
    assert [(one.name, one.tambon_count) for one in agencies_of(cast.zone3)] == [("พอช.", 1)]
    assert agencies_of(cast.staff).get(name="พอช.").tambon_count == 2


def test_a_removed_row_supports_nobody(cast, survey):
    support("801217", "พอช.")
    named(cast.staff)
    Support.objects.update(is_removed=True)
    assert not agencies_of(cast.staff).exists()


def test_what_another_zones_survey_says_of_an_agency_is_not_shown(cast, survey, sign_in):
    support("800304", "อบต.กำโลน", kind="ค่าวัสดุทำฝาย")
    named(cast.staff)
    page = Organization.objects.get().get_absolute_url()
    seen = {name: sign_in(getattr(cast, name)).get(page).content.decode() for name in ("zone2", "zone3")}
    assert "ค่าวัสดุทำฝาย" in seen["zone2"] and "ค่าวัสดุทำฝาย" not in seen["zone3"]


def test_an_address_of_before_leads_to_the_directory(cast, survey, sign_in):
    agency, client = Organization.objects.create(name="อบต.กำโลน"), sign_in(cast.member)
    assert client.get(reverse("agency_list"))["Location"] == reverse("organization_list")
    assert client.get(reverse("agency_page", args=[agency.pk]))["Location"] == agency.get_absolute_url()


def test_merging_by_the_page_needs_a_reason(cast, survey, sign_in):
    support("801217", "หน่วยหนึ่ง")
    support("800601", "หน่วยสอง")
    named(cast.staff)
    gone, into = Organization.objects.order_by("pk")
    client, page = sign_in(cast.staff), reverse("organization_merge", args=[into.pk, gone.pk])
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "เขียนต่างกัน"}).status_code == 302
    assert client.get(gone.get_absolute_url())["Location"] == into.get_absolute_url()


def test_the_matrix_says_who_does_what_where(cast, survey):
    for code in ("801217", "800601"):
        support(code, "พอช.", kind="อบรม")
    support("800304", "อบต.กำโลน")
    named(cast.staff)
    support("800601", "ยังไม่รวบรวม")
    seen = matrix(survey, viewer=cast.staff)
    rows = {row.tambon.pk: row for row in seen.rows}
    assert [agency.name for agency in seen.agencies] == ["พอช."] and seen.unnamed == 1
    assert rows["801217"].cells[0][1] == "✓ อบรม" and rows["800304"].cells[0][1] == ""
    assert [(agency.name, kind) for agency, kind in rows["800304"].alone] == [("อบต.กำโลน", "งบประมาณ")]


def test_an_activity_without_supporter_is_listed(cast, survey, sign_in):
    Submission.objects.filter(tambon="801217").update(activities_rows=2)
    Submission.objects.filter(tambon="800601").update(activities_rows=1, agencies_rows=1)
    body = sign_in(cast.zone3).get(reverse("unsupported_list", args=[survey.pk])).content.decode()
    assert "ตำบลปากแพรก" in body and "ตำบลเชียรใหญ่" not in body


def test_an_agency_that_is_still_to_be_checked_is_not_said_to_be_missing(cast, survey, sign_in):
    Submission.objects.filter(tambon="801217").update(activities_rows=2, agencies_answer="has")
    body = sign_in(cast.zone3).get(reverse("unsupported_list", args=[survey.pk])).content.decode()
    assert "ตำบลปากแพรก" not in body


# ---- coordinators ----
def test_an_approved_coordinator_gets_the_post_with_the_survey_as_source(cast, coordinator, sign_in):
    client = sign_in(cast.zone3)
    assert "แบบสำรวจ รอบทดสอบ ตำบลปากแพรก" in client.get(appoint_page(coordinator)).content.decode()
    assert client.post(appoint_page(coordinator), answers()).status_code == 302
    person = Coordinator.objects.get().person
    assert (person.prefix, person.first_name, person.last_name) == ("นาย", "บุญมี", "แก่นจันทร์")
    assert person.appointments.get().post.tambon_id == "801217"


@pytest.mark.parametrize(("may_share", "visibility"), [(True, "network"), (False, "coordinators")])
def test_the_contact_is_shared_as_the_survey_says(cast, coordinator, sign_in, may_share, visibility):
    Coordinator.objects.update(may_share=may_share)
    sign_in(cast.zone3).post(appoint_page(coordinator), answers())
    contacts = Coordinator.objects.get().person.contacts.values_list("kind", "value", "visibility")
    assert set(contacts) == {("phone", "0811122233", visibility), ("line", "boonmee", visibility)}


def test_somebody_of_that_name_must_be_chosen_or_ruled_out(cast, coordinator, sign_in):
    known = make_person("บุญมี", "แก่นจันทร์", created_by=cast.zone3)
    client = sign_in(cast.zone3)
    assert client.post(appoint_page(coordinator), answers()).status_code == 422
    assert client.post(appoint_page(coordinator), answers(who=str(known.pk))).status_code == 302
    assert Coordinator.objects.get().person == known


def test_another_person_of_that_name_is_a_new_record(cast, coordinator, sign_in):
    known = make_person("บุญมี", "แก่นจันทร์", created_by=cast.zone3)
    sign_in(cast.zone3).post(appoint_page(coordinator), answers(who="new"))
    assert Coordinator.objects.get().person != known and Person.objects.filter(first_name="บุญมี").count() == 2


def test_who_holds_the_post_already_is_only_linked(cast, places, coordinator):
    post = make_post("tambon-coordinator", places.tambons["801217"])
    before = Appointment.objects.count()
    actions.appoint_coordinator(
        coordinator, person=cast.tambon.person, post=post, starts_on=timezone.localdate(), source="ก", by=cast.zone3
    )
    assert Appointment.objects.count() == before and Coordinator.objects.get().person == cast.tambon.person


def test_not_before_the_zone_has_approved(cast, coordinator, sign_in):
    Submission.objects.update(state="submitted")
    response = sign_in(cast.zone3).post(appoint_page(coordinator), answers())
    assert response["Location"] == coordinator.submission.get_absolute_url()
    assert Coordinator.objects.get().person is None


@pytest.mark.parametrize(("name", "status"), [
    ("staff", 200), ("zone3", 200), ("district", 200), ("tambon", 403), ("zone2", 404), ("member", 404),
])  # fmt: skip
def test_who_may_appoint_decides(cast, coordinator, sign_in, name, status):
    assert sign_in(getattr(cast, name)).get(appoint_page(coordinator)).status_code == status


def test_an_unknown_coordinator_is_not_there(cast, survey, sign_in):
    assert sign_in(cast.staff).get(reverse("coordinator_appoint", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_pages_of_agencies_ask_at_most_fifteen_times(cast, survey, sign_in, many):
    for number in range(40 if many else 1):
        make_submission(survey, make_tambon(f"8012{number + 20}"), state="approved", activities_rows=1)
        support(f"8012{number + 20}", f"หน่วยงานที่ {number}")
    named(cast.staff)
    client, first = sign_in(cast.staff), Organization.objects.earliest("pk")
    pages = [reverse(name, args=[survey.pk]) for name in ("agency_matrix", "unsupported_list")]
    for url in [*pages, first.get_absolute_url()]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in queries) <= 15, url
