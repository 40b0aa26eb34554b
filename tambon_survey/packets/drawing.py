"""A packet as a paper: cover, the province, what is missing, gaps, tasks, each zone with its tambon, the agencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nakhon_network.lib import paper
from nakhon_network.lib.paper import Block, Cell, Column, Facts, Heading, Paper, Sheet, Table, Text, cells
from nakhon_network.lib.thai_text import sort_key
from nakhon_network.templatetags.thai import partial_date, thai_date
from nakhon_network.tilegrid import Cell as Square
from nakhon_network.tilegrid import Tile, build_grid
from tambon_survey.answers import TOPICS
from tambon_survey.models import Packet, Readiness, Sector, State, Topic
from tambon_survey.packets.contacts import Contacts
from tambon_survey.packets.contents import MISSING, READINESS, Contents, FrozenTambon, FrozenTask, FrozenZone
from tambon_survey.packets.tambon_sheet import tambon_sheet, when
from tambon_survey.readiness import MET, WEAK
from tambon_survey.readiness import MISSING as LACKS


@dataclass(frozen=True)
class Edition:
    """Which paper is drawn: of the whole or of a part, with contacts or without (None)."""

    is_part: bool = False
    contacts: Contacts | None = None


def paper_of(packet: Packet, contents: Contents, *, edition: Edition) -> Paper:
    """The paper in words of the page's language; no query."""
    sheets = [_cover(packet, contents, edition), _overview(contents), _open_points(contents)]
    for zone in contents.zones:
        part = contents.in_zone(zone)
        sheets.append(_zone(zone, part))
        sheets += [tambon_sheet(one, contents, contacts=edition.contacts) for one in part.came]
    sheets += [tambon_sheet(one, contents, contacts=edition.contacts) for one in contents.came if one.zone is None]
    sheets.append(_agencies(contents, edition.contacts))
    return Paper(
        title=title_of(packet),
        foot=_foot(packet, edition),
        page_word=_("page"),
        sheets=sheets,
        language=get_language() or "th",
    )


def title_of(packet: Packet) -> str:
    """`Packet no. 2`."""
    return _("Packet no. %(number)s") % {"number": packet.number}


def _foot(packet: Packet, edition: Edition) -> str:
    parts = [title_of(packet), packet.round.name, _("made %(when)s") % {"when": when(packet.made_at)}]
    if edition.contacts is not None:
        parts.append(_("with contacts: not to be passed on"))
    return " · ".join(parts)


# ---- words that stand in several places ----------------------------------------------------------------------------
def legend() -> list[tuple[str, str]]:
    """The four standings a tambon can have in a packet."""
    return [*((code, str(Readiness(code).label)) for code in READINESS), (MISSING, _("nothing came"))]


def counted(contents: Contents) -> str:
    """`3 of 5 zone reports, 41 of 50 tambon`."""
    return _("%(zones)s of %(all_zones)s zone reports, %(tambon)s of %(all_tambon)s tambon") % {
        "zones": len(contents.received),
        "all_zones": len(contents.zones),
        "tambon": len(contents.came),
        "all_tambon": len(contents.tambons),
    }


def ordered_by(contents: Contents) -> str:
    """The resolution in full with its meeting; what was written where it is not recorded."""
    order = contents.order
    meeting = " ".join(part for part in (order["meeting"], partial_date(order["held_on"])) if part)
    cited = _("resolution %(reference)s") % {"reference": order["reference"]} if order["reference"] else ""
    return "\n".join(part for part in (" · ".join(one for one in (cited, meeting) if one), order["text"]) if part)


# ---- the front -----------------------------------------------------------------------------------------------------
def _cover(packet: Packet, contents: Contents, edition: Edition) -> Sheet:
    heard = contents.meeting
    meeting = " · ".join(part for part in (heard["title"], str(thai_date(heard["day"]))) if part)
    rows = [
        (_("Survey round"), contents.round_name),
        (_("Ordered by"), ordered_by(contents)),
        (_("For the meeting"), meeting),
        (_("Made"), _made(packet)),
    ]
    if packet.supersedes_id is not None:
        rows.append((_("Supersedes"), _("packet no. %(number)s") % {"number": packet.number - 1}))
    blocks: list[Block] = [Facts(rows), Text(_("In it: %(counted)s.") % {"counted": counted(contents)}, "strong")]
    if contents.is_sample:
        blocks.insert(0, Text(_("This round is a sample: its answers are not real."), "notice"))
    if edition.is_part:
        blocks.append(Text(_("This is the part of one's own zone, not the whole packet."), "notice"))
    if edition.contacts is not None:
        blocks.append(Text(_contacts_note(edition.contacts), "notice"))
    blocks.append(_zone_table(contents))
    if contents.explanation:
        blocks += [Heading(_("About what is missing")), Text(contents.explanation)]
    blocks.append(Text(_("Checksum %(checksum)s") % {"checksum": packet.short_checksum}, "muted"))
    return Sheet("cover", title_of(packet), contents.province, blocks)


