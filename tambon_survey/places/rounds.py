"""The rounds in which a place was asked, the newest first, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse

from organizations.models import Tambon, User, Zone
from tambon_survey.answers import TOPICS
from tambon_survey.models import Readiness, State, Submission, Topic

SHOWN = 6


@dataclass(frozen=True)
class Counted:
    """One topic: how many rows, and how many more (or, below zero, fewer) than in the round before."""

    label: str
    rows: int
    change: int | None


@dataclass(frozen=True)
class RoundLine:
    """One round. Of a tambon `submission` is its answers; of a zone `ready` of `expected` are ready."""

    name: str
    url: str
    counted: list[Counted]
    submission: Submission | None = None
    was: str = ""
    expected: int = 0
    approved: int = 0
    ready: int = 0


def rounds(area: Tambon | Zone, viewer: User) -> list[RoundLine]:
    """One query; the round before the last that is shown is read, too, to compare with."""
    return _of_zone(area, viewer) if isinstance(area, Zone) else _of_tambon(area, viewer)


def _of_tambon(tambon: Tambon, viewer: User) -> list[RoundLine]:
    found = tambon.submissions.visible_to(viewer).expected().select_related("round")
    newest = list(found.newest_first()[: SHOWN + 1])
    lines = []
    for one, before in pairwise([*newest, None]):
        moved = before is not None and before.readiness != one.readiness
        lines.append(
            RoundLine(
                one.round.name,
                one.get_absolute_url(),
                _counted(lambda name, one=one: getattr(one, name), before and (lambda n, b=before: getattr(b, n))),  # type: ignore[misc]
                submission=one,
                was=str(before.get_readiness_display()) if moved and before is not None else "",
            )
        )
    return lines[:SHOWN]


def _of_zone(zone: Zone, viewer: User) -> list[RoundLine]:
    settled = Q(state__in=[State.APPROVED, State.ACCEPTED])
    found = Submission.objects.visible_to(viewer).in_zone(zone).expected().values("round", "round__name")
    newest = list(
        found.annotate(
            opens=Max("round__opens_at"),
            expected=Count("pk"),
            approved=Count("pk", filter=settled),
            ready=Count("pk", filter=Q(readiness=Readiness.READY)),
            **{f"{topic}_rows_sum": Sum(f"{topic}_rows") for topic in TOPICS},
        ).order_by("-opens", "-round")[: SHOWN + 1]
    )
    lines = []
    for one, before in pairwise([*newest, None]):
        counted = _counted(
            lambda name, one=one: one[f"{name}_sum"],  # type: ignore[misc]
            before and (lambda name, before=before: before[f"{name}_sum"]),  # type: ignore[misc]
        )
        lines.append(
            RoundLine(
                one["round__name"],
                reverse("zone_board", args=[one["round"], zone.pk]),
                counted,
                expected=one["expected"],
                approved=one["approved"],
                ready=one["ready"],
            )
        )
    return lines[:SHOWN]


def _counted(now: Callable[[str], int], before: Callable[[str], int] | None) -> list[Counted]:
    found: list[Counted] = []
    for topic in TOPICS:
        rows = now(f"{topic}_rows")
        change: Any = rows - before(f"{topic}_rows") if before else None
        found.append(Counted(str(Topic(topic).label), rows, change))
    return found
