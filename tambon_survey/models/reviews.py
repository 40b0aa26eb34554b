"""What happens to a submission: its steps from state to state, the points it was sent back with, the zone's report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, CleanTextField, date_bounds_constraint
from organizations import access
from organizations.access import Level
from organizations.models import Zone
from tambon_survey.models.rounds import Round
from tambon_survey.models.submissions import Snapshot, State, Submission, Topic


class Move(models.TextChoices):
    """What moves a submission to another state."""

    START = "start", _("started")
    SUBMIT = "submit", _("sent to the zone")
    RETURN = "return", _("sent back to mend")
    APPROVE = "approve", _("approved")
    ACCEPT = "accept", _("accepted by the province")
    REOPEN = "reopen", _("reopened")


class StepQuerySet(models.QuerySet):
    """Words about sets of steps."""

    def with_points(self):
        """Who made it, the snapshot it was about, and its points with who answered: one more query."""
        points = Point.objects.select_related("replied_by__person")
        return self.select_related("made_by__person", "snapshot").prefetch_related(
            models.Prefetch("points", queryset=points)
        )


class Step(models.Model):
    """One move of a submission: who, when, why, and on which snapshot."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="steps"
    )
    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, null=True, related_name="steps"
    )
    move = models.CharField(_("what"), max_length=10, choices=Move)
    from_state = models.CharField(_("from state"), max_length=12, choices=State)
    to_state = models.CharField(_("to state"), max_length=12, choices=State)
    reason = CleanTextField(_("reason"), max_length=1000, blank=True)
    fix_by = BoundedDateField(_("mend by"), null=True, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["-made_at", "-pk"]
        constraints = [date_bounds_constraint("fix_by")]

    def __str__(self) -> str:
        return f"{self.get_move_display()} · {self.submission}"


class PointQuerySet(models.QuerySet):
    """Words about sets of points."""

    def of(self, submission: Submission):
        """Those of one submission, all its returns together."""
        return self.filter(step__submission=submission)

    def open(self):
        """Not answered yet."""
        return self.filter(replied_at__isnull=True)


class Point(models.Model):
    """One thing to mend, pinned to a topic or to one of its rows, and what the tambon answered to it."""

    class Reply(models.TextChoices):
        """What the tambon did about it."""

        FIXED = "fixed", _("mended")
        EXPLAINED = "explained", _("explained")

    step = models.ForeignKey(Step, verbose_name=_("step"), on_delete=models.PROTECT, related_name="points")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    row = models.UUIDField(_("row"), null=True, blank=True)
    row_name = CleanCharField(_("name of the row"), max_length=200, blank=True)
    text = CleanTextField(_("what to mend"), max_length=1000)
    reply = models.CharField(_("reply"), max_length=10, choices=Reply, blank=True)
    reply_text = CleanTextField(_("explanation"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, editable=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("replied by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point to mend")
        verbose_name_plural = _("points to mend")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class ZoneReportQuerySet(models.QuerySet):
    """Words about sets of zone reports."""

    def visible_to(self, user):
        """Reports of the zones one works for."""
        return self.filter(access.of(user).areas(Level.ZONE, prefix="zone__"))

    def of(self, survey_round: Round, zone: Zone):
        """The one report of a zone about a round, or None."""
        return self.filter(round=survey_round, zone=zone).first()

    def received(self):
        """Those that were submitted."""
        return self.filter(submitted_at__isnull=False)


class ZoneReport(models.Model):
    """A zone's own words about a round, before the planning meeting. `standing` is the zone's board as it was sent."""

    round = models.ForeignKey(
        Round, verbose_name=_("survey round"), on_delete=models.PROTECT, related_name="zone_reports"
    )
    zone = models.ForeignKey(Zone, verbose_name=_("zone"), on_delete=models.PROTECT, related_name="survey_reports")
    summary = CleanTextField(
        _("summary of the zone"),
        max_length=5000,
        blank=True,
        help_text=_("What stands out, what is missing, what the zone asks of the meeting."),
    )
    standing = models.JSONField(_("standing when sent"), default=dict, editable=False)
    submitted_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ZoneReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone report")
        verbose_name_plural = _("zone reports")
        constraints = [models.UniqueConstraint(fields=["round", "zone"], name="zone_report_once_a_round")]

    def __str__(self) -> str:
        return f"{self.zone.full_name} · {self.round}"

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("zone_report", args=[self.round_id, self.zone_id])


class Explanation(models.Model):
    """Why a tambon is missing from the zone's report."""

    report = models.ForeignKey(
        ZoneReport, verbose_name=_("zone report"), on_delete=models.PROTECT, related_name="explanations"
    )
    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="explanations"
    )
    text = CleanTextField(_("why it is missing"), max_length=1000)

    class Meta:
        verbose_name = _("explanation of a missing tambon")
        verbose_name_plural = _("explanations of missing tambon")
        constraints = [models.UniqueConstraint(fields=["report", "submission"], name="explanation_once")]

    def __str__(self) -> str:
        return self.text
