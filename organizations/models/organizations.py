"""Organizations: groups, networks, agencies and other bodies that the network knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, CleanTextField, SortKeyField
from nakhon_network.lib.thai_text import loose_key, search_key, sort_key
from organizations import access
from organizations.access import Level
from organizations.likeness import likeness
from organizations.models.areas import District, Province, Tambon, Zone
from organizations.models.named import NamedQuerySet
from organizations.models.themes import Theme

if TYPE_CHECKING:
    from organizations.models.areas import Area


class OrganizationQuerySet(NamedQuerySet):
    """Words about sets of organizations."""

    def visible_to(self, user):
        """The directory is read by whoever holds a post; by nobody else."""
        return self if access.of(user).is_member else self.none()

    def changeable_by(self, user):
        """Those whose record `user` keeps; `access.may_change_organization` says the same of one."""
        return self.filter(access.of(user).kept_organizations())

    def standing(self):
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def called(self, name: str):
        """Those one of whose names reads the same, marks, spaces and dots aside."""
        key = loose_key(name)
        if not key:
            return self.none()
        # `loose_key` holds the name and the short name, each on a line of its own.
        first, last = models.Q(loose_key__startswith=f"{key}\n"), models.Q(loose_key__endswith=f"\n{key}")
        return self.filter(models.Q(loose_key=key) | first | last)

    def published(self):
        """Those that agreed to stand in the open data."""
        return self.standing().filter(agreed_at__isnull=False)

    def open_to(self, reader):
        """The open data: those that agreed; all that stand where the reader knows what the members share."""
        return self.standing() if access.of(reader).is_member else self.published()

    def open_before(self, reader):
        """Those that lead to another record now, as far as the reader knew them when they stood."""
        merged = self.filter(merged_into__isnull=False)
        return merged if access.of(reader).is_member else merged.filter(agreed_at__isnull=False)

    def of_keys(self, keys):
        """Those with the given keys."""
        return self.filter(pk__in=keys)

    def hosting(self, meetings):
        """Those that are at home at any of the meetings, or convened them."""
        found = models.Q(forums_hosted__meeting__in=meetings) | models.Q(meetings__in=meetings)
        return self.filter(found).distinct().in_thai_order()

    def with_area(self):
        """Where each is at home, in the same query."""
        return self.select_related("province", "zone", "district__zone", "tambon__district__zone")

    def with_exchange(self):
        """What each offers and needs, in two more queries."""
        return self.prefetch_related("offers", "needs")

    def at_home_in(self, area: Area):
        """Those at home in the area or in one that lies in it."""
        found = models.Q(pk__in=[])
        for level in Level:
            found |= access.within(area.level, area.pk, level=level, prefix=f"{level}__")
        return self.filter(found)

    def of_theme(self, theme: str):
        """Those that are about a theme, or offer or need something about it."""
        mine, offered = models.Q(themes=theme), models.Q(offers__themes=theme)
        return self.filter(
            pk__in=self.model.objects.filter(mine | offered | models.Q(needs__themes=theme)).values("pk")
        )

    def like(self, name: str):
        """Those that may be the body of that name: read the same, or alike once what people leave out is left out."""
        alike = self.filter(likeness_key=likeness(name)) if likeness(name) else self.none()
        return self.filter(models.Q(pk__in=alike.values("pk")) | models.Q(pk__in=self.called(name).values("pk")))

    def recorded_twice(self):
        """Those whose name another standing record's name is like."""
        twice = self.standing().values("likeness_key").annotate(number=models.Count("pk")).filter(number__gt=1)
        return self.standing().filter(likeness_key__in=twice.order_by().values("likeness_key"))

    def with_its_merged(self, pk: int):
        """The record with that key and those that were merged into it, itself first."""
        itself = self.model.objects.filter(pk=pk).values("pk")  # no column holds every number of an address
        found = (
            self.filter(models.Q(pk__in=itself) | models.Q(merged_into__in=itself))
            .with_area()
            .select_related("created_by__person")
        )
        return sorted(found, key=lambda one: (one.pk != pk, one.pk))


def _area(model: type[Area], label: Any) -> Any:
    """One of the four levels at which a body may be at home."""
    return models.ForeignKey(
        model, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name="organizations"
    )


class Organization(models.Model):
    """A body, each once. Two records of one body are merged by a person, with a trail.

    Where it is at home is one area of any level, or not known.
    """

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

    class Status(models.TextChoices):
        """Whether it works already."""

        EXISTING = "existing", _("existing")
        FORMING = "forming", _("forming")

    name = CleanCharField(_("name"), max_length=200)
    short_name = CleanCharField(_("short name"), max_length=50, blank=True, help_text=_("Such as พอช., อบต."))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ORGANIZATION)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.EXISTING)
    province = _area(Province, _("province"))
    zone = _area(Zone, _("zone"))
    district = _area(District, _("district"))
    tambon = _area(Tambon, _("tambon"))
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="organizations")
    about = CleanTextField(_("what it does"), max_length=2000, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    source = CleanCharField(
        _("where this is known from"), max_length=300, blank=True, help_text=_("A survey, a meeting, its own page.")
    )
    is_sample = models.BooleanField(_("sample, not a real body"), default=False, editable=False)
    agreed_at = models.DateTimeField(_("agreed to be published at"), null=True, blank=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("agreement recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
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
    search_key = models.CharField(max_length=260, editable=False)
    loose_key = models.CharField(max_length=260, editable=False, db_index=True)
    likeness_key = models.CharField(max_length=200, editable=False, db_index=True, default="")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [models.Index(fields=["sort_key"], name="organization_in_thai_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="organization_not_merged_into_self",
            ),
            models.CheckConstraint(
                condition=models.Q(zone=None, district=None, tambon=None)
                | models.Q(province=None, district=None, tambon=None)
                | models.Q(province=None, zone=None, tambon=None)
                | models.Q(province=None, zone=None, district=None),
                name="organization_in_one_area",
                violation_error_message=_("An organization is at home in one area."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared with names: the strict form."""
        return search_key(text)

    @property
    def area(self) -> Area | None:
        """Where it is at home, whichever the level; None when not known."""
        return self.province or self.zone or self.district or self.tambon

    @area.setter
    def area(self, area: Area | None) -> None:
        for level in Level:
            setattr(self, level, area if area is not None and area.level == level else None)

    def refresh_keys(self) -> None:
        """Compute the keys from the names; `save` does it, bulk writers must call it."""
        names = [name for name in (self.name, self.short_name) if name]
        self.sort_key = sort_key(self.name)
        self.search_key = "\n".join(search_key(name) for name in names)
        self.loose_key = "\n".join(loose_key(name) for name in names)
        self.likeness_key = likeness(self.name)

    def what_hangs_on_it(self) -> list[tuple[str, int]]:
        """What a merge would move: (name, how many), as far as there is any. One query each."""
        names = {
            "supports": _("entries of surveys"),
            "activities": _("activities in surveys"),
            "written_names": _("names in the surveys"),
            "meetings": _("meetings it convened"),
            "tasks": _("tasks"),
            "offers": _("offers"),
            "needs": _("needs"),
            "relations": _("relations"),
            "relations_back": _("relations of others to it"),
            "contacts": _("contacts"),
        }
        counted = [(str(label), getattr(self, name).count()) for name, label in names.items()]
        return [(label, number) for label, number in counted if number]

    def get_absolute_url(self) -> str:
        """The organization's page."""
        return reverse("organization_page", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        super().save(*args, **kwargs)
