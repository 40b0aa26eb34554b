"""Survey rounds: when a province's focus tambon are asked, and by which rule they count as ready."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Resolution
from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, date_bounds_constraint
from organizations import access
from organizations.access import Level
from organizations.models import Province


class RoundQuerySet(models.QuerySet):
    """Words about sets of rounds."""

    def visible_to(self, user):
        """Rounds of the provinces one works in, at whatever level; planned ones for those who manage only."""
        reach = access.of(user)
        opened_here = models.Q(province__in=reach.provinces(), opened_at__isnull=False)
        return self.filter(opened_here | reach.managed(Level.PROVINCE, prefix="province__"))

    def open_at(self, moment: datetime):
        """Rounds that take answers at `moment`: opened, not yet closed."""
        return self.filter(opened_at__isnull=False, opens_at__lte=moment, closes_at__gt=moment)

    def opened(self):
        """Rounds that were opened, closed since or not."""
        return self.filter(opened_at__isnull=False)

    def closed_at(self, moment: datetime):
        """Rounds that were asked and take no answers any more."""
        return self.opened().filter(closes_at__lte=moment)

    def closing_after(self, moment: datetime):
        """Those that close after `moment`."""
        return self.filter(closes_at__gt=moment)

    def newest_first(self):
        """By the day they open, the last first."""
        return self.order_by("-opens_at", "-pk")

    def with_meeting(self):
        """The planning meeting, whose day counts, in the same query."""
        return self.select_related("planning_meeting")

    def ordered_by_resolution(self, resolution: Resolution):
        """Those that a resolution asked for."""
        return self.filter(resolution=resolution)


class Round(models.Model):
    """One asking of the focus tambon of a province: it takes answers from `opens_at` up to, not including, `closes_at`.

    A planned round becomes one that is asked by `actions.rounds.open_round`, which freezes `rule` and makes the
    submissions. `rule` is `readiness.DEFAULT_RULE` or what the network puts in its place.

    `ordered_by` and `planning_meeting_on` are for meetings that are not recorded here; `planning_day` is the one day.
    """

    province = models.ForeignKey(Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="rounds")
    name = CleanCharField(_("name"), max_length=150)
    ordered_by = CleanCharField(
        _("ordered by"),
        max_length=300,
        blank=True,
        help_text=_("The meeting and resolution that asked for the survey."),
    )
    resolution = models.ForeignKey(
        Resolution,
        verbose_name=_("resolution that ordered it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
    )
    follows = models.ForeignKey(
        "self",
        verbose_name=_("surveys again"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text=_("The round whose answers each tambon gets to confirm, change or drop."),
    )
    opens_at = models.DateTimeField(_("opens"))
    on_time_by = models.DateTimeField(_("on time until"), help_text=_("Whoever sends later is marked as late."))
    closes_at = models.DateTimeField(_("closes"))
    planning_meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("planning meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds_reported",
        help_text=_("The meeting that the round reports to."),
    )
    planning_meeting_on = BoundedDateField(_("planning meeting on"), null=True, blank=True)
    rule = models.JSONField(_("readiness rule"), default=dict, editable=False)
    is_sample = models.BooleanField(_("sample, not real answers"), default=False, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
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
            ),
            models.CheckConstraint(
                condition=models.Q(on_time_by__gt=models.F("opens_at"), on_time_by__lte=models.F("closes_at")),
                name="round_on_time_while_open",
                violation_error_message=_("The last moment to be on time lies between opening and closing."),
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=True) | ~models.Q(follows=models.F("pk")),
                name="round_not_after_itself",
            ),
            date_bounds_constraint("planning_meeting_on"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def planning_day(self) -> date | None:
        """The day of the planning meeting: that of its record where it is known whole, else what was written here."""
        known = self.planning_meeting.day if self.planning_meeting is not None else None
        return known or self.planning_meeting_on

    def is_open_at(self, moment: datetime) -> bool:
        """Whether answers are taken at `moment`, tambon with more time aside."""
        return self.opened_at is not None and self.opens_at <= moment < self.closes_at

    def state_at(self, moment: datetime) -> str:
        """`planned`, `open` or `closed`."""
        if self.opened_at is None or moment < self.opens_at:
            return "planned"
        return "open" if moment < self.closes_at else "closed"

    def get_absolute_url(self) -> str:
        """The round's page: the board of the province."""
        return reverse("round_page", args=[self.pk])
