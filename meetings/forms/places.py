"""A tambon found by what people type: its name, with or without its district."""

from __future__ import annotations

import re

from nakhon_network.lib.thai_text import loose_key
from organizations.models import Province, Tambon

_KINDS = re.compile(r"(?:^|(?<=\s))(?:ตำบล|อำเภอ|จังหวัด|ต\.|อ\.|จ\.)\s*")


def tambons_of(province: Province) -> list[Tambon]:
    """All tambon of the province, with their districts; one query."""
    return list(Tambon.objects.in_province(province).with_areas().in_thai_order())


def shown(tambon: Tambon) -> str:
    """As it is proposed and shown in the box: ตำบลในเมือง อำเภอเมืองนครศรีธรรมราช."""
    return f"{tambon.full_name} {tambon.district.full_name}"


def find_tambons(text: str, tambons: list[Tambon]) -> tuple[list[Tambon], list[Tambon]]:
    """(those whose name is what was typed, those whose name begins with it)."""
    wanted = _key(text)
    if not wanted:
        return [], []
    readings = [(tambon, _readings(tambon)) for tambon in tambons]
    exact = [tambon for tambon, names in readings if wanted in names]
    near = [tambon for tambon, names in readings if any(name.startswith(wanted) for name in names)]
    return exact, near


def _key(text: str) -> str:
    return loose_key(_KINDS.sub("", text))


def _readings(tambon: Tambon) -> set[str]:
    district = tambon.district
    names = (
        tambon.pk,
        tambon.name_th,
        tambon.name_en or tambon.pk,
        f"Tambon {tambon.name_en} {district.name_en} District",
        f"{tambon.name_th} {district.name_th}",
        f"{tambon.name_th} {district.name_th} {district.province.name_th}",
        # อ.เมือง is said of the district that is called after the province.
        f"{tambon.name_th} {district.name_th.removesuffix(district.province.name_th)}",
    )
    return {loose_key(name) for name in names}
