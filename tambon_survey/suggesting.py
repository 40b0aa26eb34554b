"""Records of the directory that a written name may mean, with the reasons in words; a person chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, Value
from django.db.models.functions import Length, StrIndex, Substr
from django.utils.translation import gettext as _

from nakhon_network.lib.thai_text import loose_key
from organizations.likeness import likeness, name_key
from organizations.models import Organization, Tambon, User
from tambon_survey.unlinked import name_in

if TYPE_CHECKING:
    from organizations.models.organizations import OrganizationQuerySet
    from tambon_survey.models import Activity, Support

# Shorter names are part of too many others.
SHORTEST = 4
SHORTEST_AT_FRONT = 3
EACH = 12
SHOWN = 12
NEIGHBOURS = 5
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True)
class Suggestion:
    """A record and why it may be meant; the weightier first."""

    organization: Organization
    reasons: tuple[str, ...]
    weight: int


def suggestions(row: Support | Activity, viewer: User) -> list[Suggestion]:
    """Records that may be meant, likeliest first; three queries."""
    name, tambon = name_in(row), row.submission.tambon
    stays = (f"merged_into__{path}" for path in ("province", "zone", "district__zone", "tambon__district__zone"))
    seen = Organization.objects.visible_to(viewer).with_area().select_related(*stays)
    found: dict[int, Suggestion] = {}
    for record in [*_alike(seen, name), *_holding(seen, name), *seen.standing().filter(tambon=tambon)[:NEIGHBOURS]]:
        stays = record.merged_into or record
        one = _judged(stays, record, name=name, tambon=tambon)
        if stays.pk not in found or found[stays.pk].weight < one.weight:
            found[stays.pk] = one
    ordered = sorted(found.values(), key=lambda one: (-one.weight, bytes(one.organization.sort_key)))
    return ordered[:SHOWN]


def sought(words: str, viewer: User) -> list[Suggestion]:
    """Records whose name holds what somebody typed; one query."""
    found = Organization.objects.visible_to(viewer).standing().with_area().matching(words).in_thai_order()
    return [Suggestion(one, (_("found by what you typed"),), 0) for one in found[:SHOWN]]


def _pieces(name: str) -> list[str]:
    """The name, what stands in brackets in it, and what is left without that."""
    return [one for one in (name, *_IN_BRACKETS.findall(name), _IN_BRACKETS.sub("", name)) if name_key(one)]


def _alike(seen: OrganizationQuerySet, name: str) -> Iterable[Organization]:
    called = Q(likeness_key__in=[likeness(one) for one in _pieces(name)])
    for piece in _pieces(name):
        for key in {loose_key(piece), name_key(piece)}:
            called |= Q(loose_key=key) | Q(loose_key__startswith=f"{key}\n") | Q(loose_key__endswith=f"\n{key}")
    return seen.filter(called).order_by("sort_key", "pk")[:EACH]


def _holding(seen: OrganizationQuerySet, name: str) -> Iterable[Organization]:
    """Those one of whose names holds this one, and those whose (short) name this one holds or begins with."""
    key = loose_key(name)
    if len(key) < SHORTEST:
        return []
    # `loose_key` is the name and, on a second line, the short name where there is one.
    last = Substr("loose_key", StrIndex("loose_key", Value("\n")) + 1)
    records = seen.standing().alias(written=Value(key), last=last, length=Length(last))
    begun = Q(last__in=[key[:end] for end in range(SHORTEST_AT_FRONT, len(key) + 1)])
    held = Q(written__contains=F("last"), length__gte=SHORTEST)
    return records.filter(Q(loose_key__contains=key) | held | begun).order_by("sort_key", "pk")[:EACH]


def _judged(stays: Organization, record: Organization, *, name: str, tambon: Tambon) -> Suggestion:
    weight, reasons = _by_name(record, name)
    if stays.pk != record.pk:
        reasons.append(_("“%(name)s” was merged into it") % {"name": record.name})
    if stays.tambon_id == tambon.pk:
        weight, reasons = weight + 1, [*reasons, _("at home in the same tambon")]
    elif stays.tambon_id is not None:
        weight, reasons = weight - 1, [*reasons, _("at home in another tambon")]
    elif stays.district_id is not None and stays.district_id == tambon.district_id:
        reasons.append(_("at home in the same district"))
    return Suggestion(stays, tuple(reasons), weight)


def _by_name(record: Organization, name: str) -> tuple[int, list[str]]:
    """How much the names say, and what."""
    keys = {name_key(one) for one in _pieces(name)}
    if name_key(record.name) == name_key(name):
        return 8, [_("the name reads the same")]
    if record.short_name and name_key(record.short_name) in keys:
        return 8, [_("this is its short name")]
    if {name_key(one) for one in _pieces(record.name)} & keys:
        return 7, [_("the same but for what stands in brackets")]
    if likeness(record.name) in {likeness(one) for one in _pieces(name)}:
        return 6, [_("the same without words such as office, district or tambon")]
    key, last = loose_key(name), record.loose_key.split("\n")[-1]
    if len(key) >= SHORTEST and key in record.loose_key:
        return 4, [_("its name holds this one")]
    if len(last) >= SHORTEST_AT_FRONT and key.startswith(last):
        return 4, [_("this one begins with its name")]
    if len(last) >= SHORTEST and last in key:
        return 3, [_("this one holds its name")]
    return 0, []
