"""How to reach the people of a packet: read from the rows at the moment of drawing, never frozen (docs/adr/0010)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from nakhon_network.templatetags.thai import phone
from tambon_survey.models import Coordinator, Support
from tambon_survey.packets.contents import Contents


@dataclass(frozen=True)
class Contacts:
    """Row → how to reach whom it names, in words; `withheld` counts people who did not agree to be shared."""

    by_row: dict[str, str]
    withheld: int

    def of(self, row: str) -> str:
        """In words; "" for nothing."""
        return self.by_row.get(row, "")

    @property
    def given(self) -> int:
        """How many are told."""
        return len(self.by_row)


def contacts_of(contents: Contents) -> Contacts:
    """Two queries. Only rows the packet has, that are still kept today, of people who agreed; agencies' as written."""
    tambons = [one for one in contents.came if one.answers is not None]
    rows = {row.id for one in tambons for topic in one.answers or () for row in topic.rows}
    submissions = [one.submission for one in tambons]
    found, withheld = {}, 0
    shared = Exists(Coordinator.objects.shared().filter(pk=OuterRef("pk")))
    people = Coordinator.objects.kept().filter(submission__in=submissions).annotate(is_shared=shared)
    for key, number, line, is_shared in people.values_list("pk", "phone", "line", "is_shared"):
        if str(key) not in rows or not (number or line):
            continue
        if not is_shared:
            withheld += 1
            continue
        found[str(key)] = " · ".join(part for part in (phone(number), f"LINE {line}" if line else "") if part)
    agencies = Support.objects.kept().filter(submission__in=submissions).exclude(contact="")
    for key, contact in agencies.values_list("pk", "contact"):
        if str(key) in rows:
            found[str(key)] = contact
    return Contacts(found, withheld)
