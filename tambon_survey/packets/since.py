"""What changed since a packet was made: what a packet made now would say otherwise. The packet stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import Answers, differences
from tambon_survey.models import Packet, Snapshot, State, Submission, ZoneReport
from tambon_survey.packets.building import expected_with_copies, open_tasks, settled, without_contacts
from tambon_survey.packets.contents import Contents, FrozenTambon
from tambon_survey.reading import ChangedTopic, in_words


@dataclass(frozen=True)
class ChangedTambon:
    """A tambon that is not as in the packet: what happened to it, and what its answers say otherwise."""

    name: str
    url: str
    events: list[str]
    topics: list[ChangedTopic]


@dataclass(frozen=True)
class Since:
    """Everything that changed, tambon and zones in the packet's order."""

    tambons: list[ChangedTambon]
    zones: list[str]
    tasks: list[str]

    def __bool__(self) -> bool:
        return bool(self.tambons or self.zones or self.tasks)


def changed_since(packet: Packet, contents: Contents, *, zones: set[int] | None) -> Since:
    """Six queries at most. `zones`: only these, where one reads a part; None for the whole."""
    now = {one.pk: (one, copy) for one, copy in expected_with_copies(packet.round) if _within(one, zones)}
    found = [_tambon(was, *now.pop(was.submission, (None, None))) for was in contents.tambons]
    found += [_added(*one) for one in now.values()]
    return Since(
        tambons=[one for one in found if one.events or one.topics],
        zones=_zones(packet, contents),
        tasks=_tasks(packet, contents) if zones is None else [],
    )


def _within(submission: Submission, zones: set[int] | None) -> bool:
    return zones is None or submission.tambon.district.zone_id in zones


# ---- tambon --------------------------------------------------------------------------------------------------------
def _tambon(was: FrozenTambon, submission: Submission | None, newest: Snapshot | None) -> ChangedTambon:
    if submission is None:
        return ChangedTambon(was.name, "", [_("is no longer on the list of the round")], [])
    events = []
    if submission.state != was.state:
        events.append(_moved(was.state, submission.state))
    copy = settled(submission, newest)
    topics: list[ChangedTopic] = []
    if was.answers is not None and copy is not None and copy.number != was.copy:
        sent = {"number": copy.number, "when": thai_datetime(copy.made_at)}
        events.append(_("copy no. %(number)s, sent %(when)s, stands in its place") % sent)
        after = without_contacts(Answers.from_json(copy.content))
        topics = in_words(differences(was.answers, after))
    elif was.answers is None and copy is not None:
        events.append(_("came after the packet was made"))
    return ChangedTambon(was.name, submission.get_absolute_url(), events, topics)


def _added(submission: Submission, newest: Snapshot | None) -> ChangedTambon:
    events = [_("was added to the list of the round")]
    if settled(submission, newest) is not None:
        events.append(_("came after the packet was made"))
    return ChangedTambon(submission.tambon.full_name, submission.get_absolute_url(), events, [])


def _moved(old: str, new: str) -> str:
    return _("from “%(old)s” to “%(new)s”") % {"old": State(old).label, "new": State(new).label}


# ---- zones and tasks -----------------------------------------------------------------------------------------------
def _zones(packet: Packet, contents: Contents) -> list[str]:
    """Reports that came, or came anew."""
    sent = dict(ZoneReport.objects.filter(round=packet.round_id).received().values_list("zone", "submitted_at"))
    found = []
    for zone in contents.zones:
        moment = sent.get(zone.key)
        if moment is None or moment.isoformat() == zone.sent_at:
            continue
        said = (
            _("%(zone)s sent its report again on %(when)s.")
            if zone.sent_at
            else _("%(zone)s sent its report on %(when)s.")
        )
        found.append(said % {"zone": zone.name, "when": thai_datetime(moment)})
    return found


def _tasks(packet: Packet, contents: Contents) -> list[str]:
    """Tasks that were finished or given since."""
    now = {one.pk: one.text for one in open_tasks(packet.round)}
    known = {one.key for one in contents.tasks}
    done = [_("No longer open: %(task)s") % {"task": one.text} for one in contents.tasks if one.key not in now]
    return done + [_("Given since: %(task)s") % {"task": text} for key, text in now.items() if key not in known]
