"""What every request passes through, beyond the packages' own."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]

# Brotli at this quality is smaller than gzip and takes a fifth of its time.
_QUALITY = 2
_WORTH_IT = 200
_MOST_PADDING = 100


def brotli_pages(get_response: GetResponse) -> GetResponse:
    """Pages as brotli for browsers that take it; gzip, outside of this, serves the others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < _WORTH_IT or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _takes_brotli(request.headers.get("Accept-Encoding", "")):
            response.content = _compressed(response.content)
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


def _takes_brotli(accepted: str) -> bool:
    """Whether `br` is among what a browser accepts; named with a weight, it is left to gzip."""
    return "br" in (one.strip() for one in accepted.split(","))


def _compressed(page: bytes) -> bytes:
    """One brotli stream with a block of random length that readers skip, so that sizes tell nothing (BREACH)."""
    stream = brotli.Compressor(quality=_QUALITY)
    length = 1 + secrets.randbelow(_MOST_PADDING)
    # RFC 7932, 9.2: not the last block, of metadata, its length less one in one byte; then whole bytes.
    head = (0b010110 | (length - 1) << 6).to_bytes(2, "little")
    return stream.process(page) + stream.flush() + head + secrets.token_bytes(length) + stream.finish()


def readable_cookies(get_response: GetResponse) -> GetResponse:
    """A cookie with characters nobody can read (NUL, controls) is no cookie: databases refuse to look for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return get_response(request)

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """No copy of a signed-in page is kept anywhere, and no page may use the device's sensors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        user = getattr(request, "user", None)
        # After an error the database may be out of reach: nobody is asked who it was.
        if response.status_code >= 500 or (user is not None and user.is_authenticated):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def language_by_switch(get_response: GetResponse) -> GetResponse:
    """Thai unless the person switched: a phone set to English is no wish to read English here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware
