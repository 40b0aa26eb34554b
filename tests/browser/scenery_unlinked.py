"""Keys of the names in surveys that the demo made, for the pages about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tambon_survey.models import Activity, Support, WrittenName

UNLINKED_KEYS: dict[str, Callable[[], Any]] = {
    "@agency-name": lambda: Support.objects.undecided().filter(name__startswith="กศน.").order_by("name", "pk")[0].pk,
    "@group-name": lambda: Activity.objects.undecided().order_by("-submission__round__opens_at", "group", "pk")[0].pk,
    "@written-name": lambda: WrittenName.objects.linked().order_by("pk")[0].pk,
}
