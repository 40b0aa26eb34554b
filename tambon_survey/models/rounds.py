"""Survey rounds: when a province's focus tambon are asked."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField
from organizations.models import Province


class RoundQuerySet(models.QuerySet):
    """Words about sets of rounds."""

    def open_at(self, moment: datetime):
        """Rounds that take answers at `moment`: opened, not yet closed."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


class Round(models.Model):
    """One asking of the focus tambon of a province: from `opens_at` up to, not including, `closes_at`."""

    province = models.ForeignKey(Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="rounds")
    name = CleanCharField(_("name"), max_length=150)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="round_closes_after_opening",
                violation_error_message=_("A round closes after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.name
