"""The demo of the survey: two rounds through the real actions, something waiting for everybody, nothing twice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone, translation

from organizations.demo import make_demo
from organizations.models import Province, User
from tambon_survey import boards
from tambon_survey.demo import make_survey_demo
from tambon_survey.home import survey_home
from tambon_survey.models import Round, Save, State, Submission, ZoneReport


@pytest.fixture
def demo(db: None) -> SimpleNamespace:
    """The whole demo."""
    now = timezone.now()
    with translation.override("th"):
        make_demo(password="ทดสอบเท่านั้น")
        make_survey_demo(Province.objects.get(pk="80"), now=now)
    first, again = Round.objects.order_by("opens_at")
    return SimpleNamespace(first=first, again=again, now=now)


def test_the_demo_of_the_survey(demo):
    """One test, since the demo takes seconds to make."""
    assert (demo.first.state_at(demo.now), demo.again.state_at(demo.now)) == ("closed", "open")
    assert demo.first.is_sample and demo.again.is_sample and demo.again.follows == demo.first
    for survey_round in (demo.first, demo.again):
        counted = boards.tally(Submission.objects.of_round(survey_round).select_related("round"), now=demo.now)
        assert sum(one.count for one in counted.states) == counted.expected == 50
    assert ZoneReport.objects.filter(round=demo.first).received().count() == 4
    something_waits_for_every_account(demo)
    before = (Round.objects.count(), Submission.objects.count(), Save.objects.count())
    make_survey_demo(Province.objects.get(pk="80"), now=demo.now)
    assert (Round.objects.count(), Submission.objects.count(), Save.objects.count()) == before


def something_waits_for_every_account(demo: SimpleNamespace) -> None:
    """Each account that works for an area has something to do on its home page."""
    own = Submission.objects.get(round=demo.again, tambon="800304")
    assert (own.state, len(own.open_points())) == (State.RETURNED, 2)
    for name in ("zone2", "zone3", "province"):
        user = User.objects.get(username=name)
        area = user.person.appointments.get().post.area
        assert survey_home(user, area, now=demo.now).tally.waiting > 0
    client = Client()
    client.force_login(User.objects.get(username="district"))
    assert client.get("/").context["survey"].lines
