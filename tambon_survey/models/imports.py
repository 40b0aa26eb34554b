"""Files brought in: each a batch that is looked at before it is written, and can be taken back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import cast

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import access
from organizations.access import Level
from organizations.models import Province
from tambon_survey.models.rounds import Round


class ImportBatchQuerySet(models.QuerySet):
    """Words about sets of batches."""

    def visible_to(self, user):
        """One's own, and everybody's of the provinces one manages."""
        reach = access.of(user)
        managed = (reach.managed(Level.PROVINCE, prefix=prefix) for prefix in ("round__province__", "province__"))
        return self.filter(reduce(or_, managed, models.Q(made_by=reach.user_id)))

    def of_round(self, survey_round: Round):
        """Those of one round."""
        return self.filter(round=survey_round)

    def of_directory(self, province: Province):
        """Those that bring organizations of one province."""
        return self.filter(province=province)

    def newest_first(self):
        """The last one first, with who brought it."""
        return self.select_related("made_by__person").order_by("-made_at")


class ImportBatch(models.Model):
    """One file, for one round or for the directory of one province.

    `layouts` says per table how it is read; `counts` how many rows are new, changed, same or stop it; `digest` is that
    of the plan that was shown, so that nothing else is written than what was seen. Of the directory `choices` says of a
    doubtful row whether it is "new" or the key of the body it means, and `written` keeps the key of what each line of
    the plan wrote.
    """

    class State(models.TextChoices):
        """How far it came."""

        READING = "reading", _("being read")
        ASKING = "asking", _("waits for what its columns mean")
        SHOWN = "shown", _("waits to be confirmed")
        APPLYING = "applying", _("being written")
        APPLIED = "applied", _("written")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")
        FAILED = "failed", _("cannot be read")

    # A process that says nothing for so long has ended.
    SILENT = timedelta(seconds=90)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, verbose_name=_("survey round"), on_delete=models.PROTECT, null=True, related_name="imports"
    )
    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, null=True, related_name="imports"
    )
    file = models.FileField(_("file"), upload_to="imports/", editable=False)
    original_name = models.CharField(_("name of the file"), max_length=255, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING, editable=False)
    layouts = models.JSONField(_("columns"), default=list, editable=False)
    counts = models.JSONField(_("rows"), default=dict, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    choices = models.JSONField(_("choices"), default=dict, editable=False)
    written = models.JSONField(_("written rows"), default=list, editable=False)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True, editable=False)
    heard_at = models.DateTimeField(_("last sign of work"), default=timezone.now, editable=False)
    made_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    applied_at = models.DateTimeField(_("written at"), null=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    erased_at = models.DateTimeField(_("file erased at"), null=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("file erased by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["applied", "undone"]) | models.Q(applied_at__isnull=False),
                name="import_applied_when",
            ),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False, province=None) | models.Q(round=None, province__isnull=False),
                name="import_of_round_or_directory",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_of_directory(self) -> bool:
        """Whether it brings organizations and not the answers of a round."""
        return self.round_id is None

    @property
    def within(self) -> Round | Province:
        """What it is for."""
        return self.round or cast(Province, self.province)

    @property
    def home_province(self) -> Province:
        """The province whose places its rows name."""
        return self.round.province if self.round else cast(Province, self.province)

    @property
    def start_url(self) -> str:
        """Where such a file is sent."""
        if self.is_of_directory:
            return reverse("organization_import")
        return reverse("import_start", args=[self.round_id])

    @property
    def plan_name(self) -> str:
        """Where the plan lies in the storage."""
        return f"imports/{self.pk}.plan"

    @property
    def is_busy(self) -> bool:
        """Whether a process works on it, or should."""
        return self.state in (self.State.READING, self.State.APPLYING, self.State.UNDOING)

    def has_stopped_at(self, now: datetime) -> bool:
        """Whether the process that was busy with it ended without a word."""
        return self.is_busy and now - self.heard_at > self.SILENT

    def get_absolute_url(self) -> str:
        """The page of the file."""
        return reverse("import_page", args=[self.pk])


class RememberedColumns(models.Model):
    """What somebody said the columns of such a table mean, for the next file of the same headings."""

    province = models.ForeignKey(Province, on_delete=models.PROTECT, editable=False, related_name="remembered_columns")
    signature = models.CharField(max_length=32, editable=False)
    meanings = models.JSONField(default=list, editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["province", "signature"], name="columns_remembered_once")]

    def __str__(self) -> str:
        return self.signature
