"""What a tambon answers, as a plain value: what rules judge, snapshots keep and comparisons read. No database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

# Topic → what its rows answer, in the order of the screen. The roster models take their columns' names from here.
FIELDS: dict[str, tuple[str, ...]] = {
    "coordinators": ("name", "role", "phone", "line", "may_share"),
    "activities": (
        "title",
        "what",
        "group",
        "since",
        "households",
        "people",
        "next_step",
        "needs_funding",
        "needs_knowledge",
        "needs_place",
        "needs_market",
        "needs_other",
    ),
    "team": ("name", "role", "duty"),
    "agencies": ("name", "sector", "kind", "since", "contact"),
}
TOPICS = tuple(FIELDS)
NAME_OF = {topic: fields[0] for topic, fields in FIELDS.items()}
HAS, HAS_NONE, NOT_ASKED = "has", "has_none", "not_asked"
CARRIED = "carried"


@dataclass(frozen=True)
class Row:
    """One row of a roster: `values` by field name (text, int, bool, ISO partial date or None); `standing` as stored."""

    id: str
    values: dict[str, Any]
    standing: str = "new"
    carried_from: str | None = None

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True)
class TopicAnswer:
    """What is answered to one topic: has, has_none or not_asked; a remark; and the rows, in their order."""

    topic: str
    answer: str = NOT_ASKED
    remark: str = ""
    rows: tuple[Row, ...] = ()

    def name_of(self, row: Row) -> str:
        """What a row is called on the screen."""
        return str(row[NAME_OF[self.topic]] or "")

    @property
    def listed(self) -> list[Row]:
        """Rows that say who or what they are about."""
        return [row for row in self.rows if self.name_of(row).strip()]

    @property
    def named(self) -> list[Row]:
        """Those of them that are answers of this round: what came from the last one counts once somebody checked it."""
        return [row for row in self.listed if row.standing != CARRIED]

    @property
    def is_filled(self) -> bool:
        """An answer was given: rows that name something, or an explicit "none"."""
        return bool(self.named) if self.answer == HAS else self.answer == HAS_NONE


def _held(row: Row, rows: Collection[str], word: str) -> Row:
    reach = {name: word for name in ("phone", "line") if row.values.get(name)}
    return replace(row, values=row.values | reach) if row.id in rows else row


@dataclass(frozen=True)
class Answers:
    """All that a tambon answers in a round."""

    informant: str = ""
    manner: str = ""
    topics: dict[str, TopicAnswer] = field(default_factory=dict)

    def __iter__(self) -> Iterator[TopicAnswer]:
        for topic in TOPICS:
            yield self.topics.get(topic) or TopicAnswer(topic)

    @property
    def filled(self) -> int:
        """How many of the four topics have an answer."""
        return sum(topic.is_filled for topic in self)

    def held_back(self, rows: Collection[str], *, word: str) -> Answers:
        """The same with a word in place of how to reach the coordinators of some rows."""
        if not rows:
            return self
        topics = {one.topic: replace(one, rows=tuple(_held(row, rows, word) for row in one.rows)) for one in self}
        return replace(self, topics=topics)

    def to_json(self) -> dict[str, Any]:
        """The shape a snapshot keeps."""
        return {
            "informant": self.informant,
            "manner": self.manner,
            "topics": {
                topic.topic: {
                    "answer": topic.answer,
                    "remark": topic.remark,
                    "rows": [
                        {"id": row.id, "standing": row.standing, "carried_from": row.carried_from, "values": row.values}
                        for row in topic.rows
                    ],
                }
                for topic in self
            },
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Answers:
        """Back from `to_json`."""
        topics = {
            name: TopicAnswer(
                topic=name,
                answer=kept["answer"],
                remark=kept["remark"],
                rows=tuple(
                    Row(row["id"], row["values"], row["standing"], row.get("carried_from")) for row in kept["rows"]
                ),
            )
            for name, kept in content["topics"].items()
        }
        return cls(informant=content["informant"], manner=content["manner"], topics=topics)


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two answers.

    `kind` is added, removed or changed; `row` is None for the head of the topic, `field` is "" for a whole row.
    """

    topic: str
    kind: str
    row: str | None
    row_name: str
    field: str = ""
    old: Any = None
    new: Any = None


def differences(before: Answers, after: Answers, *, by_origin: bool = False) -> list[Difference]:
    """What changed from `before` to `after`; with `by_origin` rows are matched by the row they were carried from."""
    found: list[Difference] = []
    for old, new in zip(before, after, strict=True):
        found += [
            Difference(new.topic, "changed", None, "", name, getattr(old, name), getattr(new, name))
            for name in ("answer", "remark")
            if getattr(old, name) != getattr(new, name)
        ]
        found += _row_differences(old, new, by_origin=by_origin)
    return found


def _row_differences(old: TopicAnswer, new: TopicAnswer, *, by_origin: bool) -> list[Difference]:
    earlier = {row.id: row for row in old.rows}
    found: list[Difference] = []
    for row in new.rows:
        was = earlier.pop((row.carried_from or "") if by_origin else row.id, None)
        if was is None:
            found.append(Difference(new.topic, "added", row.id, new.name_of(row)))
            continue
        found += [
            Difference(new.topic, "changed", row.id, new.name_of(row), name, was[name], row[name])
            for name in FIELDS[new.topic]
            if was[name] != row[name]
        ]
    return found + [Difference(new.topic, "removed", row.id, old.name_of(row)) for row in earlier.values()]
