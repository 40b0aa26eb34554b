"""The packet: frozen with its number, whole though zones are missing, read as far as one's zones go, contacts apart."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry
from tambon_survey.actions import reports
from tambon_survey.actions.packets import make_packet
from tambon_survey.models import Coordinator, Packet, Submission, Support
from tambon_survey.packets.building import content_of
from tambon_survey.packets.contacts import contacts_of
from tambon_survey.packets.contents import Contents
from tambon_survey.packets.drawing import Edition, counted, paper_of
from tambon_survey.packets.since import changed_since
from tests.factories import fill_in, make_copy, make_round, make_submission

PHONE = "0899990042"
SPELLED = "089-999-0042"


@pytest.fixture
def survey_round(places):
    """Zone 3: 801217 approved, 800601 not started. Zone 2: 800304 accepted, 800115 sent and not yet judged."""
    found = make_round(places.province, ordered_by="มติที่ประชุม 25 ธ.ค. 2549")
    for code, state in (("801217", "approved"), ("800304", "accepted"), ("800115", "submitted")):
        submission = fill_in(make_submission(found, places.tambons[code], informant=f"ผู้ให้ข้อมูล {code}"))
        make_copy(submission, state=state)
    make_submission(found, places.tambons["800601"])
    return found


@pytest.fixture
def packet(survey_round, cast):
    return make_packet(survey_round, explanation="น้ำท่วม", by=cast.staff, now=timezone.now())


def one(code: str) -> Submission:
    return Submission.objects.get(tambon=code)


def read(packet: Packet) -> Contents:
    return Contents.read(Packet.objects.get(pk=packet.pk).content)


def words_of(packet: Packet, contacts=None) -> str:
    """Everything the paper says."""
    return json.dumps(
        paper_of(packet, read(packet), edition=Edition(contacts=contacts)), default=vars, ensure_ascii=False
    )


def since(packet: Packet, zones: set[int] | None = None):
    contents = read(packet)
    return changed_since(packet, contents if zones is None else contents.only(zones), zones=zones)


# ---- what is in it ----
def test_only_approved_and_accepted_answers_are_in_it(packet):
    assert {tambon.code for tambon in read(packet).came} == {"801217", "800304"}


def test_expected_tambon_add_up_and_the_missing_are_named(packet):
    contents = read(packet)
    assert {tambon.code for tambon in contents.missing} == {"800115", "800601"}
    assert sum(count for _code, count in contents.standings()) == len(contents.tambons) == 4


def test_a_missing_tambon_carries_what_its_zone_says(survey_round, cast, places):
    explained = {one("800601").pk: "สะพานขาด"}
    reports.submit_report(
        survey_round, zone=places.zone3, summary="สรุป", explanations=explained, by=cast.zone3, now=timezone.now()
    )
    packet = make_packet(survey_round, explanation="", by=cast.staff, now=timezone.now())
    assert next(tambon.reason for tambon in read(packet).missing if tambon.code == "800601") == "สะพานขาด"


def test_a_tambon_taken_off_the_list_is_not_expected(survey_round, cast):
    Submission.objects.filter(tambon="800601").update(dropped_at=timezone.now(), dropped_by=cast.staff)
    packet = make_packet(survey_round, explanation="", by=cast.staff, now=timezone.now())
    assert "800601" not in {tambon.code for tambon in read(packet).tambons}


def test_missing_zones_hold_nothing_up(packet):
    assert (len(read(packet).received), len(read(packet).zones)) == (0, 2)
    assert counted(read(packet)) == "รายงานโซน 0 จาก 2 ตำบล 2 จาก 4"


def test_the_cover_cites_what_ordered_the_survey(packet):
    assert "มติที่ประชุม 25 ธ.ค. 2549" in words_of(packet)


def test_every_tambon_that_came_has_a_sheet_with_its_reasons(packet):
    sheets = {sheet.key: sheet for sheet in paper_of(packet, read(packet), edition=Edition()).sheets}
    assert {key for key in sheets if key.startswith("tambon-")} == {"tambon-801217", "tambon-800304"}
    assert "มีแกนประสานที่ติดต่อได้ 2 คน" in json.dumps(sheets["tambon-801217"].blocks, default=vars, ensure_ascii=False)


def test_an_agency_of_two_tambon_is_one_line_of_the_annex(packet):
    annex = paper_of(packet, read(packet), edition=Edition()).sheets[-1]
    names = [row[0].text for row in annex.blocks[0].rows]
    assert names == ["หน่วยงาน 0", "หน่วยงาน 1"]


# ---- frozen ----
def test_later_answers_do_not_move_a_packet(packet):
    before = words_of(packet)
    Submission.objects.update(state="returned", fix_by=timezone.localdate())
    Coordinator.objects.update(name="คนใหม่")
    assert words_of(packet) == before


@pytest.mark.parametrize("does", [lambda rows: rows.update(explanation="x"), lambda rows: rows.delete()])
def test_the_database_refuses_to_alter_a_packet(packet, does):
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        does(Packet.objects.filter(pk=packet.pk))


def test_what_is_kept_fits_its_checksum(packet):
    kept = Packet.objects.get(pk=packet.pk)
    assert kept.is_whole
    kept.content["round"]["name"] = "อีกชื่อ"
    assert not kept.is_whole


def test_a_new_packet_supersedes_the_one_before(packet, survey_round, cast):
    newer = make_packet(survey_round, explanation="", by=cast.staff, now=timezone.now())
    assert (newer.number, newer.supersedes) == (packet.number + 1, packet)
    assert AuditEntry.objects.about(survey_round).filter(verb="add", key=str(newer.pk)).exists()


def test_making_asks_no_more_for_more_tambon(survey_round, places, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        content_of(survey_round, explanation="", now=timezone.now())


# ---- contacts ----
def test_no_contact_is_frozen(survey_round, cast):
    Coordinator.objects.update(phone=PHONE, line="ไลน์ลับ", may_share=True)
    Support.objects.update(contact="ถามคุณลับ")
    for submission in Submission.objects.filter(state__in=["approved", "accepted"]):
        make_copy(submission, state=submission.state)
    packet = make_packet(survey_round, explanation="", by=cast.staff, now=timezone.now())
    kept = json.dumps(packet.content, ensure_ascii=False)
    assert not {said for said in (PHONE, "ไลน์ลับ", "ถามคุณลับ") if said in kept or said in words_of(packet)}


def test_a_contact_erased_later_is_gone_from_the_packet(packet):
    Coordinator.objects.update(phone=PHONE, may_share=True)
    assert SPELLED in words_of(packet, contacts_of(read(packet)))
    Coordinator.objects.update(phone="")
    assert SPELLED not in words_of(packet, contacts_of(read(packet)))


def test_who_did_not_agree_is_counted_and_not_told(packet):
    Coordinator.objects.update(phone=PHONE, may_share=False)
    contacts = contacts_of(read(packet))
    assert (contacts.given, contacts.withheld) == (0, 4)


def test_taking_contacts_out_goes_on_record_with_count_and_purpose(packet, cast, sign_in):
    Coordinator.objects.update(phone=PHONE, may_share=True)
    answer = sign_in(cast.staff).post(reverse("packet_contacts", args=[packet.pk]), {"purpose": "โทรนัด", "print": "1"})
    entry = AuditEntry.objects.get(verb="export")
    assert SPELLED in answer.content.decode()
    assert (entry.by, entry.reason, entry.changes["contacts_taken"]) == (cast.staff, "โทรนัด", [None, 4])


def test_without_a_purpose_no_contact_is_told(packet, cast, sign_in):
    Coordinator.objects.update(phone=PHONE, may_share=True)
    answer = sign_in(cast.staff).post(reverse("packet_contacts", args=[packet.pk]), {"purpose": " "})
    assert (answer.status_code, SPELLED in answer.content.decode()) == (422, False)
    assert not AuditEntry.objects.filter(verb="export").exists()


# ---- who reads what ----
def test_a_representative_reads_the_own_zones_part_only(packet, cast, sign_in):
    body = sign_in(cast.zone3).get(reverse("packet_print", args=[packet.pk])).content.decode()
    assert "ปากแพรก" in body
    assert not {said for said in ("กำโลน", "นาเคียน", "โซนทดสอบ 2", "น้ำท่วม") if said in body}


def test_another_zones_part_is_not_there(packet, cast, places, sign_in):
    client, url = sign_in(cast.zone3), reverse("packet_pdf", args=[packet.pk])
    assert client.get(f"{url}?zone={places.zone2.pk}").status_code == 404
    assert client.get(f"{url}?zone={places.zone3.pk}").status_code == 200


def test_the_province_takes_out_one_zones_part(packet, cast, places, sign_in):
    url = reverse("packet_print", args=[packet.pk])
    body = sign_in(cast.staff).get(f"{url}?zone={places.zone2.pk}").content.decode()
    assert ("กำโลน" in body, "ปากแพรก" in body) == (True, False)


def test_a_packet_is_made_by_the_page_though_things_are_missing(survey_round, cast, sign_in):
    client, url = sign_in(cast.staff), reverse("packet_make", args=[survey_round.pk])
    assert "เชียรใหญ่" in client.get(url).content.decode()
    assert client.post(url, {"explanation": ""}).status_code == 422
    client.post(url, {"explanation": "น้ำท่วม"})
    assert Packet.objects.get().content["explanation"] == "น้ำท่วม"


def test_the_file_is_a_pdf_named_in_thai(packet, cast, sign_in):
    answer = sign_in(cast.staff).get(reverse("packet_pdf", args=[packet.pk]))
    assert answer.content.startswith(b"%PDF-") and answer["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''" in answer["Content-Disposition"]


# ---- since ----
def test_nothing_changed_right_after(packet):
    assert not since(packet)


def test_a_new_copy_says_what_differs_but_no_contact(packet):
    again = one("801217")
    again.coordinators.update(name="คนใหม่", phone=PHONE)
    make_copy(again, state="accepted")
    changed = since(packet).tambons
    assert [tambon.name for tambon in changed] == ["ตำบลปากแพรก"]
    labels = {label for topic in changed[0].topics for row in topic.rows for label, _old, _new in row.changes}
    assert labels == {"ชื่อและนามสกุล"}


def test_what_came_or_was_reopened_since_is_said(packet):
    for code, state in (("800115", "approved"), ("800304", "returned")):
        fix_by = timezone.localdate() if state == "returned" else None
        Submission.objects.filter(tambon=code).update(state=state, fix_by=fix_by)
    assert {tambon.name: len(tambon.events) for tambon in since(packet).tambons} == {"ตำบลนาเคียน": 2, "ตำบลกำโลน": 1}


def test_a_report_sent_since_is_said(packet, survey_round, cast, places):
    later = timezone.now() + timedelta(minutes=1)
    explained = {one("800601").pk: "สะพานขาด"}
    reports.submit_report(
        survey_round, zone=places.zone3, summary="สรุป", explanations=explained, by=cast.zone3, now=later
    )
    assert len(since(packet).zones) == 1


def test_a_part_tells_no_changes_of_other_zones(packet, places):
    Submission.objects.filter(tambon="800115").update(state="approved")
    assert not since(packet, {places.zone3.pk})
    assert since(packet, {places.zone2.pk})
