"""The directory's sheets: what they hold, who takes which, and that they are what is read again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from nakhon_network.lib.columns import Style, recognise
from organizations.models import Need, Offer, Organization, OrganizationContact, Relation, Theme
from tambon_survey.directory_resources import DIRECTORY, OfferResource, OrganizationResource
from tambon_survey.models import Introduction
from tests.tambon_survey.test_network_sheets import book_of, download
from tests.tambon_survey.test_workbook import unzipped


@pytest.fixture
def themes(db) -> list[Theme]:
    return [
        Theme.objects.create(code=code, name_th=name, name_en=code, order=number)
        for number, (code, name) in enumerate([("finance", "การเงินชุมชน"), ("food", "อาหารปลอดภัย")])
    ]


@pytest.fixture
def bodies(places, cast, themes):
    """A funder of the province, and groups at home in a tambon of zone 3 and of zone 2, with one of everything."""
    funder = Organization.objects.create(name="กองทุนสมมติ", kind="funder", province=places.province)
    group, other = (
        Organization.objects.create(name=f"กลุ่มโซน {number}", kind="group", tambon=places.tambons[code])
        for number, code in ((3, "801217"), (2, "800304"))
    )
    group.themes.set(themes)
    Offer.objects.create(organization=funder, kind="funding", text="ทุนตั้งต้น", starts_on="2007-01-04")
    Need.objects.create(organization=group, kind="funding", text="=1+1")
    Relation.objects.create(organization=group, other=funder, kind="member_of")
    ends = {"seeker": group, "partner": funder, "province": places.province, "tambon": places.tambons["801217"]}
    Introduction.objects.create(kind="funding", purpose="ขอทุน", made_on="2007-01-04", created_by=cast.zone3, **ends)
    for one, number in ((group, "0755550001"), (other, "0755550002")):
        OrganizationContact.objects.create(organization=one, value=number, visibility="coordinators")
    return funder, group, other


def rows(content: bytes, title: str) -> list[dict[str, object]]:
    """The rows of a sheet by heading."""
    head, *below = book_of(content)[title]
    return [dict(zip(head, row, strict=True)) for row in below]


def test_a_body_is_told_with_its_home_and_themes(bodies, cast, sign_in):
    found = {row["ชื่อ"]: row for row in rows(download(sign_in(cast.staff)), "องค์กร")}
    group = found["กลุ่มโซน 3"]
    assert (group["รหัสตำบล"], group["อำเภอ"], group["เลขโซน"], group["จังหวัด"]) == (
        "801217",
        "ปากพนัง",
        3,
        "นครศรีธรรมราช",
    )
    assert group["ประเด็น"] == "การเงินชุมชน · อาหารปลอดภัย"
    assert (found["กองทุนสมมติ"]["จังหวัด"], found["กองทุนสมมติ"]["รหัสอำเภอ"]) == ("นครศรีธรรมราช", None)


def test_offers_needs_relations_and_introductions_have_a_sheet_each(bodies, cast, sign_in):
    content = download(sign_in(cast.zone3), style="both")
    funder, group, _other = bodies
    assert rows(content, "สิ่งที่กำลังหา")[0]["รหัสองค์กร"] == str(group.pk)
    assert rows(content, "ความสัมพันธ์ระหว่างองค์กร")[0]["อีกองค์กรหนึ่ง"] == funder.name
    assert rows(content, "การเชื่อมต่อ")[0]["ผู้เชื่อมต่อ"] == cast.zone3.label
    offer = rows(download(sign_in(cast.staff)), "สิ่งที่มีให้")[0]
    assert (offer["ตั้งแต่"], offer["ตั้งแต่ (ISO)"]) == ("4 ม.ค. 2550", "2007-01-04")


def test_one_takes_the_bodies_one_keeps_and_no_contact_of_others(bodies, cast, sign_in):
    content = download(sign_in(cast.zone3), contacts="on", purpose="นัดประชุม")
    assert [row["ชื่อ"] for row in rows(content, "องค์กร")] == ["กลุ่มโซน 3"]
    found = unzipped(content)
    assert b"0755550001" in found and b"0755550002" not in found
    assert b"075555" not in unzipped(download(sign_in(cast.staff)))


@pytest.mark.parametrize("name", DIRECTORY)
@pytest.mark.parametrize("style", Style)
def test_every_heading_written_is_recognised_again(name, style):
    written = [(column, part.heading) for column in DIRECTORY[name].columns for part in column.parts(style)]
    known = recognise(DIRECTORY[name].columns, [heading for _column, heading in written])
    assert [one and one[0] for one in known] == [column for column, _heading in written]


def test_themes_are_read_by_name_or_code_and_others_are_told(themes):
    column = OrganizationResource.column("themes")
    assert column.read("food, การเงินชุมชน") == ["finance", "food"]
    with pytest.raises(ValidationError, match="ดวงดาว"):
        column.read("ดวงดาว")
    assert OfferResource.column("themes").read(None) == []


def test_the_template_has_room_and_choices_and_no_keys(cast, sign_in):
    answer = sign_in(cast.tambon).get(reverse("organization_template"))
    book = book_of(b"".join(answer.streaming_content))
    assert list(book) == ["องค์กร", "สิ่งที่มีให้", "สิ่งที่กำลังหา", "คู่มือรหัส"]
    assert "รหัสองค์กร" not in book["องค์กร"][0] and {"ชื่อ", "รหัสตำบล", "ประเด็น"} <= set(book["องค์กร"][0])
    assert not any(any(row) for row in book["องค์กร"][1:])
