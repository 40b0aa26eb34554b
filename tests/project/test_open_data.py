"""The open data: who reads what, no contact anywhere, every row once, plain answers to odd questions."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nakhon_network.open_data.kinds import KINDS
from nakhon_network.open_data.masking import HIDDEN, masked
from organizations.actions.tokens import issue_token, revoke_token
from organizations.models import Organization, OrganizationContact, Theme
from tests.conftest import canary
from tests.factories import (
    make_district,
    make_meeting,
    make_post,
    make_resolution,
    make_round,
    make_submission,
    make_tambon,
)

REACHES = ["0812345678", "somboon@example.org", "LINE: somboon_99", "๐๗๕-๓๔๑-๒๓๔"]


@pytest.fixture
def token(places):
    """Headers with a read token of the province."""
    return {"Authorization": f"Bearer {issue_token('เว็บไซต์ของภาคี', province=places.province, by=None)[1]}"}


@pytest.fixture
def bodies(places):
    """One organization that agreed, one that did not; each says how to reach somebody."""
    reach = " ".join(REACHES)
    facts = {"about": f"ออมทรัพย์ {reach}", "district": places.districts["8012"]}
    agreed = Organization.objects.create(name=f"กลุ่มเปิด {REACHES[0]}", agreed_at=timezone.now(), **facts)
    silent = Organization.objects.create(name="กลุ่มเงียบ", **facts)
    for body in (agreed, silent):
        OrganizationContact.objects.create(organization=body, kind="phone", value=canary(77), visibility="public")
    return agreed, silent


def closed_round(places, **fields):
    """A round that closed yesterday."""
    now = timezone.now()
    plan = {
        "opens_at": now - timedelta(days=60),
        "on_time_by": now - timedelta(days=2),
        "closes_at": now - timedelta(days=1),
    }
    return make_round(places.province, **{**plan, **fields})


def items(client, kind, headers=None, **query):
    """The records of a page."""
    return client.get(f"/api/v1/{kind}.json", query, headers=headers).json()["items"]


def walked(client, kind, *, limit=2, between=None):
    """Ids over all pages; `between` is called after each page."""
    url, ids = f"/api/v1/{kind}.json?limit={limit}", []
    while url:
        page = client.get(url).json()
        ids += [one["id"] for one in page["items"]]
        url = page["next_url"]
        if between:
            between()
    return ids


def test_areas_have_stable_ids_and_parents(client, places):
    found = {one["id"]: one for one in items(client, "areas")}
    zone = f"zone:{places.zone3.pk}"
    assert found["th-801217"] | {"name": "ปากแพรก", "is_focus": True, "parent_id": "th-8012"} == found["th-801217"]
    assert found["th-8012"]["parent_id"] == zone
    assert found[zone] | {"classification": "zone", "parent_id": "th-80", "identifier": "3"} == found[zone]
    assert client.get("/api/v1/areas/th-801217.json").json() == found["th-801217"]


def test_only_organizations_that_agreed_are_public(client, bodies, token):
    assert [one["id"] for one in items(client, "organizations")] == [f"organization:{bodies[0].pk}"]
    assert [one["is_published"] for one in items(client, "organizations", token)] == [True, False]
    assert [one["description"] for one in items(client, "organizations", token)][1] == ""
    assert client.get(f"/api/v1/organizations/organization:{bodies[1].pk}.json").status_code == 404


def test_a_merged_organization_is_not_listed_and_leads_to_the_one_that_stays(client, bodies, token):
    stays, silent = bodies
    gone = Organization.objects.create(name="กลุ่มเดิม", agreed_at=timezone.now(), merged_into=stays)
    assert [one["merged_ids"] for one in items(client, "organizations")] == [[f"organization:{gone.pk}"]]
    address = "/api/v1/organizations/organization:{}.json"
    moved = client.get(address.format(gone.pk))
    assert (moved.status_code, moved.url) == (301, address.format(stays.pk))
    Organization.objects.filter(pk=silent.pk).update(merged_into=stays)
    assert client.get(address.format(silent.pk)).status_code == 404  # it never stood in the open data
    assert client.get(address.format(silent.pk), headers=token).status_code == 301
    Organization.objects.filter(pk=stays.pk).update(agreed_at=None)
    assert client.get(address.format(gone.pk)).status_code == 404


def test_meetings_are_shown_as_the_pages_show_them(client, places, cast, sign_in, token):
    for visibility in ("public", "network", "draft"):
        make_resolution(make_meeting(places.province, title=visibility, visibility=visibility))
    for kind, of in (("meetings", "name"), ("resolutions", "text")):
        assert len(items(client, kind)) == 1, of
        assert len(items(client, kind, token)) == 2
        # Who is signed in makes no difference: another site could else read along.
        assert len(items(sign_in(cast.staff), kind)) == 1
    assert [one["name"] for one in items(client, "meetings", token)] == ["public", "network"]


def test_a_meeting_without_a_day_or_with_a_month_only(client, places):
    make_meeting(places.province, visibility="public", held_on="")
    make_meeting(places.province, visibility="public", held_on="2006-12")
    assert [one["start_date"] for one in items(client, "meetings")] == [None, "2006-12"]


def test_a_convenor_that_did_not_agree_has_a_name_and_no_id(client, places, bodies, token):
    make_meeting(places.province, visibility="public", convened_by=bodies[1])
    [seen], [told] = items(client, "meetings"), items(client, "meetings", token)
    assert (seen["organizer"], seen["organization_id"]) == ("กลุ่มเงียบ", None)
    assert told["organization_id"] == f"organization:{bodies[1].pk}"


def test_posts_are_those_the_network_shares_and_nobody_is_named(client, cast, places, token):
    make_post("zone-representative", places.zone2)
    found, told = items(client, "posts"), items(client, "posts", token)
    assert {one["area_id"] for one in found} == {"th-80", f"zone:{places.zone2.pk}", f"zone:{places.zone3.pk}"}
    assert {one["filled"] for one in found} == {None}
    assert 1 in {one["filled"] for one in told}
    body = client.get("/api/v1/posts.json", headers=token).content.decode()
    assert cast.zone3.person.first_name not in body


def test_rounds_give_totals_when_closed_and_zones_to_a_token(client, places, token):
    closed = closed_round(places)
    make_round(places.province)
    make_submission(closed, places.tambons["801217"], state="approved")
    make_submission(closed, places.tambons["800304"], state="draft")
    [total] = items(client, "rounds")
    assert (total["asked"], total["sent"], total["approved"], total["zones"]) == (2, 1, 1, None)
    told = items(client, "rounds", token)
    assert len(told) == 2
    assert {zone["area_id"]: zone["asked"] for zone in told[0]["zones"]} == {
        f"zone:{places.zone2.pk}": 1,
        f"zone:{places.zone3.pk}": 1,
    }


def test_no_contact_in_any_byte(client, cast, places, bodies, token):
    """Canaries in every text that goes out, and in the contacts beside them; JSON and CSV, with and without a token."""
    reach = " ".join(REACHES)
    facts = {
        "visibility": "public",
        "purpose": reach,
        "venue": reach,
        "source_licence": reach,
        "convened_by": bodies[0],
    }
    make_resolution(make_meeting(places.province, title=reach, **facts), text=f"โทรหา {reach}")
    closed_round(places, name=reach)
    for kind in KINDS:
        for suffix in ("json", "csv"):
            for headers in (None, token):
                body = client.get(f"/api/v1/{kind}.{suffix}", headers=headers).content.decode()
                said = "".join(letter for letter in body if letter not in " -")
                assert [one for one in ("12345678", "341234", "๓๔๑๒๓๔", "somboon", "089999") if one in said] == []
    assert HIDDEN in client.get("/api/v1/resolutions.csv").content.decode()


@pytest.mark.parametrize("kind", ["organizations", "meetings"])
def test_every_row_once_while_rows_are_added(client, places, kind):
    def add():
        if kind == "meetings":
            return make_meeting(places.province, visibility="public").pk
        return Organization.objects.create(name="กลุ่มใหม่", agreed_at=timezone.now()).pk

    there = [add() for _number in range(5)]
    # One more behind every page: the first five, and new ones until the last page was read.
    first = walked(client, kind, between=lambda: len(there) < 9 and there.append(add()))
    second = walked(client, kind, between=lambda: None)
    prefix = KINDS[kind].sources[0].prefix
    assert second == [f"{prefix}{key}" for key in there]
    assert 5 < len(first) < len(second)
    assert first == second[: len(first)]


def test_areas_page_over_their_four_levels(client, places):
    whole = [one["id"] for one in items(client, "areas")]
    added = iter(["801299"])
    for limit in (1, 2, 3, len(whole)):
        assert walked(client, "areas", limit=limit) == whole
    more = walked(client, "areas", limit=4, between=lambda: [make_tambon(code, "ใหม่") for code in added])
    assert more == [*whole, "th-801299"]


def test_a_cursor_is_ours_and_of_its_kind(client, places):
    cursor = client.get("/api/v1/areas.json?limit=1").json()["next_cursor"]
    for kind, wrong in (("areas", "abc"), ("areas", cursor[:-1]), ("areas", f"x{cursor}"), ("meetings", cursor)):
        response = client.get(f"/api/v1/{kind}.json", {"cursor": wrong})
        assert response.status_code == 400
        assert response.json()["error"]["code"] == "unknown_cursor"
        assert "กรุณา" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("areas.json?limit=0", 400, "bad_limit"),
        ("areas.json?limit=201", 400, "bad_limit"),
        ("areas.json?limit=x", 400, "bad_limit"),
        ("people.json", 404, "unknown_kind"),
        ("areas.xml", 404, "unknown_format"),
        ("areas/th-999999.json", 404, "unknown_id"),
        ("meetings/meeting:99999999999999999999.json", 404, "unknown_id"),
        ("organizations/meeting:1.json", 404, "unknown_id"),
    ],
)
def test_what_cannot_be_answered_is_said_in_thai(client, places, address, status, code):
    response = client.get(f"/api/v1/{address}")
    told = response.json()["error"]
    assert (response.status_code, told["code"]) == (status, code)
    assert told["message"] != told["message_en"]


def test_csv_opens_in_a_spreadsheet_and_starts_no_formula(client, places, token):
    Organization.objects.create(name="=HYPERLINK(1)", agreed_at=timezone.now()).themes.set(Theme.objects.all()[:2])
    response = client.get("/api/v1/organizations.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert tuple(row) == KINDS["organizations"].columns
    assert row["name"] == "'=HYPERLINK(1)"


def test_csv_names_the_next_page_in_a_header(client, places):
    first = client.get("/api/v1/areas.csv?limit=3")
    onward = first.headers["Link"].partition(">")[0].removeprefix("<")
    assert onward.startswith("http://testserver/api/v1/areas.csv?cursor=")
    assert client.get(onward).status_code == 200


def test_the_number_of_statements_does_not_grow(client, places, bodies, token):
    def asked(kind):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/api/v1/{kind}.json?limit=200", headers=token)
        return len(seen)

    def more(number):
        for at in range(number):
            meeting = make_meeting(places.province, visibility="public", convened_by=bodies[0])
            make_resolution(meeting).tambons.set([places.tambons["801217"]])
            body = Organization.objects.create(name=f"กลุ่ม{at}", zone=places.zone3, agreed_at=timezone.now())
            body.themes.set(Theme.objects.all()[:1])
            make_post("district-coordinator", make_district(f"80{number + at + 30}", zone=places.zone2))
            survey_round = make_round(places.province, name=f"{number}-{at}")
            make_submission(survey_round, places.tambons["801217"])

    more(2)
    asked("areas")
    few = {kind: asked(kind) for kind in KINDS}
    more(20)
    assert {kind: asked(kind) for kind in KINDS} == few


def test_public_data_may_be_read_by_any_page_and_a_tokens_by_none(client, places, token):
    public, private = client.get("/api/v1/areas.json"), client.get("/api/v1/areas.json", headers=token)
    assert public.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in public.headers
    assert "Access-Control-Allow-Origin" not in private.headers
    assert private.headers["Cache-Control"] == "private, no-store"


def test_a_token_that_is_wrong_revoked_or_in_the_address_opens_nothing(client, places, bodies):
    made, secret = issue_token("ทดสอบ", province=places.province, by=None)
    for headers in ({"Authorization": "Bearer nonsense"}, {"Authorization": f"Basic {secret}"}):
        response = client.get("/api/v1/organizations.json", headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "unknown_token")
    assert len(items(client, "organizations", token=secret, access_token=secret)) == 1
    revoke_token(made, by=None)
    response = client.get("/api/v1/organizations.json", headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 401


def test_too_many_requests_are_told_when_to_come_back(client, places, settings, token):
    settings.OPEN_DATA_RATES = {"open_data": "2/m/ip", "open_data_token": "1/m/key"}
    answers = [client.get("/api/v1/areas.json").status_code for _number in range(3)]
    assert answers == [200, 200, 429]
    # A token has room of its own.
    assert client.get("/api/v1/areas.json", headers=token).status_code == 200
    late = client.get("/api/v1/areas.json", headers=token)
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
    assert "นาที" in late.json()["error"]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "โทร 0812345678", "๐๘๑-๒๓๔-๕๖๗๘", "+66 81 234 5678", "66812345678", "075 341 234", "(075) 341-234",
        "0 8 1 2 3 4 5 6 7 8", "ปี 2549 0812345678", "เบอร์ 341234", "โทร. 1669", "081\u200b2345678", "081.234.5678",
        "somchai@example.org", "สมชาย@ตัวอย่าง.ไทย", "somchai (at) example.org", "LINE: somchai99", "ไลน์ @somchai",
        "081/234/5678", "081_234_5678", "081,234,5678", "081~2345678", "081\u22122345678", "line id คือ somchai99",
        "ไลน์ชื่อ somchai99", "somchai@gmail", "somchai at gmail dot com", "facebook.com/somchai", "fb.com/somchai",
        "ถามได้ที่somchai@gmail.com",
        "line.me/ti/p/abc", "Line ID somchai.99", "@somchai99", "1-8099-00123-45-6", "1809900123456",
    ],
)  # fmt: skip
def test_what_reaches_somebody_is_masked(text):
    assert HIDDEN in masked(text)
    assert not any(part in masked(text) for part in ("234", "๒๓๔", "somchai", "สมชาย@", "1669", "00123"))


@pytest.mark.parametrize(
    "text",
    ["25 ธันวาคม 2549", "2549-12-25", "50 ตำบล 23 อำเภอ", "เวลา 09.00-12.00 น.", "มติ 3/2549-2", "ปี 2549 2550 2551",
     "online", "งบ 1,250,000 บาท", "วันที่ 05/01/2550 เวลา 09.00 น.", "งบ 66,000,000 บาท",
     "รหัส 801217", "https://example.org/posts/69396", "ไลน์กลุ่มของตำบล"],
)  # fmt: skip
def test_what_reaches_nobody_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize("part", ["ก", "9", "0 ", "a@", "+1 ", "line", "ไลน์ ", "โทร ", " "])
def test_a_long_text_is_read_once(part):
    """A pattern that went over it again and again would take minutes."""
    assert masked(f"ไลน์{part * 3000}")


def test_every_record_has_exactly_its_columns(client, cast, places, bodies):
    make_resolution(make_meeting(places.province, visibility="public"))
    closed_round(places)
    for kind in KINDS.values():
        found = json.loads(client.get(f"/api/v1/{kind.name}.json").content)["items"]
        assert {tuple(one) for one in found} == {kind.columns}
