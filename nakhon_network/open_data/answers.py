"""What every answer of the open data has in common: who asks, how often, what is said when it cannot be answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nakhon_network.open_data.writing import JSON, as_json, in_both
from organizations.access import MemberReader
from organizations.models import ReadToken

BAD, UNKNOWN, NOT_THERE, TOO_MANY = 400, 401, 404, 429
# The limits count minutes: after one there is room again.
RETRY_AFTER_SECONDS = 60
_COUNTED_IN = "nakhon_network"


class Unanswerable(Exception):
    """A request that gets no data, with the sentence that says why and what to do."""

    def __init__(self, status: int, code: str, sentence: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.sentence = status, code, sentence


View = Callable[..., HttpResponse]


def answering(view: View) -> View:
    """A view of open data: gets the `reader` instead of the signed-in user, who makes no difference here."""

    @wraps(view)
    def answered(request: HttpRequest, **named: str) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                response = view(request, reader=_reader(request), **named)
            except Unanswerable as why:
                response = _problem(why)
        return _dressed(response, is_public="Authorization" not in request.headers)

    return login_not_required(require_safe(answered))


def _reader(request: HttpRequest) -> Any:
    """A visitor, or with the token of a program whoever reads what every member reads."""
    shown = request.headers.get("Authorization")
    token = None
    if shown is not None:
        kind, _space, secret = shown.partition(" ")
        found = ReadToken.objects.opening(secret.strip()) if kind.lower() == "bearer" else ReadToken.objects.none()
        token = found.first()
    _count(request, token)
    if shown is None:
        return AnonymousUser()
    if token is None:
        raise Unanswerable(
            UNKNOWN,
            "unknown_token",
            _("This token is not known or was revoked. Ask the network for a new one, or leave the header out."),
        )
    if token.is_over(timezone.localdate()):
        raise Unanswerable(
            UNKNOWN,
            "expired_token",
            _("The last day of this token is over. Ask the network to renew it, or leave the header out."),
        )
    found.note_use(timezone.now())
    return MemberReader(token.province_id)


def _count(request: HttpRequest, token: ReadToken | None) -> None:
    """Per token, else per address."""
    action, key = ("open_data_token", f"token {token.pk}") if token else ("open_data", None)
    rates = settings.OPEN_DATA_RATES
    if not ratelimit.consume(request, app=_COUNTED_IN, action=action, config=rates, key=key, limit_get=True):
        raise Unanswerable(TOO_MANY, "too_many_requests", _("Too many requests. Wait a minute, then go on."))


def _problem(why: Unanswerable) -> HttpResponse:
    told = {"code": why.code, "message": in_both(why.sentence, "th"), "message_en": in_both(why.sentence, "en")}
    response = HttpResponse(as_json({"error": told}), content_type=JSON, status=why.status)
    if why.status == TOO_MANY:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if why.status == UNKNOWN:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _dressed(response: HttpResponse, *, is_public: bool) -> HttpResponse:
    """Public data may be read from any page on the web; what a token opens is kept nowhere."""
    response.headers["Content-Language"] = settings.LANGUAGE_CODE
    patch_vary_headers(response, ("Authorization",))
    if is_public:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "Link, Retry-After"
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "private, no-store"
    return response
