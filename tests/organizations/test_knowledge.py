"""ผู้รู้: who says what a person knows, who reads it, who is found; and the list of themes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from nakhon_network import erasing
from organizations.actions.knowledge import save_knowledge, save_theme
from organizations.actions.people import merge_people
from organizations.models import AuditEntry, Knowledge, Theme
from organizations.problems import Refused
from tests.factories import appoint, make_person, make_post

NOTE = "ทำปุ๋ยหมักไม่กลับกอง"


@pytest.fixture
def themes(db) -> SimpleNamespace:
    """Two themes."""
    farming = Theme.objects.create(code="farming", name_th="เกษตร", name_en="Farming", order=1)
    bees = Theme.objects.create(code="bees", name_th="ผึ้ง", name_en="Bees", order=2)
    return SimpleNamespace(farming=farming, bees=bees)


def found(client, query: str = "") -> set[int]:
    response = client.get(f"{reverse('expert_list')}?{query}")
    return {person.pk for person in response.context["page_obj"]}


# ---- what a person knows ----
def test_what_is_ticked_becomes_all_that_the_person_knows(cast, themes, sign_in):
    person = cast.tambon.person
    save_knowledge(person, known={themes.bees: ""}, by=None)
    answer = {"knows-farming": "on", "text-farming": NOTE}
    assert sign_in(cast.tambon).post(reverse("knowledge_edit", args=[person.pk]), answer).status_code == 302
    assert list(person.knowledge.values_list("theme", "text")) == [("farming", NOTE)]


def test_the_history_tells_what_was_known_before_and_after(cast, themes):
    person = cast.tambon.person
    save_knowledge(person, known={themes.bees: "", themes.farming: NOTE}, by=cast.zone3)
    save_knowledge(person, known={themes.bees: "", themes.farming: NOTE}, by=cast.zone3)
    entry = AuditEntry.objects.about(person).get()
    assert (entry.verb, entry.by) == ("change", cast.zone3)
    assert entry.changes == {"knowledge": [None, f"เกษตร ({NOTE}) · ผึ้ง"]}


def test_words_without_a_tick_are_asked_about_and_kept_in_the_box(cast, themes, sign_in):
    url = reverse("knowledge_edit", args=[cast.tambon.person.pk])
    response = sign_in(cast.tambon).post(url, {"text-bees": NOTE})
    assert response.status_code == 422
    assert NOTE in response.content.decode()
    assert not Knowledge.objects.exists()


def test_taking_the_tick_away_takes_the_words_along(cast, themes, sign_in):
    person = cast.tambon.person
    save_knowledge(person, known={themes.bees: NOTE}, by=None)
    url = reverse("knowledge_edit", args=[person.pk])
    assert sign_in(cast.tambon).post(url, {"text-bees": NOTE}).status_code == 302
    assert not Knowledge.objects.exists()


def test_more_than_300_characters_are_refused(cast, themes, sign_in):
    url = reverse("knowledge_edit", args=[cast.tambon.person.pk])
    answer = {"knows-bees": "on", "text-bees": "ก" * 301}
    assert sign_in(cast.tambon).post(url, answer).status_code == 422


def test_a_merged_record_learns_nothing_more(cast, themes):
    gone = make_person("คนเดียวกัน")
    merge_people(gone, into=cast.tambon.person, reason="คนเดียวกัน", by=cast.staff)
    with pytest.raises(Refused):
        save_knowledge(gone, known={themes.bees: ""}, by=cast.staff)


# ---- who reads it ----
def test_the_themes_are_read_by_whoever_sees_the_person_and_the_words_by_who_looks_after_them(cast, themes, sign_in):
    save_knowledge(cast.zone3.person, known={themes.bees: NOTE}, by=None)
    url, reads = cast.zone3.person.get_absolute_url(), {}
    for name in ("member", "tambon", "zone3", "staff"):
        text = sign_in(getattr(cast, name)).get(url).content.decode()
        reads[name] = ("ผึ้ง" in text, NOTE in text)
    assert reads == {"member": (True, False), "tambon": (True, False), "zone3": (True, True), "staff": (True, True)}


def test_only_who_sees_a_person_finds_them(cast, themes, sign_in):
    save_knowledge(cast.tambon.person, known={themes.bees: ""}, by=None)
    finds = {name for name in ("member", "tambon", "tambon2", "district", "zone2", "zone3", "staff")
             if found(sign_in(getattr(cast, name)))}  # fmt: skip
    assert finds == {"tambon", "district", "zone3", "staff"}


def test_the_list_of_who_knows_tells_no_contact_and_no_words(cast, themes, sign_in):
    save_knowledge(cast.tambon.person, known={themes.bees: NOTE}, by=None)
    contact = cast.tambon.person.contacts.get()
    text = sign_in(cast.staff).get(reverse("expert_list")).content.decode()
    assert cast.tambon.person.name in text
    assert contact.value not in text
    assert NOTE not in text


def test_an_erasure_takes_what_is_known_out_of_the_tables_and_the_history(cast, themes):
    person = cast.tambon.person
    save_knowledge(person, known={themes.bees: NOTE}, by=cast.zone3)
    erasing.erase(person, reason="ขอเอง", by=cast.staff, now=timezone.now())
    assert not Knowledge.objects.exists()
    assert not [entry for entry in AuditEntry.objects.all() if NOTE in str(entry.changes)]


# ---- who is found ----
def test_people_are_found_by_theme_and_by_the_area_of_their_posts(cast, places, themes, sign_in):
    here, there = cast.tambon.person, cast.tambon2.person
    save_knowledge(here, known={themes.bees: "", themes.farming: ""}, by=None)
    save_knowledge(there, known={themes.farming: ""}, by=None)
    client = sign_in(cast.staff)
    assert found(client) == found(client, "theme=farming") == found(client, "area=odd") == {here.pk, there.pk}
    assert found(client, "theme=bees") == {here.pk}
    assert found(client, f"area=zone:{places.zone3.pk}") == found(client, "area=district:8012") == {here.pk}
    assert found(client, f"theme=bees&area=zone:{places.zone2.pk}") == set()


def test_the_list_asks_no_more_with_many(cast, places, themes, sign_in, django_assert_max_num_queries):
    for number in range(60):
        person = make_person(f"คนที่{number}")
        appoint(person, make_post("tambon-coordinator", places.tambons["801217"]))
        save_knowledge(person, known={themes.bees: "", themes.farming: ""}, by=None)
    client = sign_in(cast.staff)
    with django_assert_max_num_queries(15):
        assert len(found(client, "theme=bees&area=district:8012")) == 50


# ---- the list of themes ----
def test_a_theme_is_added_once_and_its_words_are_tidied(cast, themes, sign_in):
    answer = {"code": "sea", "name_th": "ทะเล", "name_en": "Sea", "words": " ปู \n\nปู\nปลา", "order": "3"}
    client = sign_in(cast.staff)
    assert client.post(reverse("theme_add"), answer).status_code == 302
    assert Theme.objects.get(pk="sea").words == "ปู\nปลา"
    assert client.post(reverse("theme_add"), answer).status_code == 422
    assert client.post(reverse("theme_add"), answer | {"code": "sea2"}).status_code == 422


def test_a_code_taken_meanwhile_is_refused_and_nothing_is_written_over(themes):
    with pytest.raises(Refused):
        save_theme(Theme(code="bees", name_th="อื่น", name_en="Other"), is_new=True, by=None)
    assert Theme.objects.get(pk="bees").name_th == "ผึ้ง"


def test_a_changed_theme_leaves_a_trail(cast, themes, sign_in):
    answer = {"name_th": "ผึ้งและชันโรง", "name_en": "Bees", "words": "", "order": "2", "code": "other"}
    assert sign_in(cast.staff).post(reverse("theme_edit", args=["bees"]), answer).status_code == 302
    entry = AuditEntry.objects.about(themes.bees).get()
    assert entry.changes == {"name_th": ["ผึ้ง", "ผึ้งและชันโรง"]}
    assert Theme.objects.filter(pk="bees").exists()
