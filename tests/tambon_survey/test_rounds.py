"""Rounds: planned with their moments, opened once for the focus tambon of the day, changed with a trace."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nakhon_network.lib.thai_dates import BANGKOK
from organizations.actions.areas import choose_focus, drop_focus, move_district
from organizations.history import history_of
from organizations.models import AuditEntry, FocusTambon
from organizations.problems import Refused
from tambon_survey.actions.rounds import open_round, opening, save_round
from tambon_survey.models import Round, State
from tambon_survey.readiness import DEFAULT_RULE
from tests.conftest import FOCUS
from tests.factories import make_province, make_round

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BANGKOK)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(cast, places) -> Round:
    """A round planned for tomorrow, without a rule of its own."""
    moments = {"opens_at": NOW + DAY, "on_time_by": NOW + 15 * DAY, "closes_at": NOW + 22 * DAY}
    return make_round(places.province, opened=False, rule={}, **moments)


def posted(**changes: str) -> dict[str, str]:
    """What the form of a round sends."""
    plan = {
        "name": "สำรวจซ้ำ", "ordered_by": "มติที่ประชุม 25 ธ.ค. 2549", "follows": "", "planning_meeting_on": "4 ม.ค. 2570",
        "opens_day": "1 ธ.ค. 2569", "opens_hour": "09.00", "on_time_day": "15/12/2569", "on_time_hour": "16.00",
        "closes_day": "22 ธันวาคม 2569", "closes_hour": "๑๖.๐๐",
    }  # fmt: skip
    return plan | changes


# ---- opening ----------------------------------------------------------------------------------------------------


def test_opening_asks_the_focus_tambon_of_the_day(plan, cast):
    """One submission not started for each; the round opens at once and keeps the rule of that day."""
    opened = open_round(plan, by=cast.staff, now=NOW)
    assert sorted(opened.submissions.values_list("tambon", flat=True)) == sorted(FOCUS)
    assert set(opened.submissions.values_list("state", flat=True)) == {State.NOT_STARTED}
    assert (opened.opens_at, opened.opened_at, opened.opened_by) == (NOW, NOW, cast.staff)
    assert opened.rule == DEFAULT_RULE


def test_opening_late_keeps_the_announced_moment(plan, cast):
    plan.opens_at = NOW - DAY
    plan.save()
    assert open_round(plan, by=cast.staff, now=NOW).opens_at == NOW - DAY


def test_a_rule_of_its_own_is_kept(plan, cast):
    plan.rule = {**DEFAULT_RULE, "team": {"met": [{"measure": "named", "at_least": 5}], "weak": []}}
    plan.save()
    assert open_round(plan, by=cast.staff, now=NOW).rule == plan.rule


def test_the_day_is_the_one_in_bangkok(plan, cast, places):
    """At 00.30 in Bangkok it is still the day before by UTC; a tambon chosen for that day is asked."""
    midnight = datetime(2026, 3, 3, 0, 30, tzinfo=BANGKOK)
    choose_focus(places.tambons["800602"], on=midnight.date(), reason="ทดสอบ", by=cast.staff)
    drop_focus(places.tambons["800601"], on=midnight.date(), reason="ทดสอบ", by=cast.staff)
    asked = set(open_round(plan, by=cast.staff, now=midnight).submissions.values_list("tambon", flat=True))
    assert asked == set(FOCUS) - {"800601"} | {"800602"}


def test_opening_is_in_the_history_of_round_and_province(plan, cast, places):
    open_round(plan, by=cast.staff, now=NOW)
    for thing in (plan, places.province):
        [line] = [line for line in history_of(thing, viewer=cast.staff) if plan.name in line.sentence]
        assert ("จำนวนตำบลที่สำรวจ", "", "4") in line.changes
        assert "2 มี.ค. 2569 10.00 น." in [new for _label, _old, new in line.changes]


def refusal(plan: Round, *, by, now: datetime = NOW) -> str:
    """Why it does not open; it must then have made nothing."""
    before = plan.submissions.count()
    with pytest.raises(Refused) as why:
        open_round(plan, by=by, now=now)
    assert plan.submissions.count() == before
    return why.value.sentence


def test_a_round_is_opened_once(plan, cast):
    open_round(plan, by=cast.staff, now=NOW)
    assert refusal(plan, by=cast.staff) == "รอบนี้เปิดไปแล้ว"


def test_a_round_past_its_closing_does_not_open(plan, cast):
    """The moment of closing is past already; a microsecond before it is not."""
    assert "วันปิดรอบผ่านไปแล้ว" in refusal(plan, by=cast.staff, now=plan.closes_at)
    assert opening(plan, now=plan.closes_at - timedelta(microseconds=1)).obstacles == []


def test_one_round_at_a_time(plan, cast, places):
    make_round(places.province, name="รอบก่อน", opens_at=NOW - DAY, on_time_by=NOW, closes_at=NOW + HOUR)
    assert "รอบ รอบก่อน ยังเปิดอยู่" in refusal(plan, by=cast.staff)
    assert open_round(plan, by=cast.staff, now=NOW + HOUR).opened_at


def test_without_focus_tambon_nobody_is_asked(plan, cast):
    FocusTambon.objects.all().delete()
    assert "ยังไม่มีตำบลเป้าหมาย" in refusal(plan, by=cast.staff)


def test_every_district_of_a_focus_tambon_needs_a_zone(plan, cast, places):
    """The sentence names the districts."""
    move_district(places.districts["8003"], to=None, by=cast.staff)
    assert "อำเภอลานสกา" in refusal(plan, by=cast.staff)


def test_a_district_keeps_its_zone_while_a_round_is_open(plan, cast, places):
    """A planned round binds nobody; an opened one does."""
    move_district(places.districts["8003"], to=None, by=cast.staff)
    move_district(places.districts["8003"], to=places.zone2, by=cast.staff)
    now = timezone.now()
    make_round(places.province, opens_at=now - DAY, on_time_by=now, closes_at=now + DAY)
    with pytest.raises(Refused, match="รอบสำรวจ"):
        move_district(places.districts["8003"], to=None, by=cast.staff)


def test_dropping_a_focus_tambon_leaves_the_open_round_as_it_is(plan, cast, places):
    opened = open_round(plan, by=cast.staff, now=NOW)
    drop_focus(places.tambons["801217"], on=NOW.date(), reason="ทดสอบ", by=cast.staff)
    assert opened.submissions.expected().filter(tambon="801217").exists()


# ---- planning and changing --------------------------------------------------------------------------------------


def test_a_plan_is_written_with_days_of_the_buddhist_era(cast, places, sign_in):
    """Day and hour make one moment; who planned it stays with it."""
    response = sign_in(cast.staff).post(reverse("round_add", args=["80"]), posted())
    made = Round.objects.get()
    assert response.url == reverse("round_edit", args=[made.pk])
    assert made.closes_at == datetime(2026, 12, 22, 16, tzinfo=BANGKOK)
    assert (made.created_by, made.opened_at, made.province) == (cast.staff, None, places.province)


def test_a_new_plan_proposes_moments_and_the_last_round(cast, places, sign_in):
    last = make_round(places.province)
    form = sign_in(cast.staff).get(reverse("round_add", args=["80"])).context["form"]
    tomorrow = timezone.localdate() + DAY
    assert form["follows"].value() == last.pk
    assert (form["opens_day"].initial, form["closes_day"].initial) == (tomorrow, tomorrow + 21 * DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_day": "1 ธ.ค. 2569", "closes_hour": "9.00"}, "closes_day"),
        ({"on_time_day": "1 ธ.ค. 2569", "on_time_hour": "9.00"}, "on_time_day"),
        ({"on_time_day": "23 ธ.ค. 2569"}, "on_time_day"),
        ({"opens_day": "1 ธ.ค. 69"}, "opens_day"),
        ({"name": ""}, "name"),
    ],
)
def test_moments_stand_in_their_order(cast, places, sign_in, changes, field):
    response = sign_in(cast.staff).post(reverse("round_add", args=["80"]), posted(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_wrong_weekday_is_saved_and_said(cast, places, sign_in):
    changes = {"opens_day": "วันจันทร์ที่ 1 ธันวาคม 2569"}
    response = sign_in(cast.staff).post(reverse("round_add", args=["80"]), posted(**changes), follow=True)
    assert "ตรงกับวันอังคาร" in response.content.decode()


def test_only_opened_rounds_of_the_province_are_surveyed_again(plan, cast):
    elsewhere = make_round(make_province("84", name_th="สุราษฎร์ธานี"))
    planned = make_round(plan.province, opened=False)
    for other in (elsewhere, planned, plan):
        plan.follows = other
        with pytest.raises(Refused, match="สำรวจซ้ำได้เฉพาะ"):
            save_round(plan, by=cast.staff)


def test_a_change_is_in_the_history_old_and_new(plan, cast):
    """What did not change is not in it."""
    plan.ordered_by = "มติ 25 ธ.ค. 2549"
    save_round(plan, by=cast.staff)
    entry = AuditEntry.objects.about(plan).get()
    assert entry.changes == {"ordered_by": [None, "มติ 25 ธ.ค. 2549"]}
    save_round(plan, by=cast.staff)
    assert AuditEntry.objects.about(plan).count() == 1


@pytest.mark.parametrize("name", ["opens_at", "follows"])
def test_an_opened_round_keeps_its_opening_and_what_it_follows(plan, cast, name):
    earlier = make_round(plan.province, name="รอบก่อน", closes_at=NOW, on_time_by=NOW, opens_at=NOW - DAY)
    opened = open_round(plan, by=cast.staff, now=NOW)
    setattr(opened, name, {"opens_at": NOW - HOUR, "follows": earlier}[name])
    with pytest.raises(Refused, match="เปิดไปแล้ว"):
        save_round(opened, by=cast.staff)


def test_an_opened_round_closes_later_but_not_earlier(plan, cast):
    opened = open_round(plan, by=cast.staff, now=NOW)
    opened.closes_at += DAY
    save_round(opened, by=cast.staff)
    opened.closes_at -= timedelta(microseconds=1)
    with pytest.raises(Refused, match="ปิดเร็วกว่า"):
        save_round(opened, by=cast.staff)


def test_a_longer_round_does_not_run_into_the_next(plan, cast):
    earlier = make_round(plan.province, name="รอบก่อน", opens_at=NOW - DAY, on_time_by=NOW, closes_at=NOW)
    open_round(plan, by=cast.staff, now=NOW)
    earlier.closes_at = NOW + HOUR
    with pytest.raises(Refused, match="เปิดซ้อนกัน"):
        save_round(earlier, by=cast.staff)


def test_a_plan_changed_while_somebody_opens_it_stays_opened(plan, cast):
    """The page was loaded before the opening and is sent after it."""
    stale = Round.objects.get(pk=plan.pk)
    open_round(plan, by=cast.staff, now=NOW)
    with pytest.raises(Refused):
        save_round(stale, by=cast.staff)
    plan.refresh_from_db()
    assert plan.opened_at == NOW


def test_the_form_of_an_opened_round_leaves_untouched_moments_exact(cast, places, sign_in):
    """A closing with seconds is shown without them and is not moved by saving another field."""
    opened = make_round(places.province, name="เดิม")
    client, url = sign_in(cast.staff), reverse("round_edit", args=[opened.pk])
    form = client.get(url).context["form"]
    sent = {one.name: one.field.widget.format_value(one.value()) or "" for one in form}
    assert client.post(url, {**sent, "name": "ใหม่"}).status_code == 302
    again = Round.objects.get()
    assert (again.name, again.closes_at, again.opens_at) == ("ใหม่", opened.closes_at, opened.opens_at)


def test_the_action_refuses_in_the_form(cast, places, sign_in):
    opened = make_round(places.province)
    sent = {key: value for key, value in posted().items() if not key.startswith(("opens", "follows"))}
    now = timezone.localtime()
    sent |= {"closes_day": (now + DAY).strftime("%d/%m/%Y"), "on_time_day": now.strftime("%d/%m/%Y")}
    response = sign_in(cast.staff).post(reverse("round_edit", args=[opened.pk]), sent)
    assert response.status_code == 422
    assert "ปิดเร็วกว่า" in response.content.decode()


# ---- pages ------------------------------------------------------------------------------------------------------


def test_the_page_of_a_plan_says_what_opening_does(cast, places, sign_in):
    now = timezone.now()
    earlier = make_round(places.province, name="รอบแรก", on_time_by=now, closes_at=now)
    plan = make_round(places.province, opened=False, follows=earlier)
    body = sign_in(cast.staff).get(reverse("round_edit", args=[plan.pk])).content.decode()
    assert "สำรวจตำบลเป้าหมายของวันนี้ 4 ตำบล" in body
    assert "คำตอบในรอบ รอบแรก จะมาเป็น" in body
    assert reverse("round_open", args=[plan.pk]) in body


def test_a_plan_that_cannot_open_has_no_button_but_the_reasons(cast, places, sign_in):
    FocusTambon.objects.all().delete()
    plan = make_round(places.province, opened=False)
    body = sign_in(cast.staff).get(reverse("round_edit", args=[plan.pk])).content.decode()
    assert "ยังไม่มีตำบลเป้าหมาย" in body
    assert reverse("round_open", args=[plan.pk]) not in body


def test_the_button_opens_the_round(cast, places, sign_in):
    plan = make_round(places.province, opened=False)
    client, url = sign_in(cast.staff), reverse("round_open", args=[plan.pk])
    assert "4 ตำบล" in client.post(url, follow=True).content.decode()
    assert "รอบนี้เปิดไปแล้ว" in client.post(url, follow=True).content.decode()
    assert plan.submissions.count() == 4


def test_the_list_shows_planned_rounds_to_the_province_only(cast, places, sign_in):
    now = timezone.now()
    make_round(places.province, name="รอบที่เปิด")
    make_round(places.province, name="รอบในแผน", opened=False, opens_at=now + DAY)
    url = reverse("round_list")
    assert "รอบในแผน" in sign_in(cast.staff).get(url).content.decode()
    seen = sign_in(cast.tambon).get(url).content.decode()
    assert ("รอบในแผน" in seen, "รอบที่เปิด" in seen) == (False, True)


def test_the_list_tells_state_and_days(cast, places, sign_in):
    """Newest first, each with its days."""
    now = timezone.now()
    closed = {"opens_at": now - 20 * DAY, "on_time_by": now - 4 * DAY, "closes_at": now - 3 * DAY}
    make_round(places.province, name="เก่า", **closed)
    make_round(places.province, name="ใหม่", closes_at=now + 5 * DAY, on_time_by=now + 4 * DAY)
    make_round(places.province, name="แผน", opened=False, opens_at=now + 2 * DAY)
    response = sign_in(cast.staff).get(reverse("round_list"))
    assert [(line.round.name, line.state, line.days) for line in response.context["lines"]] == [
        ("แผน", "planned", 2), ("ใหม่", "open", 5), ("เก่า", "closed", -3),
    ]  # fmt: skip
    for words in ("จะเปิดในอีก 2 วัน", "จะปิดในอีก 5 วัน", "ปิดเมื่อ 3 วันก่อน"):
        assert words in response.content.decode()


def test_an_empty_list_says_what_to_do(cast, places, sign_in):
    assert "กดวางแผนรอบแรก" in sign_in(cast.staff).get(reverse("round_list")).content.decode()
    assert "เมื่อจังหวัดเปิดรอบสำรวจ" in sign_in(cast.tambon).get(reverse("round_list")).content.decode()


@pytest.mark.parametrize("who", ["tambon", "district", "zone3", "staff"])
def test_whoever_works_in_the_province_finds_the_rounds_in_the_menu(cast, sign_in, who):
    assert f'href="{reverse("round_list")}"' in sign_in(getattr(cast, who)).get(reverse("home")).content.decode()
