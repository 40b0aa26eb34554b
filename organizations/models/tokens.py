"""Read tokens: how a program reads what the network shares with its members, without people."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, date_bounds_constraint
from organizations import access
from organizations.access import Level
from organizations.models.accounts import User
from organizations.models.areas import Province

# So that reading page after page does not write each time.
_NOTED_EVERY = timedelta(minutes=10)


LASTS, LASTS_AT_MOST = timedelta(days=365), timedelta(days=3 * 365)


def a_year_on() -> date:
    """The last day of a token that is made or renewed today."""
    return timezone.localdate() + LASTS


class ReadTokenQuerySet(models.QuerySet):
    """Words about sets of read tokens."""

    def visible_to(self, user):
        """Those of the provinces one manages."""
        return self.filter(access.of(user).managed(Level.PROVINCE, prefix="province__"))

    def of_province(self, province: Province):
        """Those of one province, the newest first."""
        return self.filter(province=province).select_related("created_by__person", "revoked_by__person")

    def opening(self, secret: str):
        """The token behind a secret, over or not, unless it was revoked; as a set of one or none."""
        return self.filter(token_hash=ReadToken.hash_of(secret), revoked_at__isnull=True)

    def still_open(self, day: date):
        """Neither revoked nor over."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=day)

    def note_use(self, now: datetime) -> int:
        """Note that they were used, at most every ten minutes."""
        stale = models.Q(last_used_at__isnull=True) | models.Q(last_used_at__lt=now - _NOTED_EVERY)
        return self.filter(stale).update(last_used_at=now)


class ReadToken(models.Model):
    """What a program shows to read what is not public. Only a hash is kept: the secret is shown once, to its maker."""

    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="read_tokens", editable=False
    )
    name = CleanCharField(
        _("what it is for"), max_length=100, help_text=_("Which program or body reads with it, and whom to ask.")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_on = BoundedDateField(_("last day"), default=a_year_on, help_text=_("From the day after it opens nothing."))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        User, verbose_name=_("revoked by"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ReadTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("read token")
        verbose_name_plural = _("read tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [date_bounds_constraint("expires_on")]

    def __str__(self) -> str:
        return self.name

    def is_over(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return self.expires_on < day

    @staticmethod
    def new_secret() -> str:
        """A fresh secret of 256 bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def hash_of(secret: str) -> str:
        """What is stored of a secret: SHA-256, hexadecimal."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
