"""Keys of the demo's activities, bodies and introductions that the browser's pages are opened with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from organizations.models import Need, Offer
from tambon_survey.models import Activity, Introduction


def _to_fund() -> Activity:
    """One of zone 3 that looks for money and was introduced to nobody."""
    rows = Activity.objects.newest_judged().looking_for("funding").filter(introductions=None)
    return rows.filter(submission__tambon__district__zone__number=3).order_by("pk")[0]


def _offer(**which: Any) -> Offer:
    return Offer.objects.filter(kind="funding", **which).order_by("pk")[0]


def _introduction(state: str) -> Any:
    return Introduction.objects.filter(state=state).order_by("pk")[0].pk


INTRODUCTION_KEYS: dict[str, Callable[[], Any]] = {
    "@activity-to-fund": lambda: _to_fund().pk,
    "@offer-of-money": lambda: f"offer-{_offer(themes=None).pk}",
    "@need": lambda: Need.objects.filter(kind="funding").order_by("pk")[0].pk,
    "@offer-for-need": lambda: f"offer-{_offer(themes=None).pk}",
    "@funder": lambda: _offer(themes=None).organization_id,
    **{f"@introduction-{one}": partial(_introduction, one) for one in ("proposed", "agreed", "failed")},
}
