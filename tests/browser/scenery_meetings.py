"""The meetings that the pages looked at need: a public one with everything, and a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.actions.meetings import save_meeting
from meetings.models import Meeting
from nakhon_network.lib.thai_dates import PartialDate
from organizations.models import Organization, Tambon, User

EVERYTHING = "ประชุมเสวนาทิศทางการขับเคลื่อนงานพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช"
DRAFT = "ประชุมปฏิบัติการผู้แทนตำบลนำร่องเพื่อจัดทำแผนชุมชนเชื่อมโยงหน่วยงานสนับสนุน"


def make_meeting_scenery(by: User) -> None:
    """A public meeting of the past with everything, and a draft without a day."""
    home = Tambon.objects.get(pk="800101").district.province
    host = Organization.objects.create(name="หน่วยประสานงานความร่วมมือการพัฒนาภาคประชาชนจังหวัดนครศรีธรรมราช")
    save_meeting(
        Meeting(
            province=home,
            title=EVERYTHING,
            kind=Meeting.Kind.DIALOGUE,
            format=Meeting.Format.IN_PERSON,
            convened_by=host,
            held_on=PartialDate(2006, 12, 25),
            venue="วัดสระเรียง ถ.ราชดำเนิน",
            venue_tambon_id="800101",
            head_count=50,
            head_count_is_approximate=True,
            summary="คุยกันเรื่ององค์กรที่จะขับเคลื่อนงาน ทิศทาง และมาตรการยกระดับตำบล",
            visibility="public",
        ),
        tags=["ภาคประชาชน", "แผนที่ คนดี"],
        by=by,
    )
    save_meeting(Meeting(province=home, title=DRAFT, kind=Meeting.Kind.WORKSHOP), by=by)


MEETING_KEYS: dict[str, Callable[[], Any]] = {
    "@meeting": lambda: Meeting.objects.get(title=EVERYTHING).pk,
    "@draft-meeting": lambda: Meeting.objects.get(title=DRAFT).pk,
}
