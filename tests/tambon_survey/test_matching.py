"""The rules of matching: what must hold, what orders, and what is said as a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tambon_survey.matching import Candidate, Place, Seeker, Theme, fitting, nearness, suggest

FINANCE = Theme("finance", "การเงินชุมชน", (("ออมทรัพย์", "ออมทรัพย์"), ("สัจจะ", "สัจจะ")))
SEA = Theme("sea", "ทะเลและชายฝั่ง", (("ปะการัง", "ปะการัง"),))
THEMES = {one.code: one for one in (FINANCE, SEA)}
PROVINCE = Place((("province", "80"),))
ZONE = Place((("province", "80"), ("zone", "3")))
DISTRICT = Place((("province", "80"), ("zone", "3"), ("district", "8012")))
TAMBON = Place((*DISTRICT.keys, ("tambon", "801217")), point=(8.35, 100.20))
NEAR = Place((*DISTRICT.keys, ("tambon", "801201")), point=(8.36, 100.21))
FAR = Place((*DISTRICT.keys, ("tambon", "801205")), point=(8.60, 100.40))
ELSEWHERE = Place((("province", "84"),))
SAVING = Seeker("a", frozenset({"funding"}), text="กลุ่มออมทรัพย์บ้านเรา", place=TAMBON)
MONEY = Candidate("offer", "funding", place=PROVINCE)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def keys(seeker, *candidates) -> list[str]:
    return [one.candidate.key for one in suggest(seeker, candidates, themes=THEMES)]


def reasons(seeker, candidate) -> str:
    return " · ".join(suggest(seeker, [candidate], themes=THEMES)[0].reasons)


# ---- what must hold ----
def test_only_the_kind_of_help_that_is_looked_for():
    assert keys(SAVING, replace(MONEY, kind="market")) == []


def test_an_offer_for_another_theme_does_not_fit():
    assert keys(SAVING, replace(MONEY, themes=frozenset({"sea"}))) == []


def test_where_no_theme_can_be_read_an_offer_for_some_theme_is_shown_and_says_so():
    unread = replace(SAVING, text="ทำด้วยกัน")
    assert "no theme could be read" in reasons(unread, replace(MONEY, themes=frozenset({"sea"})))


def test_a_theme_that_somebody_chose_needs_no_word():
    chosen = replace(SAVING, text="", themes=frozenset({"sea"}))
    assert "as is looked for" in reasons(chosen, replace(MONEY, themes=frozenset({"sea"})))


def test_an_unknown_theme_is_no_mistake():
    gone = replace(SAVING, themes=frozenset({"gone"}))
    assert keys(gone, MONEY) == ["offer"]


# ---- what orders ----
def test_a_shared_theme_comes_before_an_offer_for_any():
    shared = replace(MONEY, key="shared", themes=frozenset({"finance"}))
    assert keys(SAVING, MONEY, shared) == ["shared", "offer"]


def test_a_written_offer_comes_before_a_body_of_the_kind():
    near = replace(MONEY, key="body", is_written=False, place=TAMBON, themes=frozenset({"finance"}))
    assert keys(SAVING, near, MONEY) == ["offer", "body"]


def test_the_nearer_comes_first():
    places = {"elsewhere": ELSEWHERE, "province": PROVINCE, "zone": ZONE, "district": DISTRICT, "own": TAMBON}
    candidates = [replace(MONEY, key=key, place=place) for key, place in places.items()]
    assert keys(SAVING, *candidates) == ["own", "district", "zone", "province", "elsewhere"]


def test_whose_area_contains_the_tambon_comes_before_a_neighbour():
    assert keys(SAVING, replace(MONEY, key="b", place=NEAR), replace(MONEY, key="c", place=DISTRICT)) == ["c", "b"]


def test_of_neighbours_the_fewer_kilometres_come_first():
    assert keys(SAVING, replace(MONEY, key="a", place=FAR), replace(MONEY, key="b", place=NEAR)) == ["b", "a"]


def test_who_supports_the_tambon_comes_before_a_stranger_of_the_same_area():
    friend = replace(MONEY, key="z", is_supporter=True)
    assert keys(SAVING, MONEY, friend) == ["z", "offer"]


def test_of_two_alike_what_closes_first_comes_first():
    soon, later = replace(MONEY, key="z", until=date(2027, 1, 31)), replace(MONEY, key="a", until=date(2027, 6, 30))
    assert keys(SAVING, MONEY, later, soon) == ["z", "a", "offer"]


def test_a_body_whose_area_is_not_known_comes_before_one_of_elsewhere():
    assert keys(SAVING, replace(MONEY, key="a", place=ELSEWHERE), replace(MONEY, key="b", place=None)) == ["b", "a"]


# ---- what is said ----
def test_every_reason_is_said_in_words():
    offer = replace(MONEY, themes=frozenset({"finance"}), place=ZONE, until=date(2027, 1, 31), is_supporter=True)
    said = reasons(SAVING, offer)
    assert said == (
        "gives money · works on การเงินชุมชน, for the text says “ออมทรัพย์” · works for the whole zone"
        " · supports this tambon already · open until 31 Jan 2027"
    )


def test_the_day_is_in_the_buddhist_year_on_a_thai_page():
    with translation.override("th"):
        assert "31 ม.ค. 2570" in reasons(SAVING, replace(MONEY, until=date(2027, 1, 31)))


def test_a_neighbour_is_said_to_be_so_many_kilometres_away():
    assert "in the same district, about 2 km away" in reasons(SAVING, replace(MONEY, place=NEAR))


def test_of_a_body_without_an_offer_it_is_said_that_nothing_is_written():
    said = reasons(SAVING, replace(MONEY, is_written=False))
    assert "no offer is written down" in said and "themes are not known" in said and "open" not in said


def test_an_unknown_place_is_not_spoken_of():
    assert reasons(SAVING, replace(MONEY, place=None)) == "gives money · for any theme · open without an end"


# ---- the other way, and what holds for all ----
def test_the_other_way_finds_what_fits_an_offer_nearest_first():
    seekers = [replace(SAVING, key=key, place=place) for key, place in (("far", FAR), ("near", NEAR))]
    seekers.append(replace(SAVING, key="market", kinds=frozenset({"market"})))
    found = fitting(replace(MONEY, place=TAMBON), seekers, themes=THEMES)
    assert [one.seeker.key for one in found] == ["near", "far"]


PLACES = st.sampled_from([None, PROVINCE, ZONE, DISTRICT, TAMBON, NEAR, FAR, ELSEWHERE])


@given(st.lists(st.tuples(PLACES, st.booleans(), st.booleans()), max_size=8))
def test_every_suggestion_has_a_reason_and_a_place_of_its_own(drawn):
    candidates = [
        Candidate(str(at), "funding", place=place, is_written=written, is_supporter=friend)
        for at, (place, written, friend) in enumerate(drawn)
    ]
    found = suggest(SAVING, candidates, themes=THEMES)
    assert len(found) == len(drawn) and all(one.reasons for one in found)
    assert len({one.rank for one in found}) == len(found)


@given(PLACES, PLACES)
def test_two_places_are_as_near_from_either_side(one, other):
    assert nearness(one, other).rank == nearness(other, one).rank
