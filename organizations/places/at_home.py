"""The bodies of the directory that are at home in a place."""

from __future__ import annotations

from organizations.models import Organization, Tambon, User, Zone

SHOWN = 12


def at_home(area: Tambon | Zone, viewer: User) -> list[Organization]:
    """In Thai order; one query, one more than are shown."""
    return list(Organization.objects.visible_to(viewer).standing().at_home_in(area).in_thai_order()[: SHOWN + 1])
