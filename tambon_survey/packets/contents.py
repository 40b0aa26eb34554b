"""A frozen content as values that drawing and comparing read. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Any

from tambon_survey.answers import Answers
from tambon_survey.readiness import Outcome, Rule

READINESS = ("ready", "nearly", "not_yet")
MISSING = "missing"


@dataclass(frozen=True)
class FrozenZone:
    """A zone and its report as it was; `sent_at` is "" where none was sent."""

    key: int
    number: int
    name: str
    sent_at: str
    sent_by: str
    summary: str


@dataclass(frozen=True)
class FrozenDistrict:
    """A district as the tile grid shows it."""

    code: str
    name: str
    full_name: str
    row: int | None
    column: int | None
    zone: int | None


@dataclass(frozen=True)
class FrozenTambon:
    """A tambon that was expected; `answers` and `outcome` are None where nothing came, `reason` says why."""

    submission: int
    code: str
    name: str
    district: str
    zone: int | None
    state: str
    is_late: bool
    reason: str
    copy: int
    sent_at: str
    answers: Answers | None
    outcome: Outcome | None

    @property
    def standing(self) -> str:
        """ready, nearly, not_yet; missing where nothing came."""
        return self.outcome.level if self.outcome else MISSING


@dataclass(frozen=True)
class FrozenTask:
    """A task that was open; `who` is "" for one of all who attended."""

    key: int
    text: str
    who: str
    due: str
    is_urgent: bool


@dataclass(frozen=True)
class Contents:
    """The whole. `order` and `meeting` are as `building.content_of` wrote them."""

    made_at: str
    explanation: str
    province: str
    round_name: str
    is_sample: bool
    rule: Rule
    order: dict[str, str]
    meeting: dict[str, str]
    zones: list[FrozenZone]
    districts: list[FrozenDistrict]
    tambons: list[FrozenTambon]
    organizations: dict[str, str]
    tasks: list[FrozenTask]

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Contents:
        """Back from what a packet keeps."""
        return cls(
            made_at=kept["made_at"],
            explanation=kept["explanation"],
            province=kept["province"],
            round_name=kept["round"]["name"],
            is_sample=kept["round"]["is_sample"],
            rule=kept["round"]["rule"],
            order=kept["order"],
            meeting=kept["meeting"],
            zones=[FrozenZone(**one) for one in kept["zones"]],
            districts=[FrozenDistrict(**one) for one in kept["districts"]],
            tambons=[_tambon(one) for one in kept["tambons"]],
            organizations=kept["organizations"],
            tasks=[FrozenTask(**one) for one in kept["tasks"]],
        )

    def only(self, zones: Container[int]) -> Contents:
        """The part of some zones: their reports, districts and tambon; tasks and the maker's words are the whole's."""
        return replace(
            self,
            explanation="",
            zones=[one for one in self.zones if one.key in zones],
            districts=[one for one in self.districts if one.zone in zones],
            tambons=[one for one in self.tambons if one.zone in zones],
            tasks=[],
        )

    def in_zone(self, zone: FrozenZone) -> Contents:
        """The part of one zone."""
        return self.only({zone.key})

    @property
    def came(self) -> list[FrozenTambon]:
        """Tambon with answers."""
        return [one for one in self.tambons if one.answers is not None]

    @property
    def missing(self) -> list[FrozenTambon]:
        """Tambon without."""
        return [one for one in self.tambons if one.answers is None]

    @property
    def received(self) -> list[FrozenZone]:
        """Zones that sent their report."""
        return [one for one in self.zones if one.sent_at]

    def standings(self) -> list[tuple[str, int]]:
        """How many are ready, nearly, not yet, missing: they add up to all that were expected."""
        found = Counter(one.standing for one in self.tambons)
        return [(code, found[code]) for code in (*READINESS, MISSING)]

    def lacking(self, topic: str, level: str) -> list[FrozenTambon]:
        """Tambon that came and stand at `level` in a topic."""
        return [one for one in self.came if one.outcome is not None and one.outcome.verdict(topic) == level]

    def district_of(self, tambon: FrozenTambon) -> str:
        """The district's full name."""
        return next((one.full_name for one in self.districts if one.code == tambon.district), "")

    def zone_of(self, tambon: FrozenTambon) -> str:
        """The zone's full name."""
        return next((one.name for one in self.zones if one.key == tambon.zone), "")


def _tambon(kept: dict[str, Any]) -> FrozenTambon:
    answers, outcome = kept["answers"], kept["outcome"]
    return FrozenTambon(
        **{
            **kept,
            "answers": Answers.from_json(answers) if answers is not None else None,
            "outcome": Outcome.from_json(outcome) if outcome is not None else None,
        }
    )
