"""Packets of a round: made, never altered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import AuditEntry, User
from organizations.models.audit import Verb
from organizations.problems import Refused
from tambon_survey.models import Packet, Round
from tambon_survey.models.packets import checksum_of
from tambon_survey.packets.building import content_of


@transaction.atomic
def make_packet(survey_round: Round, *, explanation: str, by: User | None, now: datetime) -> Packet:
    """Freeze what the round has brought by `now`; the packet before it is superseded and stays as it is.

    Missing zones and tambon hold nothing up: they are named in it. Raises Refused for a round that was never opened.
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("province").get(pk=survey_round.pk)
    if locked.opened_at is None:
        raise Refused(_("This round was not opened yet: there is nothing to put into a packet."))
    before = locked.packets.newest_first().first()
    content = content_of(locked, explanation=explanation, now=now)
    packet = Packet.objects.create(
        round=locked,
        number=before.number + 1 if before else 1,
        content=content,
        checksum=checksum_of(content),
        explanation=explanation,
        supersedes=before,
        made_at=now,
        made_by=by,
    )
    changes = {"checksum": [None, packet.short_checksum]}
    AuditEntry.objects.record(
        Verb.ADD, packet, by=by, changes=changes, reason=explanation[:300], concerns=[locked, locked.province]
    )
    return packet
