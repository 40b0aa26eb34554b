"""How minutes come about: started, checked, circulated, adopted by a later meeting, and corrected in a new revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.keeping import lock
from meetings.minutes.annexes import annexes_of
from meetings.minutes.building import document_of
from meetings.minutes.checks import is_future, problems, refusals
from meetings.minutes.document import Document
from meetings.minutes.rows import rows_of
from meetings.models import Meeting, Minutes
from organizations.models import AuditEntry, User
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused, Stale

State = Minutes.State


def newest(meeting: Meeting) -> Minutes | None:
    """The newest revision, whatever its state."""
    return meeting.minutes.latest_first().first()


@transaction.atomic
def start_minutes(meeting: Meeting, *, by: User | None, now: datetime) -> Minutes:
    """The minutes in work: those there are, or a first draft. Raises Refused when they are adopted."""
    locked = lock(meeting)
    found = newest(locked)
    if found is None:
        return _made(Minutes(meeting=locked), by=by, now=now)
    found.meeting = locked
    return found


def _made(minutes: Minutes, *, by: User | None, now: datetime) -> Minutes:
    minutes.created_at = minutes.state_at = now
    minutes.created_by = minutes.state_by = by
    minutes.save()
    AuditEntry.objects.record(Verb.ADD, minutes, by=by, reason=minutes.reason, concerns=[minutes.meeting])
    return minutes


@transaction.atomic
def save_minutes(minutes: Minutes, *, seen: str = "", by: User | None, now: datetime) -> Minutes:
    """Who wrote and who checked them, and the numerals. What was checked or circulated becomes a draft again.

    `seen` is `revision_of` as the page showed it; raises Stale when the minutes changed since, Refused when adopted.
    """
    kept = start_minutes(minutes.meeting, by=by, now=now)
    if seen and seen != revision_of(kept):
        raise Stale(_("Somebody changed this while you were writing. Compare with what stands now, then save again."))
    before = facts(kept)
    for name in ("digits", "recorder_name", "recorder_post", "checker_name", "checker_post"):
        setattr(kept, name, getattr(minutes, name))
    changes = changes_between(before, facts(kept))
    if changes:
        kept.document = None
        _moved(kept, State.DRAFT, by=by, now=now, changes=changes)
    return kept


def revision_of(minutes: Minutes) -> str:
    """What tells whether somebody changed the minutes meanwhile; empty for minutes nobody saved yet."""
    return minutes.state_at.isoformat() if minutes.pk else ""


@transaction.atomic
def check_minutes(meeting: Meeting, *, by: User | None, today: date, now: datetime) -> Minutes:
    """A draft was read and found right. Raises Refused while something stands against it, Stale when it is no draft."""
    minutes = start_minutes(meeting, by=by, now=now)
    _must_be(minutes, State.DRAFT)
    _drawn_up(minutes, today=today)
    return _moved(minutes, State.CHECKED, by=by, now=now)


@transaction.atomic
def circulate(meeting: Meeting, *, by: User | None, today: date, now: datetime) -> Minutes:
    """Send the checked minutes out: from now on they are kept as they are. Sent out again, they are drawn up anew."""
    minutes = start_minutes(meeting, by=by, now=now)
    _must_be(minutes, State.CHECKED, State.CIRCULATED)
    minutes.document = _drawn_up(minutes, today=today).to_dict()
    return _moved(minutes, State.CIRCULATED, by=by, now=now)


@transaction.atomic
def adopt(meeting: Meeting, *, by_meeting: Meeting, by: User | None, today: date, now: datetime) -> Minutes:
    """A later meeting adopted what was circulated; it never changes again.

    Raises Refused when that cannot be: the meeting itself or the adopting one is still to come, the adopting one was
    earlier, or something stands against the document; Stale when nothing was circulated.
    """
    minutes = start_minutes(meeting, by=by, now=now)
    _must_be(minutes, State.CIRCULATED)
    document = Document.from_dict(minutes.document or {})
    _stop_at(document, today=today)
    if is_future(document, today=today):
        raise Refused(_("The meeting is still to come: its minutes cannot be adopted."))
    _may_adopt(by_meeting, meeting, today=today)
    minutes.adopted_by_meeting = by_meeting
    return _moved(
        minutes,
        State.ADOPTED,
        by=by,
        now=now,
        changes={"adopted_by_meeting": [None, str(by_meeting)]},
        concerns=[by_meeting],
    )


def _may_adopt(adopting: Meeting, meeting: Meeting, *, today: date) -> None:
    if adopting.pk == meeting.pk or adopting.province_id != meeting.province_id:
        raise Refused(_("Minutes are adopted by another meeting of the province."))
    if adopting.day is None or adopting.day > today:
        raise Refused(_("Choose a meeting that has taken place, on a day that is known."))
    if meeting.day is not None and adopting.day < meeting.day:
        raise Refused(_("That meeting was before this one: only a later one can adopt its minutes."))


@transaction.atomic
def start_correction(meeting: Meeting, *, reason: str, by: User | None, now: datetime) -> Minutes:
    """A new revision of adopted minutes, in draft: the record may change again until a meeting adopts it."""
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    known = newest(locked)
    if known is None or known.state != State.ADOPTED:
        raise Stale(_("Only adopted minutes are corrected by a new revision; these can simply be changed."))
    if not reason.strip():
        raise Refused(_("Say what is corrected."))
    names = ("digits", "recorder_name", "recorder_post", "checker_name", "checker_post")
    carried = {name: getattr(known, name) for name in names}
    made = Minutes(meeting=locked, revision=known.revision + 1, reason=reason.strip()[:300], **carried)
    return _made(made, by=by, now=now)


def _must_be(minutes: Minutes, *states: str) -> None:
    if minutes.state not in states:
        state = minutes.get_state_display()
        raise Stale(_("That cannot be done now: the minutes are in the state “%(state)s”.") % {"state": state})


def _drawn_up(minutes: Minutes, *, today: date) -> Document:
    document = document_of(rows_of(minutes.meeting), minutes, annexes=annexes_of(minutes.meeting))
    _stop_at(document, today=today)
    return document


def _stop_at(document: Document, *, today: date) -> None:
    found = refusals(problems(document, today=today))
    if found:
        raise Refused(" ".join(problem.text for problem in found))


def _moved(
    minutes: Minutes,
    state: str,
    *,
    by: User | None,
    now: datetime,
    changes: dict[str, list[object]] | None = None,
    concerns: Iterable[Meeting] = (),
) -> Minutes:
    before = minutes.state
    minutes.state, minutes.state_at, minutes.state_by = state, now, by
    minutes.save()
    written = dict(changes or {})
    if before != state:
        written["state"] = [before, state]
    AuditEntry.objects.record(Verb.CHANGE, minutes, by=by, changes=written, concerns=[minutes.meeting, *concerns])
    return minutes
