"""ชุดประชุม: what a round brought, frozen for the meeting that plans with it.

Database triggers (migrations `0004_packets`, `0006_privacy`) refuse to delete a packet and to change it, except to take
personal data out of its words when somebody is erased; a newer one supersedes it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanTextField
from organizations import access
from organizations.access import Level
from organizations.models import Zone
from tambon_survey.models.rounds import Round


def checksum_of(content: dict[str, Any]) -> str:
    """SHA-256 of a content in one fixed writing, as 64 hex digits."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()


class PacketQuerySet(models.QuerySet):
    """Words about sets of packets."""

    def visible_to(self, user):
        """All of a province for who manages it; for who works for a zone there too, who reads the zone's own part."""
        works_for_zone = Zone.objects.visible_to(user).order_by().values("province")
        manages = access.of(user).managed(Level.PROVINCE, prefix="round__province__")
        return self.filter(manages | models.Q(round__province__in=works_for_zone))

    def newest_first(self):
        """The last made first."""
        return self.order_by("-made_at", "-pk")

    def with_facts(self):
        """Round, province, maker and what it supersedes in the same query, the content left for later."""
        facts = self.select_related("round__province", "made_by__person", "supersedes", "superseded_by")
        return facts.defer("content", "supersedes__content", "superseded_by__content")


class Packet(models.Model):
    """One packet of a round: number 1, 2, 3 …; each after the first supersedes the one before it.

    `content` is `packets.building.content_of(…)`: facts and names as they were at `made_at`, without any way to reach
    a person. `checksum` is `checksum_of(content)`.
    """

    round = models.ForeignKey(Round, verbose_name=_("survey round"), on_delete=models.PROTECT, related_name="packets")
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    checksum = models.CharField(_("checksum"), max_length=64)
    explanation = CleanTextField(_("about what is missing"), max_length=2000, blank=True)
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        on_delete=models.PROTECT,
        null=True,
        related_name="superseded_by",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    redacted_at = models.DateTimeField(_("words erased at"), null=True, editable=False)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("words erased by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = PacketQuerySet.as_manager()

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="packet_number_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(number=1, supersedes__isnull=True)
                | models.Q(number__gt=1, supersedes__isnull=False),
                name="packet_supersedes_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Packet no. %(number)s · %(round)s") % {"number": self.number, "round": self.round}

    @property
    def is_whole(self) -> bool:
        """Whether the content is what was frozen."""
        return self.checksum == checksum_of(self.content)

    @property
    def short_checksum(self) -> str:
        """Enough of it to compare two papers by."""
        return self.checksum[:16]

    def get_absolute_url(self) -> str:
        """The packet's page."""
        return reverse("packet_page", args=[self.pk])
