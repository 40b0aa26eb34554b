"""What is looked at before minutes leave: pure, over the document and a few facts beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meetings.minutes.document import Attendee, Document
from nakhon_network.lib.names import split_name
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import loose_key

REFUSE, WARN = "refuse", "warn"
# Where a problem is mended.
FACTS, ATTENDANCE, DECISIONS, SIGNERS, CHAIN = "facts", "attendance", "decisions", "signers", "chain"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: how bad, where it is mended, and a sentence in the language of the page."""

    level: str
    place: str
    text: str


def problems(document: Document, *, today: date, before: Iterable[str] = ()) -> list[Problem]:
    """All problems, those that stop first. `before` names earlier meetings whose minutes nobody adopted."""
    return [*_refused(document), *_warned(document, before), *_future(document, today)]


def refusals(found: Iterable[Problem]) -> list[Problem]:
    """Only those that stop."""
    return [problem for problem in found if problem.level == REFUSE]


def day_of(document: Document) -> date | None:
    """The day of the meeting, where it is known whole."""
    found = PartialDate.from_iso(document.held_on)
    return date(*found.sort_value) if found.day else None


def is_future(document: Document, *, today: date) -> bool:
    """Whether the meeting is still to come: its minutes cannot be adopted."""
    day = day_of(document)
    return day is not None and day > today


def _refused(document: Document) -> list[Problem]:
    found = []
    if not document.title.strip():
        found.append(Problem(REFUSE, FACTS, _("The meeting has no title.")))
    day = day_of(document)
    if day is None:
        found.append(Problem(REFUSE, FACTS, _("The day of the meeting is not known.")))
    last = date.fromisoformat(document.ends_on) if document.ends_on else day
    if day and last and last < day:
        found.append(Problem(REFUSE, FACTS, _("The last day lies before the first.")))
    elif last == day and document.starts_at and document.ends_at and document.ends_at <= document.starts_at:
        found.append(Problem(REFUSE, FACTS, _("The meeting ends before it starts. Please check both times.")))
    found += [
        Problem(REFUSE, ATTENDANCE, _("%(name)s stands on the lists twice.") % {"name": name})
        for name in names_twice(document)
    ]
    return found


def names_twice(document: Document) -> list[str]:
    """Names that stand on the lists more than once, spelling slips and prefixes aside.

    Two records of persons who share a name are two persons; a name without a record may be either of them.
    """
    seen: dict[str, list[Attendee]] = {}
    found = []
    for one in (*document.present, *document.absent, *document.attending):
        parts = split_name(one.name)
        before = seen.setdefault(loose_key(f"{parts.first} {parts.last}"), [])
        if any(not one.person or not other.person or one.person == other.person for other in before):
            found.append(one.name)
        before.append(one)
    return list(dict.fromkeys(found))


def _warned(document: Document, before: Iterable[str]) -> list[Problem]:
    found = []
    if not document.recorder.name:
        found.append(Problem(WARN, SIGNERS, _("Nobody is named as who wrote the minutes.")))
    found += [
        Problem(WARN, CHAIN, _("The minutes of the meeting before are not adopted: %(name)s") % {"name": name})
        for name in before
    ]
    decisions = [one for item in document.items for one in item.decisions]
    for matter in (matter for item in document.items for matter in item.matters):
        decisions += matter.decisions
        if matter.is_goal and not matter.decisions:
            found.append(Problem(WARN, DECISIONS, _("This goal has no result: %(goal)s") % {"goal": matter.title}))
    for decision in decisions:
        text = decision.text or (decision.assigned[0].text if decision.assigned else "")
        if decision.kind == "assigned" and not decision.assigned:
            found.append(Problem(WARN, DECISIONS, _("Nobody was given this assignment: %(text)s") % {"text": text}))
        elif any(not one.due for one in decision.assigned):
            found.append(Problem(WARN, DECISIONS, _("This assignment has no due date: %(text)s") % {"text": text}))
    return found


def _future(document: Document, today: date) -> list[Problem]:
    if not is_future(document, today=today):
        return []
    return [Problem(WARN, FACTS, _("The day of the meeting lies in the future: the minutes cannot be adopted yet."))]
