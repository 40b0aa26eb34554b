"""Forms that were sent and made something: the same sent again makes nothing new."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A page left open for longer than this asks for a new one anyway.
KEPT_FOR = timedelta(days=30)


class SentForm(models.Model):
    """One sending: its key, drawn from the page, the account and every answer, and the row that came of it."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    kind = models.CharField(_("kind of record"), max_length=60, blank=True, editable=False)
    key = models.CharField(_("key of the record"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def made(self) -> models.Model | None:
        """What it made, if that still stands."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.key).first() if self.kind else None
