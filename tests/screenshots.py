"""Pictures of the main pages as each demo account: `python -m tests.screenshots [account …]`.

Makes the demo if need be, serves it on a free port and writes var/screenshots/<account>/<page>-<width>.png.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

os.environ["PROFILE"] = "demo"
os.environ["DJANGO_SETTINGS_MODULE"] = "nakhon_network.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in this thread

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser.chromium import SCREENS, launch_arguments  # noqa: E402
from tests.browser.pages import PAGES  # noqa: E402
from tests.postgres import free_port  # noqa: E402

WIDTHS = ("phone", "laptop")
ANYBODY = "anybody"


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The demo, running; yields its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(server, f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(server: subprocess.Popen[bytes], url: str, seconds: float = 120) -> None:
    """Return once the address answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(URLError, ConnectionError), urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise SystemExit("The demo did not start.")


def cookies(username: str, address: str) -> list[dict[str, Any]]:
    """A signed-in session of one demo account."""
    client = Client(HTTP_HOST=address.removeprefix("http://"))
    client.force_login(get_user_model().objects.get(username=username))
    return [{"name": one.key, "value": one.value, "url": address} for one in client.cookies.values()]


def photograph(browser: Browser, address: str, account: str, folder: Path) -> int:
    """Every page of one account on every screen; how many pictures."""
    pages = [(name, arguments) for name, arguments, who in PAGES if (who or ANYBODY) == account]
    for screen in WIDTHS:
        context = browser.new_context(base_url=address, **SCREENS[screen].context)
        if account != ANYBODY:
            context.add_cookies(cookies(account, address))  # type: ignore[arg-type]
        page = context.new_page()
        for name, arguments in pages:
            page.goto(reverse(name, args=arguments), wait_until="networkidle")
            file = "-".join([name, *arguments, str(SCREENS[screen].width)])
            page.screenshot(path=folder / account / f"{file}.png", full_page=True)
        context.close()
    return len(pages) * len(WIDTHS)


def main(wanted: list[str]) -> None:
    """Take the pictures of the accounts named, or of all."""
    folder = settings.VAR_DIR / "screenshots"
    accounts = list(dict.fromkeys(who or ANYBODY for _name, _arguments, who in PAGES))
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for account in wanted or accounts:
            print(f"{photograph(browser, address, account, folder):3}  {folder / account}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
