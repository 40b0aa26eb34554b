"""Minutes of a meeting, revision by revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField


class MinutesQuerySet(models.QuerySet):
    """Words about sets of minutes."""

    def visible_to(self, user):
        """Those of meetings one may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def latest_first(self):
        """The newest revision first."""
        return self.order_by("-revision")

    def adopted(self):
        """Those a meeting adopted."""
        return self.filter(state=Minutes.State.ADOPTED)

    def with_facts(self):
        """Who brought them where they are and who adopted them, in the same query."""
        return self.select_related("state_by__person", "adopted_by_meeting")


class Minutes(models.Model):
    """One revision of a meeting's minutes. A draft is drawn from the meeting as it stands; what was circulated or
    adopted is kept as it was in `document` (the value of `meetings.minutes`), and an adopted one never changes again.
    """

    class State(models.TextChoices):
        """How far it came."""

        DRAFT = "draft", _("draft")
        CHECKED = "checked", _("checked")
        CIRCULATED = "circulated", _("circulated")
        ADOPTED = "adopted", _("adopted")

    class Digits(models.TextChoices):
        """The numerals of the document."""

        THAI = "thai", _("Thai numerals (๑ ๒ ๓)")
        ARABIC = "arabic", _("Arabic numerals (1 2 3)")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="minutes", editable=False
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    digits = models.CharField(_("numerals"), max_length=6, choices=Digits, default=Digits.THAI)
    recorder_name = CleanCharField(_("who wrote the minutes"), max_length=200, blank=True)
    recorder_post = CleanCharField(_("their post"), max_length=200, blank=True)
    checker_name = CleanCharField(_("who checked the minutes"), max_length=200, blank=True)
    checker_post = CleanCharField(_("their post"), max_length=200, blank=True)
    reason = CleanCharField(_("what is corrected"), max_length=300, blank=True, editable=False)
    document = models.JSONField(_("document as it was issued"), null=True, editable=False)
    adopted_by_meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("adopted by the meeting"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="minutes_adopted",
    )
    created_at = models.DateTimeField(_("started at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    state_at = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    redacted_at = models.DateTimeField(_("words erased at"), null=True, editable=False)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "revision"], name="minutes_revision_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=~models.Q(state="adopted"), name="minutes_one_in_work"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="adopted")
                | models.Q(document__isnull=False, adopted_by_meeting__isnull=False),
                name="minutes_adopted_by_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.revision})"

    @property
    def is_adopted(self) -> bool:
        """Whether they never change again."""
        return self.state == self.State.ADOPTED

    @property
    def is_issued(self) -> bool:
        """Whether they left the desk: everybody who reads the meeting reads them, as they were then."""
        return self.state in (self.State.CIRCULATED, self.State.ADOPTED)

    def get_absolute_url(self) -> str:
        """The page of the minutes."""
        return reverse("minutes_page", args=[self.meeting_id])
