"""Roster rows as HTML: escaped in every box, the same with values and without."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.utils import translation

from tambon_survey import rows
from tambon_survey.answers import FIELDS, Row

EVIL = '"><script>alert(1)</script>&{{ x }}\ue000value.name\ue001'


class Reader(HTMLParser):
    """Collects tags and the values of boxes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag, and what a box holds."""
        self.tags.append(tag)
        self.values += [value or "" for name, value in attrs if name == "value"]


@pytest.mark.parametrize("topic", FIELDS)
def test_markup_in_any_box_stays_text(topic):
    drawn = rows.draw(topic, Row("k", {}), values=dict.fromkeys(FIELDS[topic], EVIL), errors={}, extra={})
    assert "script" not in Reader(drawn).tags and "<script" not in drawn
    assert EVIL in Reader(drawn).values


@pytest.mark.parametrize("topic", FIELDS)
def test_an_empty_row_has_the_tags_of_a_full_one(topic):
    full = rows.draw(topic, Row("k", {}), values={}, errors={}, extra={"known": ""})
    assert Reader(rows.blank(topic)).tags == Reader(full).tags
    assert "\ue000" not in full and 'name="k.' in full


def test_a_sentence_stands_beside_its_box_and_is_named_by_it():
    drawn = rows.draw("team", Row("k", {}), values={}, errors={"duty": "ยาว <b>เกิน</b>"}, extra={})
    assert 'aria-describedby="row-k-duty-error"' in drawn and "ยาว &lt;b&gt;เกิน&lt;/b&gt;" in drawn


def test_a_row_speaks_the_language_of_the_page():
    with translation.override("en"):
        english = rows.blank("team")
    assert "Remove row" in english and "นำรายการออก" in rows.blank("team")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("phone", "0812345678", "081-234-5678"),
        ("since", "2006", "พ.ศ. 2549"),
        ("since", "2006-12-25", "25 ธันวาคม 2549"),
        ("households", 0, "0"),
        ("households", None, ""),
        ("may_share", True, "on"),
        ("may_share", False, ""),
    ],
)
def test_a_cell_is_shown_as_people_type_it(name, value, shown):
    topic = next(topic for topic, fields in FIELDS.items() if name in fields)
    assert rows.shown(topic, name, value) == shown
