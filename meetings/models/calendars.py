"""A person's calendar address: whoever knows it reads their meetings and deadlines, until they revoke it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    """A secret that cannot be guessed: 43 letters and digits of an address."""
    return secrets.token_urlsafe(32)


class CalendarFeedQuerySet(models.QuerySet):
    """Words about calendar addresses."""

    def of(self, user):
        """The one of an account, or None."""
        return self.filter(user=user).first()

    def by_secret(self, secret: str):
        """The one with that secret, of an account that is still open, or None."""
        return self.select_related("user__person").filter(secret=secret, user__is_active=True).first()


class CalendarFeed(models.Model):
    """The secret part of one account's calendar address. Revoking makes another; the old one is gone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="calendar_feed"
    )
    secret = models.CharField(max_length=43, unique=True, default=new_secret, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.user}"
