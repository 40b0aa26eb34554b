"""What one was told."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations.views.answers import done, page
from tambon_survey.actions.notices import mark_read
from tambon_survey.models import Notice

PAGE_SIZE = 30


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """One's own notices, the newest first."""
    own = Notice.objects.for_user(request.user)
    context = {"page_obj": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))}
    return page(request, "tambon_survey/notice_list.html", context)


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice as read and goes where it leads."""
    notice = get_object_or_404(Notice.objects.for_user(request.user), pk=pk)
    mark_read([notice], by=request.user, now=timezone.now())
    return redirect(notice.url)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Marks every notice as read."""
    mark_read(Notice.objects.for_user(request.user).unread(), by=request.user, now=timezone.now())
    return done(request, _("All notices are marked as read."), "notice_list")
