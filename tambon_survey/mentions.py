"""Where the surveys name a body of the directory, whatever the roster, as one person may see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse

from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import Organization, Tambon, User
from tambon_survey.models import Activity, Sector, State, Support, WrittenName

SHOWN = 50
_COLUMNS = (
    *("pk", "is_group", "written", "subject", "told_sector", "since", "submission", "submission__round__name"),
    *("submission__tambon", "submission__tambon__name_th", "submission__tambon__name_en", "by_wider_word"),
    *("opened", "place"),
)


@dataclass(frozen=True)
class Mention:
    """One row that names the body: as what, how it is written there, where and in which round."""

    key: uuid.UUID
    is_group: bool
    written: str
    what: str
    sector: str
    since: PartialDate
    submission: int
    round: str
    tambon: Tambon
    by_wider_word: bool

    @property
    def url(self) -> str:
        """Where is said that it means another body in a narrower area; "" where nothing is, or a row above has it."""
        if not self.by_wider_word:
            return ""
        return reverse("unlinked_name", args=["groups" if self.is_group else "agencies", self.key])


def mentions(organization: Organization, viewer: User) -> list[Mention]:
    """Rows of the newest round first, no more than `SHOWN`; one query."""
    agencies = _rows(Support, organization, viewer, is_group=False, written="name", what="kind", sector=F("sector"))
    no_sector = Value("", output_field=CharField())
    groups = _rows(Activity, organization, viewer, is_group=True, written="group", what="title", sector=no_sector)
    found = agencies.union(groups, all=True).order_by("-opened", "place", "is_group", "pk")
    told: set[tuple[str, str]] = set()
    return [_mention(row, told) for row in found[:SHOWN]]


def _rows(
    roster: type[Support] | type[Activity],
    organization: Organization,
    viewer: User,
    *,
    is_group: bool,
    written: str,
    what: str,
    sector: F | Value,
) -> Any:
    rows: Any = roster.objects.visible_to(viewer).of_body(organization)
    said_here = WrittenName.objects.filter(key=OuterRef("body_key"), tambon=OuterRef("submission__tambon"))
    is_judged = Q(submission__state__in=[State.APPROVED, State.ACCEPTED])
    return rows.annotate(
        by_wider_word=Case(When(is_judged & ~Exists(said_here), then=Value(True)), default=Value(False)),
        is_group=Value(is_group),
        written=F(written),
        subject=F(what),
        told_sector=sector,
        opened=F("submission__round__opens_at"),
        place=F("submission__tambon__sort_key"),
    ).values_list(*_COLUMNS)


def _mention(row: tuple[Any, ...], told: set[tuple[str, str]]) -> Mention:
    """The row as a value; `told` holds the tambon and names of rows before it, for each needs its link once."""
    key, is_group, written, what, sector, since, submission, round_name, code, name_th, name_en, wider, *_order = row
    label = str(Sector(sector).label) if sector else ""
    tambon = Tambon(code=code, name_th=name_th, name_en=name_en)
    is_new = (code, written) not in told
    told.add((code, written))
    return Mention(
        key, bool(is_group), written, what, label, since, submission, round_name, tambon, bool(wider) and is_new
    )
