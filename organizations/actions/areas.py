"""Changing the network's own facts about areas: zones, who belongs to them, and the focus tambon."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, District, FocusTambon, Post, Province, Tambon, User, Zone
from organizations.models.audit import Verb, changes_between, facts
from organizations.problems import Refused


@transaction.atomic
def move_district(district: District, *, to: Zone | None, by: User | None, reason: str = "") -> None:
    """Put a district into another zone of its province, or into none while no round is open.

    Raises Refused when the zone is of another province, nothing would change, or a round is open and `to` is None.
    """
    # The zone is read after the lock: joined to it, it would be the one before whoever moved the district meanwhile.
    district = District.objects.select_for_update().get(pk=district.pk)
    old = district.zone
    if to is not None and to.province_id != district.province_id:
        raise Refused(_("That zone belongs to another province."))
    if to == old:
        raise Refused(_("The district is in that zone already."))
    if to is None and district.province.rounds.open_at(timezone.now()).exists():
        raise Refused(_("A survey round is open: every district needs a zone. Choose another zone instead of none."))
    district.zone = to
    district.save(update_fields={"zone"})
    AuditEntry.objects.record(
        Verb.MOVE_DISTRICT,
        district,
        by=by,
        changes={"zone": [str(old.number) if old else None, str(to.number) if to else None]},
        reason=reason,
        concerns=[zone for zone in (old, to) if zone] + [district.province],
    )


@transaction.atomic
def confirm_zones(province: Province, *, by: User) -> None:
    """Record that the zones are as the network has them; the assumption notice goes away.

    Raises Refused when a district has no zone yet.
    """
    province = Province.objects.select_for_update().get(pk=province.pk)
    homeless = province.districts.filter(zone__isnull=True).in_thai_order()
    if homeless:
        names = " ".join(district.full_name for district in homeless[:5])
        raise Refused(_("Put every district into a zone first. Without a zone: %(names)s") % {"names": names})
    if province.zones_confirmed_at is None:
        province.zones_confirmed_at, province.zones_confirmed_by = timezone.now(), by
        province.save(update_fields={"zones_confirmed_at", "zones_confirmed_by"})
        AuditEntry.objects.record(Verb.CONFIRM_ZONES, province, by=by)


@transaction.atomic
def save_zone(zone: Zone, *, by: User | None) -> Zone:
    """Add a zone or change its number and names. Raises Refused when the number was taken meanwhile."""
    before = facts(Zone.objects.select_for_update().get(pk=zone.pk)) if zone.pk else {}
    try:
        with transaction.atomic():
            zone.save()
    except IntegrityError:
        raise Refused(_("This province already has a zone with that number.")) from None
    Post.objects.make_expected([zone])
    changes = changes_between(before, facts(zone))
    if changes:
        verb = Verb.CHANGE if before else Verb.ADD
        AuditEntry.objects.record(verb, zone, by=by, changes=changes, concerns=[zone.province])
    return zone


@transaction.atomic
def choose_focus(tambon: Tambon, *, on: date, reason: str, by: User | None, is_sample: bool = False) -> FocusTambon:
    """Make a tambon a focus tambon from `on`.

    Raises Refused when it is one already, or when `on` falls into an earlier period.
    """
    Tambon.objects.select_for_update(of=("self",)).get(pk=tambon.pk)
    last = tambon.focus_periods.order_by("-chosen_on").first()
    if last is not None and (last.dropped_on is None or last.dropped_on > on):
        raise Refused(_("%(tambon)s is a focus tambon on that day already.") % {"tambon": tambon.full_name})
    period = FocusTambon.objects.create(tambon=tambon, chosen_on=on, chosen_reason=reason, is_sample=is_sample)
    Post.objects.make_expected([tambon])
    AuditEntry.objects.record(
        Verb.CHOOSE_FOCUS,
        tambon,
        by=by,
        changes={"chosen_on": [None, on.isoformat()]},
        reason=reason,
        concerns=[tambon.district.province],
    )
    return period


@transaction.atomic
def drop_focus(tambon: Tambon, *, on: date, reason: str, by: User | None) -> FocusTambon:
    """End the running period in focus of a tambon: `on` is the first day it is no longer one.

    Raises Refused when it is no focus tambon, or `on` lies before it was chosen.
    """
    period = tambon.focus_periods.select_for_update().filter(dropped_on__isnull=True).first()
    if period is None:
        raise Refused(_("%(tambon)s is not a focus tambon.") % {"tambon": tambon.full_name})
    if on < period.chosen_on:
        raise Refused(_("It cannot be dropped before the day it was chosen."))
    period.dropped_on, period.dropped_reason = on, reason
    period.save(update_fields={"dropped_on", "dropped_reason"})
    AuditEntry.objects.record(
        Verb.DROP_FOCUS,
        tambon,
        by=by,
        changes={"dropped_on": [None, on.isoformat()]},
        reason=reason,
        concerns=[tambon.district.province],
    )
    return period
