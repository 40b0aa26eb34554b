"""What the duties of the data protection act leave behind: who was told, what was erased, what leaked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from nakhon_network.privacy_policy import REPORT_WITHIN, TELL_WITHIN
from organizations import access
from organizations.access import Level


class How(models.TextChoices):
    """How somebody was told that their data is kept."""

    PHONE = "phone", _("by telephone")
    LINE = "line", _("by LINE")
    PAPER = "paper", _("on paper")
    EMAIL = "email", _("by e-mail")
    IN_PERSON = "in_person", _("face to face")


class Tellable(models.Model):
    """Data on a person that somebody else may have typed in: when and how that person was told of it."""

    told_on = models.DateField(_("told on"), null=True, editable=False)
    told_how = models.CharField(_("told how"), max_length=10, choices=How, blank=True, editable=False)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("told by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


def due_day(typed_at: datetime) -> date:
    """The last day to tell a person of data typed in at a moment."""
    return timezone.localdate(typed_at) + TELL_WITHIN


class ErasureQuerySet(models.QuerySet):
    """Words about sets of erasures."""

    def newest_first(self):
        """The last one first, with who did it."""
        return self.select_related("done_by__person", "person").order_by("-done_at", "-pk")


class Erasure(models.Model):
    """That data of somebody was erased: who did it, when, why, and how many places; never what it was."""

    person = models.ForeignKey(
        "organizations.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="erasures",
    )
    kind = models.CharField(_("kind of record"), max_length=60, editable=False)
    key = models.CharField(_("key of the record"), max_length=40, editable=False)
    reason = CleanCharField(_("reason"), max_length=300)
    counts = models.JSONField(_("places"), default=dict, editable=False)
    done_at = models.DateTimeField(_("erased at"), default=timezone.now, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("erased by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def places(self) -> int:
        """How many rows and files held something."""
        return sum(self.counts.values())


class BreachQuerySet(models.QuerySet):
    """Words about sets of breaches."""

    def visible_to(self, user):
        """Those of the provinces one manages."""
        return self.filter(access.of(user).managed(Level.PROVINCE, prefix="province__"))

    def of_province(self, province):
        """Those of one province."""
        return self.filter(province=province)

    def open_first(self):
        """Those still open, the soonest due first; then the closed ones."""
        closed = models.Case(models.When(closed_at__isnull=True, then=0), default=1)
        return self.select_related("found_by__person", "closed_by__person").order_by(closed, "found_at", "pk")

    def to_report(self):
        """Open, with a risk, and the office does not know of it."""
        return self.filter(closed_at__isnull=True, reported_at__isnull=True).exclude(risk=Breach.Risk.NONE)


class Breach(models.Model):
    """Personal data that got where it should not, or was lost: what happened and what was done about it."""

    class Risk(models.TextChoices):
        """What it may mean for the people concerned."""

        NONE = "none", _("no risk to the people concerned: nothing to report")
        SOME = "some", _("a risk: report to the office within 72 hours")
        HIGH = "high", _("a high risk: report to the office and tell the people concerned")

    province = models.ForeignKey(
        "organizations.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="breaches"
    )
    what = CleanTextField(_("what happened to the data"), max_length=2000)
    whose = CleanTextField(
        _("whose data, and about how many people"),
        max_length=500,
        help_text=_("Kinds of people and of data; no names and no numbers."),
    )
    risk = models.CharField(_("risk"), max_length=5, choices=Risk, default=Risk.SOME)
    measures = CleanTextField(_("what was done about it"), max_length=2000, blank=True)
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    reported_at = models.DateTimeField(_("reported to the office at"), null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("data breach")
        verbose_name_plural = _("data breaches")
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return self.what[:80]

    def clean(self) -> None:
        """Nothing is found in the future."""
        if self.found_at and self.found_at > timezone.now() + timedelta(minutes=5):
            raise ValidationError({"found_at": _("This moment is still to come.")})

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("breach_edit", args=[self.pk])

    @property
    def due_at(self) -> datetime:
        """The end of the 72 hours."""
        return self.found_at + REPORT_WITHIN

    @property
    def must_report(self) -> bool:
        """Whether the clock runs: a risk, open, and the office does not know."""
        return self.closed_at is None and self.reported_at is None and self.risk != self.Risk.NONE

    def is_overdue_at(self, moment: datetime) -> bool:
        """Whether the 72 hours are over and the office does not know."""
        return self.must_report and moment > self.due_at
