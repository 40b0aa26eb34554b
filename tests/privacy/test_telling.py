"""Whoever's contact somebody else typed in is told within 30 days; contacts are asked for again each year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nakhon_network import telling
from organizations.actions.people import save_contact
from organizations.models import AuditEntry, Contact, Person
from tambon_survey.actions.carry_over import begin
from tambon_survey.models import Coordinator
from tests.factories import make_person, make_round, make_submission

TODAY = timezone.localdate
LATE = timedelta(days=31)


@pytest.fixture
def typed(cast):
    """A number of the tambon coordinator that the zone representative typed in; the cast's own are their own."""
    Contact.objects.update(consent="self")
    return save_contact(Contact(person=cast.tambon.person, value="0812345678"), by=cast.zone3)


@pytest.fixture
def named(cast, places, typed):
    """A coordinator in a survey that was sent 31 days ago."""
    form = make_submission(
        make_round(places.province), places.tambons["801217"], submitted_at=timezone.now() - LATE, state="approved"
    )
    return Coordinator.objects.create(submission=form, name="ป้าแกน", phone="0898765432")


def grow_old(contact):
    Contact.objects.filter(pk=contact.pk).update(created_at=timezone.now() - LATE)


def names(user) -> list[str]:
    return [one.name for one in telling.waiting(user)]


def test_a_contact_typed_by_somebody_else_shows_its_date(cast, sign_in, typed):
    page = sign_in(cast.zone3).get(reverse("tell_list"))
    one = page.context["page_obj"][0]
    assert (one.name, one.due) == (cast.tambon.person.name, TODAY() + timedelta(days=30))


@pytest.mark.parametrize(("who", "sees"), [("zone3", True), ("district", True), ("staff", True), ("zone2", False)])
def test_it_waits_for_those_who_may_act(cast, typed, who, sees):
    assert (cast.tambon.person.name in names(getattr(cast, who))) is sees


def test_ones_own_contact_needs_no_word(cast, typed):
    save_contact(Contact(person=cast.district.person, value="0812345670", consent="self"), by=cast.district)
    save_contact(Contact(person=cast.district.person, value="0812345671"), by=cast.district)
    assert names(cast.staff) == [cast.tambon.person.name]


@pytest.mark.parametrize("who", ["zone3", "staff"])
def test_overdue_ones_count_on_home(cast, sign_in, typed, who):
    url, home = reverse("tell_list"), sign_in(getattr(cast, who))
    assert url not in [thing.url for thing in home.get("/").context["things"]]
    grow_old(typed)
    assert url in [thing.url for thing in home.get("/").context["things"]]


def test_the_tick_says_how_and_when_and_by_whom(cast, sign_in, typed):
    url = reverse("person_tell", args=[cast.tambon.person_id])
    day = f"{TODAY().day}/{TODAY().month}/{TODAY().year + 543}"
    answer = sign_in(cast.zone3).post(url, {"how": "line", "told_on": day})
    typed.refresh_from_db()
    assert answer.status_code == 302 and (typed.told_on, typed.told_how, typed.told_by) == (TODAY(), "line", cast.zone3)
    assert AuditEntry.objects.about(cast.tambon.person)[0].verb == "tell" and names(cast.staff) == []


def test_nobody_is_told_tomorrow(cast, sign_in, typed):
    url, day = reverse("person_tell", args=[cast.tambon.person_id]), TODAY() + timedelta(days=1)
    answer = sign_in(cast.zone3).post(url, {"how": "line", "told_on": f"{day.day}/{day.month}/{day.year + 543}"})
    assert answer.status_code == 422 and names(cast.staff)


def test_a_coordinator_in_a_sent_survey_waits_too(cast, named):
    assert names(cast.tambon) == ["ป้าแกน"] and names(cast.zone2) == []
    own = telling.with_duties(Person.objects.all(), cast.tambon, today=TODAY()).get(pk=cast.tambon.person_id)
    assert (own.untold, own.unconfirmed, own.breach) == (1, 0, None)


@pytest.mark.parametrize("change", [{"phone": "", "line": ""}, {"is_removed": True}])
def test_without_a_way_to_reach_nothing_is_to_be_told(cast, named, change):
    Coordinator.objects.update(**change)
    assert names(cast.tambon) == []


def test_a_survey_not_sent_yet_waits_for_nobody(cast, named):
    type(named.submission).objects.update(submitted_at=None)
    assert names(cast.tambon) == []


def test_who_was_told_in_one_round_is_told_in_the_next(cast, places, sign_in, named):
    sign_in(cast.tambon).post(
        reverse("coordinator_tell", args=[named.pk]), {"how": "in_person", "told_on": "1/11/2569"}
    )
    begin(make_round(places.province, follows=named.submission.round), [places.tambons["801217"]])
    copy = Coordinator.objects.exclude(pk=named.pk).get()
    assert copy.told_how == "in_person" and copy.told_by == cast.tambon


def test_an_overdue_one_stands_first(cast, typed, named):
    late = make_person("ช้า", created_by=cast.staff)
    contact = save_contact(Contact(person=late, value="0812345671"), by=cast.staff)
    Contact.objects.filter(pk=contact.pk).update(created_at=timezone.now() - 2 * LATE)
    assert [one.due for one in telling.waiting(cast.staff)] == sorted(one.due for one in telling.waiting(cast.staff))
    assert names(cast.staff)[0] == late.name


def test_a_contact_of_over_a_year_is_asked_for_again(cast, sign_in, typed):
    client = sign_in(cast.zone3)
    assert list(client.get(reverse("recheck_list")).context["page_obj"]) == []
    Contact.objects.filter(pk=typed.pk).update(confirmed_at=timezone.now() - timedelta(days=366))
    assert list(client.get(reverse("recheck_list")).context["page_obj"]) == [typed]
    assert reverse("recheck_list") in [thing.url for thing in client.get("/").context["things"]]


def test_one_tap_says_that_it_is_still_right(cast, sign_in, typed):
    Contact.objects.filter(pk=typed.pk).update(confirmed_at=timezone.now() - timedelta(days=366))
    answer = sign_in(cast.zone3).post(reverse("contact_confirm", args=[typed.pk]))
    typed.refresh_from_db()
    assert answer.url == reverse("recheck_list") and typed.confirmed_by == cast.zone3
    assert typed.confirmed_at > timezone.now() - timedelta(minutes=5)
    assert AuditEntry.objects.about(cast.tambon.person)[0].verb == "confirm_contact"


def test_the_lists_ask_no_more_for_many(cast, sign_in, named, django_assert_max_num_queries):
    for number in range(30):
        person = make_person(f"คน{number}", created_by=cast.staff)
        contact = save_contact(Contact(person=person, value=f"08123400{number:02d}"), by=cast.staff)
        Contact.objects.filter(pk=contact.pk).update(confirmed_at=timezone.now() - timedelta(days=366))
    client = sign_in(cast.staff)
    for url in (reverse("tell_list"), reverse("recheck_list"), reverse("privacy_office"), "/"):
        with django_assert_max_num_queries(15):
            client.get(url)
