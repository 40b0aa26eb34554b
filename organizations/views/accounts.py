"""Invitations, and one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakhon_network.lib.qr import qr_picture
from nakhon_network.templatetags.thai import thai_date
from organizations import access
from organizations.actions import accounts as actions
from organizations.actions import people as people_actions
from organizations.forms.accounts import AccountForm, InvitationForm, JoinForm, RenewForm
from organizations.forms.posts import PersonFindForm
from organizations.history import history_of
from organizations.models import Invitation, Person, Post, User
from organizations.problems import Refused
from organizations.views.answers import done, page, refused, require

NOT_FOUND, CONFLICT, GONE = 404, 409, 410
FOUND = LINKS_SHOWN = 20
_TOKEN = "invitation_token"


# ---- making links --------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def invitation_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who gets a link: a holder of the post, somebody known, or a new person."""
    today = timezone.localdate()
    seen = Post.objects.visible_to(request.user).with_areas().with_holders_on(today)
    post = get_object_or_404(seen, pk=pk)
    require(access.of(request.user).may_appoint(post))
    find = PersonFindForm(request.GET)
    wanted = find.cleaned_data["q"] if find.is_valid() else ""
    people = Person.objects.visible_to(request.user).standing().with_posts_on(today, viewer=request.user)
    found = (people.matching(wanted) if wanted else people.holding(post)).in_thai_order()[: FOUND + 1]
    form = InvitationForm(request.POST or None, user=request.user, people=people)
    form.narrow_people(request.POST.get("person"), found=found[:FOUND])
    if request.method == "POST" and form.is_valid() and (invitation := _issue(request, post, form)):
        return redirect("invitation_page", invitation.pk)
    now = timezone.now()
    links = Invitation.objects.visible_to(request.user).of_post(post).with_people()[:LINKS_SHOWN]
    context = {
        "post": post,
        "find": find,
        "form": form,
        "q": wanted,
        "more_found": len(found) > FOUND,
        "links": [(link, link.state_at(now)) for link in links],
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
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user).with_people(), pk=pk)
    context: dict[str, Any] = {
        "invitation": invitation,
        "state": _state(invitation),
        "is_new_password": hasattr(invitation.person, "user"),
    }
    known = request.session.get(_TOKEN)
    if known and known[0] == invitation.pk:
        del request.session[_TOKEN]
        link = request.build_absolute_uri(resolve_url("invitation_accept", known[1]))
        context |= {"link": link, "qr": qr_picture(link), "message": _message(invitation, link=link)}
    return render(request, "organizations/invitation_page.html", context)


def _message(invitation: Invitation, *, link: str) -> str:
    """What to paste into LINE."""
    names = {
        "person": invitation.person.name,
        "post": invitation.post.title,
        "day": thai_date(invitation.expires_at),
        "link": link,
    }
    if hasattr(invitation.person, "user"):
        return (
            _(
                "Dear %(person)s, open this link to set a new password. It works once, until %(day)s. "
                "Please do not pass it on.\n%(link)s"
            )
            % names
        )
    return (
        _(
            "Dear %(person)s, you are invited to work with the network as %(post)s. Open this link to set a password. "
            "It works once, until %(day)s. Please do not pass it on.\n%(link)s"
        )
        % names
    )


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.revoke_invitation(invitation, by=request.user)
    except Refused as why:
        return refused(request, why, resolve_url("invitation_page", pk))
    return done(request, _("The link no longer works."), resolve_url("invitation_page", pk))


def _state(invitation: Invitation) -> str:
    """Open, used, revoked or expired; an open link whose ground is gone counts as revoked."""
    state = invitation.state_at(timezone.now())
    return "revoked" if state == "open" and actions.is_void(invitation) else state


# ---- using links ---------------------------------------------------------------------------------------------
@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited person opens: sets a password and lands, signed in, on the own area."""
    invitation = Invitation.objects.by_token(token).with_people().first()
    if invitation is None:
        return _answer(request, status=NOT_FOUND, state="unknown")
    state = _state(invitation)
    if state == "used" and request.user.is_authenticated and request.user.pk == invitation.used_by_id:
        messages.info(
            request, _("This link was used already, and you are signed in. The first password set with it holds.")
        )
        return redirect(_own_page(request.user))
    if state != "open":
        return _answer(request, status=GONE, state=state, invitation=invitation)
    if request.user.is_authenticated and request.user.person_id != invitation.person_id:
        status = CONFLICT if request.method == "POST" else 200
        return _answer(request, status=status, state="someone_else", invitation=invitation)
    return _join(request, invitation)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The form of an open link, and what it does."""
    account = getattr(invitation.person, "user", None)
    if account is not None:
        form: Any = RenewForm(request.POST or None, user=account)
    else:
        suggestion = User.objects.free_username(invitation.person.first_name)
        form = JoinForm(request.POST or None, initial={"username": suggestion})
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(invitation, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return _signed_in(request, user)
    status = 422 if form.errors else 200
    return _answer(request, status=status, state="open", invitation=invitation, account=account, form=form)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """Through the package's own door, so that a second step is asked for where the account has one."""
    get_adapter(request).forgive(request, user=user)
    response: HttpResponse = perform_login(request, user, redirect_url=_own_page(user))
    if request.user.is_authenticated:
        messages.success(request, _("Welcome, %(person)s. You are signed in.") % {"person": user.label})
    return response


def _answer(request: HttpRequest, *, status: int, **context: Any) -> HttpResponse:
    response = render(request, "organizations/invitation_accept.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _own_page(user: User) -> str:
    """The page of the area the user works for, else the home page."""
    found = access.of(user).home_area()
    return resolve_url(f"{found[0].value}_page", found[1]) if found else resolve_url("home")


# ---- one's own account ---------------------------------------------------------------------------------------
@require_safe
def account_page(request: HttpRequest) -> HttpResponse:
    """How one signs in, one's posts, and what can be changed."""
    user = request.user
    person: Person | None = user.person
    held = person.appointments.in_force(timezone.localdate()).with_areas() if person else []
    context = {
        "person": person,
        "held": held,
        "rows": [
            (_("User name"), user.username),
            (_("Telephone to sign in with"), user.phone),
            (_("E-mail to sign in with"), user.email),
        ],
        "is_mfa_enabled": is_mfa_enabled(user),
        "has_line": bool(settings.LINE_CHANNEL_ID),
        "history": history_of(user, viewer=request.user),
    }
    return render(request, "organizations/account_page.html", context)


@sensitive_post_parameters("current")
@require_http_methods(["GET", "POST"])
def account_edit(request: HttpRequest) -> HttpResponse:
    """User name, telephone and e-mail to sign in with."""
    form = AccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_account(form.changed_account(), by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved. From now on you sign in with these names."), "account_page")
    return page(request, "organizations/account_edit.html", {"form": form}, form=form)
