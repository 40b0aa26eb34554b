"""Introductions: from what an activity looks for to who was brought together with whom, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from meetings.actions.tasks import Order
from meetings.models import Task
from organizations.actions.merging import merge_organizations
from organizations.models import AuditEntry, Knowledge, Need, Offer, Organization, Theme
from organizations.problems import Refused
from tambon_survey.actions.introductions import Other, follow_up, introduce, move
from tambon_survey.models import Activity, Introduction
from tambon_survey.problems import Impossible
from tambon_survey.quarters import quarters_of
from tests.conftest import canary
from tests.factories import make_round, make_submission

NOVEMBER = date(2026, 11, 20)
MOST = 15


@pytest.fixture
def shore(cast, places):
    """An approved activity of tambon 801217 that looks for money, a theme it speaks of, and a fund that fits."""
    submission = make_submission(make_round(places.province), places.tambons["801217"], state="approved")
    facts = {"what": "ออมทรัพย์เดือนละครั้ง", "next_step": "ขยายสมาชิก", "needs_funding": True, "needs_knowledge": True}
    activity = Activity.objects.create(submission=submission, title="กลุ่มของเรา", **facts)
    theme = Theme.objects.create(code="finance", name_th="การเงินชุมชน", words="ออมทรัพย์")
    fund = Organization.objects.create(name="กองทุนจังหวัด", kind="funder", province=places.province)
    offer = Offer.objects.create(organization=fund, kind="funding", text="ทุนตั้งต้น")
    offer.themes.add(theme)
    return SimpleNamespace(activity=activity, fund=fund, offer=offer, theme=theme, submission=submission)


def made(shore, by, **more) -> Introduction:
    to = Other("funding", partner=shore.fund, offer=shore.offer, reasons=("ให้ทุน",))
    return introduce(shore.activity, to=to, **{"purpose": "ขยายสมาชิก", "made_on": NOVEMBER, "by": by, **more})


def partners(client, activity, **wanted):
    return client.get(reverse("activity_partners", args=[activity.pk]), wanted)


def moved(client, introduction, **typed):
    return client.post(reverse("introduction_move", args=[introduction.pk]), {"reach": "", "outcome": "", **typed})


# ---- from an activity to an introduction in two clicks ----
def test_one_click_shows_who_fits_and_why(shore, cast, sign_in):
    page = partners(sign_in(cast.tambon), shore.activity).content.decode()
    assert "กองทุนจังหวัด" in page and "การเงินชุมชน" in page and "ออมทรัพย์" in page


def test_the_second_records_it_with_who_and_when_and_why(shore, cast, sign_in):
    address = reverse("introduction_add", args=[shore.activity.pk, f"offer-{shore.offer.pk}"])
    answer = sign_in(cast.tambon).post(address, {"purpose": "ขยายสมาชิก", "made_on": "20 พ.ย. 2569"})
    found = Introduction.objects.get()
    assert answer.url == found.get_absolute_url() and found.created_by == cast.tambon
    assert found.tambon == shore.submission.tambon and found.offer == shore.offer
    assert any("ออมทรัพย์" in reason for reason in found.reasons)


def test_it_is_seen_from_the_tambon_the_funder_and_the_register(shore, cast, sign_in):
    title, client = made(shore, cast.zone3).title, sign_in(cast.zone3)
    pages = [
        reverse("tambon_page", args=["801217"]),
        reverse("organization_matches", args=[shore.fund.pk]),
        reverse("introduction_list"),
        shore.activity.get_absolute_url(),
    ]
    assert [title in client.get(url).content.decode() for url in pages] == [True] * 4


def test_it_leaves_one_line_in_the_history_of_all_it_concerns(shore, cast):
    found = made(shore, cast.zone3)
    things = (found, shore.activity, shore.fund, shore.submission.tambon)
    assert [AuditEntry.objects.about(one).count() for one in things] == [1] * 4


def test_the_same_sent_twice_is_one(shore, cast):
    assert made(shore, cast.zone3) == made(shore, cast.zone3)


def test_who_was_introduced_is_shown_and_not_offered_again(shore, cast, sign_in):
    found = made(shore, cast.zone3)
    shown = partners(sign_in(cast.zone3), shore.activity).context["lines"]
    assert [(one.introduced, one.may_be_introduced) for one, _action in shown] == [(found, False)]
    with pytest.raises(Refused):
        made(shore, cast.tambon)


def test_in_the_next_round_it_is_still_the_same_activity(shore, cast, places):
    made(shore, cast.zone3)
    again = make_submission(make_round(places.province, name="สำรวจซ้ำ"), places.tambons["801217"], state="approved")
    facts = {"title": "กลุ่มของเรา", "needs_funding": True, "carried_from": shore.activity.pk}
    shore.activity = Activity.objects.create(submission=again, standing="confirmed", **facts)
    with pytest.raises(Refused):
        made(shore, cast.tambon)


def test_what_failed_may_be_tried_again(shore, cast, sign_in):
    move(made(shore, cast.zone3), state="failed", outcome="ปิดรับ", reach="", by=cast.zone3)
    assert partners(sign_in(cast.zone3), shore.activity).context["lines"][0][0].may_be_introduced
    assert made(shore, cast.tambon).state == "proposed"


def test_a_coordinators_home_names_what_still_looks_for_help_until_somebody_is_asked(shore, cast, sign_in):
    address = reverse("activity_partners", args=[shore.activity.pk])
    homes = [sign_in(who) for who in (cast.tambon, cast.district)]
    assert [address in client.get("/").content.decode() for client in homes] == [True, True]
    made(shore, cast.tambon)
    assert [address in client.get("/").content.decode() for client in homes] == [False, False]


# ---- who is a candidate ----
def names(client, activity, **wanted) -> list[str]:
    return [one.name for one, _action in partners(client, activity, **wanted).context["lines"]]


def test_an_offer_that_has_ended_is_none(shore, cast, sign_in):
    Offer.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert shore.offer.text not in partners(sign_in(cast.zone3), shore.activity).content.decode()


def test_a_fund_without_a_written_offer_stands_below(shore, cast, sign_in):
    Organization.objects.create(name="มูลนิธิ", kind="funder", zone=shore.submission.tambon.district.zone)
    assert names(sign_in(cast.zone3), shore.activity) == ["กองทุนจังหวัด", "มูลนิธิ"]


def test_who_knows_is_offered_to_those_who_may_know_the_person(shore, cast, sign_in):
    Knowledge.objects.create(person=cast.district.person, theme=shore.theme)
    wanted = {"kind": "knowledge"}
    assert names(sign_in(cast.zone3), shore.activity, **wanted) == [cast.district.person.name]
    Knowledge.objects.update(person=cast.tambon2.person)
    assert names(sign_in(cast.zone3), shore.activity, **wanted) == []


def test_a_merged_body_is_none(shore, cast, sign_in):
    other = Organization.objects.create(name="กองทุนเดียวกัน")
    merge_organizations(shore.fund, into=other, reason="ซ้ำ", by=cast.staff)
    assert "กองทุนจังหวัด" not in names(sign_in(cast.zone3), shore.activity)


def test_an_unknown_kind_or_partner_is_no_error(shore, cast, sign_in):
    client = sign_in(cast.zone3)
    assert partners(client, shore.activity, kind="%_'").status_code == 200
    for to in ("offer-999999", "body-1-x", "person-0", "x"):
        assert client.get(reverse("introduction_add", args=[shore.activity.pk, to])).status_code == 404


# ---- the other way ----
def fits(client, organization):
    return client.get(reverse("organization_matches", args=[organization.pk])).context["matches"]


def test_a_funder_sees_the_activities_that_fit(shore, cast, sign_in):
    assert [one.activity for one in fits(sign_in(cast.staff), shore.fund)] == [shore.activity]


def test_from_another_zone_only_title_and_needs_are_read_and_nothing_is_recorded(shore, cast, sign_in):
    found = fits(sign_in(cast.zone2), shore.fund)
    assert [one.may_introduce for one in found] == [False]
    assert not any("ออมทรัพย์" in reason for reason in found[0].reasons)


def test_only_the_newest_approved_survey_of_a_tambon_is_asked(shore, cast, sign_in, places):
    make_submission(make_round(places.province, name="ต่อมา"), places.tambons["801217"], state="approved")
    assert fits(sign_in(cast.staff), shore.fund) == []


def test_a_need_of_a_body_is_matched_both_ways(shore, cast, sign_in, places):
    group = Organization.objects.create(name="กลุ่มแม่บ้าน", zone=places.zone3)
    need = Need.objects.create(organization=group, kind="funding", text="ทุนออมทรัพย์")
    client = sign_in(cast.zone3)
    assert need in [one.need for one in fits(client, shore.fund)]
    assert "กองทุนจังหวัด" in client.get(reverse("need_partners", args=[need.pk])).content.decode()
    client.post(
        reverse("need_introduce", args=[need.pk, f"offer-{shore.offer.pk}"]), {"purpose": "ทุน", "made_on": "20/11/2569"}
    )
    found = Introduction.objects.get()
    assert (found.seeker, found.partner, found.tambon) == (group, shore.fund, None)


def test_what_one_activity_was_introduced_to_is_not_said_of_another(shore, cast, sign_in):
    other = Activity.objects.create(submission=shore.submission, title="ออมทรัพย์อื่น", needs_funding=True)
    found = made(shore, cast.zone3)
    told = [(one.activity, one.introduced) for one in fits(sign_in(cast.staff), shore.fund)]
    assert told == [(other, None), (shore.activity, found)]


# ---- what is shared of an activity ----
def test_everyone_with_a_post_reads_title_and_needs_of_an_approved_activity_and_no_more(shore, cast, sign_in):
    page = sign_in(cast.member).get(shore.activity.get_absolute_url()).content.decode()
    assert "กลุ่มของเรา" in page and "เดือนละครั้ง" not in page and "ขยายสมาชิก" not in page


def test_no_page_of_it_shows_a_contact(shore, cast, sign_in):
    Knowledge.objects.create(person=cast.district.person, theme=shore.theme)
    found, client = made(shore, cast.zone3), sign_in(cast.staff)
    urls = [
        found.get_absolute_url(),
        reverse("introduction_list"),
        reverse("activity_partners", args=[shore.activity.pk]),
    ]
    seen = "".join(client.get(url).content.decode() for url in urls)
    assert not any(canary(number) in seen for number in range(9))


# ---- how it went ----
def test_it_goes_from_proposed_to_agreed_with_outcome_and_reach(shore, cast, sign_in):
    found = made(shore, cast.zone3)
    told = {"state": "agreed", "outcome": "ได้ทุน", "reach": "household", "revision": "0"}
    assert moved(sign_in(cast.tambon), found, **told).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.outcome, found.reach, found.revision) == ("agreed", "ได้ทุน", "household", 1)


@pytest.mark.parametrize("typed", [{"state": "failed"}, {"state": "in_touch", "reach": "village"}, {"state": "x"}])
def test_a_failure_says_why_and_only_what_was_agreed_reaches_anybody(shore, cast, sign_in, typed):
    assert moved(sign_in(cast.tambon), made(shore, cast.zone3), revision="0", **typed).status_code == 422


def test_of_two_tabs_the_second_sees_both_and_loses_nothing(shore, cast, sign_in):
    found, client = made(shore, cast.zone3), sign_in(cast.tambon)
    moved(client, found, state="in_touch", outcome="โทรแล้ว", revision="0")
    answer = moved(client, found, state="agreed", outcome="ได้ทุนแล้ว", revision="0")
    page = answer.content.decode()
    assert answer.status_code == 409 and "โทรแล้ว" in page and "ได้ทุนแล้ว" in page
    assert moved(client, found, state="agreed", outcome="ได้ทุนแล้ว", revision="1").status_code == 302


def test_the_same_answer_twice_is_once(shore, cast):
    found = made(shore, cast.zone3)
    for _time in range(2):
        move(found, state="in_touch", outcome="โทรแล้ว", reach="", seen=0, by=cast.zone3)
    assert AuditEntry.objects.about(found).count() == 2


def test_nothing_goes_back_to_proposed(shore, cast):
    found = move(made(shore, cast.zone3), state="in_touch", outcome="", reach="", by=cast.zone3)
    with pytest.raises(Impossible):
        move(found, state="proposed", outcome="", reach="", by=cast.zone3)


def test_the_database_wants_two_ends(shore, cast, places):
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(province=places.province, kind="funding", purpose="x", made_on=NOVEMBER)


# ---- work that follows ----
def test_a_task_that_follows_stands_in_the_register_and_names_where_it_comes_from(shore, cast, sign_in):
    found = made(shore, cast.zone3)
    order = Order(key=uuid4(), text="นัดคุยที่ตำบล")
    given = [follow_up(found, to=cast.tambon.person, order=order, today=NOVEMBER, by=cast.zone3) for _time in range(2)]
    assert given[0] == given[1] == list(Task.objects.all())
    for who in (cast.zone3, cast.tambon, cast.staff):
        page = sign_in(who).get(reverse("task_list")).content.decode()
        assert "นัดคุยที่ตำบล" in page and found.title in page
    assert sign_in(cast.zone2).get(given[0][0].get_absolute_url()).status_code == 404


def test_a_task_without_a_meeting_is_kept_by_who_works_for_its_tambon(shore, cast, sign_in):
    order = Order(key=uuid4(), text="นัดคุยที่ตำบล")
    (task,) = follow_up(made(shore, cast.zone3), to=shore.fund, order=order, today=NOVEMBER, by=cast.zone3)
    client = sign_in(cast.district)
    typed = {"text": "นัดคุยใหม่", "due_on": "25/12/2579"}
    assert client.post(reverse("task_edit", args=[task.pk]), typed).status_code == 302
    done = {"outcome": "คุยแล้ว", "reach": "group"}
    assert client.post(reverse("task_finish", args=[task.pk]), done).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.state) == ("นัดคุยใหม่", "done")


def test_given_by_its_form_to_oneself(shore, cast, sign_in):
    found = made(shore, cast.zone3)
    typed = {"text": "โทรหากองทุน", "to": "me", "due_on": "25/12/2579", "order": str(uuid4())}
    answer = sign_in(cast.tambon).post(reverse("introduction_follow_up", args=[found.pk]), typed)
    assert answer.status_code == 302 and Task.objects.given_to(cast.tambon).get().text == "โทรหากองทุน"


def test_a_task_has_a_meeting_or_a_province(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(text="x", person=cast.staff.person)


# ---- the quarter ----
def test_a_quarter_of_the_calendar_is_one_of_the_fiscal_year(shore, cast):
    made(shore, cast.zone3)
    move(made(shore, cast.zone3, made_on=NOVEMBER), state="failed", outcome="ปิดรับ", reach="", by=cast.zone3)
    made(shore, cast.zone3, made_on=date(2026, 9, 30))
    found = quarters_of(Introduction.objects.by_quarter())
    assert [(one.key, one.counts) for one in found] == [("2026-4", {"failed": 1}), ("2026-3", {"proposed": 1})]
    assert "2569" in found[0].label and "1/2570" in found[0].names and "4/2569" in found[1].names


def test_a_number_leads_to_those_it_counts(shore, cast, sign_in):
    made(shore, cast.zone3)
    client = sign_in(cast.staff)
    for wanted, count in (({"quarter": "2026-4"}, 1), ({"quarter": "2026-3"}, 1), ({"state": "failed"}, 0)):
        page = client.get(reverse("introduction_list"), wanted).context["page_obj"]
        assert page.paginator.count == count, wanted


def test_everybody_counts_what_they_may_read(shore, cast):
    made(shore, cast.zone3)
    seen = [Introduction.objects.visible_to(one).count() for one in (cast.zone3, cast.zone2, cast.member, cast.nobody)]
    assert seen == [1, 0, 0, 0]


def test_the_list_comes_out_as_a_file_without_names_of_persons(shore, cast, sign_in):
    Knowledge.objects.create(person=cast.district.person, theme=shore.theme)
    introduce(
        shore.activity,
        to=Other("knowledge", expert=cast.district.person),
        purpose="สอน",
        made_on=NOVEMBER,
        by=cast.zone3,
    )
    file = sign_in(cast.staff).get(reverse("introductions_file"), {"file": "csv"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "กลุ่มของเรา" in text and cast.district.person.first_name not in text


# ---- however many ----
def grow(shore, places, number: int = 40) -> None:
    for at in range(number):
        body = Organization.objects.create(name=f"ทุน {at}", kind="funder", tambon=places.tambons["801201"])
        Offer.objects.create(organization=body, kind="funding", text="ทุน").themes.add(shore.theme)
        Organization.objects.create(name=f"แหล่งทุน {at}", kind="funder", district=places.districts["8012"])
        Activity.objects.create(submission=shore.submission, title=f"ออม {at}", needs_funding=True)
        Need.objects.create(organization=body, kind="funding", text="ออมทรัพย์")


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_every_page_asks_at_most_so_often(shore, cast, places, sign_in, django_assert_max_num_queries, many):
    if many:
        grow(shore, places)
    Knowledge.objects.create(person=cast.district.person, theme=shore.theme)
    need = Need.objects.create(organization=shore.fund, kind="knowledge", text="ความรู้")
    found, client = made(shore, cast.zone3), sign_in(cast.staff)
    follow_up(found, to=shore.fund, order=Order(key=uuid4(), text="นัด"), today=NOVEMBER, by=cast.zone3)
    urls = [found.get_absolute_url(), shore.activity.get_absolute_url(), reverse("introduction_list")]
    urls += [reverse("activity_partners", args=[shore.activity.pk])]
    urls += [reverse("organization_matches", args=[shore.fund.pk]), reverse("task_list")]
    urls += [reverse("need_partners", args=[need.pk])]
    for url in urls:
        with django_assert_max_num_queries(MOST, info=url):
            assert client.get(url).status_code == 200
