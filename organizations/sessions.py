"""How long a session lasts when nobody touches it: phones are shared."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from organizations import access

_SEEN = "seen"
_REFRESH_SECONDS = 60


def idle_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session after 30 idle minutes for province staff, 8 idle hours for everyone else.

    The time of the last visit is written at most once a minute, so that reading pages does not write.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _judge(request)
        return get_response(request)

    return middleware


def _judge(request: HttpRequest) -> None:
    now = int(time.time())
    seen = request.session.get(_SEEN, now)
    limit = settings.SESSION_IDLE_SECONDS_STAFF if access.of(request.user).is_staff else settings.SESSION_IDLE_SECONDS
    if now - seen > limit:
        logout(request)
    elif _SEEN not in request.session or now - seen >= _REFRESH_SECONDS:
        request.session[_SEEN] = now
        request.session.set_expiry(settings.SESSION_IDLE_SECONDS)
