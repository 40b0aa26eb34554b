"""The Django admin of the provincial staff, behind the same sign-in and the same gate."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from organizations import access


class NetworkAdminSite(AdminSite):
    """Opens for who manages a province today; has no sign-in page of its own."""

    site_title = _("Nakhon Network")
    site_header = _("Nakhon Network: reference data")
    index_title = _("Reference data and records")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Province staff only."""
        return request.user.is_active and access.of(request.user).is_staff

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A question no database can be asked (NUL, a number beyond its largest) is nowhere: 404."""
        checked = super().admin_view(view, cacheable)

        def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            typed = [value for _name, values in request.GET.lists() for value in values]
            if any("\x00" in value or (value.lstrip("-").isdigit() and len(value) > 18) for value in typed):
                raise Http404
            try:
                return checked(request, *args, **kwargs)
            except (OverflowError, UnicodeEncodeError):
                raise Http404 from None

        return bounded

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Never a second door: whoever is signed in without the right is told so."""
        raise PermissionDenied
