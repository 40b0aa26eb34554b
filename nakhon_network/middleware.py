"""What every request passes through, beyond the packages' own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nakhon_network.errors import service_unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]


class outage:  # noqa: N801  (read as a word in MIDDLEWARE, like a function)
    """Answers 503 with Retry-After while the database is out of reach, whichever view noticed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return service_unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Views' own exceptions do not reach `__call__`; they pass here first."""
        if isinstance(exception, OperationalError | InterfaceError):
            return service_unavailable(request)
        return None


def private_pages(get_response: GetResponse) -> Callable[[HttpRequest], HttpResponse]:
    """No copy of a signed-in page is kept anywhere, and no page may use the device's sensors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def language_by_switch(get_response: GetResponse) -> Callable[[HttpRequest], HttpResponse]:
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
