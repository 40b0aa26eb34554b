"""What people are told: a line in the app and an e-mail, each once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.prepared import Prepared, Slot
from tambon_survey.models.rounds import Round


class Kind(models.TextChoices):
    """Why somebody is told."""

    CLOSING = "closing", _("the round closes soon")
    REVIEW = "review", _("something waits for your review")
    RETURNED = "returned", _("sent back to mend")
    APPROVED = "approved", _("approved")


class NoticeQuerySet(models.QuerySet):
    """Words about sets of notices."""

    def for_user(self, user):
        """One's own."""
        return self.filter(user=user)

    def unread(self):
        """Not yet looked at."""
        return self.filter(read_at__isnull=True)

    def count_unread(self, user) -> int:
        """How many of one's own are not yet looked at."""
        found = _UNREAD.first(user=user.pk)
        return found[0] if found else 0

    def to_mail(self, *, since, attempts):
        """Not yet mailed, made after `since`, tried fewer than `attempts` times, to accounts in use with an e-mail."""
        waiting = self.filter(mailed_at__isnull=True, mail_attempts__lt=attempts, made_at__gte=since)
        return waiting.filter(user__is_active=True).exclude(user__email="").order_by("made_at", "pk")


_UNREAD = Prepared(
    lambda: (
        Notice.objects.for_user(Slot("user"))
        .unread()
        .order_by()
        .values("user")
        .annotate(number=models.Count("pk"))
        .values_list("number")
    )
)


class Notice(models.Model):
    """One thing one person is told. `key` makes it once only; the e-mail is sent from here and marked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who is told"), on_delete=models.CASCADE, related_name="notices"
    )
    round = models.ForeignKey(Round, verbose_name=_("survey round"), on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(_("key"), max_length=100)
    text = models.CharField(_("text"), max_length=500)
    url = models.CharField(_("address"), max_length=200)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    mail_attempts = models.PositiveSmallIntegerField(_("attempts to mail"), default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_unread")]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]

    def __str__(self) -> str:
        return self.text
