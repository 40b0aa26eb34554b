"""The open data: the page that explains it, lists of a kind, and one record."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nakhon_network.open_data.answers import BAD, NOT_THERE, Unanswerable, answering
from nakhon_network.open_data.kind import Kind
from nakhon_network.open_data.kinds import KINDS
from nakhon_network.open_data.paging import (
    MOST,
    USUAL,
    Position,
    cursor_of,
    position_of,
    read_one,
    read_page,
    survivor_of,
)
from nakhon_network.open_data.writing import CSV, JSON, as_csv, as_json, licence
from organizations import access

_ENOUGH_DIGITS = 5


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """For people: which kinds there are, under which licence, how to page, and how to get a token."""
    province = settings.HOME_PROVINCE
    context = {
        "kinds": list(KINDS.values()),
        "licence": licence(),
        "most": MOST,
        "example": request.build_absolute_uri(reverse("open_data_list", args=["areas", "json"])) + "?limit=2",
        "tokens_url": reverse("read_token_list", args=[province]) if access.of(request.user).is_staff else "",
    }
    return render(request, "nakhon_network/open_data.html", context)


@answering
def open_data_list(request: HttpRequest, *, reader: Any, kind: str, suffix: str) -> HttpResponse:
    """One page of a kind, as JSON or CSV; the next one is named in the `Link` header, in JSON in the body too."""
    wanted = _kind(kind)
    if suffix not in ("json", "csv"):
        raise Unanswerable(NOT_THERE, "unknown_format", _("There is JSON and CSV: end the address with .json or .csv."))
    limit, after = _limit(request), _after(request, wanted)
    part = read_page(wanted, reader=reader, after=after, limit=limit)
    cursor = cursor_of(wanted, part.onward) if part.onward else None
    onward = _address(request, cursor=cursor, limit=limit) if cursor else None
    if suffix == "csv":
        response = HttpResponse(as_csv(wanted, part.records), content_type=CSV)
        response.headers["Content-Disposition"] = f'attachment; filename="{wanted.name}.csv"'
    else:
        body = {"licence": licence(), "items": part.records, "next_cursor": cursor, "next_url": onward}
        response = HttpResponse(as_json(body), content_type=JSON)
    if onward:
        response.headers["Link"] = f'<{onward}>; rel="next"'
    return response


@answering
def open_data_one(request: HttpRequest, *, reader: Any, kind: str, key: str) -> HttpResponse:
    """One record by its id; the id of one that was merged leads to the record that stays."""
    wanted = _kind(kind)
    record = read_one(wanted, key, reader=reader)
    if record is None and (onward := survivor_of(wanted, key, reader=reader)):
        return HttpResponsePermanentRedirect(reverse("open_data_one", args=[kind, onward]))
    if record is None:
        raise Unanswerable(
            NOT_THERE, "unknown_id", _("There is nothing with this id that may be read here. Look it up in the list.")
        )
    return HttpResponse(as_json(record), content_type=JSON)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Unanswerable(NOT_THERE, "unknown_kind", _("There is no such kind of data. /api/v1/ lists them all."))
    return KINDS[name]


def _limit(request: HttpRequest) -> int:
    typed = request.GET.get("limit", str(USUAL)).strip()
    if typed.isdecimal() and len(typed) <= _ENOUGH_DIGITS and 1 <= int(typed) <= MOST:
        return int(typed)
    raise Unanswerable(BAD, "bad_limit", _("“limit” is a whole number from 1 to 200."))


def _after(request: HttpRequest, kind: Kind) -> Position | None:
    cursor = request.GET.get("cursor", "")
    position = position_of(kind, cursor) if cursor else None
    if cursor and position is None:
        raise Unanswerable(
            BAD,
            "unknown_cursor",
            _("This cursor is not known. Take it unchanged from the page before, or begin again without one."),
        )
    return position


def _address(request: HttpRequest, **query: Any) -> str:
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
