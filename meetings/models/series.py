"""Series of meetings that are counted together, and the tags meetings are found by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField
from nakhon_network.lib.thai_text import search_key
from organizations.models import Province


class Series(models.Model):
    """Meetings of one body that are counted together."""

    class Numbering(models.TextChoices):
        """When the count starts again at one."""

        CALENDAR = "calendar", _("each year (1 January)")
        FISCAL = "fiscal", _("each fiscal year (1 October)")
        CONTINUOUS = "continuous", _("never")

    province = models.ForeignKey(Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="series")
    name = CleanCharField(
        _("name"), max_length=200, help_text=_("As it stands in the title of the minutes, e.g. คณะทำงานระดับจังหวัด.")
    )
    numbering = models.CharField(_("the count starts again"), max_length=10, choices=Numbering, default="calendar")

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["province", "name"], name="series_once_in_province")]

    def __str__(self) -> str:
        return self.name

    def year_of(self, day: date) -> int:
        """The Buddhist year a meeting of that day is counted in; 0 where the count never starts again."""
        if self.numbering == self.Numbering.CONTINUOUS:
            return 0
        later = self.numbering == self.Numbering.FISCAL and day.month >= 10
        return day.year + 543 + later


class TagQuerySet(models.QuerySet):
    """Words about sets of tags."""

    def of_key(self, key: str):
        """The one read so, or None."""
        return self.filter(key=key).first() if key else None


class Tag(models.Model):
    """A word or phrase that meetings are found by; spaces allowed."""

    name = CleanCharField(_("tag"), max_length=60)
    key = models.CharField(max_length=60, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def reading(self) -> str:
        """How the tag is compared with others: the strict form of its name."""
        return search_key(self.name)[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a fresh key."""
        self.key = self.reading()
        super().save(*args, **kwargs)
