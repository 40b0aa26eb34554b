"""Names of bodies as surveys write them, and what somebody said each of them means, in one area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.functions import DenseRank, RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField
from organizations import access
from organizations.access import Level
from organizations.likeness import name_key
from organizations.models import District, Organization, Province, Tambon, Zone
from tambon_survey.models.roster_rows import RosterQuerySet
from tambon_survey.models.submissions import State, Submission

if TYPE_CHECKING:
    from organizations.access import Area

# From a row of a roster to the area of each level that its tambon lies in; narrowest first.
PATHS = {
    Level.TAMBON: "submission__tambon",
    Level.DISTRICT: "submission__tambon__district",
    Level.ZONE: "submission__tambon__district__zone",
    Level.PROVINCE: "submission__tambon__district__province",
}


class WrittenNameQuerySet(models.QuerySet):
    """Words about sets of remembered names."""

    def visible_to(self, user):
        """Those of areas one works for."""
        reach = access.of(user)
        found = models.Q(pk__in=[])
        for level in Level:
            found |= reach.areas(level, prefix=f"{level}__")
        return self.filter(found)

    def left_alone(self):
        """Those that were said to be no body of the directory."""
        return self.filter(organization__isnull=True)

    def linked(self):
        """Those that lead to a body."""
        return self.filter(organization__isnull=False)

    def leading_to(self, organization: Organization):
        """Those that mean a body."""
        return self.filter(organization=organization)

    def of_the_row(self):
        """Those that hold for a row of a roster, inside a subquery over it; the narrowest area first."""
        areas = {level: models.OuterRef(path) for level, path in PATHS.items()}
        return self._holding(areas, key=models.OuterRef("body_key"))

    def in_tambon(self, key: str, tambon: Tambon):
        """Those of one name that hold in a tambon; the narrowest area first."""
        return self._holding(dict(tambon.lineage()), key=key)

    def _holding(self, areas: dict[Level, Any], *, key: Any):
        holds = models.Q(pk__in=[])
        for level, area in areas.items():
            holds |= models.Q(**{str(level): area})
        return self.filter(holds, key=key).order_by(*(models.F(level).desc(nulls_last=True) for level in PATHS))

    def with_area(self):
        """Where each holds, the body and who said so, in the same query."""
        return self.select_related(
            *("province", "zone", "district__zone", "tambon__district__zone", "organization", "decided_by__person")
        )

    def newest_first(self):
        """As they were decided, the last first."""
        return self.order_by("-decided_at", "-pk")


def _area(model: type[Area], label: Any) -> Any:
    """One of the four levels at which a name may hold."""
    return models.ForeignKey(
        model, verbose_name=label, on_delete=models.PROTECT, null=True, editable=False, related_name="written_names"
    )


class WrittenName(models.Model):
    """What a name means in the surveys of one area: a body of the directory, or none that is to be recorded.

    Of several areas that hold a tambon the narrowest decides: “the women's group” is another group in each tambon.
    """

    name = CleanCharField(_("as written"), max_length=200, editable=False)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    province = _area(Province, _("province"))
    zone = _area(Zone, _("zone"))
    district = _area(District, _("district"))
    tambon = _area(Tambon, _("tambon"))
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="written_names",
    )
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = WrittenNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in the surveys")
        verbose_name_plural = _("names in the surveys")
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["key", level],
                    name=f"written_name_once_in_{level}",
                    condition=models.Q(**{f"{level}__isnull": False}),
                )
                for level in ("province", "zone", "district", "tambon")
            ),
            models.CheckConstraint(
                condition=models.Q(province__isnull=False, zone=None, district=None, tambon=None)
                | models.Q(province=None, zone__isnull=False, district=None, tambon=None)
                | models.Q(province=None, zone=None, district__isnull=False, tambon=None)
                | models.Q(province=None, zone=None, district=None, tambon__isnull=False),
                name="written_name_in_one_area",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level:
        """The level of the area where it means this."""
        return next(level for level in PATHS if getattr(self, f"{level}_id") is not None)

    @property
    def area(self) -> Area:
        """Where it means this."""
        found: Area = self.province or self.zone or self.district or self.tambon
        return found


class BodyNamingQuerySet(RosterQuerySet):
    """Words about rows of a roster that may name a body."""

    def naming(self):
        """Those of approved surveys that name a body."""
        return self.filter(submission__state__in=[State.APPROVED, State.ACCEPTED], body_key__gt="")

    def without_record(self):
        """Those of them whose name leads to no record of the directory."""
        return self.naming().filter(organization__isnull=True)

    def undecided(self):
        """Those of them nobody has said anything about."""
        return self.without_record().exclude(models.Exists(WrittenName.objects.left_alone().of_the_row()))

    def called(self, key: str):
        """Those that write one name."""
        return self.filter(body_key=key)

    def called_like(self, text: str):
        """Those whose name holds what is typed."""
        return self.filter(body_key__contains=name_key(text))

    def by_name(self):
        """Each name once, the most frequent first: its key, how many rows, in how many tambon."""
        tambons = models.Count("submission__tambon", distinct=True)
        counted = self.order_by().values("body_key").annotate(rows=models.Count("*"), tambons=tambons)
        return counted.order_by("-rows", "body_key")

    def names(self, *, most: int) -> list[str]:
        """The keys of the names, each once, no more than `most`; read off the index."""
        return list(self.order_by("body_key").values_list("body_key", flat=True).distinct()[:most])

    def of_names(self, keys: Iterable[str], *, places: int):
        """A row for each name in each of the first few tambon that write it, in Thai order."""
        order = ["submission__tambon__sort_key", "submission__tambon"]
        place = models.Window(DenseRank(), partition_by="body_key", order_by=order)
        number = models.Window(RowNumber(), partition_by=["body_key", "submission__tambon"], order_by="pk")
        found = self.filter(body_key__in=list(keys)).annotate(place=place, number=number)
        tambon = [f"submission__tambon__{name}" for name in ("name_th", "name_en")]
        needed = found.select_related("submission__tambon").only("body_key", self.model.record_named_in, *tambon)
        return needed.filter(place__lte=places, number=1).order_by("body_key", "place")

    def of_body(self, organization: Organization):
        """Kept rows that name a body."""
        return self.kept().filter(organization=organization)

    def in_area(self, area: Area):
        """Those of the tambon of an area."""
        inside = {PATHS[area.level].removeprefix("submission__"): area.pk}
        return self.filter(submission__in=Submission.objects.filter(**inside).values("pk"))

    def with_meaning(self):
        """`meant`: the key of the body that the narrowest remembered name stands for, None where there is none."""
        return self.annotate(meant=models.Subquery(WrittenName.objects.of_the_row().values("organization")[:1]))


class NamesBody(models.Model):
    """What rows share that name a body: the key by which names are told apart; a row that was removed has none."""

    body_key = models.CharField(max_length=200, default="", editable=False)

    class Meta:
        abstract = True

    def body_key_now(self) -> str:
        """How the name of a body in the row is compared."""
        row: Any = self
        return "" if row.is_removed else name_key(getattr(row, row.record_named_in))


def index_by_body(name: str) -> models.Index:
    """All that the list of names without a record reads of a row; first the key of the record, for its page."""
    return models.Index(fields=["organization", "body_key", "submission"], name=name)
