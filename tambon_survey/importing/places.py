"""Which tambon a row means, from codes and names as people type them; never a guess."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nakhon_network.lib.thai_text import arabic_digits, loose_key, place_key, place_keys
from organizations.models import Tambon

MOST_SUGGESTIONS = 5
_DISTRICT_WITHIN = re.compile(r"^(?P<tambon>.+?)\s*(?:กิ่ง)?(?:อำเภอ|อ\.)\s*(?P<district>.+?)\s*(?:(?:จังหวัด|จ\.).*)?$")
_CODE = re.compile(r"^\d{6}$")


@dataclass(frozen=True)
class Place:
    """What a row was matched to: the tambon's code, or "" with the reason in words and what may have been meant."""

    code: str = ""
    reason: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass
class PlaceIndex:
    """The tambon of a scope by code and by name. `known` are all of the province, `allowed` the codes of the scope."""

    known: dict[str, Tambon]
    province_name: str
    by_name: dict[str, list[Tambon]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    @classmethod
    def of(cls, tambons: Iterable[Tambon], *, province_name: str) -> PlaceIndex:
        """From tambon that were read with their areas."""
        index = cls(known={one.pk: one for one in tambons}, province_name=province_name)
        for one in index.known.values():
            index.by_name[loose_key(place_key(one.name_th))].append(one)
        return index

    def find(self, *, code: str = "", tambon: str = "", district: str = "") -> Place:
        """The place of a row; a code and a name that disagree match nothing."""
        key = (code, tambon, district)
        if key not in self._seen:
            self._seen[key] = self._found(arabic_digits(code).strip(), tambon.strip(), district.strip())
        return self._seen[key]

    def _found(self, code: str, tambon: str, district: str) -> Place:
        if tambon and not district and (split := _DISTRICT_WITHIN.match(tambon)):
            tambon, district = split["tambon"], split["district"]
        if not code and _CODE.match(tambon):
            code, tambon = tambon, ""  # data files may head codes as the question, and answers by their labels
        elif code and not tambon and not any(letter.isdigit() for letter in code):
            code, tambon = "", code
        if code:
            return self._by_code(code, tambon)
        if not tambon:
            return Place(reason=_("The row does not say which tambon it is about."))
        return self._by_name(tambon, district)

    def _by_code(self, code: str, tambon: str) -> Place:
        found = self.known.get(code)
        if found is None:
            what = (
                _("No tambon of the province has the code %(code)s.")
                if _CODE.match(code)
                else _("“%(code)s” is no code of a tambon: a code has six digits.")
            )
            return Place(reason=what % {"code": code}, suggestions=self._near(tambon) if tambon else ())
        if tambon and loose_key(place_key(tambon)) != loose_key(place_key(found.name_th)):
            return Place(
                reason=_("The code is that of %(found)s, the name says %(name)s.")
                % {"found": _full(found), "name": tambon},
                suggestions=(_full(found), *self._near(tambon)),
            )
        return Place(code=found.pk)

    def _by_name(self, tambon: str, district: str) -> Place:
        named = self.by_name.get(loose_key(place_key(tambon)), [])
        if district:
            wanted = {loose_key(one) for one in place_keys(district, province_name=self.province_name)}
            inside = [
                one
                for one in named
                if loose_key(place_key(one.district.name_th)) in wanted or one.district_id == arabic_digits(district)
            ]
            if len(inside) == 1:
                return Place(code=inside[0].pk)
            reason = _("There is no %(tambon)s in %(district)s.") % {"tambon": tambon, "district": district}
            return Place(reason=reason, suggestions=tuple(map(_full, named)) or self._near(tambon))
        if len(named) == 1:
            return Place(code=named[0].pk)
        if named:
            reason = _("Several tambon are called %(tambon)s: say which district.") % {"tambon": tambon}
            return Place(reason=reason, suggestions=tuple(map(_full, named)))
        reason = _("No tambon of the province is called %(tambon)s.") % {"tambon": tambon}
        return Place(reason=reason, suggestions=self._near(tambon))

    def _near(self, tambon: str) -> tuple[str, ...]:
        keys = difflib.get_close_matches(loose_key(place_key(tambon)), self.by_name, n=MOST_SUGGESTIONS, cutoff=0.6)
        return tuple(_full(one) for key in keys for one in self.by_name[key])[:MOST_SUGGESTIONS]


def _full(tambon: Tambon) -> str:
    return f"{tambon.full_name} {tambon.district.full_name}"
