"""Province → zone → district → tambon, the focus tambon, and what a district was called when.

Codes are the official DOPA codes as text: 2, 4 and 6 digits. A zone is the network's own grouping, so it has no code.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, date_bounds_constraint
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations import access
from organizations.access import Level
from organizations.models.named import Named, NamedQuerySet


def dopa_code(length: int) -> Any:
    """A text primary key of exactly `length` digits."""
    return models.CharField(
        _("code"),
        max_length=length,
        primary_key=True,
        validators=[RegexValidator(rf"\A[0-9]{{{length}}}\Z", _("Give the official code in digits."))],
        help_text=_("The official code of the Department of Provincial Administration."),
    )


class AreaQuerySet(NamedQuerySet):
    """Words about sets of areas of one level."""

    def visible_to(self, user):
        """Areas inside the areas `user` holds a post for today."""
        return self.filter(access.of(user).areas(self.model.level))


class ProvinceQuerySet(AreaQuerySet):
    """Words about sets of provinces."""

    def shown_to(self, user):
        """Provinces whose shared facts `user` reads: wherever one holds a post, at any level."""
        keys = {dict(grant.lineage)[Level.PROVINCE] for grant in access.of(user).grants}
        return self.filter(pk__in=keys)


class Area(Named):
    """What the four levels share."""

    level: Level
    titled: str
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        """The name with its kind: อำเภอลานสกา."""
        return gettext(self.titled) % {"name": self.name}

    def lineage(self) -> list[tuple[Level, Any]]:
        """(level, key) of the area and of every area it lies in, highest first."""
        return [(self.level, self.pk)]

    def get_absolute_url(self) -> str:
        """The area's own page."""
        return reverse(f"{self.level}_page", args=[self.pk])


class Province(Area):
    """One of the 77 provinces; the network works in one of them."""

    level = Level.PROVINCE
    titled = gettext_noop("%(name)s Province")
    code = dopa_code(2)
    zones_confirmed_at = models.DateTimeField(_("zones confirmed at"), null=True, blank=True, editable=False)
    zones_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("zones confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(zones_confirmed_at__isnull=True, zones_confirmed_by__isnull=True)
                | models.Q(zones_confirmed_at__isnull=False, zones_confirmed_by__isnull=False),
                name="zones_confirmed_by_someone",
            )
        ]


class Zone(Area):
    """The network's own grouping of districts, numbered within the province."""

    level = Level.ZONE
    titled = gettext_noop("Zone %(number)s %(name)s")
    province = models.ForeignKey(Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="zones")
    number = models.PositiveSmallIntegerField(_("number"))

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["province", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "number"],
                name="zone_number_once",
                violation_error_message=_("This province already has a zone with that number."),
            )
        ]

    @property
    def full_name(self) -> str:
        """โซน 3 ลุ่มน้ำปากพนัง: the number and what the name says beyond the word for zone."""
        own = self.name.removeprefix("โซน").removesuffix(" zone").strip()
        return gettext(self.titled) % {"number": self.number, "name": own}

    def refresh_keys(self) -> None:
        """A zone is found by its number, too."""
        super().refresh_keys()
        numbered = f"โซน {self.number}"
        self.search_key = f"{self.search_key}\n{search_key(numbered)}"
        self.loose_key = f"{self.loose_key}\n{loose_key(numbered)}"

    def lineage(self) -> list[tuple[Level, Any]]:
        """Province and zone."""
        return [(Level.PROVINCE, self.province_id), *super().lineage()]


