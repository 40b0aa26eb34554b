"""The shared components: drawn with nothing broken, without inline style or script, and usable by everyone."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from nakhon_network.style_samples import FilterForm, SampleForm, samples
from nakhon_network.tilegrid import Tile, build_grid

ROOT = Path(settings.BASE_DIR)
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
MODULES = sorted((ROOT / "static/js").glob("*.js"))
OWN_COMMENT = re.compile(r"(\{% load \w+ %\}\s*)?\{% comment %\}")


@pytest.fixture(scope="module")
def style_guide():
    with translation.override("th"):
        return render_to_string("style_guide.html", samples(), request=RequestFactory().get("/style/?zone=2&page=2"))


def draw(component, **context):
    return render_to_string(f"components/{component}.html", context)


def test_the_style_guide_is_drawn_without_inline_style_or_script(style_guide):
    assert " style=" not in style_guide and not re.search(r"\son\w+=", style_guide)
    assert not re.search(r"<script(?![^>]*\bsrc=)", style_guide)


def test_no_two_elements_of_the_style_guide_share_an_id(style_guide):
    ids = re.findall(r'\bid="([^"]+)"', style_guide)
    assert sorted(ids) == sorted(set(ids))


def test_turning_a_page_keeps_the_rest_of_the_address(style_guide):
    assert "?zone=2&amp;page=3" in style_guide


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_its_variables_first(path):
    assert OWN_COMMENT.match(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_pages_of_a_broken_site_need_no_context(name):
    page = render_to_string(name)
    assert 'lang="th"' in page and "<h1>" in page and 'lang="en"' in page


def test_an_optional_field_says_so_and_a_required_one_does_not():
    page = SampleForm().as_div()
    assert page.count("field__optional") == sum(not field.required for field in SampleForm.base_fields.values())
    assert "*" not in page


def test_a_search_form_does_not_call_its_fields_optional():
    assert "field__optional" not in str(FilterForm())


def test_help_and_errors_are_tied_to_their_field():
    page = str(SampleForm({"phone": "081"}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page and 'id="id_name_error"' in page


def test_every_link_of_the_error_summary_leads_to_an_element():
    form = SampleForm({"phone": "081"})
    targets = re.findall(r'href="#([^"]+)"', draw("error_summary", form=form))
    assert len(targets) == len(form.errors)
    assert set(targets) <= set(re.findall(r'\bid="([^"]+)"', str(form)))


def test_help_text_is_escaped():
    class Help(forms.Form):
        name = forms.CharField(help_text="<b>")

    assert "&lt;b&gt;" in str(Help())


def test_a_post_without_holder_says_vacant():
    with translation.override("th"):
        assert "ว่าง" in draw("person_chip", name="", post="ตัวแทนโซน 3")


def test_zero_is_a_fact_and_nothing_is_not_recorded():
    page = draw("definition_list", rows=[("สมาชิก", 0), ("ปีที่ก่อตั้ง", "")])
    assert "<dd>0</dd>" in page and page.count("muted") == 1


def test_a_grid_without_positions_draws_no_picture():
    page = draw("tile_grid", grid=build_grid([Tile(code="8001", name="สิชล")]), title="จังหวัด")
    assert "<svg" not in page and "สิชล" in page


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_small_and_imports_names_only(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"export\s.*\bfrom\b|import\(|innerHTML|\beval\b", text)
    imports = re.findall(r"^import .*$", text, flags=re.M)
    assert all(re.fullmatch(r'import \{ [\w, ]+ \} from "\./[\w-]+\.js";', line) for line in imports)
