"""The house's habits, as far as a machine can see them."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise

from nakhon_network import version
from tests.browser.no_pages import NAMES_WITHOUT_PAGE
from tests.browser.pages import PAGES
from tests.tree import APPS, PACKAGES, ROOT, files, parsed, place, python_files, view_files

MODELS = [model for label in APPS for model in apps.get_app_config(label).get_models()]

# Moments nobody sets by hand, and why they need no `_by`.
MOMENTS_WITHOUT_ACTOR = {
    "Invitation.expires_at": "follows from the day it was made",
    "Round.opens_at": "a plan, entered with the round by its maker",
    "Round.closes_at": "a plan, entered with the round by its maker",
    "Notice.made_at": "made by the reminders, which nobody enters",
    "Notice.mailed_at": "the same",
    "Notice.read_at": "by the one person it is for",
    "CalendarFeed.created_at": "by the one person it is for",
    "ImportBatch.heard_at": "written by the process that works on the file",
    "ReadToken.last_used_at": "by the program it was made for",
    "Meeting.starts_at": "an hour of the day of the meeting",
    "Meeting.ends_at": "the same",
    "Meeting.written_at": "when the report in the source was written",
    "Meeting.edited_at": "the same",
}

# Models no page, form or sheet shows.
UNSEEN_MODELS = {"AuditSubject": "the index from a record to its history"}

# Names of addresses that draw no page of their own name, and why.
NAMES_WITHOUT_TEMPLATE = {
    "calendar_feed": "a file",
    "meeting_calendar": "a file",
    "calendar_renew": "a button on calendar_settings",
    "calendar_revoke": "the same",
    "open_data_list": "data for programs",
    "open_data_one": "the same",
    "read_token_renew": "a button on read_token_list",
    "read_token_revoke": "a button on read_token_list",
    "minutes_check": "a button on the page of the minutes",
    "minutes_circulate": "the same",
    "minutes_adopt": "the same",
    "minutes_correct": "the same",
    "minutes_docx": "a file",
    "minutes_pdf": "a file",
    "need_introduce": "drawn as introduction_add",
    "need_partners": "drawn as activity_partners",
    "introductions_file": "a file",
    "set_language": "Django's own switch; it only sends back",
    "socialaccount_login_error": "the sign-in package's page, opened to visitors",
    "healthz": "for machines",
    "readyz": "for machines",
    "consent_withdraw": "a button on the person's page",
    "invitation_revoke": "a button on the invitation's page",
    "zones_confirm": "a button on the zone editor",
    "agency_list": "an address of before",
    "agency_page": "the same",
    "organization_contact_confirm": "a button on the organization's page",
    "written_name_return": "a button in the list of names",
    "export_download": "the file of export_choose",
    "network_download": "the file of network_choose",
    "round_pivot_file": "the table of round_pivot as a file",
    "round_xlsform": "a file",
    "notice_open": "a button on the list of notices",
    "notices_read": "a button on the list of notices",
    "round_open": "a button on the page of a planned round",
    "submission_restore": "a button on submission_history",
    "submission_save": "where the sections of submission_entry are sent",
    "import_template": "a file",
    "organization_template": "a file",
    "import_confirm": "a button on import_page",
    "import_again": "the same",
    "import_undo": "the same",
    "activity_photo": "a picture",
    "activity_photo_remove": "a button on activity_photos",
    "agenda_apply": "a button on agenda_edit",
    "agenda_item_move": "the same",
    "agenda_item_remove": "the same",
    "attachment": "a file",
    "attachment_remove": "a button on attachments",
    "meeting_link_remove": "a button on meeting_links",
    "submission_approve": "a button on the reviewer's page",
    "submission_accept": "the same",
    "attendance_mark": "where the buttons of attendance_edit are sent",
    "attendance_arrange": "the same",
    "attendance_remove": "a button on attendance_line",
    "meeting_photo": "a picture",
    "meeting_photos_edit": "where the captions of meeting_photos are sent",
    "meeting_photo_remove": "a button on meeting_photos",
    "lesson_move": "a button on the page of a lesson",
    "lesson_remove": "the same",
    "story_photo": "a picture",
    "story_photos_edit": "where the captions of story_photos are sent",
    "story_photo_remove": "a button on story_photos",
    "story_remark": "drawn by comment_add, as what is said about a meeting",
    "activity_remark": "the same",
    "remark_answer": "drawn by question_answer, as a question about a meeting",
    "remark_settle": "drawn by question_settle, the same",
    "remark_remove": "drawn by comment_remove, the same",
    "goal_move": "a button on the page of a goal",
    "goal_remove": "the same",
    "my_data_file": "a file",
    "contact_confirm": "a button on recheck_list",
    "breach_report": "a button on breach_edit",
    "breach_close": "the same",
    "packet_pdf": "a file, of the same paper as packet_print",
    "submission_paper_pdf": "a file, of the same paper as submission_paper",
    "zone_paper": "a file, of many such papers",
}

TEMPLATE_SINS = {
    "safe": re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off"),
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(
        r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))[^>]*>|javascript:", re.IGNORECASE
    ),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "another host": re.compile(r"\b(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}


def sins(text: str) -> list[str]:
    """What is forbidden in a template's text."""
    return [name for name, pattern in TEMPLATE_SINS.items() if pattern.search(text)]


def calls(path: Path, names: set[str]) -> list[str]:
    """Calls of methods of the given names."""
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    named = [node for node in nodes if isinstance(node.func, ast.Attribute) and node.func.attr in names]
    return [f"{place(path, node.lineno)}: .{node.func.attr}(" for node in named if isinstance(node.func, ast.Attribute)]


