"""The harness: the demo in a database of its own, the site as production serves it, and a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation
from playwright.sync_api import Browser

from meetings.demo import make_meetings_demo
from nakhon_network import settings as served_settings
from organizations.demo import make_demo
from organizations.models import Province
from tambon_survey.demo import make_survey_demo
from tambon_survey.demo_introductions import make_introductions_demo
from tambon_survey.demo_learning import make_learning_demo
from tests.browser.chromium import SCREENS, launch_arguments
from tests.browser.scenery import make_scenery, signed_in_cookies
from tests.browser.visit import Visit

PASSWORD = "only-for-the-browser-tests"


class QuietHandler(WSGIRequestHandler):
    """Answers without a line on the terminal for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadedWSGIServer):
    """Each request in a thread with a database connection of its own, as in production."""

    daemon_threads = True


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium."""
    return browser_type_launch_args | launch_arguments()


@pytest.fixture(scope="session")
def demo(
    django_db_modify_db_settings: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo's province, people and accounts in a test database, for the whole run.

    On SQLite it is a file, so that the server's threads have connections of their own. Tests here reach the database
    without pytest-django's `db`, whose open transaction would shut the server out.
    """
    kept = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")
    # Files in a folder: those in memory are forgotten when settings change, as they do for the site.
    files = override_settings(STORAGES=settings.STORAGES | kept, MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with files, django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        with translation.override("th"):
            make_demo(password=PASSWORD)
            province, now = Province.objects.get(pk="80"), timezone.now()
            make_meetings_demo(province, now=now)
            make_survey_demo(province, now=now)
            make_introductions_demo(province, today=timezone.localdate(now))
            make_learning_demo(province, now=now)
            make_scenery()
        yield
        connections.close_all()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def site(demo: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running site; its static files are hashed, compressed and served by whitenoise."""
    static: Path = tmp_path_factory.mktemp("static")
    storages = settings.STORAGES | {"staticfiles": served_settings.STORAGES["staticfiles"]}
    with override_settings(STORAGES=storages, STATIC_ROOT=static, ROOT_URLCONF="tests.browser.addresses"):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = Server(("127.0.0.1", 0), QuietHandler)
        server.set_app(WSGIHandler())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """`visit(who=…, screen=…)`: a fresh browser window, signed in as a demo account, not yet anywhere."""
    contexts = []

    def fresh(*, who: str | None = None, screen: str = "phone", **options: Any) -> Visit:
        context = browser.new_context(base_url=site, **SCREENS[screen].context, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        if who:
            context.add_cookies(signed_in_cookies(who, site))
        return Visit(context.new_page(), urlsplit(site).netloc)

    yield fresh
    for context in contexts:
        context.close()