def _made(packet: Packet) -> str:
    return " · ".join([when(packet.made_at), packet.made_by.label if packet.made_by else _("the system")])


def _contacts_note(contacts: Contacts) -> str:
    said = _("Edition with contacts, as they are known on the day it is drawn: %(given)s contacts.")
    kept = _("%(withheld)s people did not agree that the network shares their contact; it is left out.")
    return " ".join([said % {"given": contacts.given}, kept % {"withheld": contacts.withheld}])


def _zone_table(contents: Contents) -> Table:
    columns = [Column(_("Zone"), 4), Column(_("Report"), 3), Column(_("Tambon that came"), 2, is_number=True)]
    columns += [Column(label, 2, is_number=True) for _code, label in legend()]
    rows = []
    for zone in contents.zones:
        part = contents.in_zone(zone)
        received = when(zone.sent_at) if zone.sent_at else _("not received")
        rows.append(cells(zone.name, received, _of(part), *(str(count) for _code, count in part.standings())))
    received = f"{len(contents.received)}/{len(contents.zones)}"
    rows.append(cells(_("Together"), received, _of(contents), *(str(count) for _code, count in contents.standings())))
    return Table(_("What each zone brings"), columns, rows)


def _of(contents: Contents) -> str:
    return f"{len(contents.came)}/{len(contents.tambons)}"


def _overview(contents: Contents) -> Sheet:
    bars = [paper.bar(zone.name, contents.in_zone(zone).standings()) for zone in contents.zones]
    blocks: list[Block] = [
        paper.Bars(_("Readiness by zone"), legend(), bars),
        paper.Tiles(_("The province at a glance"), _grid(contents), legend()),
        Text(
            _("Each tile is a district, each square a tambon; the number is the zone, thick lines its edges."), "muted"
        ),
    ]
    return Sheet("overview", _("The province at a glance"), "", blocks)


def _grid(contents: Contents):
    numbers = {zone.key: zone.number for zone in contents.zones}
    squares: dict[str, list[Square]] = {}
    for one in contents.tambons:
        squares.setdefault(one.district, []).append(
            Square(code=one.code, name=one.name.removeprefix("ตำบล"), state=one.standing)
        )
    return build_grid(
        Tile(
            code=one.code,
            name=one.name,
            row=one.row,
            col=one.column,
            zone_number=numbers.get(one.zone or 0),
            cells=squares.get(one.code, []),
        )
        for one in contents.districts
    )


def _open_points(contents: Contents) -> Sheet:
    blocks = [*_missing(contents), *_gaps(contents), *_tasks(contents)]
    return Sheet("missing", _("What is missing and still to do"), counted(contents), blocks)


def _missing(contents: Contents) -> list[Block]:
    blocks: list[Block] = []
    silent = [zone.name for zone in contents.zones if not zone.sent_at]
    if silent:
        blocks += [Heading(_("Zones without a report")), paper.Listing([(name, "") for name in silent])]
    if contents.missing:
        columns = [
            Column(_("Tambon"), 3),
            Column(_("Zone"), 3),
            Column(_("State"), 2),
            Column(_("Why, says the zone"), 5),
        ]
        rows = [
            cells(_placed(one, contents), contents.zone_of(one), _state(one), one.reason or "–")
            for one in contents.missing
        ]
        blocks += [
            Heading(_("Tambon that did not come")),
            Table(_("Expected tambon of which nothing approved came"), columns, rows),
        ]
    if not blocks:
        blocks.append(Text(_("Every zone sent its report and every expected tambon came.")))
    return blocks


def _placed(tambon: FrozenTambon, contents: Contents) -> str:
    return f"{tambon.name} {contents.district_of(tambon)}".strip()


def _state(tambon: FrozenTambon) -> str:
    return str(State(tambon.state).label)


def _gaps(contents: Contents) -> list[Block]:
    lead = _("Counted among the %(count)s tambon that came, by the rule of the round.") % {"count": len(contents.came)}
    blocks: list[Block] = [Heading(_("Gaps")), Text(lead, "muted"), _gap_table(contents)]
    for topic in TOPICS:
        lacking = [one.name for one in contents.lacking(topic, LACKS)]
        if lacking:
            blocks += [Heading(_("Without: %(topic)s") % {"topic": Topic(topic).label}, 3), Text(" · ".join(lacking))]
    return blocks


