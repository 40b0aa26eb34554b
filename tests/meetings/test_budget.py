"""What the page of a large meeting asks of the database: three hundred people, sixty resolutions, sixty photos."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Attendance, Comment, Facilitation, Goal, Meeting, MeetingPhoto, Minutes, Resolution, Task
from tests.factories import make_attachment, make_meeting, make_post


@pytest.fixture
def large(places) -> Meeting:
    """A public meeting with everything, written straight to the tables."""
    meeting = make_meeting(places.province, title="มากมาย", visibility="public", held_on="2006-12-25")
    earlier = make_meeting(places.province, title="ก่อนหน้า", visibility="public", held_on="2006-12-11")
    meeting.links_back.create(earlier=earlier)
    goals = [Goal.objects.create(meeting=meeting, position=at, title=f"เป้าหมาย {at}") for at in range(3)]
    Resolution.objects.bulk_create(
        Resolution(meeting=meeting, number=at, goal=goals[at % 3], strength="settled", text=f"มติ {at}")
        for at in range(1, 61)
    )
    post = make_post("zone-representative", places.zone3)
    Task.objects.bulk_create(
        Task(meeting=meeting, resolution=one, text=one.text, post=post) for one in meeting.resolutions.all()
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, roll=("present", "absent", "attending")[at % 3], name=f"คน {at}", name_key=str(at))
        for at in range(300)
    )
    MeetingPhoto.objects.bulk_create(
        MeetingPhoto(meeting=meeting, position=at, width=9, height=9, visibility="public") for at in range(60)
    )
    Facilitation.objects.create(meeting=meeting, role="facilitator", name="คนอำนวย")
    Comment.objects.create(meeting=meeting, kind="question", state="open", text="ใครบ้าง")
    Minutes.objects.create(meeting=meeting, state="circulated", document={})
    make_attachment(meeting)
    return meeting


@pytest.mark.parametrize("who", ["staff", "zone3", "member", "visitor"])
def test_the_page_of_a_large_meeting_asks_at_most_fifteen_times(
    large, cast, sign_in, django_assert_max_num_queries, who
):
    client = Client() if who == "visitor" else sign_in(getattr(cast, who))
    client.get(large.get_absolute_url())  # writes to the session once
    with django_assert_max_num_queries(15):
        page = client.get(large.get_absolute_url()).text
    assert "มติ 60" in page and page.count("<img") >= 60
