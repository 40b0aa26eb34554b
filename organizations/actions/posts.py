"""Filling and emptying posts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nakhon_network.templatetags.thai import thai_date
from organizations.models import Appointment, AuditEntry, Person, Post, User
from organizations.models.audit import Verb
from organizations.problems import Refused


@transaction.atomic
def appoint(person: Person, *, post: Post, starts_on: date, source: str, by: User | None) -> Appointment:
    """Put a person into a post from `starts_on`.

    Raises Refused when on some day from then on all seats are taken (saying who holds them), when the person holds
    the post already, or when the record was merged into another.
    """
    post = Post.objects.select_for_update(of=("self",)).with_areas().get(pk=post.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id is not None:
        raise Refused(_("This record was merged into another: appoint that person instead."))
    taken = list(post.appointments.not_ended(starts_on).select_related("person").order_by("starts_on", "pk"))
    if any(appointment.person_id == person.pk for appointment in taken):
        raise Refused(_("%(person)s already holds the post %(post)s.") % {"person": person.name, "post": post.title})
    day, holders = _busiest(taken, since=starts_on)
    if post.seats is not None and len(holders) >= post.seats:
        raise Refused(
            _(
                "All %(seats)s seats of %(post)s are held by %(holders)s on %(day)s. "
                "End one of these appointments first, or choose another day, then appoint %(person)s."
            )
            % {
                "seats": post.seats,
                "post": post.title,
                "holders": _(" and ").join(holder.person.name for holder in holders),
                "day": thai_date(day),
                "person": person.name,
            }
        )
    appointment = Appointment.objects.create(
        person=person, post=post, starts_on=starts_on, source=source, created_by=by
    )
    _record(Verb.APPOINT, appointment, by=by, reason=source, changes={"starts_on": [None, starts_on.isoformat()]})
    return appointment


def _busiest(taken: list[Appointment], *, since: date) -> tuple[date, list[Appointment]]:
    """The first day from `since` on with the most holders, and those holders; their number only grows on a start."""
    days = sorted({since, *(one.starts_on for one in taken if one.starts_on > since)})
    held = [(day, [one for one in taken if one.holds(day)]) for day in days]
    return max(held, key=lambda pair: len(pair[1]))


@transaction.atomic
def end_appointment(appointment: Appointment, *, ends_on: date, reason: str, by: User | None) -> Appointment:
    """End an appointment: `ends_on` is the first day without the post. Access ends with it, history stays.

    Raises Refused when it ended already, would end before it starts or later than settled before, or when nobody who
    can sign in would be left to manage the area.
    """
    Post.objects.select_for_update(of=("self",)).get(pk=appointment.post_id)
    found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if found.ends_on is not None and found.ends_on <= timezone.localdate():
        raise Refused(_("This appointment has ended already."))
    if ends_on < found.starts_on:
        raise Refused(_("An appointment cannot end before it starts."))
    if found.ends_on is not None and ends_on > found.ends_on:
        raise Refused(
            _("It was settled that this appointment ends on %(day)s: choose that day or an earlier one.")
            % {"day": thai_date(found.ends_on)}
        )
    _refuse_to_leave_nobody(found, ends_on=ends_on)
    old = found.ends_on and found.ends_on.isoformat()
    found.ends_on, found.end_reason = ends_on, reason
    found.save(update_fields=["ends_on", "end_reason"])
    _record(Verb.END_APPOINTMENT, found, by=by, reason=reason, changes={"ends_on": [old, ends_on.isoformat()]})
    return found


def _refuse_to_leave_nobody(appointment: Appointment, *, ends_on: date) -> None:
    area = appointment.post.area
    managing = Appointment.objects.managing(area)
    if not managing.filter(pk=appointment.pk).exists():
        return
    others = managing.in_force(ends_on).exclude(pk=appointment.pk)
    if not others.filter(ends_on__isnull=True, person__user__is_active=True).exists():
        raise Refused(
            _("This would leave nobody to manage %(area)s. Appoint and invite somebody else first.")
            % {"area": area.full_name}
        )


def _record(verb: Verb, appointment: Appointment, *, by: User | None, reason: str, changes: dict[str, list]) -> None:
    post = appointment.post
    AuditEntry.objects.record(
        verb,
        appointment,
        by=by,
        reason=reason,
        changes=changes,
        concerns=[appointment.person, post, post.area],
    )
