"""Drawings with marks in place of values."""

from __future__ import annotations

from django.template import engines

from nakhon_network.lib.marks import fill, mark, split


def drawing(source: str) -> list[str]:
    """A template's source, drawn with marks."""
    return split(engines["django"].from_string(source).render({"who": mark("who"), "what": mark("what")}))


def test_values_stand_where_the_template_put_them():
    assert fill(drawing("<p title='{{ what }}'>\n  {{ who }}</p>"), {"who": "ก", "what": "ข"}) == "<p title='ข'> ก</p>"


def test_what_has_no_value_is_empty():
    assert fill(drawing("[{{ who }}]"), {}) == "[]"


def test_a_value_that_looks_like_a_mark_is_a_value():
    assert fill(drawing("{{ who }}{{ what }}"), {"who": mark("what"), "what": "x"}) == mark("what") + "x"


def test_a_drawing_is_filled_many_times():
    pieces = drawing("{{ who }}!")
    assert [fill(pieces, {"who": one}) for one in "กข"] == ["ก!", "ข!"]
