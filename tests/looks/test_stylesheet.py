"""The stylesheet: one file made of seven, raw values in one place, and colours that can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static/css"
SOURCES = ["tokens", "base", "layout", "components", "pages", "utilities", "print"]
COMMAND = "cat static/css/{tokens,base,layout,components,pages,utilities,print}.css > static/css/main.css"
SOFT_PAIRS = ["info", "success", "warning", "danger"]
STATES = ["none", "draft", "submitted", "returned", "approved", "accepted"]
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "heading", "link") for ground in ("ground", "surface", "surface-2")],
    *[(f"{state}-ink", f"{state}-soft") for state in STATES],
    *[(kind, f"{kind}-soft") for kind in SOFT_PAIRS],
    *[(ink, f"{kind}-soft") for ink in ("ink", "link") for kind in SOFT_PAIRS],
    *[("tile-ink", f"zone-{number}") for number in range(1, 6)],
    ("action-ink", "action"),
    ("action-ink", "action-strong"),
    ("link", "action-soft"),
    ("heading", "gold-soft"),
    ("danger", "surface"),
    ("danger", "ground"),
]
CONTROL_PAIRS = [
    *[(line, ground) for line in ("line-strong", "action", "focus") for ground in ("ground", "surface")],
    *[("tile-border", f"zone-{number}") for number in range(1, 6)],
    *[("action", f"zone-{number}") for number in range(1, 6)],
]


def _tokens(text):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", text))


def _themes():
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, rest = text.split("@media screen and (prefers-color-scheme: dark)")
    dark, paper = rest.split("@media print")
    plain = _tokens(light)
    return {"light": plain, "dark": plain | _tokens(dark), "paper": plain | _tokens(paper)}


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_main_is_the_seven_sources_put_together():
    joined = "".join((CSS / f"{name}.css").read_text(encoding="utf-8") for name in SOURCES)
    assert (CSS / "main.css").read_text(encoding="utf-8") == joined, f"run: {COMMAND}"


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_can_be_read(theme, pair):
    tokens = _themes()[theme]
    assert contrast(tokens[pair[0]], tokens[pair[1]]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
@pytest.mark.parametrize("pair", CONTROL_PAIRS, ids="-on-".join)
def test_controls_can_be_seen(theme, pair):
    tokens = _themes()[theme]
    assert contrast(tokens[pair[0]], tokens[pair[1]]) >= 3


@pytest.mark.parametrize("name", SOURCES[1:])
def test_raw_values_stand_in_tokens_only(name):
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", (CSS / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    raw = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b\d*\.?\d+(?:px|rem|em|pt|mm|ch|ms|s)\b|rgb\(|hsl\(", text)
    assert raw == []


@pytest.mark.parametrize("name", SOURCES)
def test_no_importance_no_broken_words_and_every_token_exists(name):
    text = (CSS / f"{name}.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", (CSS / "main.css").read_text(encoding="utf-8")))
    assert "!important" not in text and "break-all" not in text and "url(" not in text
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= known
