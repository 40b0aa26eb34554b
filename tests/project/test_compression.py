"""Pages travel compressed, and their size does not tell what is in them."""

from __future__ import annotations

import brotli
import pytest
from django.http import HttpResponse
from django.urls import reverse

from nakhon_network.middleware import brotli_pages


@pytest.fixture
def page(client, places):
    """A page as a browser gets it that accepts what is asked."""

    def asked(accepts: str):
        return client.get(reverse("home"), headers={"accept-encoding": accepts})

    return asked


def test_a_browser_that_takes_brotli_gets_brotli(page):
    answer = page("gzip, deflate, br, zstd")
    assert answer["Content-Encoding"] == "br" and int(answer["Content-Length"]) == len(answer.content)
    assert brotli.decompress(answer.content).decode().rstrip().endswith("</html>")


@pytest.mark.parametrize("accepts", ["gzip", "br;q=0, gzip"])
def test_another_gets_gzip(page, accepts):
    assert page(accepts)["Content-Encoding"] == "gzip"


def test_one_that_takes_neither_gets_it_plain(page):
    answer = page("")
    assert "Content-Encoding" not in answer and answer.content.startswith(b"<!DOCTYPE html>")


def test_a_page_is_cached_apart_by_what_the_browser_takes(page):
    assert all("Accept-Encoding" in page(accepts)["Vary"] for accepts in ("br", "gzip", ""))


def test_one_page_has_many_sizes(rf):
    same = brotli_pages(lambda _request: HttpResponse("ก" * 500))
    asked = rf.get("/", headers={"accept-encoding": "br"})
    assert len({len(same(asked).content) for _time in range(12)}) > 1
