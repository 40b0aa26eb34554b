"""The pivot's numbers add up, lead to what they count, and stay in one's own area."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tambon_survey.models import Submission, Support
from tambon_survey.pivot import COLUMNS, ROWS
from tests.factories import fill_in, make_round, make_submission, make_tambon

STATES = {"801217": "draft", "801201": "submitted", "800601": "submitted", "800304": "approved"}


@pytest.fixture
def survey_round(places):
    return make_round(places.province)


@pytest.fixture
def filled(survey_round, places):
    for code, state in STATES.items():
        fill_in(make_submission(survey_round, places.tambons[code]))
        Submission.objects.filter(tambon=code).update(state=state)
    Support.objects.filter(submission__tambon="800304", position=0).update(sector="")
    return survey_round


def address(name: str, survey_round, **facts) -> str:
    query = "&".join(f"{key}={value}" for key, value in facts.items())
    return f"{reverse(name, args=[survey_round.pk])}?{query}"


def shown(client, survey_round, **facts):
    return client.get(address("round_pivot", survey_round, **facts)).context["pivot"]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("columns", COLUMNS)
def test_totals_add_up_both_ways(filled, cast, sign_in, rows, columns):
    found = shown(sign_in(cast.staff), filled, rows=rows, columns=columns)
    for line in found.lines:
        assert sum(cell.number for cell in line.cells) == line.total.number
    for at, head in enumerate(found.heads):
        assert sum(line.cells[at].number for line in found.lines) == head.total.number
    assert found.total.number == sum(line.total.number for line in found.lines)
    assert found.total.number == {"state": 4, "readiness": 4, "topic": 4 * 8, "sector": 4 * 2}[columns]


def test_each_kind_is_counted_where_it_is(filled, cast, sign_in):
    found = shown(sign_in(cast.staff), filled, rows="zone", columns="state")
    assert [line.name for line in found.lines] == ["โซน 2 ทดสอบ 2", "โซน 3 ทดสอบ 3"]
    numbers = {head.code: [line.cells[at].number for line in found.lines] for at, head in enumerate(found.heads)}
    assert (numbers["draft"], numbers["submitted"], numbers["approved"]) == ([0, 1], [0, 2], [1, 0])


def test_an_agency_without_a_sector_is_counted_as_untold(filled, cast, sign_in):
    found = shown(sign_in(cast.staff), filled, rows="zone", columns="sector")
    assert {head.code: head.total.number for head in found.heads}["untold"] == 1


@pytest.mark.parametrize("columns", ["state", "readiness"])
@pytest.mark.parametrize("rows", ["zone", "district"])
def test_a_number_leads_to_as_many_tambon_as_it_says(filled, cast, sign_in, rows, columns):
    client = sign_in(cast.staff)
    found = shown(client, filled, rows=rows, columns=columns)
    for line in found.lines:
        for cell in (one for one in line.cells if one.url):
            assert len(client.get(cell.url).context["lines"]) == cell.number


@pytest.mark.parametrize("columns", ["topic", "sector"])
def test_a_number_of_entries_leads_to_the_tambon_that_have_them(filled, cast, sign_in, columns):
    client = sign_in(cast.staff)
    found = shown(client, filled, rows="zone", columns=columns)
    assert all(client.get(cell.url).context["lines"] for line in found.lines for cell in line.cells if cell.url)


def test_a_place_opens_one_level_deeper(filled, cast, sign_in, places):
    client = sign_in(cast.staff)
    zone = shown(client, filled, rows="zone", columns="state").lines[1]
    districts = client.get(zone.url).context["pivot"]
    assert (districts.rows, [line.code for line in districts.lines]) == ("district", ["8006", "8012"])
    tambons = client.get(districts.lines[1].url).context["pivot"]
    assert {line.code for line in tambons.lines} == {"801217", "801201"}
    assert client.get(tambons.lines[0].url).status_code == 200


def test_nobody_counts_in_another_area(filled, cast, sign_in, places):
    client = sign_in(cast.zone3)
    found = shown(client, filled, rows="tambon", columns="state")
    assert {line.code for line in found.lines} == {"801217", "801201", "800601"}
    for name in ("round_pivot", "round_pivot_file", "round_tambon", "export_choose"):
        assert client.get(address(name, filled, zone=places.zone2.pk)).status_code == 404
        assert client.get(address(name, filled, district="8003")).status_code == 404


def test_the_file_is_the_table_as_seen(filled, cast, sign_in, places):
    client, facts = sign_in(cast.staff), {"rows": "district", "columns": "readiness", "zone": places.zone3.pk}
    found = shown(client, filled, **facts)
    content = b"".join(client.get(address("round_pivot_file", filled, **facts)).streaming_content)
    heads, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert list(heads[3:]) == [*(head.label for head in found.heads), "รวม"]
    assert [list(row[3:-1]) for row in rows[:-1]] == [[cell.number for cell in line.cells] for line in found.lines]
    assert rows[-1][-1] == found.total.number
    csv = b"".join(client.get(address("round_pivot_file", filled, kind="csv", **facts)).streaming_content)
    assert csv.startswith("\ufeff".encode()) and "ปากพนัง" in csv.decode()


@pytest.mark.parametrize("odd", ["rows=x", "columns=%00", "zone=abc", "zone=๓", "district=8", "state=nope", "sector='"])
def test_an_odd_word_is_left_aside_or_not_there(filled, cast, sign_in, odd):
    client = sign_in(cast.staff)
    for name in ("round_pivot", "round_tambon", "export_choose"):
        assert client.get(f"{reverse(name, args=[filled.pk])}?{odd}").status_code in (200, 404)


@pytest.mark.parametrize("many", [1, 40])
def test_the_pivot_asks_the_same_whatever_the_number_of_tambon(
    survey_round, places, cast, sign_in, django_assert_max_num_queries, many
):
    for number in range(many):
        make_submission(survey_round, make_tambon(f"8012{number + 30}"), state="submitted")
    client = sign_in(cast.staff)
    client.get(reverse("account_page"))
    for rows in ROWS:
        for columns in COLUMNS:
            with django_assert_max_num_queries(15):
                client.get(address("round_pivot", survey_round, rows=rows, columns=columns))
    for name in ("round_tambon", "export_choose"):
        with django_assert_max_num_queries(15):
            client.get(address(name, survey_round, state="submitted"))
