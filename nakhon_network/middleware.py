"""What every request passes through, beyond the packages' own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


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
