"""What the rows of the four rosters share."""

from __future__ import annotations

import uuid
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.prepared import Prepared, Slot
from nakhon_network.lib.thai_dates import PartialDate
from organizations import access
from organizations.access import Level
from organizations.models import Tambon, Zone
from tambon_survey.answers import Row
from tambon_survey.models.submissions import Submission, Topic


class Standing(models.TextChoices):
    """Where a row comes from, and whether somebody looked at it in this round."""

    NEW = "new", _("new")
    CARRIED = "carried", _("from the last round, to be checked")
    CONFIRMED = "confirmed", _("confirmed")
    CHANGED = "changed", _("changed")


class RosterQuerySet(models.QuerySet):
    """Words about sets of roster rows."""

    def kept(self):
        """Without those that were removed."""
        return self.filter(is_removed=False)

    def counted(self):
        """Answers of this round that say who or what they are about; what came from the last round counts once it was
        looked at."""
        return self.kept().exclude(standing=Standing.CARRIED).exclude(**{self.model.answers[0]: ""})

    def of_submission(self, submission: Submission):
        """Those of one form."""
        return self.filter(submission=submission)

    def of_key(self, key: uuid.UUID | None):
        """The one with that key, or none."""
        return self.filter(pk=key)

    def in_order(self):
        """As the tambon arranged them."""
        return self.order_by("position", "id")

    def visible_to(self, user):
        """Rows of the tambon one works for."""
        return self.filter(access.of(user).areas(Level.TAMBON, prefix="submission__tambon__"))

    def within(self, area: Tambon | Zone):
        """Rows of a tambon, or of the tambon of a zone, of what is still expected."""
        path = "submission__tambon" if isinstance(area, Tambon) else "submission__tambon__district__zone"
        return self.filter(**{path: area}, submission__dropped_at__isnull=True)

    def of_round(self, survey_round):
        """Rows of what a round still expects."""
        return self.filter(submission__round=survey_round, submission__dropped_at__isnull=True)

    def with_areas(self):
        """Round, tambon and what it lies in, in the same query."""
        district = "submission__tambon__district"
        return self.select_related("submission__round", f"{district}__zone", f"{district}__province")


class RosterRow(models.Model):
    """What the rows of the four rosters share. A removed row stays, so that it can be restored."""

    topic: ClassVar[Topic]
    # What a person fills in, in the order of the screen; the first is the row's name, without which it is no row.
    answers: ClassVar[tuple[str, ...]]
    # The column that leads to the network's own record of who or what the row names; "" where there is none.
    record: ClassVar[str] = ""
    # The answer that says whose record that is: another name, and the record is let go.
    record_named_in: ClassVar[str] = ""
    # Columns computed from the answers by `refresh_keys`; bulk writers must call it and write them.
    keys: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.NEW, editable=False)
    carried_from = models.UUIDField(_("row of the last round"), null=True, editable=False)
    is_removed = models.BooleanField(_("removed"), default=False, editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.answers[0]))

    def refresh_keys(self) -> None:
        """Compute the columns named in `keys`; a roster that is not searched has none."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *self.keys}
        super().save(*args, **kwargs)

    @classmethod
    def values_of(cls, submission: int) -> tuple[Row, ...]:
        """The kept rows of a submission in order, as rules and snapshots read them; no model instance is made."""
        return tuple(
            Row(
                id=str(key),
                values=dict(zip(cls.answers, map(plain, cells), strict=True)),
                standing=standing,
                carried_from=str(carried) if carried else None,
            )
            for key, standing, carried, *cells in _kept_rows(cls).rows(submission=submission)
        )

    def as_value(self) -> Row:
        """The row as rules and snapshots read it."""
        return Row(
            id=str(self.pk),
            values={name: plain(getattr(self, name)) for name in self.answers},
            standing=self.standing,
            carried_from=str(self.carried_from) if self.carried_from else None,
        )


@cache
def _kept_rows(model: type[RosterRow]) -> Prepared:
    names = ("id", "standing", "carried_from", *model.answers)
    return Prepared(lambda: model.objects.filter(submission=Slot("submission")).kept().in_order().values_list(*names))


def plain(value: Any) -> Any:
    """A cell as JSON can hold it: a date, a partial one too, as ISO text, everything else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return value.to_iso() if isinstance(value, PartialDate) else value
