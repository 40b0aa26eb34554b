"""The survey's rows of the permission table (tests/test_permissions.py says how to read them), and their objects."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from organizations.models import Organization
from tambon_survey.actions.packets import make_packet
from tambon_survey.importing import plan_file
from tambon_survey.importing.planning import DOUBTFUL, Finding
from tambon_survey.models import ActivityPhoto, Coordinator, ImportBatch, Notice, Save, Support
from tests.conftest import canary
from tests.factories import fill_in, make_copy, make_round, make_submission
from tests.tambon_survey import rows_introductions, rows_learning, rows_unlinked

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_REVIEW: list[tuple[str, str, str, str]] = [
    ("submission_page", "3 submission", "safe", "302 404 404 200  404  200  404  200  200"),
    ("submission_page", "2 submission", "safe", "302 404 404 404  200  404  200  404  200"),
    ("submission_history", "3 submission", "safe", "302 404 404 200 404 200 404  200  200"),
    ("submission_history", "2 submission", "safe", "302 404 404 404 200 404 200  404  200"),
    ("submission_submit", "3 submission", "edit", "302 404 404 200 404 200  404  200  200"),
    ("submission_submit", "2 submission", "edit", "302 404 404 404 200 404  200  404  200"),
    ("submission_review", "3 sent", "safe",   "302  404  404  403  404  403  404  200  200"),
    ("submission_return", "3 sent", "edit",   "302  404  404  403  404  403  404  200  200"),
    ("submission_accept", "3 sent", "post",   "302  404  404  403  404  403  404  403  409"),
    ("submission_approve", "3 sent", "post",  "302  404  404  403  404  403  404  302  302"),
    ("submission_reopen", "3 approved", "edit", "302 404 404 403  404  403  404  200  200"),
    ("submission_accept", "3 approved", "post", "302 404 404 403  404  403  404  403  302"),
    ("zone_report", "3 report", "edit",       "302  404  404  404  404  404  404  200  200"),
    ("zone_report", "2 report", "edit",       "302  404  404  404  404  404  200  404  200"),
]  # fmt: skip


#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_ROUNDS: list[tuple[str, str, str, str]] = [
    ("round_list", "-", "safe",               "302  403  403  200  200  200  200  200  200"),
    ("round_add", "p", "edit",                "302  404  404  404  404  404  404  404  200"),
    ("round_edit", "round", "edit",           "302  404  404  403  403  403  403  403  200"),
    ("round_edit", "plan", "edit",            "302  404  404  404  404  404  404  404  200"),
    ("round_open", "round", "post",           "302  404  404  403  403  403  403  403  302"),
    ("round_open", "plan", "post",            "302  404  404  404  404  404  404  404  302"),
    ("round_expected", "round", "safe",       "302  404  404  403  403  403  403  403  200"),
    ("expected_add", "round", "edit",         "302  404  404  403  403  403  403  403  200"),
    ("expected_drop", "3 expected", "edit",   "302  404  404  403  404  403  404  403  200"),
    ("expected_drop", "2 expected", "edit",   "302  404  404  404  403  404  403  404  200"),
    ("submission_extend", "3 expected", "edit", "302 404 404 403  404  403  404  403  200"),
    ("submission_extend", "2 expected", "edit", "302 404 404 404  403  404  403  404  200"),
]  # fmt: skip

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_ENTRY: list[tuple[str, str, str, str]] = [
    ("submission_entry", "3 submission", "safe", "302 404 404 200 404 200 404  200  200"),
    ("submission_entry", "2 submission", "safe", "302 404 404 404 200 404 200  404  200"),
    ("submission_save", "3 submission", "post", "302 404 404 302 404  302  404  302  302"),
    ("submission_save", "2 submission", "post", "302 404 404 404 302  404  302  404  302"),
    ("submission_restore", "3 save", "post",  "302  404  404  302  404  302  404  302  302"),
    ("activity_photos", "3 activity", "edit", "302  404  404  200  404  200  404  200  200"),
    ("activity_photo", "3 photo", "safe",     "302  404  404  200  404  200  404  200  200"),
    ("activity_photo_remove", "3 photo", "post", "302 404 404 302 404 302  404  302  302"),
]  # fmt: skip


def objects_of_review(places: SimpleNamespace) -> dict[str, list[Any]]:
    """Three rounds in which tambon 801217 is in draft, sent and approved; each draft lacks who answered."""
    rounds = [make_round(places.province, name=f"รอบ {number}") for number in range(3)]
    state_of = ("draft", "submitted", "approved")
    filled = [fill_in(make_submission(one, places.tambons["801217"])) for one in rounds]
    for submission, state in zip(filled, state_of, strict=True):
        submission.state, submission.informant, submission.revision = state, "", 1
        submission.save()
    activity = filled[0].activities.get()
    photo = ActivityPhoto.objects.create(activity=activity, width=1, height=1)
    photo.file.save("x.jpg", ContentFile(b"x"))
    save = Save.objects.create(submission=filled[0], mutation=uuid.uuid4(), revision=1, section="team")
    return {
        "3 save": [filled[0].pk, save.pk],
        "3 activity": [filled[0].pk, activity.pk],
        "3 photo": [photo.pk],
        "3 submission": [filled[0].pk],
        "2 submission": [make_submission(rounds[0], places.tambons["800304"], state="draft").pk],
        "3 sent": [filled[1].pk],
        "3 approved": [filled[2].pk],
        "3 report": [rounds[0].pk, places.zone3.pk],
        "2 report": [rounds[0].pk, places.zone2.pk],
    }


def objects_of_rounds(places: SimpleNamespace) -> dict[str, list[int]]:
    """An opened round with a submission in each zone, and a planned one."""
    opened = make_round(places.province)
    return {
        "round": [opened.pk],
        "plan": [make_round(places.province, opened=False).pk],
        "3 expected": [make_submission(opened, places.tambons["801217"]).pk],
        "2 expected": [make_submission(opened, places.tambons["800304"]).pk],
    }


#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_BOARDS: list[tuple[str, str, str, str]] = [
    ("round_page", "round", "safe",           "302  404  404  200  200  200  200  200  200"),
    ("round_page", "plan", "safe",            "302  404  404  404  404  404  404  404  404"),
    ("notice_list", "-", "safe",              "302  200  200  200  200  200  200  200  200"),
    ("notices_read", "-", "post",             "302  302  302  302  302  302  302  302  302"),
    ("zone_board", "3 report", "safe",        "302  404  404  404  404  404  404  200  200"),
    ("zone_board", "2 report", "safe",        "302  404  404  404  404  404  200  404  200"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_DIRECTORY: list[tuple[str, str, str, str]] = [
    ("notice_open", "3 notice", "post",       "302  404  404  302  404  404  404  404  404"),
    ("notice_open", "2 notice", "post",       "302  404  404  404  302  404  404  404  404"),
    ("agency_list", "-", "safe",              "302  301  301  301  301  301  301  301  301"),
    ("agency_page", "3 agency", "safe",       "302  404  301  301  301  301  301  301  301"),
    ("agency_matrix", "round", "safe",        "302  404  404  200  200  200  200  200  200"),
    ("unsupported_list", "round", "safe",     "302  404  404  200  200  200  200  200  200"),
    ("coordinator_appoint", "3 coordinator", "edit", "302 404 404 403 404 200 404 200 200"),
    ("coordinator_appoint", "2 coordinator", "edit", "302 404 404 404 403 404 200 404 200"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_PACKETS: list[tuple[str, str, str, str]] = [
    ("packet_list", "round", "safe",          "302  404  404  403  403  403  200  200  200"),
    ("packet_make", "round", "edit",          "302  404  404  403  403  403  403  403  200"),
    ("packet_make", "plan", "edit",           "302  404  404  404  404  404  404  404  404"),
    ("packet_page", "packet", "safe",         "302  404  404  404  404  404  200  200  200"),
    ("packet_print", "packet", "safe",        "302  404  404  404  404  404  200  200  200"),
    ("packet_pdf", "packet", "safe",          "302  404  404  404  404  404  200  200  200"),
    ("packet_contacts", "packet", "edit",     "302  404  404  404  404  404  403  403  200"),
    ("submission_paper", "3 submission", "safe", "302 404 404 200 404 200 404  200  200"),
    ("submission_paper", "2 submission", "safe", "302 404 404 404 200 404 200  404  200"),
    ("submission_paper_pdf", "3 submission", "safe", "302 404 404 200 404 200 404 200 200"),
    ("submission_paper_pdf", "2 submission", "safe", "302 404 404 404 200 404 200 404 200"),
    ("zone_paper", "3 report", "safe",        "302  404  404  404  404  404  404  200  200"),
    ("zone_paper", "2 report", "safe",        "302  404  404  404  404  404  200  404  200"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_SHEETS: list[tuple[str, str, str, str]] = [
    ("export_choose", "round", "safe",        "302  404  404  200  200  200  200  200  200"),
    ("export_choose", "plan", "safe",         "302  404  404  404  404  404  404  404  404"),
    ("export_download", "round", "post",      "302  404  404  422  422  422  422  422  422"),
    ("round_xlsform", "round", "safe",        "302  404  404  200  200  200  200  200  200"),
    ("round_pivot", "round", "safe",          "302  404  404  200  200  200  200  200  200"),
    ("round_pivot_file", "round", "safe",     "302  404  404  200  200  200  200  200  200"),
    ("round_tambon", "round", "safe",         "302  404  404  200  200  200  200  200  200"),
    ("organization_template", "-", "safe",    "302  403  403  200  200  200  200  200  200"),
    ("network_choose", "p", "safe",           "302  404  403  403  403  200  200  200  200"),
    ("network_download", "p", "post",         "302  404  403  403  403  422  422  422  422"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_IMPORTS: list[tuple[str, str, str, str]] = [
    ("import_start", "round", "edit",         "302  404  404  200  200  200  200  200  200"),
    ("import_template", "round", "safe",      "302  404  404  200  200  200  200  200  200"),
    ("import_page", "2 import", "safe",       "302  404  404  404  404  404  200  404  200"),
    ("import_columns", "2 import", "ticks",   "302  404  404  404  404  404  200  404  200"),
    ("import_confirm", "2 import", "post",    "302  404  404  404  404  404  302  404  403"),
    ("import_again", "2 import", "post",      "302  404  404  404  404  404  302  404  302"),
    ("import_undo", "2 import", "post",       "302  404  404  404  404  404  302  404  302"),
    ("organization_import", "-", "edit",      "302  403  403  200  200  200  200  200  200"),
    ("import_choose", "3 bodies", "edit",     "302  404  404  404  404  404  404  200  200"),
]  # fmt: skip
ROWS = [
    *ROWS_OF_ROUNDS,
    *ROWS_OF_BOARDS,
    *ROWS_OF_ENTRY,
    *ROWS_OF_REVIEW,
    *ROWS_OF_DIRECTORY,
    *ROWS_OF_SHEETS,
    *ROWS_OF_PACKETS,
    *ROWS_OF_IMPORTS,
    *rows_introductions.ROWS,
    *rows_learning.ROWS,
    *rows_unlinked.ROWS,
]


def objects_of_directory(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """An approved submission in each zone, with coordinator, agency and notice; zone 2 names `hidden`."""
    survey_round = make_round(places.province, name="รอบของหน่วยงาน")
    found: dict[str, list[Any]] = {"agencies": []}
    for number, code, user, name in (
        ("3", "801217", cast.tambon, "แกนประสานสมมติ"),
        ("2", "800304", cast.tambon2, hidden),
    ):
        submission = make_submission(survey_round, places.tambons[code], state="approved", informant=name)
        coordinator = Coordinator.objects.create(submission=submission, name=name)
        agency = Organization.objects.create(name=f"หน่วยงานโซน {number}")
        Support.objects.create(submission=submission, name=agency.name, organization=agency, contact=name)
        facts = {"round": survey_round, "kind": "closing", "key": "ทดสอบ", "text": name, "url": "/"}
        notice = Notice.objects.create(user=user, **facts)
        found |= {f"{number} notice": [notice.pk], f"{number} agency": [agency.pk]}
        found[f"{number} coordinator"] = [coordinator.pk]
        found["agencies"].append(agency.pk)
    return found


def objects_of_packets(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """A packet with an approved tambon of each zone; zone 2's names `hidden` and holds its coordinator's number."""
    survey_round = make_round(places.province, name="รอบของชุดประชุม")
    for code, name, number in (("801217", "แกนประสานสมมติ", canary(4)), ("800304", hidden, canary(5))):
        submission = fill_in(make_submission(survey_round, places.tambons[code]))
        Coordinator.objects.create(submission=submission, name=name, phone=number, may_share=True, position=9)
        make_copy(submission, state="approved")
    packet = make_packet(survey_round, explanation="", by=cast.staff, now=timezone.now())
    return {"packet": [packet.pk]}


def objects_of_imports(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """A file of zone 2's representative, written already; one of zone 3's for the directory that waits for a word."""
    facts = {"original_name": "แกน.csv", "state": "applied", "applied_at": timezone.now(), "made_by": cast.zone2}
    bodies = ImportBatch.objects.create(original_name="กลุ่ม.csv", province=places.province, made_by=cast.zone3)
    doubtful = Finding("กลุ่ม", 2, DOUBTFUL, "organizations", name="กลุ่มหนึ่ง", perhaps=(("1", "กลุ่ม ๑"),))
    bodies.counts, bodies.digest = plan_file.write(bodies, [doubtful])
    bodies.state = "shown"
    bodies.save()
    return {
        "2 import": [ImportBatch.objects.create(round=make_round(places.province), **facts).pk],
        "3 bodies": [bodies.pk],
    }


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str = "คนซ่อน") -> dict[str, list[Any]]:
    """What all these rows are asked with."""
    own = objects_of_rounds(places) | objects_of_review(places)
    own |= objects_of_packets(cast, places, hidden=hidden)
    own |= objects_of_imports(cast, places)
    own |= rows_introductions.objects(cast, places, hidden=hidden)
    own |= rows_learning.objects(cast, places, hidden=hidden)
    own |= rows_unlinked.objects(cast, places, hidden=hidden)
    return own | objects_of_directory(cast, places, hidden=hidden)
