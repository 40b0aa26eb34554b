"""The demo of the survey: two rounds through the real actions, something waiting for everybody, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from organizations.demo import make_demo
from organizations.models import AuditEntry, Province, User
from tambon_survey import boards
from tambon_survey.demo import make_survey_demo, read_sample
from tambon_survey.models import Coordinator, Round, Save, State, Step, Submission, TeamMember, ZoneReport
from tambon_survey.standing import moved_since

SAMPLE = "(ตัวอย่าง)"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The whole demo, made once for the tests of this file and taken back after them."""
    now = timezone.now()
    with django_db_blocker.unblock(), translation.override("th"), transaction.atomic():
        make_demo(password="ทดสอบเท่านั้น")
        make_survey_demo(Province.objects.get(pk="80"), now=now)
        first, again = Round.objects.order_by("opens_at")
        yield SimpleNamespace(first=first, again=again, now=now)
        transaction.set_rollback(True)


def forms_of(survey_round: Round, **which: Any) -> list[Submission]:
    """Submissions of a round with their areas."""
    return list(Submission.objects.of_round(survey_round).filter(**which).with_areas())


def states(survey_round: Round, zone: int) -> Counter:
    """How many forms of a zone are in which state."""
    return Counter(one.state for one in forms_of(survey_round, tambon__district__zone__number=zone))


def test_one_round_is_closed_and_one_that_surveys_again_is_open(demo):
    assert (demo.first.state_at(demo.now), demo.again.state_at(demo.now)) == ("closed", "open")
    assert demo.first.is_sample and demo.again.is_sample and demo.again.follows == demo.first
    assert (demo.again.planning_day - timezone.localdate(demo.now)).days == 10


def test_the_counts_of_both_rounds_add_up_to_fifty(demo):
    for survey_round in (demo.first, demo.again):
        counted = boards.tally(forms_of(survey_round), now=demo.now)
        assert sum(one.count for one in counted.states) == counted.expected == 50
        assert all(gap.met + gap.weak + gap.missing == 50 for gap in counted.gaps)


def test_four_zones_reported_on_the_first_round_and_nothing_moved_since(demo):
    reports = ZoneReport.objects.filter(round=demo.first).received()
    assert {one.zone.number for one in reports} == {1, 2, 3, 4}
    for one in reports:
        assert moved_since(one.standing, forms_of(demo.first, tambon__district__zone=one.zone)) == []


def test_the_first_round_knows_late_ones_mended_ones_and_some_that_never_came(demo):
    found = forms_of(demo.first)
    assert sum(one.is_late for one in found) == 5
    assert Counter(one.state for one in found)[State.NOT_STARTED] == 4
    assert Step.objects.filter(submission__round=demo.first, move="return").count() == 3


def test_the_zones_of_the_open_round_stand_differently(demo):
    one, two, three, four, five = (states(demo.again, number) for number in range(1, 6))
    assert one[State.APPROVED] + one[State.ACCEPTED] == 9
    assert (two[State.RETURNED], two[State.SUBMITTED], three[State.SUBMITTED]) == (1, 1, 5)
    assert (four[State.DRAFT], five[State.NOT_STARTED]) == (7, 8)


def test_the_report_of_zone_1_is_flagged_since_a_tambon_was_approved_after_it(demo):
    report = ZoneReport.objects.get(round=demo.again)
    moved = moved_since(report.standing, forms_of(demo.again, tambon__district__zone__number=1))
    assert report.submitted_at and len(moved) == 1 and "ตำบลกะหรอ" in moved[0]


def test_the_tambon_of_the_demo_was_sent_back_with_two_points(demo):
    own = Submission.objects.get(round=demo.again, tambon="800304")
    assert (own.state, len(own.open_points())) == (State.RETURNED, 2)
    assert own.fix_by > timezone.localdate(demo.now)


@pytest.mark.parametrize(("who", "address"), [
    ("tambon", "/submit/"), ("district", "/submissions/"), ("zone2", "/zones/"), ("zone3", "/zones/"),
    ("province", "/rounds/"),
])  # fmt: skip
def test_something_waits_for_every_account_that_works(demo, who, address):
    client = Client()
    client.force_login(User.objects.get(username=who))
    home = client.get("/")
    survey = home.context["survey"]
    assert address in home.content.decode()
    assert survey.tally.waiting or survey.tally.expected > survey.tally.settled


def test_the_history_of_a_confirmed_row_is_in_thai(demo):
    own = Submission.objects.get(round=demo.again, tambon="800304")
    client = Client()
    client.force_login(User.objects.get(username="tambon"))
    body = client.get(reverse("submission_history", args=[own.pk])).content.decode()
    assert "ยืนยันแล้ว" in body and "confirmed" not in body and "carried" not in body


def test_nobody_in_it_is_a_real_person(demo):
    for model in (Coordinator, TeamMember):
        for one in model.objects.all():
            assert one.name.startswith(("แกนประสานตำบล", "คณะทำงานตำบล")) and one.name.endswith(SAMPLE)
    assert all(one.startswith("0800000") for one in Coordinator.objects.values_list("phone", flat=True))
    assert all(one.informant.endswith(SAMPLE) for one in Submission.objects.filter(revision__gt=0))


def test_what_is_made_up_says_that_it_is_a_sample():
    texts = [row[name] for file in ("points", "reports") for row in read_sample(file) for name in ("text",)]
    texts += [row["next_step"] for row in read_sample("activities") if row["next_step"]]
    assert [text for text in texts if not text.endswith(SAMPLE)] == []
    assert [row for row in read_sample("activities") if row["households"] and SAMPLE not in row["title"]] == []


def test_a_second_run_changes_nothing(demo):
    before = [model.objects.count() for model in (Round, Submission, Save, Step, AuditEntry)]
    assert not make_survey_demo(Province.objects.get(pk="80"), now=demo.now)
    assert [model.objects.count() for model in (Round, Submission, Save, Step, AuditEntry)] == before
