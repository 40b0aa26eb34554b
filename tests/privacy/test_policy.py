"""The policy file is complete: every field that can hold words, files or days is said to be personal or not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from nakhon_network.not_personal import NOT_PERSONAL
from nakhon_network.privacy_policy import KEPT, personal

# Neither holds what a person writes: keys, numbers, yes and no, moments that say when a row was touched.
PLAIN = (
    models.AutoField, models.BooleanField, models.DateTimeField, models.DecimalField, models.FloatField,
    models.IntegerField, models.TimeField, models.UUIDField,
)  # fmt: skip
NEVER = {"national_id", "id_card", "birth_date", "birthday", "born_on", "religion", "health", "disease", "ethnicity"}
WHAT_TO_DO = """{names} of {model} stand nowhere in the policy file. Say what they are:
 · personal: add "{model}": "{names}" to the `fields` of the entry in nakhon_network/privacy_policy.py (KEPT) it belongs
   to, or write a new Kept(what, fields, purpose, basis, period, audience) there, and give its Thai words;
 · not personal: add "{model}": "{names}" to nakhon_network/not_personal.py.
If it may hold a telephone number, say in the app's `privacy.py` too how an erasure reaches it."""


def wordy(model: type[models.Model]) -> set[str]:
    """Names of the fields that may hold words, files or days."""
    fields = [one for one in model._meta.concrete_fields if not one.is_relation and not isinstance(one, PLAIN)]
    return {one.name for one in fields}


def every_table() -> dict[str, set[str]]:
    return {model._meta.label_lower: wordy(model) for model in apps.get_models(include_auto_created=True)}


def told() -> dict[str, set[str]]:
    found = personal()
    for model, names in NOT_PERSONAL.items():
        found[model] = found.get(model, set()) | set(names.split())
    return found


def test_every_field_is_personal_or_not():
    known = told()
    missing = {model: names - known.get(model, set()) for model, names in every_table().items()}
    assert [
        WHAT_TO_DO.format(model=model, names=" ".join(sorted(names))) for model, names in missing.items() if names
    ] == []


def test_no_field_is_both():
    both = {model: set(names.split()) & personal().get(model, set()) for model, names in NOT_PERSONAL.items()}
    assert {model: names for model, names in both.items() if names} == {}


def test_the_policy_names_only_what_is_there():
    tables = every_table()
    gone = {model: names - tables.get(model, set()) for model, names in told().items()}
    assert {model: names for model, names in gone.items() if names} == {}


def test_no_field_keeps_what_the_work_does_not_need():
    found = {f"{model}.{name}" for model, names in every_table().items() for name in names if name in NEVER}
    assert found == set()


def test_a_new_field_would_be_seen():
    class Meta:
        app_label = "organizations"
        managed = False

    field = {"__module__": __name__, "Meta": Meta, "shoe_size": models.CharField(max_length=9)}
    stranger = type("Stranger", (models.Model,), field)
    del apps.all_models["organizations"]["stranger"]
    assert wordy(stranger) == {"shoe_size"}
    assert "organizations.stranger" not in told()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_public_page_says_all_of_it(client, language):
    client.cookies["django_language"] = language
    page = client.get(reverse("privacy_page"))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("data-kept") == len(KEPT)


@pytest.mark.django_db
def test_every_page_leads_to_it(client):
    assert f'href="{reverse("privacy_page")}"' in client.get("/").content.decode()
