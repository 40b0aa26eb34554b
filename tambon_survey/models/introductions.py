"""การเชื่อมต่อ: who was introduced to whom, by whom, when, for what, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Reach
from nakhon_network.lib.model_fields import BoundedDateField, CleanTextField, date_bounds_constraint
from organizations.models import Offer, Organization, Person, Province, Tambon
from organizations.models.themes import help_field
from tambon_survey.models.rosters import Activity


def _end(model: type[models.Model], label: Any, related_name: str) -> Any:
    """One who is introduced; of each side exactly one is given."""
    return models.ForeignKey(
        model, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name=related_name
    )


class Introduction(models.Model):
    """One who looks for something (an activity of a tambon, or a body) brought together with one who has it."""

    class State(models.TextChoices):
        """How far it came."""

        PROPOSED = "proposed", _("proposed")
        IN_TOUCH = "in_touch", _("in touch")
        AGREED = "agreed", _("agreed")
        FAILED = "failed", _("did not work out")

    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="introductions", editable=False
    )
    activity = _end(Activity, _("activity"), "introductions")
    seeker = _end(Organization, _("organization that looks for it"), "introductions_sought")
    partner = _end(Organization, _("partner"), "introductions")
    expert = _end(Person, _("person who knows"), "introductions")
    offer = _end(Offer, _("offer"), "introductions")
    tambon = models.ForeignKey(
        Tambon,
        verbose_name=_("tambon"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="introductions",
    )
    kind = help_field()
    purpose = CleanTextField(_("what for"), max_length=1000)
    reasons = models.JSONField(_("why they fit"), default=list, editable=False)
    made_on = BoundedDateField(_("introduced on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    outcome = CleanTextField(_("outcome"), max_length=2000, blank=True)
    reach = models.CharField(_("how far the result reaches"), max_length=12, choices=Reach, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("introduced by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["province", "made_on"], name="introduction_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activity__isnull=False, seeker=None) | models.Q(activity=None, seeker__isnull=False),
                name="introduction_has_one_seeker",
            ),
            models.CheckConstraint(
                condition=models.Q(partner__isnull=False, expert=None) | models.Q(partner=None, expert__isnull=False),
                name="introduction_has_one_partner",
            ),
            models.CheckConstraint(
                condition=models.Q(seeker=None) | models.Q(partner=None) | ~models.Q(seeker=models.F("partner")),
                name="introduction_between_two",
            ),
            date_bounds_constraint("made_on"),
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.seeker} ↔ {self.partner or self.expert}"

    def get_absolute_url(self) -> str:
        """The introduction's page."""
        return reverse("introduction_page", args=[self.pk])
