"""Odd input in the admin: every form and every question behind the address of every table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from organizations.models import DistrictStatus
from tests.factories import make_post
from tests.test_fuzz import FEW, FORM, SOME

TABLES = {model._meta.model_name: model for model in admin.site._registry if "tambon_survey" in str(model)
          or model._meta.app_label == "organizations"}  # fmt: skip
# What opens a form with everything in it: the key of a row, None for a new one.
FORMS = {
    "province": "80", "zone": None, "district": None, "districtstatus": None, "tambon": None, "role": None,
    "post": "of the tambon",
}  # fmt: skip
NEW: dict[str, str] = {
    "code": "8013", "province": "80", "district": "8012", "name_th": "ทดสอบ", "name_en": "Test", "name": "รอบแรก",
    "number": "7", "kind": "full", "since": "25/12/2549", "seats": "5", "level": "tambon", "authority": "read",
    "order": "9", "latitude": "8.4", "longitude": "100.1", "tile_row": "1", "tile_column": "1",
    "statuses-TOTAL_FORMS": "1", "statuses-0-kind": "full", "statuses-0-since": "25 ธ.ค. 2549",
    "statuses-INITIAL_FORMS": "0",
}  # fmt: skip
PER_TABLE = {"tambon": {"code": "801299"}, "role": {"code": "visitor"}}


@pytest.fixture
def client(cast: SimpleNamespace) -> Client:
    """Province staff; what a view raised is raised."""
    client = Client()
    client.force_login(cast.staff)
    return client


def place(table: str, places: SimpleNamespace) -> str:
    """The address of the table's form."""
    key: Any = FORMS[table]
    if table == "post":
        key = make_post("tambon-coordinator", places.tambons["801217"]).pk
    label = TABLES[table]._meta.app_label
    return reverse(f"admin:{label}_{table}_{'change' if key else 'add'}", args=[key] if key else [])


def boxes(page: Any, table: str) -> dict[str, str]:
    """Every box of the form, its rows below and its counters, with a plausible answer (percent-encoded)."""
    sets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    names = [field.html_name for field in page.context["adminform"].form]
    names += [name for name in NEW if any(name.startswith(f"{one.prefix}-") for one in sets)]
    answers = NEW | PER_TABLE.get(table, {})
    return {name: quote(answers.get(name, ""), safe="") for name in names}


def test_every_table_with_a_form_is_walked(client):
    request = SimpleNamespace(user=client.get("/").wsgi_request.user)
    changed = {name for name, model in TABLES.items() if admin.site._registry[model].has_change_permission(request)}
    assert changed == set(FORMS)


@pytest.mark.parametrize("table", FORMS)
def test_forms(client: Client, places: SimpleNamespace, table: str):
    """The plausible answers are accepted; with an odd one in any box nothing breaks."""
    url = place(table, places)
    good = boxes(client.get(url), table)
    for box in ["", *good]:
        for odd in FEW.values() if box else [""]:
            body = "&".join(f"{name}={odd if name == box else value}" for name, value in good.items())
            with transaction.atomic():
                response = client.post(url, body.encode(), content_type=FORM)
                assert response.status_code == 302 if not box else response.status_code < 500, (box, odd[:40])
                transaction.set_rollback(True)


@pytest.mark.parametrize("since", ["1/1/2543", ""])
def test_a_status_that_somebody_else_entered_meanwhile_is_refused_in_a_sentence(client, places, since):
    """Two people, or one person in two tabs."""
    rows = {"statuses-TOTAL_FORMS": "1", "statuses-INITIAL_FORMS": "0", "statuses-0-kind": "full", "name_th": "ปากพนัง"}
    url = reverse("admin:organizations_district_change", args=["8012"])
    assert client.post(url, rows | {"statuses-0-since": since}).status_code == 302
    answer = client.post(url, rows | {"statuses-0-since": since})
    assert answer.status_code == 200 and "อำเภอนี้มีสถานะนับจากวันนั้นอยู่แล้ว" in answer.content.decode()
    assert DistrictStatus.objects.filter(district="8012").count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_questions(client: Client, table: str):
    """Searching, sorting, paging and filtering; a filter that is not offered is refused."""
    model = TABLES[table]
    url = reverse(f"admin:{model._meta.app_label}_{table}_changelist")
    filters = [f"{name}__exact" for name in admin.site._registry[model].list_filter]
    for name in ["q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", *filters]:
        for odd in SOME.values():
            assert client.get(f"{url}?{name}={odd}").status_code < 500, (name, odd[:40])
    for name in ("pk__in", "sort_key__gte", "name_th__regex", "by__password__startswith", "person__user__password"):
        assert client.get(f"{url}?{name}=[").status_code == 400, name
