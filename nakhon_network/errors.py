"""Pages for what went wrong, in Thai, each saying what to do next."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; `reason` is Django's, for the log only."""
    return HttpResponseForbidden(render_to_string("csrf_failure.html", request=request))


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer. The page is drawn without touching it."""
    wants_page = "html" in request.headers.get("Accept", "html")
    content = str(render_to_string("503.html")) if wants_page else "unavailable"
    return HttpResponse(content, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody caught, in a view or in whichever middleware: 503 without the database, 500 for our own mistakes.

    Django turns an exception into a response at the middleware that let it through, so no outer one sees it; here, in
    the handler of its `except`, it is still known.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return service_unavailable(request)
    return HttpResponseServerError(render_to_string("500.html"))


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request itself cannot be read: too many fields, too long, or not text."""
    return render(request, "400.html", status=400)
