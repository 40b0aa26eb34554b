"""What goes into a workbook: which tambon, in which style, with or without contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Part, Style, parts_of, row_writer
from organizations.models import User, Zone
from tambon_survey.answers import TOPICS
from tambon_survey.models import Coordinator, Round, Submission, Support
from tambon_survey.narrowing import Narrowing
from tambon_survey.resources import area_columns

# Tambon whose rows are read at once.
PORTION = 400


@dataclass(frozen=True)
class Scope:
    """The tambon of a round as one person may see them, and how they are written."""

    round: Round
    user: User
    now: datetime
    narrowing: Narrowing = field(default_factory=Narrowing)
    style: Style = Style.LABELS
    contacts: bool = False

    def submissions(self) -> Any:
        """Their submissions: zone by zone, in each the districts and tambon in Thai order."""
        seen = Submission.objects.visible_to(self.user).of_round(self.round).expected()
        zone = F("tambon__district__zone__number").asc(nulls_last=True)
        return self.narrowing.apply(seen).order_by(zone, "tambon__district__sort_key", "tambon__sort_key", "pk")

    @property
    def title(self) -> str:
        """Which tambon, in words."""
        return " · ".join([self.round.name, *(self.narrowing.words() or [self.round.province.full_name])])

    def of_zone(self, zone: Zone) -> Scope:
        """The same of one zone only."""
        return replace(self, narrowing=replace(self.narrowing, zone=zone))

    # ---- read once --------------------------------------------------------------------------------------------------
    @cached_property
    def places(self) -> dict[int, list[Any]]:
        """Key of each submission, in order → the cells that say in which zone, district and tambon it is."""
        columns = area_columns("")
        write = row_writer(columns, self.style)
        found = self.submissions().values_list("pk", *(column.path for column in columns))
        return {key: write(values) for key, *values in found.iterator(chunk_size=2000)}

    @cached_property
    def place_parts(self) -> list[Part]:
        """The columns of `places`."""
        return parts_of(area_columns(""), self.style)

    def portions(self) -> Iterator[list[int]]:
        """The keys of the submissions, some hundred at a time."""
        keys = list(self.places)
        for start in range(0, len(keys), PORTION):
            yield keys[start : start + PORTION]

    # ---- asked before anything is written ---------------------------------------------------------------------------
    def row_count(self) -> int:
        """About how many rows the sheets will have."""
        sums = self.submissions().order_by().aggregate(**{topic: Sum(f"{topic}_rows") for topic in TOPICS})
        return self.submissions().count() + sum(value or 0 for value in sums.values())

    def contact_count(self) -> int:
        """How many ways to reach somebody the sheets hold."""
        meant = self.submissions().order_by().values("pk")
        people = Coordinator.objects.kept().filter(submission__in=meant)
        agencies = Support.objects.kept().filter(submission__in=meant)
        with_phone, with_line = people.exclude(phone=""), people.exclude(line="")
        return with_phone.count() + with_line.count() + agencies.exclude(contact="").count()


def file_title(scope: Scope) -> str:
    """What a file of the scope is called, without its ending."""
    names = scope.narrowing.words()
    return " ".join([scope.round.name, *names]) if names else scope.round.name


class Taken(Protocol):
    """Whose file it is and whether it says how people are reached."""

    @property
    def user(self) -> User:
        """Who takes it."""

    @property
    def contacts(self) -> bool:
        """Whether contacts are in it."""


def foot_of(scope: Taken, *, made: str) -> str:
    """The line at the foot of each page."""
    kept = _("with contacts: keep it safe") if scope.contacts else _("without contacts")
    return _("made %(when)s by %(who)s, %(contacts)s") % {"when": made, "who": scope.user.label, "contacts": kept}
