"""Invitations, and one's own account."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import access
from organizations.actions import accounts as actions
from organizations.actions import people as people_actions
from organizations.forms.accounts import AccountForm, InvitationForm, JoinForm, NewPasswordForm
from organizations.forms.posts import PersonFindForm
from organizations.models import Invitation, Person, Post, User
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require

GONE = 410
_TOKEN = "invitation_token"
BACKEND = "organizations.accounts.NameEmailOrPhoneBackend"


@require_http_methods(["GET", "POST"])
def invitation_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who gets a link: a holder of the post, somebody known, or a new person."""
    seen = Post.objects.visible_to(request.user).with_areas().with_holders_on(timezone.localdate())
    post = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_appoint(post))
    find = PersonFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    people = Person.objects.visible_to(request.user).standing()
    found = people.matching(wanted) if wanted else people.holding(post)
    form = InvitationForm(request.POST or None, user=request.user, people=people if request.POST else found)
    if request.method == "POST":
        form.narrow_people(request.POST.get("person"))
        if form.is_valid() and (invitation := _issue(request, post, form)):
            return redirect("invitation_page", invitation.pk)
    context = {
        "post": post,
        "find": find,
        "form": form,
        "q": wanted,
        "same_name": getattr(form, "same_name", []),
    }
    return page(request, "organizations/invitation_issue.html", context, form=form)


def _issue(request: HttpRequest, post: Post, form: InvitationForm) -> Invitation | None:
    try:
        with transaction.atomic():
            person = form.chosen_person()
            if person.pk is None:
                people_actions.save_person(person, by=request.user)
            invitation, token = actions.issue_invitation(person, post=post, by=request.user)
    except Refused as why:
        form.add_error(None, why.sentence)
        return None
    request.session[_TOKEN] = [invitation.pk, token]
    return invitation


@never_cache
@require_safe
def invitation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The link and its QR code, shown once to whoever made it; afterwards only what became of it."""
    seen = Invitation.objects.visible_to(request.user).select_related("person", "post__role", "created_by__person")
    invitation = get_object_or_404(seen, pk=pk)
    known = request.session.pop(_TOKEN, None)
    context: dict[str, Any] = {
        "invitation": invitation,
        "is_open": invitation.is_open_at(timezone.now()),
        "is_new_password": hasattr(invitation.person, "user"),
    }
    if known and known[0] == invitation.pk:
        link = request.build_absolute_uri(resolve_url("invitation_accept", known[1]))
        context |= {"link": link, "qr": _qr(link)}
    return render(request, "organizations/invitation_page.html", context)


def _qr(link: str) -> str:
    image = qrcode.make(link, image_factory=qrcode.image.svg.SvgPathFillImage, box_size=12)
    buffer = io.BytesIO()
    image.save(buffer)
    return "data:image/svg+xml;base64," + b64encode(buffer.getvalue()).decode()


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.revoke_invitation(invitation, by=request.user)
    except Refused as why:
        return refused(request, why, resolve_url("invitation_page", pk))
    return done(request, _("The link no longer works."), resolve_url("invitation_page", pk))


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited person opens: sets a password and lands, signed in, on the own area."""
    links = Invitation.objects.by_token(token).with_people()
    invitation = get_object_or_404(links)
    if not invitation.is_open_at(timezone.now()):
        return _answer(request, invitation, status=GONE)
    if request.user.is_authenticated:
        return _answer(request, invitation, someone_else=request.user.person_id != invitation.person_id)
    has_account = hasattr(invitation.person, "user")
    form_class = NewPasswordForm if has_account else JoinForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(invitation, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            login(request, user, backend=BACKEND)
            return redirect(_own_page(request))
    return _answer(request, invitation, form=form, is_new_password=has_account)


def _answer(request: HttpRequest, invitation: Invitation, *, status: int = 200, **context: Any) -> HttpResponse:
    form = context.get("form")
    if form is not None and form.errors:
        status = 422
    context |= {"invitation": invitation, "is_open": status != GONE}
    response = render(request, "organizations/invitation_accept.html", context, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _own_page(request: HttpRequest) -> str:
    found = access.of(request.user).home_area()
    if found is None or found[0] == access.Level.PROVINCE:
        return resolve_url("home")
    return resolve_url(f"{found[0]}_page", found[1])


@require_safe
def account_page(request: HttpRequest) -> HttpResponse:
    """How one signs in, one's posts, and what can be changed."""
    person = request.user.person
    held = person.appointments.in_force(timezone.localdate()).with_areas() if person else []
    context = {
        "person": person,
        "held": held,
        "rows": [
            (_("User name"), request.user.username),
            (_("Telephone to sign in with"), request.user.phone),
            (_("e-mail"), request.user.email),
        ],
    }
    return render(request, "organizations/account_page.html", context)


@require_http_methods(["GET", "POST"])
def account_edit(request: HttpRequest) -> HttpResponse:
    """User name, telephone and e-mail to sign in with."""
    user = User.objects.get(pk=request.user.pk)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.save_account(form.instance, by=request.user)
        return done(request, _("Saved."), "account_page")
    return page(request, "organizations/account_edit.html", {"form": form}, form=form)