def _gap_table(contents: Contents) -> Table:
    columns = [
        Column(_("Topic"), 4),
        *(Column(label, 1, is_number=True) for label in (_("met"), _("weak"), _("missing"))),
    ]
    rows = [
        cells(str(Topic(topic).label), *(str(len(contents.lacking(topic, level))) for level in (MET, WEAK, LACKS)))
        for topic in TOPICS
    ]
    return Table(_("Gaps by topic: tambon by the readiness rule"), columns, rows)


def _tasks(contents: Contents) -> list[Block]:
    if not contents.tasks:
        return []
    columns = [Column(_("Task"), 5), Column(_("Given to"), 3), Column(_("Due on"), 2)]
    rows = dict.fromkeys(_task_line(one) for one in contents.tasks)  # seats of one post are given one task each
    table = Table(_("Still to do from the meeting that ordered it"), columns, [cells(*row) for row in rows])
    return [Heading(_("Open tasks")), table]


def _task_line(task: FrozenTask) -> tuple[str, str, str]:
    text = _("%(text)s (urgent)") % {"text": task.text} if task.is_urgent else task.text
    return text, task.who or _("everyone who attended"), str(thai_date(task.due)) or "–"


# ---- a zone --------------------------------------------------------------------------------------------------------
def _zone(zone: FrozenZone, part: Contents) -> Sheet:
    if zone.sent_at:
        sent = _("Report sent %(when)s by %(who)s") % {"when": when(zone.sent_at), "who": zone.sent_by}
        blocks: list[Block] = [Text(sent, "muted"), Text(zone.summary)]
    else:
        blocks = [Text(_("The zone sent no report."), "notice")]
    blocks.append(paper.Bars("", legend(), [paper.bar(_("Tambon (%(came)s)") % {"came": _of(part)}, part.standings())]))
    grid = _grid(part)
    if grid.tiles:
        blocks.append(paper.Tiles("", grid, legend()))
    blocks.append(_tambon_table(part))
    blocks.append(_gap_table(part))
    return Sheet(f"zone-{zone.number}", zone.name, part.round_name, blocks)


def _tambon_table(part: Contents) -> Table:
    columns = [
        Column(_("Tambon"), 4),
        Column(_("Readiness"), 3),
        *(Column(str(Topic(topic).label), 2) for topic in TOPICS),
    ]
    levels = {MET: _("met"), WEAK: _("weak"), LACKS: _("missing")}
    rows = []
    for one in part.tambons:
        if one.outcome is None:
            rows.append(cells(one.name, f"{_('nothing came')} ({_state(one)})", *("–" for _topic in TOPICS)))
            continue
        said = [levels[one.outcome.verdict(topic)] for topic in TOPICS]
        rows.append(cells(one.name, str(Readiness(one.standing).label), *said))
    return Table(_("Tambon of the zone"), columns, rows)


# ---- the annex -----------------------------------------------------------------------------------------------------
def _agencies(contents: Contents, contacts: Contacts | None) -> Sheet:
    found: dict[str, tuple[set[str], list[str]]] = {}
    for tambon in contents.came:
        for row in tambon.answers.topics["agencies"].named if tambon.answers else []:
            name = contents.organizations.get(row.id) or str(row["name"])
            sectors, places = found.setdefault(name, (set(), []))
            sectors |= {str(Sector(row["sector"]).label)} if row["sector"] else set()
            places.append(_support(tambon.name, str(row["kind"] or ""), contacts.of(row.id) if contacts else ""))
    columns = [Column(_("Agency"), 4), Column(_("Sector"), 2), Column(_("Supports"), 6)]
    rows = [_agency_row(name, *found[name]) for name in sorted(found, key=sort_key)]
    blocks: list[Block] = [Table(_("Each agency once, with the tambon it supports"), columns, rows)]
    if not rows:
        blocks = [Text(_("No tambon that came names an agency."), "muted")]
    return Sheet("agencies", _("Annex: supporting agencies"), _("%(count)s agencies") % {"count": len(rows)}, blocks)


def _agency_row(name: str, sectors: set[str], places: Iterable[str]) -> list[Cell]:
    return cells(name, ", ".join(sorted(sectors)), "\n".join(places))


def _support(tambon: str, kind: str, contact: str) -> str:
    return " · ".join(part for part in (f"{tambon}: {kind}" if kind else tambon, contact) if part)
