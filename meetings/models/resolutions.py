"""What a meeting resolved, how firmly, and the tambon it is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem, Goal
from meetings.models.degrees import Strength
from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations.models import Appointment, Province, Tambon


class ResolutionQuerySet(models.QuerySet):
    """Words about sets of resolutions."""

    def visible_to(self, user):
        """Those of meetings one may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def with_facts(self):
        """Its meeting, goal and agenda item in the same query."""
        return self.select_related("meeting__province", "goal", "item")

    def of_key(self, key: str):
        """The one with that key, or none."""
        return self.filter(pk=key or None)

    def with_tambon_count(self):
        """`tambon_count`: how many tambon each is about."""
        return self.annotate(tambon_count=models.Count("tambons"))

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of_province(self, province: Province):
        """Those of meetings of one province."""
        return self.filter(meeting__province=province)

    def newest_first(self):
        """Those of the last meeting first, each meeting's in their order."""
        return self.order_by("-meeting__held_on", "-meeting", "number")


class Resolution(models.Model):
    """What a meeting decided. `number` counts within the meeting, is given once and never again to another."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="resolutions", editable=False
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
    )
    strength = models.CharField(_("strength"), max_length=10, choices=Strength)
    text = CleanTextField(_("resolution"), max_length=3000)
    tambons = models.ManyToManyField(
        Tambon, verbose_name=_("tambon it is about"), blank=True, related_name="resolutions"
    )
    appointments = models.ManyToManyField(
        Appointment, verbose_name=_("appointments it made"), blank=True, related_name="resolutions"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = CleanCharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    search_key = models.TextField(default="", editable=False)
    loose_key = models.TextField(default="", editable=False)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="resolution_number_once")]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"[:120]

    def refresh_keys(self) -> None:
        """Compute the keys from the text; `save` does it, bulk writers must call it."""
        self.search_key, self.loose_key = search_key(self.text), loose_key(self.text)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key", "loose_key"}
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """`3/2549-2`; `25 ธันวาคม 2549-2` where the meeting has no number; `-2` where it has no day either."""
        return f"{self.meeting.number_text or self.meeting.held_on or ''}-{self.number}"

    def get_absolute_url(self) -> str:
        """The resolution's page."""
        return reverse("resolution_page", args=[self.pk])
