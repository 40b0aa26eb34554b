"""Which tambon of a round are meant: those of a zone or district, in a state, with answers to a topic, and so on.

Boards, the pivot, the list behind its cells and the workbook read the same few words from an address, so that each
leads to exactly what the other shows. Words that are not known are left aside; places that are not seen are not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from organizations.models import District, User, Zone
from tambon_survey.models import Readiness, Round, Sector, State, Submission, Support, Topic

# Tambon of a district that lies in no zone; agencies of which no sector is told.
NO_ZONE, UNTOLD = "0", "untold"


@dataclass(frozen=True)
class Narrowing:
    """What was asked for, each word checked."""

    zone: Zone | None = None
    has_no_zone: bool = False
    district: District | None = None
    state: str = ""
    readiness: str = ""
    topic: str = ""
    sector: str = ""

    def apply(self, submissions: Any) -> Any:
        """Those of the submissions that are meant."""
        places = {"tambon__district__zone": self.zone, "tambon__district": self.district}
        wanted: dict[str, Any] = {path: place for path, place in places.items() if place is not None}
        if self.has_no_zone:
            wanted["tambon__district__zone__isnull"] = True
        wanted |= {name: getattr(self, name) for name in ("state", "readiness") if getattr(self, name)}
        if self.topic:
            wanted[f"{self.topic}_rows__gt"] = 0
        if self.sector:
            sector = "" if self.sector == UNTOLD else self.sector
            wanted["pk__in"] = Support.objects.counted().filter(sector=sector).values("submission")
        return submissions.filter(**wanted)

    def words(self) -> list[str]:
        """What was asked for, in the language of the page."""
        found = [place.full_name for place in (self.zone, self.district) if place is not None]
        if self.has_no_zone:
            found.append(_("without a zone"))
        if self.state:
            found.append(str(State(self.state).label))
        if self.readiness:
            found.append(str(Readiness(self.readiness).label))
        if self.topic:
            found.append(_("with answers to “%(topic)s”") % {"topic": Topic(self.topic).label})
        if self.sector:
            found.append(_("supported by: %(sector)s") % {"sector": sector_label(self.sector)})
        return found

    def facts(self) -> dict[str, str]:
        """The same as the parts of an address."""
        zone = NO_ZONE if self.has_no_zone else str(self.zone.pk) if self.zone else ""
        found = {"zone": zone, "district": self.district.pk if self.district else ""}
        found |= {name: getattr(self, name) for name in ("state", "readiness", "topic", "sector")}
        return {name: value for name, value in found.items() if value}

    @property
    def query(self) -> str:
        """The same as the end of an address, without the question mark."""
        return urlencode(self.facts())

    @property
    def is_of_a_board(self) -> bool:
        """More than a zone is asked for."""
        return bool({*self.facts()} - {"zone"})


def sector_label(sector: str) -> str:
    """A sector in words, that of agencies of which none is told included."""
    return _("not told") if sector == UNTOLD else str(Sector(sector).label)


def read_narrowing(data: Mapping[str, Any], survey_round: Round, *, viewer: User) -> Narrowing:
    """What an address asks for; Http404 for a place in which the viewer has no tambon of the round."""
    seen = Submission.objects.visible_to(viewer).of_round(survey_round).expected()
    zone = str(data.get("zone") or "")
    district = str(data.get("district") or "")
    return Narrowing(
        zone=_zone(zone, survey_round, seen, viewer) if zone not in ("", NO_ZONE) else None,
        has_no_zone=zone == NO_ZONE,
        district=_district(district, survey_round, seen) if district else None,
        state=_known(data, "state", State.values),
        readiness=_known(data, "readiness", Readiness.values),
        topic=_known(data, "topic", Topic.values),
        sector=_known(data, "sector", [*Sector.values, UNTOLD]),
    )


def _known(data: Mapping[str, Any], name: str, values: list[str]) -> str:
    found = str(data.get(name) or "")
    return found if found in values else ""


def _zone(key: str, survey_round: Round, seen: QuerySet[Submission], viewer: User) -> Zone:
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise Http404
    here = Zone.objects.filter(pk=int(key), province=survey_round.province_id)
    found = here.visible_to(viewer).first() or here.filter(districts__tambons__submissions__in=seen).first()
    if found is None:
        raise Http404
    return found


def _district(key: str, survey_round: Round, seen: QuerySet[Submission]) -> District:
    if not (key.isascii() and key.isdecimal() and len(key) == 4):
        raise Http404
    here = District.objects.filter(pk=key, province=survey_round.province_id)
    found = here.filter(tambons__submissions__in=seen).select_related("zone").first()
    if found is None:
        raise Http404
    return found
