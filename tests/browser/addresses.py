"""The site's addresses and three that fail, for looking at the pages of failures."""

from typing import NoReturn

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest
from django.urls import path

from nakhon_network import urls

handler400 = urls.handler400
handler500 = "nakhon_network.errors.server_error"


def refused(request: HttpRequest) -> NoReturn:
    """As for a request that is too large."""
    raise SuspiciousOperation


def broken(request: HttpRequest) -> NoReturn:
    """As for a mistake of ours."""
    raise RuntimeError


def no_database(request: HttpRequest) -> NoReturn:
    """As for a database that does not answer."""
    raise OperationalError


urlpatterns = [
    *urls.urlpatterns,
    path("failing/400/", refused),
    path("failing/500/", broken),
    path("failing/503/", no_database),
]
