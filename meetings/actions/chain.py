"""The chain from meeting to meeting: linked, parted, and the next one made from this one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.actions.meetings import save_meeting
from meetings.models import AgendaItem, Meeting, MeetingLink, Section, Task
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import truncate
from organizations.models import AuditEntry, Province, User
from organizations.models.audit import Verb
from organizations.problems import Refused

LONGEST_TITLE = 200


@transaction.atomic
def link(*, earlier: Meeting, later: Meeting, kind: str, by: User | None) -> MeetingLink:
    """Say that one meeting leads to another. The same link again only changes its kind.

    Raises Refused when a meeting would come before itself, at any depth, or the two are of different provinces.
    """
    _lock_chain(earlier)
    if earlier.province_id != later.province_id:
        raise Refused(_("Both meetings must be of the same province."))
    _refuse_circle(earlier, later)
    known = MeetingLink.objects.filter(earlier=earlier, later=later).first()
    if known is not None and known.kind == kind:
        return known
    before = known.get_kind_display() if known else None
    made = known or MeetingLink(earlier=earlier, later=later)
    made.kind = kind
    made.save()
    AuditEntry.objects.record(
        Verb.CHANGE if known else Verb.ADD,
        made,
        by=by,
        changes={"kind": [before, made.get_kind_display()]},
        concerns=[earlier, later],
    )
    return made


@transaction.atomic
def unlink(found: MeetingLink, *, by: User | None) -> None:
    """Part two meetings; both records stay."""
    _lock_chain(found.earlier)
    kept = MeetingLink.objects.filter(pk=found.pk).first()
    if kept is not None:
        changes = {"kind": [kept.get_kind_display(), None]}
        AuditEntry.objects.record(Verb.REMOVE, found, by=by, changes=changes, concerns=[found.earlier, found.later])
        kept.delete()


@transaction.atomic
def link_stub(meeting: Meeting, *, title: str, is_before: bool, kind: str, by: User | None) -> Meeting:
    """Write down a meeting of which no more than the name is known, right before or after `meeting`.

    Whoever reads the one reads the other.
    """
    stub = save_meeting(Meeting(province=meeting.province, title=title, visibility=meeting.visibility), by=by)
    earlier, later = (stub, meeting) if is_before else (meeting, stub)
    link(earlier=earlier, later=later, kind=kind, by=by)
    return stub


def planned_after(meeting: Meeting, *, today: date) -> Meeting | None:
    """The next meeting that was made from this one and is still ahead, or None."""
    links = meeting.links_onward.filter(kind=MeetingLink.Kind.CONTINUES).select_related("later").order_by("-pk")
    ahead = (one.later for one in links if one.later.day is None or one.later.day >= today)
    return next((later for later in ahead if not later.has_taken_place()), None)


@transaction.atomic
def make_next(
    meeting: Meeting, *, title: str, held_on: PartialDate, today: date, by: User | None
) -> tuple[Meeting, bool]:
    """(the next meeting of this one, whether it was made now): a planned one that exists already is given back.

    It carries series, format, venue, convening organization and expected posts, and every open task of this meeting
    and of those before it as a matter under "matters arising".
    """
    _lock_chain(meeting)
    known = planned_after(meeting, today=today)
    if known is not None:
        return known, False
    meeting = Meeting.objects.with_facts().get(pk=meeting.pk)
    carried = ("province", "series", "kind", "format", "convened_by", "venue", "venue_tambon")
    following = Meeting(title=title, held_on=held_on, **{name: getattr(meeting, name) for name in carried})
    save_meeting(following, by=by)
    following.expected_posts.set(meeting.expected_posts.all())
    link(earlier=meeting, later=following, kind=MeetingLink.Kind.CONTINUES, by=by)
    _carry_open_work(meeting, following)
    return following, True


def open_work(meeting: Meeting) -> list[list[Task]]:
    """What is still to do of this meeting and of those before it: tasks of one order together, oldest first."""
    orders: dict[object, list[Task]] = defaultdict(list)
    before = _reached_from(meeting.pk, _links(meeting.province, backwards=True))
    for task in Task.objects.open().filter(meeting__in=before).with_facts().order_by("pk"):
        orders[task.order].append(task)
    return list(orders.values())


def _carry_open_work(meeting: Meeting, following: Meeting) -> None:
    """One matter for each order that is still to do, under the heading for matters arising."""
    heading = following.agenda.headings().filter(section=Section.ARISING).first()
    if heading is None:
        return
    # The agenda is kept in the network's own language, whoever makes it.
    with translation.override(settings.LANGUAGE_CODE):
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=following,
                parent=heading,
                position=position,
                section=Section.ARISING,
                title=truncate(_matter(tasks[0]), LONGEST_TITLE // 2)[:LONGEST_TITLE],
            )
            for position, tasks in enumerate(open_work(meeting), start=1)
        )


def _matter(task: Task) -> str:
    """Its words, with the reference of the resolution they follow from."""
    text = " ".join(task.text.split())
    return f"{text} ({task.resolution.reference})" if task.resolution is not None else text


def _lock_chain(meeting: Meeting) -> None:
    """One change of the province's chain at a time: a circle may close far away from where it is drawn."""
    Province.objects.select_for_update().get(pk=meeting.province_id)


def _links(province: Province, *, backwards: bool = False) -> dict[int, list[int]]:
    """Key of each meeting → keys of those right after it; with `backwards` of those right before it."""
    found: dict[int, list[int]] = defaultdict(list)
    for earlier, later in MeetingLink.objects.filter(earlier__province=province).values_list("earlier", "later"):
        found[later if backwards else earlier].append(earlier if backwards else later)
    return found


def _reached_from(start: int, onward: dict[int, list[int]]) -> dict[int, int | None]:
    """Every meeting one comes to from `start`, itself included → the one before it on the way."""
    way: dict[int, int | None] = {start: None}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in onward.get(here, ()):
            if there not in way:
                way[there] = here
                waiting.append(there)
    return way


def _refuse_circle(earlier: Meeting, later: Meeting) -> None:
    if earlier.pk == later.pk:
        raise Refused(_("A meeting does not come before itself. Choose another one."))
    way = _reached_from(later.pk, _links(earlier.province))
    if earlier.pk not in way:
        return
    steps: list[int] = []
    here: int | None = earlier.pk
    while here is not None:
        steps.append(here)
        here = way[here]
    names = {one.pk: str(one) for one in Meeting.objects.filter(pk__in=steps)}
    raise Refused(
        _("“%(later)s” comes before “%(earlier)s” already: %(way)s. Remove a link there first.")
        % {"later": later, "earlier": earlier, "way": " → ".join(names[key] for key in reversed(steps))}
    )
