"""Who supports a place: of a tambon each body once, as it was told last; of a zone those of most tambon first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from nakhon_network.lib.thai_text import loose_key
from organizations.models import Organization, Tambon, User, Zone
from tambon_survey.models import Support

SHOWN = 12
# Rows of a tambon over all rounds; more say the same again.
READ = 200


@dataclass(frozen=True)
class Supporter:
    """A body and its record, if it has one; what it does in a tambon, or in how many tambon of a zone."""

    name: str
    organization: Organization | None
    kind: str = ""
    tambon_count: int = 0


def supporters(area: Tambon | Zone, viewer: User) -> list[Supporter]:
    """One query; one more than are shown."""
    found = Support.objects.visible_to(viewer).kept().within(area)
    if isinstance(area, Zone):
        named = found.exclude(organization=None).values("organization", "organization__name")
        most = named.annotate(number=Count("submission__tambon", distinct=True)).order_by(
            "-number", "organization__sort_key"
        )
        return [
            Supporter(
                one["organization__name"],
                Organization(pk=one["organization"], name=one["organization__name"]),
                tambon_count=one["number"],
            )
            for one in most[: SHOWN + 1]
        ]
    latest: dict[str, Supporter] = {}
    rows = found.select_related("organization").order_by("-submission__round__opens_at", "position", "pk")
    for row in rows[:READ]:
        if row.name:
            name = row.organization.name if row.organization else row.name
            latest.setdefault(loose_key(name) or name, Supporter(name, row.organization, row.kind))
    return list(latest.values())[: SHOWN + 1]
