"""Pages for what went wrong, in Thai, each saying what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
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


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request itself cannot be read: too many fields, too long, or not text."""
    return render(request, "400.html", status=400)
