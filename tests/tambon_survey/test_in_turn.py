"""Stories and introductions when two write: who does not say what they saw is asked again, what is gone is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.actions.merging import merge_organizations
from organizations.models import Need, Offer, Organization
from organizations.problems import Refused
from tambon_survey.actions.introductions import Other, introduce
from tambon_survey.models import Activity, Introduction
from tests.factories import make_round, make_story, make_submission
from tests.tambon_survey.rows_learning import STORY

NOVEMBER = date(2026, 11, 20)


@pytest.fixture
def fund(cast, places) -> Organization:
    return Organization.objects.create(name="กองทุน", kind="funder", province=places.province)


@pytest.fixture
def offer(fund) -> Offer:
    return Offer.objects.create(organization=fund, kind="funding", text="ทุนตั้งต้น")


@pytest.fixture(params=["activity", "need"])
def seeker(request, cast, places) -> Activity | Need:
    if request.param == "need":
        group = Organization.objects.create(name="กลุ่ม", zone=places.zone3)
        return Need.objects.create(organization=group, kind="funding", text="ทุน")
    submission = make_submission(make_round(places.province), places.tambons["801217"], state="approved")
    return Activity.objects.create(submission=submission, title="ออมทรัพย์", needs_funding=True)


def test_a_story_is_changed_only_by_who_says_which_revision_they_saw(cast, places, sign_in):
    story = make_story(places.tambons["801217"])
    typed = {name: value for name, value in STORY.items() if name != "revision"} | {"title": "ทับของคนอื่น"}
    assert sign_in(cast.staff).post(reverse("story_edit", args=[story.pk]), typed).status_code == 422
    story.refresh_from_db()
    assert story.title != "ทับของคนอื่น"


def test_a_new_story_needs_no_revision(cast, sign_in):
    typed = {name: value for name, value in STORY.items() if name != "revision"}
    assert sign_in(cast.tambon).post(reverse("story_add"), typed).status_code == 302


def test_an_introduction_moves_only_for_who_says_which_revision_they_saw(seeker, fund, cast, sign_in):
    made = introduce(seeker, to=Other("funding", partner=fund), purpose="ทุน", made_on=NOVEMBER, by=cast.zone3)
    typed = {"state": "in_touch", "outcome": "", "reach": ""}
    assert sign_in(cast.staff).post(reverse("introduction_move", args=[made.pk]), typed).status_code == 422
    made.refresh_from_db()
    assert made.state == "proposed"


def test_nobody_is_introduced_to_a_body_that_was_merged_meanwhile(seeker, fund, offer, cast):
    merge_organizations(fund, into=Organization.objects.create(name="กองทุนเดียวกัน"), reason="ซ้ำ", by=cast.staff)
    to = Other("funding", partner=fund, offer=offer)
    with pytest.raises(Refused):
        introduce(seeker, to=to, purpose="ทุน", made_on=NOVEMBER, by=cast.zone3)
    assert not Introduction.objects.exists()


def test_nobody_is_introduced_by_an_offer_that_was_removed_meanwhile(seeker, fund, offer, cast):
    to = Other("funding", partner=fund, offer=Offer.objects.get())
    offer.delete()
    with pytest.raises(Refused):
        introduce(seeker, to=to, purpose="ทุน", made_on=NOVEMBER, by=cast.zone3)


@pytest.mark.parametrize("code", ["%00", "80121%00", "zzz", "๘๐๑๒๑๗", "8012170"])
def test_what_is_no_code_of_a_tambon_never_reaches_the_database(cast, sign_in, code):
    client = sign_in(cast.staff)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"{reverse('story_add')}?tambon={code}").status_code == 404
    assert not any('"organizations_tambon"."code" =' in one["sql"] for one in asked)


@pytest.mark.parametrize("told_of", ["?meeting=%00", "?activity=%00", "?meeting=1%00"])
def test_what_is_no_key_tells_of_nothing(cast, sign_in, told_of):
    assert sign_in(cast.staff).get(f"{reverse('story_add')}{told_of}").status_code == 200
