"""How long a session lasts when nobody touches it (phones are shared), and what a device is called."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from organizations import access

_SEEN = "seen"
_REFRESH_SECONDS = 60
# The first that a browser names about itself counts: Edge also says Chrome, and Chrome also says Safari.
_BROWSERS = (
    (" Line/", "LINE"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def idle_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session after 30 idle minutes for province staff, 8 idle hours for everyone else.

    The time of the last visit is written at most once a minute, so that reading pages does not write; row and cookie
    of the session are kept no longer than the limit.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _judge(request)
        response = get_response(request)
        if request.user.is_authenticated and _SEEN not in request.session:
            _touch(request, now=int(time.time()))  # signed in by this very request
        return response

    return middleware


def _judge(request: HttpRequest) -> None:
    now = int(time.time())
    seen = request.session.get(_SEEN, now)
    if now - seen > _limit(request):
        logout(request)
    elif now - seen >= _REFRESH_SECONDS:
        _touch(request, now=now)


def _limit(request: HttpRequest) -> int:
    is_staff = access.of(request.user).is_staff
    return settings.SESSION_IDLE_SECONDS_STAFF if is_staff else settings.SESSION_IDLE_SECONDS


def _touch(request: HttpRequest, *, now: int) -> None:
    request.session[_SEEN] = now
    request.session.set_expiry(_limit(request))


def device_name(user_agent: str) -> str:
    """ "Chrome, Android" for what a browser says of itself; "an unknown device" when it says nothing known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    device = next((name for mark, name in _DEVICES if mark in user_agent), "")
    return ", ".join(part for part in (browser, device) if part) or _("an unknown device")
