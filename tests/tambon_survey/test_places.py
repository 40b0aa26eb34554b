"""The page of a tambon and of a zone: everything known about the place, in at most eighteen queries."""

import pytest
from django.core.files.base import ContentFile

from meetings.models import Task
from organizations.models import Organization
from tambon_survey.models import Activity, ActivityPhoto, Support
from tests.factories import (
    appoint,
    make_meeting,
    make_person,
    make_post,
    make_resolution,
    make_round,
    make_submission,
    make_task,
)

MOST = 18
TAMBON = "/tambons/801217/"


@pytest.fixture
def known(places):
    """A tambon of zone 3 of which something is known in every part, in two rounds."""
    tambon = places.tambons["801217"]
    old = make_submission(make_round(places.province, name="รอบแรก"), tambon, activities_rows=3, readiness="not_yet")
    new = make_submission(make_round(places.province, name="รอบหลัง"), tambon, activities_rows=5, readiness="nearly")
    first = Activity.objects.create(submission=old, title="ธนาคารปู")
    second = Activity.objects.create(submission=new, title="ธนาคารปู", carried_from=first.pk, group="ชาวประมง")
    ActivityPhoto.objects.create(activity=second, file=ContentFile(b"x", "x.jpg"), width=4, height=3)
    body = Organization.objects.create(name="สภาองค์กรชุมชน", tambon=tambon)
    Support.objects.create(submission=old, name="สภาองค์กร", organization=body, kind="เงินทุน")
    Support.objects.create(submission=new, name="เทศบาล", kind="วิทยากร")
    meeting = make_meeting(places.province, title="เวทีที่ปากแพรก", venue_tambon=tambon)
    resolution = make_resolution(meeting)
    resolution.tambons.add(tambon)
    make_task(meeting, resolution=resolution, text="ส่งแผนของตำบล", organization=body, is_for_attendees=False)
    Task.objects.create(province=places.province, tambon=tambon, organization=body, text="ตามเรื่องทุน")
    return tambon


def body_of(client, url):
    return client.get(url).content.decode()


def test_a_tambon_tells_everything(cast, known, sign_in):
    """Rounds with what changed, the latest of each activity with its picture, supporters, tasks, meetings, bodies."""
    page = body_of(sign_in(cast.zone3), TAMBON)
    for text in ("รอบแรก", "รอบหลัง", "(+2)", "ชาวประมง", "/photos/", "เงินทุน", "วิทยากร", "ส่งแผนของตำบล", "เวทีที่ปากแพรก"):
        assert text in page, text
    assert "ตามเรื่องทุน" in page and page.count(">ธนาคารปู<") == 1
    for part in ("people", "rounds", "activities", "supporters", "tasks", "meetings", "organizations"):
        assert f'href="#{part}"' in page and f'id="{part}"' in page, part


def test_a_zone_tells_of_all_its_tambon(cast, places, known, sign_in):
    """Rounds summed up, activities with their tambon, supporters by how many tambon they help."""
    page = body_of(sign_in(cast.zone3), f"/zones/{places.zone3.pk}/")
    for text in ("(+2)", "ชาวประมง", "ตำบลปากแพรก", "สภาองค์กรชุมชน", "เวทีที่ปากแพรก"):
        assert text in page, text


def test_what_is_not_known_says_what_to_do_or_stays_away(cast, places, sign_in):
    """No round yet: who decides; no empty headings."""
    page = body_of(sign_in(cast.zone3), TAMBON)
    assert 'id="rounds"' in page and 'href="#rounds"' not in page
    for part in ("activities", "supporters", "tasks", "meetings", "organizations"):
        assert f'id="{part}"' not in page, part


def test_the_page_asks_no_more_than_eighteen_times(cast, places, known, sign_in, django_assert_max_num_queries):
    """Few rows or many, tambon and zone."""
    for at in range(30):
        survey = make_submission(make_round(places.province, name=f"รอบ {at}"), known)
        Activity.objects.create(submission=survey, title=f"กิจกรรม {at}")
        Support.objects.create(submission=survey, name=f"หน่วยงาน {at}")
        meeting = make_meeting(places.province, venue_tambon=known)
        make_task(meeting, post=make_post("tambon-coordinator", known), is_for_attendees=False)
        Organization.objects.create(name=f"กลุ่ม {at}", tambon=known)
        appoint(make_person(f"คน{at}"), make_post("tambon-coordinator", known))
    for name in ("staff", "zone3", "tambon"):
        client = sign_in(getattr(cast, name))
        for url in (TAMBON, f"{TAMBON}?history=on", f"/zones/{places.zone3.pk}/"):
            client.get(url)
            with django_assert_max_num_queries(MOST):
                client.get(url)


def test_history_stands_on_its_own(cast, known, sign_in):
    """Asked for, in place of the rest."""
    page = body_of(sign_in(cast.zone3), f"{TAMBON}?history=on")
    assert 'id="activities"' not in page and "?history=on" in body_of(sign_in(cast.zone3), TAMBON)
