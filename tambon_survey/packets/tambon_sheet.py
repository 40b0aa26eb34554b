"""One tambon of a packet on its own sheet: readiness with its reasons, then what it answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from nakhon_network.lib.paper import Block, Cell, Column, Facts, Heading, Listing, Sheet, Table, Text, cells
from nakhon_network.lib.thai_text import NO_BREAK_SPACE
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import TOPICS, Row, TopicAnswer
from tambon_survey.models import Answer, Readiness, State, Topic, Verdict
from tambon_survey.packets.contacts import Contacts
from tambon_survey.packets.contents import Contents, FrozenTambon
from tambon_survey.readiness import Outcome, rule_in_words
from tambon_survey.reading import label_of, shown

# Columns of the rosters that print as tables: cells and the share of the width each gets.
_TABLES: dict[str, list[tuple[str, int]]] = {
    "coordinators": [("name", 4), ("role", 3)],
    "team": [("name", 4), ("role", 3), ("duty", 5)],
    "agencies": [("name", 5), ("sector", 2), ("kind", 4), ("since", 2)],
}
_NEEDS = ("needs_funding", "needs_knowledge", "needs_place", "needs_market")


def when(moment: str | datetime) -> str:
    """A moment whose hour stays in one line."""
    return str(thai_datetime(moment)).replace(" น.", f"{NO_BREAK_SPACE}น.")


def tambon_sheet(tambon: FrozenTambon, contents: Contents, *, contacts: Contacts | None) -> Sheet:
    """The sheet of a tambon that came; no query."""
    answers, outcome = tambon.answers, tambon.outcome
    assert answers is not None and outcome is not None
    state = str(State(tambon.state).label)
    sent = _("copy no. %(number)s, sent %(when)s") % {"number": tambon.copy, "when": when(tambon.sent_at)}
    about = " · ".join([state, sent, *([_("sent late")] if tambon.is_late else [])])
    answered = [
        (label_of("", "informant"), answers.informant),
        (label_of("", "manner"), shown("", "manner", answers.manner)),
    ]
    blocks: list[Block] = [Text(about, "muted"), Facts(answered), _verdicts(outcome, contents)]
    for number, topic in enumerate(answers, 1):
        blocks += _topic(number, topic, contacts)
    where = " · ".join(part for part in (contents.district_of(tambon), contents.zone_of(tambon)) if part)
    return Sheet(f"tambon-{tambon.code}", tambon.name, where, blocks)


def _verdicts(outcome: Outcome, contents: Contents) -> Table:
    asked = rule_in_words(contents.rule)
    columns = [Column(_("Topic"), 3), Column(_("Verdict"), 2), Column(_("Why"), 5), Column(_("The rule asks"), 5)]
    rows = [
        cells(
            str(Topic(one.topic).label), str(Verdict(one.level).label), "\n".join(one.reasons), asked[one.topic]["met"]
        )
        for one in outcome.topics
    ]
    return Table(_("Readiness: %(level)s") % {"level": Readiness(outcome.level).label}, columns, rows)


def _topic(number: int, topic: TopicAnswer, contacts: Contacts | None) -> list[Block]:
    heading = Heading(f"{number}. {Topic(topic.topic).label}", 3)
    if topic.named:
        blocks: list[Block] = [heading, *_ROWS[topic.topic](topic, contacts)]
    else:
        blocks = [heading, Text(str(Answer(topic.answer).label))]
    if topic.remark:
        blocks.append(Text(f"{_('Remark:')} {topic.remark}"))
    return blocks


def _table(topic: TopicAnswer, contacts: Contacts | None) -> list[Block]:
    named = _TABLES[topic.topic]
    columns = [Column(label_of(topic.topic, name), share) for name, share in named]
    reaches = contacts is not None and topic.topic in ("coordinators", "agencies")
    if reaches:
        columns.append(Column(_("How to reach them"), 4))
    return [Table("", columns, [_row(topic.topic, row, contacts if reaches else None) for row in topic.named])]


def _row(topic: str, row: Row, contacts: Contacts | None) -> list[Cell]:
    texts = [shown(topic, name, row[name]) for name, _share in _TABLES[topic]]
    return cells(*texts, *([contacts.of(row.id) or "–"] if contacts is not None else []))


def _activities(topic: TopicAnswer, _contacts: Contacts | None) -> list[Block]:
    return [Listing([_activity(row) for row in topic.named])]


def _activity(row: Row) -> tuple[str, str]:
    """Its name; then what is done, who and how many, and what to build on, each on a line of its own."""
    numbers = [
        f"{label_of('activities', name)} {shown('activities', name, row[name])}"
        for name in ("group", "since", "households", "people")
        if shown("activities", name, row[name])
    ]
    needs = [label_of("activities", name) for name in _NEEDS if row[name]]
    needs += [str(row["needs_other"])] if row["needs_other"] else []
    next_step = str(row["next_step"] or "")
    lines = [
        str(row["what"] or ""),
        " · ".join(numbers),
        _("To build on next: %(next)s") % {"next": next_step} if next_step else "",
        ", ".join(needs),
    ]
    return str(row["title"]), "\n".join(line for line in lines if line)


_ROWS: dict[str, Callable[[TopicAnswer, Contacts | None], list[Block]]] = {
    topic: _activities if topic == "activities" else _table for topic in TOPICS
}
