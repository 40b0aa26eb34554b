"""Read tokens: province staff make them, see when they were used, renew them, and take them back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakhon_network.templatetags.thai import thai_date
from organizations import access
from organizations.actions import tokens as actions
from organizations.forms.tokens import ReadTokenForm
from organizations.models import Province, ReadToken
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require

_SECRET = "read_token"


def _province(request: HttpRequest, code: str) -> Province:
    province = get_object_or_404(Province.objects.visible_to(request.user), pk=code)
    require(access.of(request.user).may_manage(province))
    return province


@never_cache
@require_safe
def read_token_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every token of the province; the secret of one that was made just now stands here once."""
    province = _province(request, code)
    tokens = list(ReadToken.objects.visible_to(request.user).of_province(province))
    made, secret = request.session.pop(_SECRET, (None, ""))
    today = timezone.localdate()
    for token in tokens:
        token.over = token.is_over(today)
    context = {"province": province, "tokens": tokens, "made": next((one for one in tokens if one.pk == made), None)}
    return page(request, "organizations/read_token_list.html", {**context, "secret": secret})


@require_http_methods(["GET", "POST"])
def read_token_issue(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what it is for and until when, and make one."""
    province = _province(request, code)
    form = ReadTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = actions.issue_token(**form.cleaned_data, province=province, by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            request.session[_SECRET] = [token.pk, secret]
            return redirect("read_token_list", code)
    return page(request, "organizations/read_token_issue.html", {"province": province, "form": form}, form=form)


@require_POST
def read_token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    token = get_object_or_404(ReadToken.objects.visible_to(request.user), pk=pk)
    actions.revoke_token(token, by=request.user)
    return done(request, _("The token opens nothing any more."), resolve_url("read_token_list", token.province_id))


@require_POST
def read_token_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens for another year."""
    token = get_object_or_404(ReadToken.objects.visible_to(request.user), pk=pk)
    back = resolve_url("read_token_list", token.province_id)
    try:
        renewed = actions.renew_token(token, by=request.user)
    except Refused as why:
        return refused(request, why, back)
    return done(request, _("The token opens until %(day)s.") % {"day": thai_date(renewed.expires_on)}, back)
