"""Pictures of every page as each demo account: `python -m tests.screenshots [account …]`.

Makes a demo of its own, serves it on a free port and writes var/screenshots/<account>/<page>-<width>.png.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

os.environ["PROFILE"] = "demo"
os.environ["DJANGO_SETTINGS_MODULE"] = "nakhon_network.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in this thread
ROOM = tempfile.TemporaryDirectory()
os.environ["VAR_DIR"] = ROOM.name

from nakhon_network.catalogue import compile_catalogues  # noqa: E402

compile_catalogues()

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser.chromium import SCREENS, launch_arguments  # noqa: E402
from tests.browser.pages import PAGES, Page  # noqa: E402
from tests.browser.scenery import keys, make_scenery, signed_in_cookies  # noqa: E402
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
        with contextlib.suppress(OSError), urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise SystemExit("The demo did not start.")


def photograph(browser: Browser, address: str, account: str, folder: Path) -> int:
    """Every page of one account on every screen; how many pictures."""
    pages = [page for page in PAGES if (page.who or ANYBODY) == account]
    for screen in WIDTHS:
        context = browser.new_context(base_url=address, **SCREENS[screen].context)
        if account != ANYBODY:
            context.add_cookies(signed_in_cookies(account, address))  # type: ignore[arg-type]
        window = context.new_page()
        for page in pages:
            url = reverse(page.name, args=keys(page.arguments))
            window.goto(f"{url}?{page.query}", wait_until="networkidle")
            window.screenshot(path=folder / account / file_name(page, SCREENS[screen].width), full_page=True)
        context.close()
    return len(pages) * len(WIDTHS)


def file_name(page: Page, width: int) -> str:
    """The page's address in a file's name."""
    parts = [page.name, *page.arguments, page.query, str(width)]
    return "-".join(part.replace("/", "").replace("@", "") for part in parts if part) + ".png"


def main(wanted: list[str]) -> None:
    """Take the pictures of the accounts named, or of all."""
    folder = settings.BASE_DIR / "var" / "screenshots"
    accounts = list(dict.fromkeys(page.who or ANYBODY for page in PAGES))
    with ROOM, served() as address, sync_playwright() as playwright:
        make_scenery()
        browser = playwright.chromium.launch(**launch_arguments())
        for account in wanted or accounts:
            print(f"{photograph(browser, address, account, folder):3}  {folder / account}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
