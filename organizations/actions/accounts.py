"""Invitations and what they make: accounts, and new passwords."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import access
from organizations.actions.posts import appoint
from organizations.models import AuditEntry, Invitation, Person, Post, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused

SIGN_IN_FACTS = ("username", "email", "phone")


def may_invite(user: User, *, post: Post, person: Person) -> bool:
    """Whether `user` may hand this person a link for this post.

    Whoever opens the link gets everything the person's posts give, with a new account as with an old one: so it takes
    the right to appoint to every post the person holds or will hold, and not only to this one.
    """
    if not access.of(user).may_appoint(post):
        return False
    if person.pk is None:
        return True
    held = list(person.appointments.not_ended(timezone.localdate()).with_areas())
    if not held and hasattr(person, "user"):
        return access.may_edit_person(user, person)
    return all(access.of(user).may_appoint(appointment.post) for appointment in held)


def is_void(invitation: Invitation) -> bool:
    """Whether an open link must not be used any more, because what it was made on is gone.

    That is so when its maker could not make it today, when the person left the post since, and when the account is
    closed. Links of the command line have no maker and void only for the other two reasons.
    """
    maker, person, post = invitation.created_by, invitation.person, invitation.post
    account = getattr(person, "user", None)
    if person.merged_into_id is not None or (account is not None and not account.is_active):
        return True
    if maker is not None and not may_invite(maker, post=post, person=person):
        return True
    return _left_since(timezone.localdate(invitation.created_at), person=person, post=post)


def _left_since(day: object, *, person: Person, post: Post) -> bool:
    appointments = person.appointments.filter(post=post)
    if appointments.not_ended(timezone.localdate()).exists():
        return False
    return appointments.filter(ends_on__gte=day).exists()


@transaction.atomic
def issue_invitation(person: Person, *, post: Post, by: User | None) -> tuple[Invitation, str]:
    """A new link for a person and a post; an older open one for the same two is revoked. Returns (invitation, token).

    Raises Refused when `by` may not hand this person a link, the account is closed, the person left the post today, or
    the post has no free seat. `by` is None for the command line only.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _refuse_issue(person, post=post, by=by)
    now = timezone.now()
    for older in Invitation.objects.select_for_update(of=("self",)).open_at(now).filter(person=person, post=post):
        revoke_invitation(older, by=by)
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        post=post,
        person=person,
        token_hash=Invitation.hash_of(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    _record(Verb.INVITE, invitation, by=by)
    return invitation, token


def _refuse_issue(person: Person, *, post: Post, by: User | None) -> None:
    names = {"person": person.name, "post": post.title}
    if person.merged_into_id is not None:
        raise Refused(_("This record was merged into another: invite that person instead."))
    if hasattr(person, "user") and not person.user.is_active:
        raise Refused(_("The account of %(person)s is closed. Ask the provincial working group.") % names)
    if by is not None and not may_invite(by, post=post, person=person):
        raise Refused(
            _(
                "A link for %(person)s would open more than your area. If they have an account, appoint them without a "
                "link; for a new password they ask whoever looks after all their posts."
            )
            % names
        )
    today = timezone.localdate()
    if _left_since(today, person=person, post=post):
        raise Refused(_("%(person)s left this post today. Appoint them again first, then make the link.") % names)
    taken = list(post.appointments.not_ended(today).select_related("person"))
    holds = any(appointment.person_id == person.pk for appointment in taken)
    if post.seats is not None and not holds and len(taken) >= post.seats:
        holders = " · ".join(appointment.person.name for appointment in taken)
        raise Refused(
            _("Every seat of %(post)s is taken by %(holders)s. End one of these appointments first, then invite.")
            % {**names, "holders": holders}
        )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User | None) -> None:
    """The link stops working at once. Raises Refused when it was used already."""
    found = Invitation.objects.select_for_update(of=("self",)).with_people().get(pk=invitation.pk)
    if found.used_at is not None:
        raise Refused(_("This link was used already."))
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save(update_fields=["revoked_at", "revoked_by"])
        _record(Verb.REVOKE_INVITATION, found, by=by)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, password: str, username: str = "", phone: str = "", email: str = ""
) -> User:
    """Use a link once: an account for the person (or a new password for the one they have), and the post.

    Raises Refused when the link is no longer open, a name was taken meanwhile, or the post has no free seat; then
    nothing has changed and the link stays open.
    """
    # One person at a time: two links of one person cannot make two accounts.
    Person.objects.select_for_update(of=("self",)).get(pk=invitation.person_id)
    found = Invitation.objects.select_for_update(of=("self",)).with_people().get(pk=invitation.pk)
    if not found.is_open_at(timezone.now()) or is_void(found):
        raise Refused(_("This link can no longer be used. Ask for a new one."))
    user = getattr(found.person, "user", None)
    if user is None:
        user = _new_account(found.person, password=password, username=username, phone=phone, email=email)
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
    _fill_post(found)
    found.used_at, found.used_by = timezone.now(), user
    found.save(update_fields=["used_at", "used_by"])
    _record(Verb.ACCEPT_INVITATION, found, by=user)
    return user


def _new_account(person: Person, *, password: str, username: str, phone: str, email: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password, person=person, phone=phone, email=email.lower())
    except (ValidationError, IntegrityError):
        raise Refused(
            _("Somebody took that user name, telephone number or e-mail a moment ago. Please choose another.")
        ) from None
    _keep_email_in_step(user)
    return user


def _fill_post(invitation: Invitation) -> None:
    """Appoint the person from today, on the word of whoever made the link, unless they hold the post already."""
    today, person, post = timezone.localdate(), invitation.person, invitation.post
    if person.appointments.not_ended(today).filter(post=post).exists():
        return
    maker = invitation.created_by
    source = _("Accepted the invitation of %(who)s") % {"who": maker.label if maker else _("the system")}
    appoint(person, post=post, starts_on=today, source=source, by=maker)


def end_sessions(user: User) -> None:
    """Sign an account out everywhere; a session that is not in the list of devices ends with the old password."""
    for session in user.usersession_set.all():
        session.end()


@transaction.atomic
def save_account(user: User, *, by: User) -> User:
    """Change how an account signs in. Raises Refused when somebody took one of the names meanwhile."""
    before = facts(User.objects.select_for_update(of=("self",)).get(pk=user.pk))
    user.email = user.email.lower()
    try:
        with transaction.atomic():
            user.save(update_fields=[*SIGN_IN_FACTS, "username_key"])
    except IntegrityError:
        raise Refused(
            _("Somebody took that user name, telephone number or e-mail a moment ago. Please choose another.")
        ) from None
    _keep_email_in_step(user)
    changes = {name: pair for name, pair in changes_between(before, facts(user)).items() if name in SIGN_IN_FACTS}
    if changes:
        AuditEntry.objects.record(Verb.CHANGE, user, by=by, changes=changes)
    return user


def _keep_email_in_step(user: User) -> None:
    """The sign-in package keeps addresses in a table of its own: exactly this account's one, or none."""
    user.emailaddress_set.exclude(email=user.email).delete()
    if user.email:
        user.emailaddress_set.get_or_create(email=user.email, defaults={"primary": True})


def _record(verb: Verb, invitation: Invitation, *, by: User | None) -> None:
    AuditEntry.objects.record(verb, invitation, by=by, concerns=[invitation.person, invitation.post])
