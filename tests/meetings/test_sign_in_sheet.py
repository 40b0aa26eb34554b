"""The sheet to sign: the expected seats by name, then blank rows."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from meetings.models import Meeting
from nakhon_network.lib.thai_dates import PartialDate
from tests.conftest import canary
from tests.factories import make_meeting, make_post


@pytest.fixture
def meeting(cast, places) -> Meeting:
    """A meeting of 25 Dec 2549 in a temple, which expects the two seats of zone 3."""
    where = {"venue": "วัดสระเรียง ถ.ราชดำเนิน", "venue_tambon": places.tambons["800101"]}
    found = make_meeting(places.province, title="เวทีเสวนา", held_on=PartialDate(2006, 12, 25), **where)
    found.expected_posts.add(make_post("zone-representative", places.zone3))
    return found


def sheet(client, meeting, query: str = "") -> str:
    return client.get(reverse("sign_in_sheet", args=[meeting.pk]) + query).content.decode()


def rows(body: str) -> list[list[str]]:
    table = body[body.index("<tbody>") : body.index("</tbody>")]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("<tr>")[1:]]


def test_the_head_says_title_day_and_place_and_repeats_on_each_page(meeting, cast, sign_in):
    body = sheet(sign_in(cast.staff), meeting)
    head = body[body.index("<thead>") : body.index("</thead>")]
    for words in ("เวทีเสวนา", "วันจันทร์ที่ ๒๕ ธันวาคม พ.ศ. ๒๕๔๙", "วัดสระเรียง ถ.ราชดำเนิน ตำบลในเมือง อำเภอเมือง"):
        assert words in head.replace("\u00a0", " ")


def test_expected_seats_come_by_name_a_vacant_one_with_room_for_a_name(meeting, cast, sign_in):
    found = rows(sheet(sign_in(cast.staff), meeting, "?blank=0"))
    assert [row[:2] for row in found] == [["๑", "zone3 ทดสอบ"], ["๒", ""]]
    assert all(row[2].startswith("ตัวแทนโซน") and row[3:] == ["", ""] for row in found)


@pytest.mark.parametrize(
    ("query", "count"), [("", 20), ("?blank=5", 5), ("?blank=๐", 0), ("?blank=หก", 20), ("?blank=9999", 20)]
)
def test_as_many_blank_rows_as_chosen_numbered_on(meeting, cast, sign_in, query, count):
    blank = rows(sheet(sign_in(cast.staff), meeting, query))[2:]
    assert len(blank) == count and all(row[1:] == ["", "", "", ""] for row in blank)
    assert not blank or blank[0][0] == "๓"


def test_what_is_not_known_is_dotted_and_never_invented(meeting, cast, sign_in):
    Meeting.objects.update(held_on="", venue="", venue_tambon=None)
    body = sheet(sign_in(cast.staff), meeting)
    assert body[body.index("<thead>") : body.index("</thead>")].count("....................") >= 2


def test_no_telephone_is_printed(meeting, cast, sign_in):
    assert not any(canary(number) in sheet(sign_in(cast.staff), meeting) for number in range(8))
