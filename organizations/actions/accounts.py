"""Invitations and what they make: accounts, and new passwords."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import access
from organizations.actions.posts import appoint
from organizations.models import AuditEntry, Invitation, Person, Post, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


def may_invite(user: User, *, post: Post, person: Person) -> bool:
    """Whether `user` may hand this person a link for this post.

    A link for somebody who has an account sets a new password, so it is a way into everything that account reaches:
    it takes the right to appoint to every post the person holds.
    """
    if not access.of(user).may_appoint(post):
        return False
    return person.pk is None or not hasattr(person, "user") or _reaches_all_posts(user, person)


def _reaches_all_posts(user: User, person: Person) -> bool:
    held = person.appointments.not_ended(timezone.localdate()).with_areas()
    return all(access.of(user).may_appoint(appointment.post) for appointment in held)


@transaction.atomic
def issue_invitation(person: Person, *, post: Post, by: User | None) -> tuple[Invitation, str]:
    """A new link for a person and a post; an older open one for the same two is revoked. Returns (invitation, token).

    Raises Refused when `by` may not hand this person a link. `by` is None for the command line only.
    """
    if by is not None and not may_invite(by, post=post, person=person):
        raise Refused(
            _("%(person)s has an account with posts outside your area. Ask the province to make the link.")
            % {"person": person.name}
        )
    now = timezone.now()
    for older in Invitation.objects.select_for_update(of=("self",)).open_at(now).filter(person=person, post=post):
        revoke_invitation(older, by=by)
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        post=post,
        person=person,
        token_hash=Invitation.hash_of(token),
        created_by=by,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    _record(Verb.INVITE, invitation, by=by)
    return invitation, token


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User | None) -> None:
    """The link stops working at once. Raises Refused when it was used already."""
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
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

    Raises Refused when the link is no longer open, or the post has no free seat.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("person", "post").get(pk=invitation.pk)
    if not found.is_open_at(timezone.now()):
        raise Refused(_("This link can no longer be used. Ask for a new one."))
    person = found.person
    user = getattr(person, "user", None)
    if user is None:
        user = User.objects.create_user(username, password, person=person, phone=phone, email=email)
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
    if not person.appointments.not_ended(timezone.localdate()).filter(post=found.post).exists():
        source = _("Accepted the invitation of %(who)s") % {
            "who": found.created_by.label if found.created_by else _("the system")
        }
        appoint(person, post=found.post, starts_on=timezone.localdate(), source=source, by=found.created_by)
    found.used_at, found.used_by = timezone.now(), user
    found.save(update_fields=["used_at", "used_by"])
    _record(Verb.ACCEPT_INVITATION, found, by=user)
    return user


def end_sessions(user: User) -> None:
    """Sign an account out everywhere."""
    keys = [session.session_key for session in user.usersession_set.all()]
    Session.objects.filter(pk__in=keys).delete()
    user.usersession_set.all().delete()


@transaction.atomic
def save_account(user: User, *, by: User) -> User:
    """Change how an account signs in."""
    before = facts(User.objects.select_for_update(of=("self",)).get(pk=user.pk))
    user.save()
    user.emailaddress_set.exclude(email__iexact=user.email).delete()
    changes = changes_between(before, facts(user))
    if changes:
        concerns = [user.person] if user.person else []
        AuditEntry.objects.record(Verb.CHANGE, user, by=by, changes=changes, concerns=concerns)
    return user


def _record(verb: Verb, invitation: Invitation, *, by: User | None) -> None:
    AuditEntry.objects.record(verb, invitation, by=by, concerns=[invitation.person, invitation.post])
