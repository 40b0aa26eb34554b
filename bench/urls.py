"""The project's addresses and the bare page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

ROWS = [f"แถวที่ {number} ของหน้าที่ไม่มีอะไรเลย" for number in range(105)]


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Ten kilobytes from a template through the middleware of every page; for visitors and for signed-in people."""
    return render(request, "bench/bare.html", {"rows": ROWS})


urlpatterns = [path("bare/", bare), path("", include("nakhon_network.urls"))]
