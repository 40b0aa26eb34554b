"""Reminders: who is told what and when, each once, in the app and by e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from nakhon_network.lib.thai_dates import BANGKOK
from organizations.models import User
from tambon_survey.actions import notices as actions
from tambon_survey.models import Kind, Notice, Step, Submission
from tests.factories import make_round, make_submission

CLOSES = datetime(2027, 1, 10, 0, 0, tzinfo=BANGKOK)  # the last day is the ninth
DAY_BEFORE = datetime(2027, 1, 8, 8, 0, tzinfo=BANGKOK)
SITE = "https://nakhon.example"


@pytest.fixture
def survey(cast, places):
    """A round that closes on a known day, with a submission of each focus tambon, and an e-mail for everybody."""
    plan = {"opens_at": CLOSES - timedelta(days=20), "on_time_by": CLOSES, "closes_at": CLOSES}
    survey_round = make_round(places.province, opened_at=CLOSES - timedelta(days=20), **plan)
    for code in ("800304", "800115", "801217", "800601"):
        make_submission(survey_round, places.tambons[code])
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
    return survey_round


def told(kind: str | None = None) -> set[str]:
    found = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
    return set(found.values_list("user__username", flat=True))


def step(code: str, move: str, *, by: User, at: datetime = DAY_BEFORE) -> Step:
    submission = Submission.objects.get(tambon=code)
    return Step.objects.create(
        submission=submission, move=move, from_state="submitted", to_state="returned", made_by=by, made_at=at
    )


def test_the_day_before_closing_those_who_have_not_sent_are_told(survey):
    actions.make_notices(DAY_BEFORE)
    assert told(Kind.CLOSING) == {"tambon", "tambon2", "district"}


@pytest.mark.parametrize("when", [DAY_BEFORE - timedelta(days=1), CLOSES, CLOSES + timedelta(days=1)])
def test_neither_earlier_nor_after_closing(survey, when):
    assert actions.make_notices(when) == 0


def test_who_has_sent_is_left_alone(survey):
    Submission.objects.filter(tambon="801217").update(state="submitted")
    actions.make_notices(DAY_BEFORE)
    assert told(Kind.CLOSING) == {"tambon2"}


def test_representatives_are_told_only_when_something_waits(survey):
    Submission.objects.filter(tambon="801217").update(state="submitted")
    actions.make_notices(DAY_BEFORE)
    assert told(Kind.REVIEW) == {"zone3"}


def test_before_being_late_and_before_closing_are_two_days(survey):
    type(survey).objects.update(on_time_by=CLOSES - timedelta(days=5))
    actions.make_notices(DAY_BEFORE - timedelta(days=5))
    actions.make_notices(DAY_BEFORE)
    assert Notice.objects.filter(user__username="tambon").count() == 2


def test_running_again_tells_nothing_twice(survey):
    assert actions.make_notices(DAY_BEFORE) == 3
    assert actions.make_notices(DAY_BEFORE + timedelta(hours=5)) == 0 and Notice.objects.count() == 3


def test_who_left_the_post_is_not_told(cast, survey):
    cast.tambon.person.appointments.update(ends_on=DAY_BEFORE.date())
    actions.make_notices(DAY_BEFORE)
    assert "tambon" not in told()


def test_a_return_is_told_to_those_who_fill_in(cast, survey):
    step("801217", "return", by=cast.zone3)
    assert actions.tell_of_steps(DAY_BEFORE) == 2 and actions.tell_of_steps(DAY_BEFORE) == 0
    assert told(Kind.RETURNED) == {"tambon", "district"}


def test_an_approval_leads_to_the_page_and_a_return_to_the_form(cast, survey):
    step("801217", "return", by=cast.zone3)
    step("800304", "approve", by=cast.zone2)
    actions.tell_of_steps(DAY_BEFORE)
    pages = dict(Notice.objects.filter(user__in=[cast.tambon, cast.tambon2]).values_list("user__username", "url"))
    mine = [Submission.objects.get(tambon=code).pk for code in ("801217", "800304")]
    assert pages == {
        "tambon": reverse("submission_entry", args=[mine[0]]),
        "tambon2": reverse("submission_page", args=[mine[1]]),
    }


def test_an_old_step_is_no_news(cast, survey):
    step("801217", "return", by=cast.zone3, at=DAY_BEFORE - timedelta(days=30))
    assert actions.tell_of_steps(DAY_BEFORE) == 0


def test_each_notice_is_mailed_once_in_thai_with_its_link(survey):
    actions.make_notices(DAY_BEFORE)
    assert actions.mail_notices(DAY_BEFORE, site=SITE).sent == 3
    assert actions.mail_notices(DAY_BEFORE, site=SITE).sent == 0
    text = next(one for one in mail.outbox if one.to == ["tambon@example.org"])
    assert "ตำบลปากแพรก" in text.body and f"{SITE}/" in text.body and "9 มกราคม 2570" in text.body


def test_without_an_address_there_is_a_notice_and_no_mail(survey):
    User.objects.update(email="")
    actions.make_notices(DAY_BEFORE)
    assert actions.mail_notices(DAY_BEFORE, site=SITE).sent == 0 and Notice.objects.count() == 3


def test_what_another_run_claimed_is_not_mailed_again(survey):
    actions.make_notices(DAY_BEFORE)
    first = Notice.objects.earliest("pk").pk
    assert actions._claim(first, DAY_BEFORE) and not actions._claim(first, DAY_BEFORE)
    assert actions.mail_notices(DAY_BEFORE, site=SITE).sent == 2


def test_a_failed_mail_is_tried_five_times(survey, monkeypatch):
    def fails(*args, **kwargs):
        raise SMTPException

    actions.make_notices(DAY_BEFORE)
    monkeypatch.setattr(actions, "send_mail", fails)
    failed = [actions.mail_notices(DAY_BEFORE, site=SITE).failed for _run in range(6)]
    assert failed == [3, 3, 3, 3, 3, 0]


def test_a_mail_that_failed_goes_out_with_the_next_run(survey, monkeypatch):
    actions.make_notices(DAY_BEFORE)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "send_mail", lambda *args, **kwargs: (_ for _ in ()).throw(OSError()))
        actions.mail_notices(DAY_BEFORE, site=SITE)
    assert actions.mail_notices(DAY_BEFORE, site=SITE).sent == 3


def soon(survey) -> None:
    """The round closes tomorrow, by the real clock."""
    end = timezone.now() + timedelta(hours=20)
    now = timezone.now()
    type(survey).objects.update(opens_at=now - timedelta(days=9), on_time_by=end, closes_at=end)


def test_the_command_says_what_it_did(survey, capsys):
    soon(survey)
    call_command("send_reminders", site=SITE)
    assert capsys.readouterr().out == "3 made, 3 mailed, 0 failed\n"


def test_a_dry_run_changes_nothing(survey, capsys):
    soon(survey)
    call_command("send_reminders", dry_run=True)
    assert "3 would be made, 3 mailed" in capsys.readouterr().out
    assert Notice.objects.count() == 0 and mail.outbox == []


def test_one_reads_the_own_notices_only(cast, survey, sign_in):
    actions.make_notices(DAY_BEFORE)
    body = sign_in(cast.tambon).get(reverse("notice_list")).content.decode()
    assert "ปากแพรก" in body and "กำโลน" not in body


def test_opening_a_notice_marks_it_and_leads_on(cast, survey, sign_in):
    actions.make_notices(DAY_BEFORE)
    client, own = sign_in(cast.tambon), Notice.objects.get(user=cast.tambon)
    assert "การแจ้ง (ใหม่ 1)" in client.get("/").content.decode()
    assert client.post(reverse("notice_open", args=[own.pk]))["Location"] == own.url
    assert "การแจ้ง (ใหม่" not in client.get("/").content.decode()


def test_anothers_notice_is_not_there(cast, survey, sign_in):
    actions.make_notices(DAY_BEFORE)
    other = Notice.objects.get(user=cast.tambon2)
    assert sign_in(cast.tambon).post(reverse("notice_open", args=[other.pk])).status_code == 404
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_all_are_read_at_once_and_only_the_own(cast, survey, sign_in):
    actions.make_notices(DAY_BEFORE)
    sign_in(cast.tambon).post(reverse("notices_read"))
    assert list(Notice.objects.filter(read_at__isnull=False).values_list("user__username", flat=True)) == ["tambon"]
