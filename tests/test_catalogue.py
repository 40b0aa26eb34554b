"""The Thai catalogues: complete, and kept by a tool that can be trusted."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, ngettext, override

from nakhon_network import catalogue

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one folder with a catalogue of its own."""
    (tmp_path / "app").mkdir()
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "SOURCES", ("app",))
    monkeypatch.setattr(catalogue, "OWN", tmp_path / "th/django.po")
    monkeypatch.setattr(catalogue, "PARTS", tmp_path / "th/parts")
    monkeypatch.setattr(catalogue, "PACKAGES", {})
    return tmp_path


def collected(root: Path) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in catalogue.entries(catalogue.extract([root])).values()}


def thai(source: str) -> object:
    return catalogue.entries(catalogue.read(catalogue.OWN))[None, source].string


def test_our_own_strings_are_all_in_thai():
    assert catalogue.problems() == []


def test_the_strings_of_installed_packages_are_all_in_thai():
    assert catalogue.package_problems() == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Passkey", "พาสคีย์"),
        ("Sign in with a passkey", "เข้าสู่ระบบด้วยพาสคีย์"),
        ("This field is required.", "กรุณากรอกช่องนี้"),
        ("Null characters are not allowed.", "ข้อความมีอักขระว่าง (null) ซึ่งใช้ไม่ได้ กรุณาพิมพ์ใหม่"),
    ],
)
def test_the_compiled_catalogue_is_what_people_read(source, text):
    with override("th"):
        assert gettext(source) == text


def test_time_since_speaks_thai():
    with override("th"):
        assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 วัน"


def test_strings_of_python_files_are_collected(small):
    code = (
        'a = _("One")\nb = gettext_lazy("Two " "halves")\nc = pgettext("short", "Three")\n'
        'd = ngettext_lazy("%(n)d row", "%(n)d rows", "n")\ne = npgettext("x", "cow", "cows", 2)\n'
    )
    (small / "app/code.py").write_text(code, encoding="utf-8")
    assert collected(small / "app") == {
        (None, "One"),
        (None, "Two halves"),
        ("short", "Three"),
        (None, ("%(n)d row", "%(n)d rows")),
        ("x", ("cow", "cows")),
    }


def test_strings_of_templates_are_collected(small):
    text = (
        '<div>\n    {% translate "One" %} ไทย\n  {% trans "May" context "month" %}\n'
        '{% include "x.html" with a=_("Two") %}\n'
        "    {% blocktranslate trimmed count n=rows %}\n      {{ n }} row\n    {% plural %}\n      {{ n }} rows\n"
        '    {% endblocktranslate %}\n{{ name|default:_("Three") }}</div>\n'
    )
    (small / "app/page.html").write_text(text, encoding="utf-8")
    assert collected(small / "app") == {
        (None, "One"),
        ("month", "May"),
        (None, "Two"),
        (None, ("%(n)s row", "%(n)s rows")),
        (None, "Three"),
    }


def test_fragments_are_folded_in_and_removed(small):
    (small / "app/code.py").write_text('_("One")\n', encoding="utf-8")
    catalogue.PARTS.mkdir(parents=True)
    (catalogue.PARTS / "one.po").write_text(PO + 'msgid "One"\nmsgstr "หนึ่ง"\n', encoding="utf-8")
    assert any("fragment" in line for line in catalogue.problems())
    catalogue.merge()
    assert thai("One") == "หนึ่ง"
    assert catalogue.problems() == []
    assert not catalogue.PARTS.exists()


def test_a_translation_survives_its_source_going_and_coming_back(small):
    code = small / "app/code.py"
    code.write_text('_("One")\n_("Two")\n', encoding="utf-8")
    catalogue.merge()
    catalogue.OWN.write_text(
        catalogue.OWN.read_text(encoding="utf-8").replace('msgstr ""', 'msgstr "ไทย"'), encoding="utf-8"
    )
    code.write_text('_("Two")\n', encoding="utf-8")
    catalogue.merge()
    assert catalogue.problems() == ["obsolete: 'One'"]
    code.write_text('_("One")\n_("Two")\n', encoding="utf-8")
    catalogue.merge()
    assert thai("One") == "ไทย"


def test_missing_fuzzy_and_unfit_entries_are_told(small):
    (small / "app/code.py").write_text('_("One")\n_("Two")\n_("%(n)s left")\n', encoding="utf-8")
    catalogue.OWN.parent.mkdir()
    text = '#, fuzzy\nmsgid "Two"\nmsgstr "สอง"\n\nmsgid "%(n)s left"\nmsgstr "เหลือ"\n'
    catalogue.OWN.write_text(PO + text, encoding="utf-8")
    assert sorted(catalogue.problems()) == ["fuzzy: 'Two'", "missing: 'One'", "placeholders differ: '%(n)s left'"]


def test_a_package_string_without_thai_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "PACKAGES", {"django": tmp_path / "django.po"})
    assert "missing: 'Null characters are not allowed.'" in catalogue.package_problems()


@pytest.mark.parametrize(
    ("source", "text", "unfit"),
    [
        ("%(n)s of %(m)s", "%(m)s มี %(n)s", False),
        ("%(n)s of %(m)s", "%(m)s", True),
        ("{name} left", "{nam} ออก", True),
        ("50% done", "เสร็จ 50%", False),
        ('See <a href="%(url)s">this</a>', 'ดู<a href="%(url)s">ที่นี่</a>', False),
        ('See <a href="%(url)s">this</a>', "ดู %(url)s", True),
        ("line\n", "บรรทัด", True),
    ],
)
def test_placeholders_tags_and_line_ends_must_match(source, text, unfit):
    assert catalogue.differs(source, text) is unfit


def test_a_catalogue_is_compiled_once(small):
    (small / "app/code.py").write_text('_("One")\n', encoding="utf-8")
    catalogue.merge()
    assert catalogue.compile_catalogues() == [small / "th/django.mo"]
    assert catalogue.compile_catalogues() == []


def test_the_check_command_fails_when_anything_is_missing(small):
    (small / "app/code.py").write_text('_("One")\n', encoding="utf-8")
    with pytest.raises(CommandError, match="1 problem"):
        call_command("catalogue", check=True)
