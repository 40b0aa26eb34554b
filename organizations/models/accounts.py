"""Accounts, and the one-time links that make them."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.phones import PhoneProblem, parse_phone
from nakhon_network.lib.thai_text import clean, search_key
from organizations import access
from organizations.models.people import Person
from organizations.models.posts import Post

# Thai letters and marks, ASCII letters, digits and . _ - so that พัชนี and patchanee.p are both names to sign in with.
username_validator = RegexValidator(
    r"\A[\u0E01-\u0E3A\u0E40-\u0E4Ea-zA-Z0-9._-]+\Z",
    _("Use Thai or English letters, digits, dot, dash or underscore, without spaces."),
)

_USERNAME_LETTERS = re.compile(r"[\u0E01-\u0E3A\u0E40-\u0E4Ea-zA-Z0-9._-]+")


class UserManager(BaseUserManager):
    """Makes and finds accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An account; without a password it cannot sign in by password."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """The same as any account: what it may do comes from a post, never from a flag."""
        return self.create_user(username, password, **fields)

    def by_login(self, typed: str) -> User | None:
        """The account behind a user name, e-mail or telephone number in any spelling; user names come first."""
        key = search_key(typed)
        if not key:
            return None
        found = self.filter(username_key=key).first() or self.filter(email__iexact=key).first()
        if found is None:
            try:
                found = self.filter(phone=parse_phone(typed).digits).first()
            except PhoneProblem:
                return None
        return found

    def free_username(self, wanted: str) -> str:
        """A user name nobody has yet: the letters of `wanted` that may stand in one, with a number when it is taken."""
        base = "".join(_USERNAME_LETTERS.findall(clean(wanted)))[:50] or "user"
        taken = set(self.filter(username_key__startswith=search_key(base)).values_list("username_key", flat=True))
        numbered = (f"{base}{number}" for number in range(2, len(taken) + 3))
        return next(name for name in (base, *numbered) if search_key(name) not in taken)

    def get_by_natural_key(self, username: str | None) -> User:
        """By user name, small letters and Thai slips aside."""
        return self.get(username_key=search_key(username or ""))


class User(AbstractBaseUser):
    """An account. It reaches what its person's appointments give it today, and nothing of its own."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[username_validator],
        error_messages={"unique": _("That user name is taken. Please choose another.")},
        help_text=_("Thai or English letters and digits, without spaces."),
    )
    username_key = models.CharField(
        max_length=60,
        unique=True,
        editable=False,
        error_messages={"unique": _("That user name is taken. Please choose another.")},
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=15, blank=True)
    person = models.OneToOneField(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                condition=~models.Q(email=""),
                name="email_once",
                violation_error_message=_("Another account uses that e-mail."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=~models.Q(phone=""),
                name="phone_once",
                violation_error_message=_("Another account uses that telephone number."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What pages call this account: the person's name, else the user name."""
        return self.person.name if self.person else self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """As it is typed, without invisible characters; never NFKC, which splits ำ."""
        return clean(username)

    def clean_fields(self, exclude: Any = None) -> None:
        """Refresh the key first, so that its uniqueness is checked with the fields."""
        self.username_key = search_key(self.username)
        super().clean_fields(exclude=exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a fresh key."""
        self.username_key = search_key(self.username)
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """Asked by the admin site; follows from today's posts."""
        return access.of(self).is_staff

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the posts."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Asked by the admin and by django-import-export."""
        return self.is_active and self.is_staff

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        """All or none, as `has_perm`."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`."""
        return self.has_perm(app_label)


class InvitationQuerySet(models.QuerySet):
    """Words about sets of invitations."""

    def open_at(self, moment: datetime):
        """Neither used, nor revoked, nor expired."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=moment)

    def visible_to(self, user):
        """Invitations to posts the user may fill."""
        reach = access.of(user)
        working = tuple(level for level in access.Authority if level != access.Authority.READ)
        return self.filter(reach.posts(prefix="post__", authorities=working, below=True))

    def with_people(self):
        """Person, post with areas, and who made the link, in the same query."""
        return self.select_related(
            "person",
            "created_by__person",
            "post__role",
            "post__province",
            "post__zone__province",
            "post__district__zone",
            "post__tambon__district__zone",
        )

    def of_post(self, post: Post):
        """Those to one post."""
        return self.filter(post=post)

    def by_token(self, token: str):
        """The invitation behind a link's token, as a set of one or none."""
        return self.filter(token_hash=Invitation.hash_of(token))


class Invitation(models.Model):
    """A one-time link that lets one person set a password for the post they hold or are offered.

    Only a hash of the link's token is kept: the link itself is shown once, to whoever made it.
    """

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True, editable=False)
    used_by = models.ForeignKey(
        User, verbose_name=_("used by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"

    @staticmethod
    def new_token() -> str:
        """A fresh token of 192 bits for a link."""
        return secrets.token_urlsafe(24)

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a token: SHA-256, hexadecimal."""
        return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

    def is_open_at(self, moment: datetime) -> bool:
        """Neither used, nor revoked, nor expired."""
        return self.state_at(moment) == "open"

    def state_at(self, moment: datetime) -> str:
        """`open`, `used`, `revoked` or `expired`."""
        if self.used_at is not None:
            return "used"
        if self.revoked_at is not None:
            return "revoked"
        return "open" if self.expires_at > moment else "expired"
