"""The demo's duties about personal data: some people told, one to tell, one contact to ask for again, one case closed.

Only the demo's fictional people and numbers; everything through the real actions, then set back in time where it waits.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nakhon_network.privacy_policy import CONFIRM_AFTER, TELL_WITHIN
from organizations.actions.people import save_contact
from organizations.actions.privacy import close_breach, report_breach, save_breach
from organizations.models import Appointment, Breach, Contact, Person, Province, User
from tambon_survey.actions.privacy import tell_coordinator
from tambon_survey.models import Coordinator

WHAT = "ส่งตารางรายชื่อผิดกลุ่มไลน์ (ตัวอย่าง)"
MEASURES = "ขอให้ลบข้อความในกลุ่มแล้ว และย้ำให้ส่งผ่านระบบเท่านั้น"


@transaction.atomic
def make_privacy_demo(province: Province, *, now: datetime) -> None:
    """Make it once; what exists is left alone."""
    if Breach.objects.filter(province=province).exists():
        return
    staff, zone = User.objects.get(username="province"), User.objects.get(username="zone2")
    for row in Coordinator.objects.to_tell():
        if row.pk.int % 9:  # the others still wait
            tell_coordinator(row, how="paper", on=timezone.localdate(now), by=staff)
    _type_contacts(zone, now=now)
    breach = Breach(province=province, what=WHAT, whose="แกนประสานตำบลราว 10 คน: ชื่อและเบอร์โทร")
    breach.measures, breach.found_at = MEASURES, now - timedelta(days=20)
    save_breach(breach, by=staff)
    report_breach(breach, by=staff, now=now - timedelta(days=19))
    close_breach(breach, by=staff, now=now - timedelta(days=12))


def _type_contacts(zone: User, *, now: datetime) -> None:
    """Two numbers that the representative of zone 2 typed in: one 40 days ago, one never confirmed for a year."""
    held = Appointment.objects.in_force(timezone.localdate(now)).filter(post__tambon__district__zone__number=2)
    fictional = Person.objects.filter(pk__in=held.values("person"), user__isnull=True, contacts__isnull=True)
    for number, person in enumerate(fictional.order_by("pk")[:2], start=1):
        contact = save_contact(Contact(person=person, value=f"08000001{number:02d}"), by=zone)
        contact.created_at = now - TELL_WITHIN - timedelta(days=10)
        if number == 2:
            contact.confirmed_at = now - CONFIRM_AFTER - timedelta(days=10)
        contact.save(update_fields=["created_at", "confirmed_at"])