class District(Area):
    """อำเภอ (or กิ่งอำเภอ at the time: see `DistrictStatus`)."""

    level = Level.DISTRICT
    titled = gettext_noop("%(name)s District")
    code = dopa_code(4)
    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="districts"
    )
    zone = models.ForeignKey(
        Zone,
        verbose_name=_("zone"),
        on_delete=models.PROTECT,
        related_name="districts",
        null=True,
        blank=True,
    )
    tile_row = models.PositiveSmallIntegerField(_("row in the tile grid"), null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("column in the tile grid"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        indexes = [models.Index(fields=["province", "sort_key"], name="district_in_thai_order")]
        constraints = [
            models.UniqueConstraint(fields=["province", "tile_row", "tile_column"], name="one_district_a_tile"),
            models.CheckConstraint(
                condition=models.Q(code__startswith=models.F("province")), name="district_code_in_province"
            ),
        ]

    def lineage(self) -> list[tuple[Level, Any]]:
        """Province, zone (when it has one) and district."""
        zone = [(Level.ZONE, self.zone_id)] if self.zone_id else []
        return [(Level.PROVINCE, self.province_id), *zone, *super().lineage()]

    def status_on(self, day: date) -> DistrictStatus | None:
        """What the district officially was on `day`; None when not recorded. Reads prefetched `statuses`."""
        begun = [status for status in self.statuses.all() if status.since is None or status.since <= day]
        return max(begun, key=lambda status: status.since or date.min, default=None)


class DistrictStatus(models.Model):
    """The official standing of a district from a day on."""

    class Kind(models.TextChoices):
        """กิ่งอำเภอ or อำเภอ."""

        MINOR = "minor", _("minor district")
        FULL = "full", _("district")

    district = models.ForeignKey(
        District, verbose_name=_("district"), on_delete=models.CASCADE, related_name="statuses"
    )
    kind = models.CharField(_("status"), max_length=10, choices=Kind)
    since = BoundedDateField(_("since"), null=True, blank=True, help_text=_("Empty: from the beginning."))
    source = CleanCharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("district status")
        verbose_name_plural = _("district statuses")
        ordering = ["district", models.F("since").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["district", "since"], name="one_district_status_a_day"),
            models.UniqueConstraint(
                fields=["district"],
                condition=models.Q(since__isnull=True),
                name="one_district_status_at_first",
            ),
            date_bounds_constraint("since"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class TambonQuerySet(AreaQuerySet):
    """Words about sets of tambon."""

    def in_focus(self, day: date):
        """Tambon that were focus tambon on `day`."""
        return self.filter(pk__in=FocusTambon.objects.in_force(day).values("tambon"))

    def in_zone(self, zone: Zone):
        """Tambon of a zone's districts."""
        return self.filter(district__zone=zone)

    def in_province(self, province: Province):
        """Tambon of a province."""
        return self.filter(district__province=province)

    def with_areas(self):
        """District, zone and province in the same query."""
        return self.select_related("district__zone", "district__province")


class Tambon(Area):
    """ตำบล."""

    level = Level.TAMBON
    titled = gettext_noop("Tambon %(name)s")
    code = dopa_code(6)
    district = models.ForeignKey(District, verbose_name=_("district"), on_delete=models.PROTECT, related_name="tambons")

    objects = TambonQuerySet.as_manager()

    class Meta:
        verbose_name = _("tambon")
        verbose_name_plural = _("tambons")
        indexes = [models.Index(fields=["district", "sort_key"], name="tambon_in_thai_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__startswith=models.F("district")), name="tambon_code_in_district"
            )
        ]

    def lineage(self) -> list[tuple[Level, Any]]:
        """Province, zone, district and tambon."""
        return [*self.district.lineage(), *super().lineage()]


class FocusTambonQuerySet(models.QuerySet):
    """Words about periods in focus."""

    def in_force(self, day: date):
        """Periods that hold `day`."""
        return self.filter(models.Q(dropped_on__isnull=True) | models.Q(dropped_on__gt=day), chosen_on__lte=day)

    def in_district(self, district: District):
        """Periods of one district's tambon."""
        return self.filter(tambon__district=district)

    def of_province(self, province: Province):
        """Periods of one province's tambon."""
        return self.filter(tambon__district__province=province)


class FocusTambon(models.Model):
    """A period in which a tambon is one of the focus tambon: from `chosen_on` up to, not including, `dropped_on`."""

    tambon = models.ForeignKey(Tambon, verbose_name=_("tambon"), on_delete=models.PROTECT, related_name="focus_periods")
    chosen_on = BoundedDateField(_("chosen on"))
    chosen_reason = CleanCharField(_("why it was chosen"), max_length=300)
    dropped_on = BoundedDateField(_("dropped on"), null=True, blank=True)
    dropped_reason = CleanCharField(_("why it was dropped"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("sample, not the real list"), default=False)

    objects = FocusTambonQuerySet.as_manager()

    class Meta:
        verbose_name = _("focus tambon")
        verbose_name_plural = _("focus tambons")
        ordering = ["chosen_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tambon"], condition=models.Q(dropped_on__isnull=True), name="in_focus_once"
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_on__isnull=True, dropped_reason="")
                | models.Q(dropped_on__gte=models.F("chosen_on"), dropped_reason__gt=""),
                name="focus_dropped_later_with_reason",
            ),
            date_bounds_constraint("chosen_on"),
            date_bounds_constraint("dropped_on"),
        ]

    def __str__(self) -> str:
        return self.tambon.full_name

    def holds(self, day: date) -> bool:
        """Whether the tambon was in focus by this period on `day`."""
        return self.chosen_on <= day and (self.dropped_on is None or self.dropped_on > day)
