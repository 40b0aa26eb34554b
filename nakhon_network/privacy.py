"""Pages about personal data that need to know every app: what is kept and why."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakhon_network import privacy_policy


@login_not_required
@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """What the network keeps about people, why, by what right, how long, and who reads it: the policy file, drawn."""
    context = {
        "kept": privacy_policy.KEPT,
        "version": privacy_policy.NOTICE_VERSION,
        "since": privacy_policy.NOTICE_SINCE,
        "tell_days": privacy_policy.TELL_WITHIN.days,
    }
    return render(request, "nakhon_network/privacy_page.html", context)
