"""Organizations come in by a file: looked at row by row, written whole or not at all, taken back."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from organizations.models import AuditEntry, Need, Offer, Organization, Theme
from tambon_survey.actions import importing
from tambon_survey.importing import plan_file
from tambon_survey.models import ImportBatch
from tests.tambon_survey.test_importing import at_once  # noqa: F401
from tests.tambon_survey.test_network_sheets import download

BODIES, OFFERS, NEEDS = "องค์กร", "สิ่งที่มีให้", "สิ่งที่กำลังหา"
HEAD = ["ชื่อ", "ประเภท", "ตำบล", "อำเภอ"]
OFFER_HEAD = ["องค์กร", "เรื่องที่ช่วย", "รายละเอียด", "เงื่อนไข", "ตั้งแต่", "ถึง"]
GROUP = ["กลุ่มออมทรัพย์ปากแพรก", "กลุ่ม", "ปากแพรก", "ปากพนัง"]
State = ImportBatch.State


@pytest.fixture
def themes(db):
    Theme.objects.create(code="finance", name_th="การเงินชุมชน", name_en="finance")


@pytest.fixture
def group(places, themes) -> Organization:
    """A group at home in tambon Pak Phraek of zone 3."""
    return Organization.objects.create(name=GROUP[0], kind="group", tambon=places.tambons["801217"])


@pytest.fixture
def send(places, cast, themes):
    """A workbook sent by zone 3 or who is named: sheet → rows, the heading first."""

    def sent(book: dict[str, list[list[object]]] | bytes, by=None) -> ImportBatch:
        content = book if isinstance(book, bytes) else _content(book)
        file = ContentFile(content, name="องค์กร.xlsx")
        batch = importing.receive(places.province, file=file, by=by or cast.zone3, now=timezone.now())
        batch.refresh_from_db()
        return batch

    return sent


def _content(book: dict[str, list[list[object]]]) -> bytes:
    made, target = Workbook(), io.BytesIO()
    made.remove(made.active)
    for title, rows in book.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(target)
    return target.getvalue()


def confirm(batch: ImportBatch) -> ImportBatch:
    importing.confirm(batch, digest=batch.digest, by=batch.made_by, now=timezone.now())
    batch.refresh_from_db()
    return batch


def take_back(batch: ImportBatch) -> ImportBatch:
    importing.take_back(batch, by=batch.made_by, now=timezone.now())
    batch.refresh_from_db()
    return batch


def only(batch: ImportBatch):
    (finding,) = plan_file.whole(batch)
    return finding


def test_a_new_body_is_shown_then_written_with_its_home_and_the_file_in_its_history(send):
    batch = send({BODIES: [[*HEAD, "ประเด็น"], [*GROUP, "การเงินชุมชน"]]})
    assert (batch.state, batch.counts) == (State.SHOWN, {"new": 1}) and not Organization.objects.exists()
    assert confirm(batch).state == State.APPLIED
    made = Organization.objects.get()
    assert (made.name, made.kind, made.tambon_id, made.created_by) == (GROUP[0], "group", "801217", batch.made_by)
    assert [one.pk for one in made.themes.all()] == ["finance"]
    assert AuditEntry.objects.about(made).get().reason == "องค์กร.xlsx"


def test_the_same_file_twice_changes_nothing(send):
    book = {BODIES: [HEAD, GROUP], OFFERS: [OFFER_HEAD, [GROUP[0], "เงินทุน", "เงินยืม", None, None, None]]}
    confirm(send(book))
    assert send(book).counts == {"same": 2}


def test_cells_that_differ_are_told_old_and_new_and_an_empty_cell_clears_nothing_without_a_key(send, group):
    group.about = "ออมทุกเดือน"
    group.save()
    row = ["กลุ่มออมทรัพย์ปากแพรก", "เครือข่าย", "ปากแพรก", "ปากพนัง", None]
    batch = send({BODIES: [[*HEAD, "ทำอะไร"], row]})
    assert only(batch).cells == {"kind": ["group", "network"]}
    confirm(batch)
    group.refresh_from_db()
    assert (group.kind, group.about) == ("network", "ออมทุกเดือน")


def test_our_own_workbook_comes_back_as_the_same_and_an_edited_cell_as_one_change(send, group, cast, sign_in):
    Offer.objects.create(organization=group, kind="funding", text="เงินยืม", starts_on="2007-01-04").themes.add("finance")
    Need.objects.create(organization=group, kind="market", text="ที่ขาย")
    content = download(sign_in(cast.zone3))
    assert send(content).counts == {"same": 3}
    book = load_workbook(io.BytesIO(content))
    sheet = book[BODIES]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["ตำบล"]).value = sheet.cell(2, at["รหัสตำบล"]).value = None
    book.save(target := io.BytesIO())
    assert only(send(target.getvalue())).cells == {
        "home": [["tambon:801217", "ตำบลปากแพรก อำเภอปากพนัง"], ["district:8012", "อำเภอปากพนัง"]]
    }


def test_a_place_that_is_not_there_stops_the_file_with_what_may_be_meant(send):
    batch = send({BODIES: [HEAD, ["กลุ่มใหม่", "กลุ่ม", "ปากแพรก", "เชียรใหญ่"]]})
    found = only(batch)
    assert (found.kind, found.sheet, found.row) == ("unmatched", BODIES, 2)
    assert found.suggestions == ["ตำบลปากแพรก อำเภอปากพนัง"]


def test_a_cell_that_cannot_be_read_is_told_with_its_column(send):
    found = only(send({BODIES: [HEAD, [GROUP[0], "ชมรม", *GROUP[2:]]]}))
    assert (found.kind, found.column) == ("error", "ประเภท") and "กลุ่ม" in found.text


@pytest.mark.parametrize("answer", ["same", "new"])
def test_a_name_very_like_one_nearby_waits_for_a_persons_word(send, group, answer):
    batch = send({BODIES: [HEAD, ["กลุ่มออมทรัพย์ตำบลปากแพรก", "กลุ่ม", None, "ปากพนัง"]]})
    found = only(batch)
    assert found.kind == "doubtful" and [key for key, _label in found.perhaps] == [str(group.pk)]
    word = str(group.pk) if answer == "same" else "new"
    importing.choose_bodies(batch, chosen={f"{BODIES}:2": word}, digest=batch.digest, now=timezone.now())
    batch.refresh_from_db()
    assert batch.counts == {"changed" if answer == "same" else "new": 1}
    confirm(batch)
    assert Organization.objects.count() == (1 if answer == "same" else 2)


def test_a_like_name_in_another_district_is_no_question(send, group):
    assert send({BODIES: [HEAD, [GROUP[0], "กลุ่ม", None, "เชียรใหญ่"]]}).counts == {"new": 1}


@pytest.mark.parametrize("row", [GROUP, ["กลุ่มออมทรัพย์ ปากแพรก", "กลุ่ม", None, "ปากพนัง"]])
def test_a_body_twice_in_a_file_is_not_written_twice(send, row):
    batch = send({BODIES: [HEAD, GROUP, row]})
    assert plan_file.whole(batch)[0].kind == ("error" if row is GROUP else "doubtful")


def test_a_body_kept_by_others_may_stand_in_the_file_but_not_be_changed(send, group, cast):
    assert send({BODIES: [HEAD, GROUP]}, by=cast.zone2).counts == {"same": 1}
    row = [GROUP[0], "เครือข่าย", *GROUP[2:]]
    assert send({BODIES: [HEAD, row]}, by=cast.zone2).counts == {"foreign": 1}
    assert send({BODIES: [HEAD, ["กลุ่มอื่น", *GROUP[1:]]]}, by=cast.zone2).counts == {"foreign": 1}


def test_a_merged_record_leads_to_the_one_that_stays(send, group, places):
    gone = Organization.objects.create(name="กลุ่มเดิม", tambon=places.tambons["801217"], merged_into=group)
    found = only(send({BODIES: [["รหัสองค์กร", "ชื่อ"], [gone.pk, "กลุ่มเดิม"]]}))
    assert found.kind == "error" and str(group.pk) in found.text


def test_offers_and_needs_of_new_bodies_come_with_them(send):
    offer = [GROUP[0], "เงินทุน", "เงินยืม", "ภายในตำบล", "4 ม.ค. 2550", "31/12/2580"]
    need = [GROUP[0], "ตลาด", "ที่ขายผัก"]
    confirm(send({OFFERS: [OFFER_HEAD, offer], NEEDS: [OFFER_HEAD[:3], need], BODIES: [HEAD, GROUP]}))
    made = Organization.objects.get()
    kept = made.offers.get()
    assert (kept.kind, kept.conditions, str(kept.starts_on), str(kept.ends_on)) == (
        "funding",
        "ภายในตำบล",
        "2007-01-04",
        "2037-12-31",
    )
    assert made.needs.get().text == "ที่ขายผัก"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["ไม่มีในทำเนียบ", "เงินทุน", "เงินยืม", None, None, None], "ไม่มีในทำเนียบ"),
        ([GROUP[0], "เงินทุน", "เงินยืม", None, "5/1/2550", "4/1/2550"], "วันสุดท้าย"),
        ([GROUP[0], "เงินทุน", None, "ภายในตำบล", None, None], "รายละเอียด"),
    ],
)
def test_an_offer_that_cannot_be_is_told(send, group, row, said):
    found = only(send({OFFERS: [OFFER_HEAD, row]}))
    assert (found.kind, found.row) == ("error", 2) and said in found.text


def test_what_a_file_wrote_is_taken_back_whole(send, group):
    row = [group.pk, "กลุ่มออมทรัพย์ปากแพรกพัฒนา", "เครือข่าย", "ปากพนัง", "ปากพนัง", "การเงินชุมชน"]
    new = [None, "กลุ่มผักปลอดสาร", "กลุ่ม", "ปากพนัง", "ปากพนัง", None]
    book = {BODIES: [["รหัสองค์กร", *HEAD, "ประเด็น"], row, new]}
    batch = confirm(send(book | {OFFERS: [OFFER_HEAD, ["กลุ่มผักปลอดสาร", "เงินทุน", "เงินยืม", None, None, None]]}))
    assert Organization.objects.count() == 2 and Offer.objects.exists()
    assert take_back(batch).state == State.UNDONE
    left = Organization.objects.get()
    assert (left.name, left.kind, left.tambon_id, left.themes.count()) == (GROUP[0], "group", "801217", 0)
    assert not Offer.objects.exists()


def test_what_somebody_built_on_is_not_taken_back(send, cast):
    batch = confirm(send({BODIES: [HEAD, GROUP]}))
    row = [GROUP[0], "เครือข่าย", *GROUP[2:]]
    confirm(send({BODIES: [HEAD, row]}, by=cast.staff))
    batch = take_back(batch)
    assert batch.state == State.APPLIED and GROUP[0] in batch.problem
    assert Organization.objects.get().kind == "network"


def test_nothing_is_written_when_the_directory_changed_after_the_preview(send, group):
    row = [GROUP[0], "เครือข่าย", *GROUP[2:]]
    batch = send({BODIES: [HEAD, row, ["กลุ่มใหม่", *GROUP[1:]]]})
    Organization.objects.filter(pk=group.pk).update(kind="funder")
    assert confirm(batch).state == State.FAILED
    assert Organization.objects.count() == 1


def test_the_page_asks_about_a_doubtful_row_and_goes_on_with_the_answer(send, group, cast, sign_in):
    batch = send({BODIES: [HEAD, ["กลุ่มออมทรัพย์ตำบลปากแพรก", "กลุ่ม", None, "ปากพนัง"]]})
    client = sign_in(cast.zone3)
    page = client.get(batch.get_absolute_url()).text
    assert "เป็นองค์กรเดียวกันหรือไม่" in page and reverse("import_confirm", args=[batch.pk]) not in page
    chosen = {"row0": str(group.pk), "digest": batch.digest}
    assert client.post(reverse("import_choose", args=[batch.pk]), {**chosen, "row0": "99"}).status_code == 422
    assert client.post(reverse("import_choose", args=[batch.pk]), chosen).status_code == 302
    page = client.get(batch.get_absolute_url()).text
    assert "<del>กลุ่มออมทรัพย์ปากแพรก</del>" in page and reverse("import_confirm", args=[batch.pk]) in page
