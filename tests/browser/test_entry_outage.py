"""The entry page while the server is gone, while the round closes, and on phones whose clock is wrong."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from organizations.models import Province, Tambon, User
from tambon_survey.models import Round, Save, Submission
from tests.browser.chromium import SCREENS
from tests.browser.conftest import QuietHandler, Server
from tests.browser.test_entry import SAVED, add, is_saved, state
from tests.factories import make_round, make_submission


class DyingServer(Server):
    """Drops open connections when it stops, as a server that is killed does."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.links: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection."""
        self.links.append(request)
        super().process_request(request, client_address)

    def die(self) -> None:
        """No connection goes on."""
        for link in self.links:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)


class Outage:
    """A server of its own that can be stopped and started again on the same port."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    def start(self) -> None:
        """Listen, on the port of before."""
        self.server = DyingServer(("127.0.0.1", self.port), QuietHandler)
        self.server.set_app(WSGIHandler())
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()
        self.server.die()
        self.thread.join()


@pytest.fixture
def outage(site: str) -> Iterator[Outage]:
    """The demo's database behind a second server."""
    found = Outage()
    yield found
    found.stop()


@pytest.fixture
def submission(site: str) -> Submission:
    """A tambon's empty form in a round that is open."""
    return make_submission(make_round(Province.objects.get(pk="80")), Tambon.objects.get(pk="800304"))


def open_form(browser, address: str, submission: Submission):
    """The form on a phone, signed in as the tambon's coordinator."""
    context = browser.new_context(base_url=address, **SCREENS["phone"].context)
    context.set_default_timeout(20_000)
    client = Client(HTTP_HOST=urlsplit(address).netloc)
    client.force_login(User.objects.get(username="tambon"))
    context.add_cookies([{"name": one.key, "value": one.value, "url": address} for one in client.cookies.values()])
    page = context.new_page()
    page.goto(reverse("submission_entry", args=[submission.pk]), wait_until="networkidle")
    return page


def test_a_server_that_stops_while_one_types_loses_and_doubles_nothing(browser, outage, submission):
    page = open_form(browser, f"http://127.0.0.1:{outage.port}", submission)
    add(page, "team", name="ก่อนดับ")
    is_saved(page)
    outage.stop()
    row = add(page, "team", name="ระหว่างดับ")
    expect(state(page)).to_have_text("อยู่ในเครื่องนี้ รอส่ง", timeout=15_000)
    row.locator("[data-cell=duty]").fill("ดูแลบัญชี")
    outage.start()
    is_saved_after_retry(page)
    assert sorted(one.name for one in submission.team.kept()) == ["ก่อนดับ", "ระหว่างดับ"]
    assert submission.team.get(name="ระหว่างดับ").duty == "ดูแลบัญชี"
    page.context.close()


def is_saved_after_retry(page) -> None:
    """The page tries again at most every half minute; coming back to it is enough to make it try at once."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state(page)).to_have_text(SAVED, timeout=40_000)
    expect(state(page)).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize("year", [2027, 2569])
def test_the_clock_of_the_phone_decides_nothing(browser, site, submission, year):
    page = open_form(browser, site, submission)
    page.clock.install(time=dt.datetime(year, 11, 24, 12, 0, tzinfo=dt.UTC))
    page.reload(wait_until="networkidle")
    add(page, "team", name="นาฬิกาเพี้ยน")
    page.clock.run_for(5000)
    page.wait_for_timeout(500)
    page.clock.run_for(5000)
    is_saved(page)
    assert submission.team.get().name == "นาฬิกาเพี้ยน"
    page.context.close()


def test_what_comes_after_closing_is_refused_in_words_and_stays_in_the_box(browser, site, submission):
    page = open_form(browser, site, submission)
    now = timezone.now()
    Round.objects.filter(pk=submission.round_id).update(on_time_by=now, closes_at=now)
    row = add(page, "team", name="สายไปแล้ว")
    expect(state(page)).to_contain_text("รอบสำรวจปิดแล้ว", timeout=15_000)
    expect(row.locator("[data-cell=name]")).to_have_value("สายไปแล้ว")
    assert not Save.objects.filter(submission=submission).exists()
    page.context.close()
