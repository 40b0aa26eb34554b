"""Organizations: groups, networks, agencies and other bodies that the network knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, SortKeyField
from nakhon_network.lib.thai_text import loose_key, search_key, sort_key
from organizations.models.named import NamedQuerySet


class OrganizationQuerySet(NamedQuerySet):
    """Words about sets of organizations."""

    def standing(self):
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def called(self, name: str):
        """Those whose name reads the same, marks, spaces and dots aside."""
        key = loose_key(name)
        return self.filter(loose_key=key) if key else self.none()

    def of_keys(self, keys):
        """Those with the given keys."""
        return self.filter(pk__in=keys)


class Organization(models.Model):
    """A body, each once. Two records of one body are merged by a person, with a trail."""

    class Kind(models.TextChoices):
        """What kind of body it is."""

        GROUP = "group", _("group")
        ORGANIZATION = "organization", _("organization")
        NETWORK = "network", _("network")
        GOVERNMENT = "government", _("government agency")
        NON_GOVERNMENT = "non_government", _("non-government organization")
        INDEPENDENT = "independent", _("independent body")
        FUNDER = "funder", _("funder")
        PLACE_TO_LEARN = "place_to_learn", _("place to learn")

    name = CleanCharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ORGANIZATION)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), on_delete=models.PROTECT, null=True, blank=True, editable=False
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
    sort_key = SortKeyField()
    search_key = models.CharField(max_length=255, editable=False)
    loose_key = models.CharField(max_length=255, editable=False, db_index=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="organization_not_merged_into_self",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared with names: the strict form."""
        return search_key(text)

    def refresh_keys(self) -> None:
        """Compute the keys from the name; `save` does it, bulk writers must call it."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.name)
        self.loose_key = loose_key(self.name)

    def get_absolute_url(self) -> str:
        """The agency's page."""
        return reverse("agency_page", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        super().save(*args, **kwargs)
