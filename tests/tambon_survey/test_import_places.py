"""Which tambon a row means."""

from __future__ import annotations

import pytest

from organizations.models import Tambon
from tambon_survey.importing.places import PlaceIndex
from tests.factories import make_district, make_tambon


@pytest.fixture
def index(places) -> PlaceIndex:
    """The small province, with a second ปากแพรก in ทุ่งสง."""
    make_district("8009", "ทุ่งสง", zone=places.zone2)
    make_tambon("800901", "ปากแพรก")
    tambons = Tambon.objects.in_province(places.province).with_areas()
    return PlaceIndex.of(tambons, province_name=places.province.name_th)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "800304"}, "800304"),
        ({"code": "๘๐๐๓๐๔", "tambon": "ต.กำโลน"}, "800304"),
        ({"tambon": "กําโลน"}, "800304"),
        ({"tambon": "ตำบลกำโลน", "district": "อำเภอลานสกา"}, "800304"),
        ({"tambon": "ต.ปากแพรก อ.ทุ่งสง"}, "800901"),
        ({"tambon": "ปากแพรก อำเภอปากพนัง"}, "801217"),
        ({"tambon": "ปากแพรก", "district": "ปากพนัง"}, "801217"),
        ({"tambon": "ในเมือง", "district": "อ.เมือง"}, "800101"),
    ],
)
def test_a_place_is_found_as_people_write_it(index, said, code):
    assert index.find(**said).code == code


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ({"tambon": "ปากแพรก"}, "ตำบลปากแพรก อำเภอทุ่งสง"),
        ({"tambon": "ปากแพรก", "district": "ลานสกา"}, "ตำบลปากแพรก อำเภอปากพนัง"),
        ({"tambon": "กำโลม"}, "ตำบลกำโลน อำเภอลานสกา"),
        ({"code": "800304", "tambon": "นาเคียน"}, "ตำบลนาเคียน อำเภอเมืองนครศรีธรรมราช"),
    ],
)
def test_what_may_mean_several_places_is_asked_and_not_guessed(index, said, suggested):
    found = index.find(**said)
    assert not found.code and found.reason and suggested in found.suggestions


@pytest.mark.parametrize("said", [{}, {"code": "999999"}, {"code": "๘๐"}, {"tambon": "บางกะปิ"}])
def test_an_unknown_place_says_so(index, said):
    assert index.find(**said).code == "" and index.find(**said).reason
