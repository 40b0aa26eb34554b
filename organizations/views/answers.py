"""What every view of this app does the same way: refuse, ask again, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from organizations.problems import Refused

UNPROCESSABLE = 422


def require(allowed: bool) -> None:
    """Answer 403 unless `allowed`: the person may look but not do this."""
    if not allowed:
        raise PermissionDenied


def page(request: HttpRequest, template: str, context: dict[str, Any], *, form: BaseForm | None = None) -> HttpResponse:
    """Draw a page; with a bound form that has errors the status is 422 and everything typed is still there."""
    invalid = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=UNPROCESSABLE if invalid else 200)


def done(request: HttpRequest, sentence: str, to: Any) -> HttpResponseRedirect:
    """Say what happened and go on to a page."""
    messages.success(request, sentence)
    return redirect(to)


def refused(request: HttpRequest, why: Refused, to: Any) -> HttpResponseRedirect:
    """Say why it was not done and go back to a page."""
    messages.error(request, why.sentence)
    return redirect(to)


def safe_next(request: HttpRequest, default: str) -> str:
    """The only reader of `next`: an address of this site, or `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default


def file_answer(opened: Callable[[], File[Any]], **options: Any) -> FileResponse:
    """A file that is kept; 404 when it is not where it should be any more."""
    try:
        return FileResponse(opened(), **options)
    except FileNotFoundError:
        raise Http404 from None
