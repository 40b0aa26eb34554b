"""The form of one tambon as a paper: numbered as on the screen, blank or filled, with a code that opens it there."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from nakhon_network.lib.paper import Block, Box, Card, Cell, Choices, Code, Column, Heading, Sheet, Table, Text
from nakhon_network.lib.qr import qr_picture, qr_svg
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import CARRIED, FIELDS, NAME_OF, Answers, Row, TopicAnswer
from tambon_survey.models import Answer, Manner, Sector, Submission, Topic
from tambon_survey.packets.building import CONTACT_CELLS
from tambon_survey.reading import label_of, shown

# Lines a blank form offers in each roster; a filled one has at least one more than it has rows.
LINES = {"coordinators": 4, "activities": 2, "team": 6, "agencies": 4}
# How wide each cell is beside the others of its row.
_SHARES = {
    "coordinators": {"name": 5, "role": 4, "phone": 4, "line": 3, "may_share": 3},
    "team": {"name": 5, "role": 4, "duty": 6},
    "agencies": {"name": 5, "sector": 4, "kind": 4, "since": 2, "contact": 4},
}
# Boxes that take a whole row, and on how many lines they are written.
_LONG = {"title": 1, "what": 2, "next_step": 2}


def form_sheet(submission: Submission, answers: Answers, *, url: str, with_contacts: bool = True) -> Sheet:
    """The paper of one tambon; `Answers()` makes a blank one. `url` is where it is filled in on the screen. No query.

    Without contacts the cells that reach a person stay empty, for papers of many tambon at once.
    """
    hidden = {} if with_contacts else CONTACT_CELLS
    closes = thai_datetime(submission.closes_at())
    blocks: list[Block] = [
        Code(qr_svg(url), qr_picture(url), _("opens the form of this tambon")),
        Text(submission.tambon.district.full_name),
        Text(_("Answers are taken until %(when)s") % {"when": closes}, "strong"),
        Text(
            _("Whoever enters this paper marks “%(manner)s” as how it was answered.")
            % {"manner": Manner.DOCUMENT.label},
            "muted",
        ),
        _head(answers),
    ]
    for number, topic in enumerate(answers, 1):
        blocks += _topic(number, topic, hidden.get(topic.topic, ()))
    blocks.append(Card(_("Who filled in this paper"), [Box(_("Name and surname")), Box(_("Day"))]))
    return Sheet(f"form-{submission.tambon_id}", submission.tambon.full_name, submission.round.name, blocks)


def _head(answers: Answers) -> Card:
    manners = [(str(label), value == answers.manner) for value, label in Manner.choices]
    boxes = [
        Box(label_of("", "informant"), answers.informant, wide=True),
        Box(label_of("", "manner"), options=manners, wide=True),
    ]
    return Card(_("Who answered"), boxes)


def _topic(number: int, topic: TopicAnswer, hidden: tuple[str, ...]) -> list[Block]:
    heading = f"{number}. {Topic(topic.topic).label}"
    given = topic.answer if topic.rows or topic.answer != Answer.NOT_ASKED else ""
    choices = [(str(label), value == given) for value, label in Answer.choices]
    rows: list[Row | None] = [*topic.rows]
    rows += [None] * max(LINES[topic.topic] - len(rows), 1)
    remark = Card("", [Box(label_of(topic.topic, "remark"), topic.remark, wide=True)])
    return [
        Heading(heading),
        Choices(label_of(topic.topic, "answer"), choices),
        *_DRAWS[topic.topic](topic.topic, rows, hidden),
        remark,
    ]


# ---- rosters -------------------------------------------------------------------------------------------------------
def _table(topic: str, rows: list[Row | None], hidden: tuple[str, ...]) -> list[Block]:
    columns = [Column(_("No."), 1)]
    columns += [Column(label_of(topic, name), _SHARES[topic][name]) for name in FIELDS[topic]]
    drawn = [[_number(number, row), *_cells(topic, row, hidden)] for number, row in enumerate(rows, 1)]
    return [Table("", columns, drawn, is_to_fill=True)]


def _number(number: int, row: Row | None) -> Cell:
    """The row's number; what came from the last round is to be confirmed."""
    return Cell(f"{number}.", [(_("Still true"), False)] if row is not None and row.standing == CARRIED else [])


def _cells(topic: str, row: Row | None, hidden: tuple[str, ...]) -> list[Cell]:
    return [_cell(topic, name, row if name not in hidden else None) for name in FIELDS[topic]]


def _cell(topic: str, name: str, row: Row | None) -> Cell:
    value = row[name] if row is not None else None
    if name == "sector":
        return Cell(options=[(str(label), code == value) for code, label in Sector.choices])
    if name == "may_share":
        return Cell(options=[(_("agrees"), value is True)])
    return Cell(shown(topic, name, value))


def _cards(topic: str, rows: list[Row | None], hidden: tuple[str, ...]) -> list[Block]:
    return [_card(topic, number, row, hidden) for number, row in enumerate(rows, 1)]


def _card(topic: str, number: int, row: Row | None, hidden: tuple[str, ...]) -> Card:
    ticks = [name for name in FIELDS[topic] if name.startswith("needs_") and name != "needs_other"]
    boxes = []
    for name in FIELDS[topic]:
        if name in ticks:
            continue
        value = row[name] if row is not None and name not in hidden else None
        boxes.append(
            Box(label_of(topic, name), shown(topic, name, value), wide=name in _LONG, lines=_LONG.get(name, 1))
        )
    needs = [(label_of(topic, name), bool(row is not None and row[name])) for name in ticks]
    boxes.insert(len(boxes) - 1, Box(_("What it needs"), options=needs, wide=True))
    mark = f" ({_('from the last round')})" if row is not None and row.standing == CARRIED else ""
    return Card(f"{number}.{mark}", boxes)


_DRAWS: dict[str, Callable[[str, list[Row | None], tuple[str, ...]], list[Block]]] = {
    topic: _cards if topic == "activities" else _table for topic in NAME_OF
}