def open_forms(path: Path) -> list[str]:
    """`Meta` classes that take every field, or all but some."""
    found = []
    for meta in (node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef) and node.name == "Meta"):
        for line in (node for node in meta.body if isinstance(node, ast.Assign)):
            names = {target.id for target in line.targets if isinstance(target, ast.Name)}
            every = isinstance(line.value, ast.Constant) and line.value.value == "__all__"
            if "exclude" in names or every:
                found.append(place(path, line.lineno))
    return found


def own_url_names(resolver: URLResolver) -> set[str]:
    """Names of the addresses whose view is ours, or which we name ourselves."""
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            where = str(getattr(pattern.urlconf_name, "__name__", pattern.urlconf_name))
            names |= own_url_names(pattern) if where.split(".")[0] in PACKAGES else set()
        elif isinstance(pattern, URLPattern) and pattern.name:
            names.add(pattern.name)
    return names


def test_views_ask_querysets_and_actions():
    assert [line for path in view_files() for line in calls(path, {"filter", "exclude", "save"})] == []


def test_templates_carry_no_unsafe_or_inline_parts():
    found = {place(path): sins(path.read_text(encoding="utf-8")) for path in files("templates", ".html")}
    assert {name: what for name, what in found.items() if what} == {}


def test_every_moment_has_its_actor():
    found = []
    for model in MODELS:
        names = {field.name for field in model._meta.fields}
        moments = {name for name in names if name.endswith("_at") and f"{name[:-3]}_by" not in names}
        found += [f"{model.__name__}.{name}" for name in sorted(moments)]
    assert [name for name in found if name not in MOMENTS_WITHOUT_ACTOR] == []


def untranslated(field: models.Field) -> bool:
    return not field.auto_created and field.editable and not isinstance(field.verbose_name, Promise)


def test_every_field_people_see_has_a_translated_name():
    fields = [field for model in MODELS for field in [*model._meta.fields, *model._meta.local_many_to_many]]
    ours = [field for field in fields if field.model in MODELS and field.model.__name__ not in UNSEEN_MODELS]
    assert [str(field) for field in ours if untranslated(field)] == []


def test_every_model_has_translated_names():
    """A plural of Django's own making is the singular with an `s`, in Thai too."""
    named = {model.__name__: (model._meta.verbose_name, model._meta.original_attrs) for model in MODELS}
    found = [
        name
        for name, (one, attrs) in named.items()
        if not isinstance(one, Promise) or "verbose_name_plural" not in attrs
    ]
    assert found == []


def test_every_command_is_in_the_docs():
    ours = [name for name, app in get_commands().items() if str(app).split(".")[0] in PACKAGES]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*files("docs", ".md"), *ROOT.glob("README.md")])
    assert [name for name in ours if name not in text] == []


def test_every_address_has_a_template_of_its_name():
    pages = {path.stem for path in files("templates", ".html")}
    names = own_url_names(get_resolver())
    assert sorted(names - pages - set(NAMES_WITHOUT_TEMPLATE)) == []


def test_every_name_without_template_is_still_an_address():
    assert set(NAMES_WITHOUT_TEMPLATE) - own_url_names(get_resolver()) == set()


def test_every_allowed_model_and_moment_still_exists():
    names = {model.__name__ for model in MODELS}
    moments = {f"{model.__name__}.{field.name}" for model in MODELS for field in model._meta.fields}
    assert set(UNSEEN_MODELS) <= names
    assert set(MOMENTS_WITHOUT_ACTOR) <= moments


def every_url_name(resolver: URLResolver) -> set[str]:
    """Names of all addresses outside the admin, those of packages too."""
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            names |= every_url_name(pattern) if pattern.namespace != "admin" else set()
        elif isinstance(pattern, URLPattern) and pattern.name:
            names.add(pattern.name)
    return names


def test_every_address_is_looked_at_in_the_browser():
    """An address without a page in `tests/browser/pages.py`, or a reason there why it has none, fails here."""
    looked_at = {page.name for page in PAGES}
    assert sorted(looked_at & set(NAMES_WITHOUT_PAGE)) == []
    assert every_url_name(get_resolver()) ^ (looked_at | set(NAMES_WITHOUT_PAGE)) == set()


def test_forms_name_their_fields():
    assert [line for path in python_files() for line in open_forms(path)] == []


@pytest.mark.django_db
def test_the_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_version_is_the_newest_of_the_changelog():
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first and first[1] == version.VERSION


def test_a_changelog_without_version_is_refused():
    with pytest.raises(ValueError, match="no heading"):
        version.read_version("# Changelog\n")


@pytest.mark.parametrize(
    ("text", "sin"),
    [
        ("{{ name|safe }}", "safe"),
        ('<p style="color: red">', "inline style"),
        ("<script>go()</script>", "inline script"),
        ('<a href="#" onclick="go()">', "event attribute"),
        ('<img src="//cdn.example/x.png">', "another host"),
    ],
)
def test_a_template_sin_is_seen(text, sin):
    assert sins(text) == [sin]


def test_an_innocent_template_passes():
    assert sins('<script type="module" src="{% static "js/main.js" %}"></script><p data-on="x">{{ safe }}</p>') == []


def test_an_open_form_and_a_filtering_view_are_seen(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text('class Meta:\n    fields = "__all__"\n\nrows.filter(a=1)\n', encoding="utf-8")
    assert open_forms(bad) == ["bad.py:2"]
    assert calls(bad, {"filter"}) == ["bad.py:4: .filter("]
