"""The minutes of one meeting as a value: what is known, in the order of the official form, and nothing else.

What is not known is an empty text, an empty tuple or None; whoever draws the document leaves a blank there. Texts hold
Arabic digits and days are ISO texts, perhaps partial (`2006-12`); the words and the numerals come when it is drawn.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

VERSION = 1


@dataclass(frozen=True)
class Attendee:
    """A name on one of the lists. `person` is the key of the record, where it is known: two may share a name."""

    name: str
    post: str = ""
    is_substitute: bool = False
    reason: str = ""
    person: int | None = None


@dataclass(frozen=True)
class Assignment:
    """Work given out: to whom, what, and until when (a day or a meeting, in words)."""

    who: str
    text: str
    due: str = ""


@dataclass(frozen=True)
class Decision:
    """What the meeting decided: a strength (settled, tentative, assigned) or the outcome of an item."""

    kind: str
    text: str = ""
    reference: str = ""
    assigned: tuple[Assignment, ...] = ()


@dataclass(frozen=True)
class Matter:
    """A numbered matter under an agenda item: ๔.๑. `facts` are label and value, a line each."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    discussion: str = ""
    decisions: tuple[Decision, ...] = ()
    is_goal: bool = False


@dataclass(frozen=True)
class Item:
    """An agenda item with what was said and decided under it; with nothing at all it prints ไม่มี."""

    section: str
    title: str
    discussion: str = ""
    matters: tuple[Matter, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known under the heading."""
        return not (self.discussion or self.matters or self.decisions)


@dataclass(frozen=True)
class Signature:
    """Who signs, and as what; a missing name is a line to sign on."""

    name: str = ""
    post: str = ""


@dataclass(frozen=True)
class Annex:
    """A table behind the minutes."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Photo:
    """A picture of the meeting, by its key, and what it shows."""

    key: str
    caption: str = ""


@dataclass(frozen=True)
class Document:
    """The minutes, section by section (the numbers are those of the official form)."""

    title: str = ""  # 1, without the opening words
    number: str = ""  # 2: 3/2549, or 3 where the count never starts again
    held_on: str = ""  # 3
    ends_on: str = ""
    place: str = ""  # 4; 5 is a rule
    address: str = ""
    present: tuple[Attendee, ...] = ()  # 6
    absent: tuple[Attendee, ...] = ()  # 7
    attending: tuple[Attendee, ...] = ()  # 8
    head_count: int | None = None
    head_count_is_approximate: bool = False
    starts_at: str = ""  # 9: 09.00
    chair: str = ""  # 10
    items: tuple[Item, ...] = ()  # 11 to 16
    ends_at: str = ""  # 17
    recorder: Signature = Signature()  # 18
    checker: Signature | None = None  # 19
    annexes: tuple[Annex, ...] = ()  # 20
    photos: tuple[Photo, ...] = ()
    people: tuple[str, ...] = ()  # persons whom work was given to, by name
    counts: tuple[int, ...] = ()  # how many on each list, where the lists themselves are left out
    is_sample: bool = False
    digits: str = "thai"
    version: int = VERSION

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        """From what `to_dict` gave, today or years ago: facts a version did not know stay empty.

        Raises ValueError for a version that is newer than this program.
        """
        if data.get("version", VERSION) > VERSION:
            raise ValueError(f"minutes of version {data['version']} are newer than this program")
        return _value(cls, data)


def _value(kind: Any, found: Any) -> Any:
    """`found`, read from JSON, as a value of the type `kind`."""
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_value(inner[0], one) for one in found)
        return tuple(_value(one_kind, one) for one_kind, one in zip(inner, found, strict=True))
    if isinstance(kind, UnionType):
        return None if found is None else _value(get_args(kind)[0], found)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        known = [field.name for field in fields(kind) if field.name in found]
        return kind(**{name: _value(hints[name], found[name]) for name in known})
    return found
