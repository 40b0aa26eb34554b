"""Where a row says a body is at home: the narrowest area it names, at any level; never a guess."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_text import arabic_digits, loose_key, place_key, place_keys
from organizations.access import Level
from organizations.models import District, Province, Tambon, Zone
from tambon_survey.importing.places import MOST_SUGGESTIONS, PlaceIndex

# The columns that name an area of each level, the narrowest first.
COLUMNS: dict[str, tuple[str, ...]] = {
    Level.TAMBON: ("tambon_code", "tambon_name"),
    Level.DISTRICT: ("district_code", "district_name"),
    Level.ZONE: ("zone_number", "zone_name"),
    Level.PROVINCE: ("province_name",),
}


@dataclass(frozen=True)
class Home:
    """The area a row was matched to, None for none; where nothing matches the reason and what may have been meant."""

    area: Any = None
    reason: str = ""
    suggestions: tuple[str, ...] = ()
    typed: str = ""


@dataclass
class HomeIndex:
    """The areas of one province, and the names of the others."""

    province: Province
    places: PlaceIndex
    districts: dict[str, District]
    zones: dict[str, Zone]
    provinces: dict[str, Province]

    @classmethod
    def of(cls, province: Province) -> HomeIndex:
        """Four queries."""
        tambons: Any = Tambon.objects.in_province(province).with_areas()
        districts = District.objects.filter(province=province).select_related("province", "zone")
        zones = Zone.objects.filter(province=province).select_related("province")
        return cls(
            province=province,
            places=PlaceIndex.of(tambons, province_name=province.name_th),
            districts={one.pk: one for one in districts},
            zones={str(one.number): one for one in zones},
            provinces={_key(one.name_th): one for one in Province.objects.all()},
        )

    def find(self, said: Callable[[str], str]) -> Home:
        """The home of a row by what `said` gives for each column; without area and reason when it says nothing."""
        words = {level: tuple(map(said, columns)) for level, columns in COLUMNS.items()}
        typed = " ".join(part for some in words.values() for part in some if part)
        found = self._found(words)
        return Home(found.area, found.reason, found.suggestions, typed)

    def _found(self, words: dict[str, tuple[str, ...]]) -> Home:
        (province,) = words[Level.PROVINCE]
        narrower = any(any(words[level]) for level in (Level.TAMBON, Level.DISTRICT, Level.ZONE))
        if province and narrower and _key(province) != _key(self.province.name_th):
            reason = _("This file brings organizations of %(province)s: the row names another province.")
            return Home(reason=reason % {"province": self.province.full_name})
        if any(words[Level.TAMBON]):
            return self._tambon(*words[Level.TAMBON], *words[Level.DISTRICT])
        if any(words[Level.DISTRICT]):
            return self._district(*words[Level.DISTRICT])
        if any(words[Level.ZONE]):
            return self._zone(*words[Level.ZONE])
        return self._province(province) if province else Home()

    def _tambon(self, code: str, name: str, district_code: str, district: str) -> Home:
        known = self.districts.get(arabic_digits(district_code))
        place = self.places.find(code=code, tambon=name, district=district or (known.name_th if known else ""))
        if not place.code:
            return Home(reason=place.reason, suggestions=place.suggestions)
        return Home(self.places.known[place.code])

    def _district(self, code: str, name: str) -> Home:
        wanted = {loose_key(one) for one in place_keys(name, province_name=self.province.name_th)} if name else set()
        named = [one for one in self.districts.values() if _key(one.name_th) in wanted]
        found = self.districts.get(arabic_digits(code)) if code else (named[0] if len(named) == 1 else None)
        if found is not None and (not name or found in named):
            return Home(found)
        reason = _("No district of the province is called %(name)s.") % {"name": " ".join(filter(None, (code, name)))}
        return Home(reason=reason, suggestions=_near(name, self.districts.values()))

    def _zone(self, number: str, name: str) -> Home:
        named = [one for one in self.zones.values() if _key(one.name_th) == _key(name)]
        digits = "".join(letter for letter in arabic_digits(number or name) if letter.isdecimal())
        found = self.zones.get(digits) or (named[0] if len(named) == 1 and not number else None)
        if found is not None:
            return Home(found)
        reason = _("The province has no zone %(name)s.") % {"name": number or name}
        return Home(reason=reason, suggestions=tuple(one.full_name for one in self.zones.values())[:MOST_SUGGESTIONS])

    def _province(self, name: str) -> Home:
        found = self.provinces.get(_key(name))
        if found is not None:
            return Home(found)
        reason = _("No province is called %(name)s.") % {"name": name}
        return Home(reason=reason, suggestions=_near(name, self.provinces.values()))


def _key(name: str) -> str:
    return loose_key(place_key(name))


def _near(name: str, areas: Iterable[Any]) -> tuple[str, ...]:
    known = {_key(one.name_th): one.full_name for one in areas}
    keys = difflib.get_close_matches(_key(name), known, n=MOST_SUGGESTIONS, cutoff=0.6)
    return tuple(known[key] for key in keys)
