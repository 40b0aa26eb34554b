"""Who finds a telephone number on which surface: before and after consent is withdrawn, and while contacts are held."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import minutes
from nakhon_network.lib.traces import Traces
from organizations.actions.people import save_contact
from organizations.actions.privacy import hold, release
from organizations.models import AuditEntry, Contact
from tambon_survey.actions.packets import make_packet
from tambon_survey.models import Coordinator
from tests.factories import fill_in, make_copy, make_meeting, make_round, make_submission

NUMBER = "0891112223"
TRACES = Traces.of([NUMBER])
ROLES = ("staff", "zone2", "zone3", "district", "tambon", "tambon2", "member", "nobody")
LINE = {"staff", "zone3", "district", "tambon"}
# Whose sheets hold people of zone 3: sheets hold one's own areas, not who stands above.
SHEETS = {"staff", "zone3"}
# Surfaces that have no contact on them, whoever asks.
NEVER = ("home", "search", "person_list", "chart", "post", "meeting", "minutes", "minutes_docx", "calendar", "tasks")
FORM = {"kind": "csv", "style": "labels", "contacts": "on", "purpose": "นัดประชุม"}


@pytest.fixture
def scene(cast, places):
    """The representative of zone 3: shared with the network, in a survey that was sent, in a packet, at a meeting."""
    person = cast.zone3.person
    facts = {"kind": "phone", "value": NUMBER, "visibility": "network", "consent": "self"}
    shared = save_contact(Contact(person=person, **facts), by=cast.zone3)
    form = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    row = form.coordinators.all()[0]
    Coordinator.objects.filter(pk=row.pk).update(name=person.name, phone=NUMBER, may_share=True, person=person)
    make_copy(form)
    packet = make_packet(form.round, explanation="", by=cast.staff, now=timezone.now())
    meeting = make_meeting(places.province, held_on="2006-12-25")
    meeting.attendance.create(roll="present", name=person.name, person=person)
    minutes.check_minutes(meeting, by=cast.staff, today=timezone.localdate(), now=timezone.now())
    return SimpleNamespace(person=person, contact=shared, form=form, packet=packet, meeting=meeting)


def gets(scene) -> dict[str, str]:
    post = scene.person.appointments.get().post
    return {
        "person_page": scene.person.get_absolute_url(),
        "home": "/",
        "search": f"{reverse('search')}?q=zone3",
        "person_list": f"{reverse('person_list')}?q=zone3",
        "chart": reverse("organization_chart", args=["80"]),
        "post": reverse("post_page", args=[post.pk]),
        "meeting": scene.meeting.get_absolute_url(),
        "minutes": reverse("minutes_print", args=[scene.meeting.pk]),
        "minutes_docx": reverse("minutes_docx", args=[scene.meeting.pk]),
        "calendar": reverse("meeting_calendar", args=[scene.meeting.pk]),
        "tasks": reverse("task_list"),
        "tambon": reverse("tambon_page", args=["801217"]),
        "submission": scene.form.get_absolute_url(),
        "review": reverse("submission_review", args=[scene.form.pk]),
        "history": reverse("submission_history", args=[scene.form.pk]),
        "paper": reverse("submission_paper", args=[scene.form.pk]),
        "packet": scene.packet.get_absolute_url(),
        "packet_print": reverse("packet_print", args=[scene.packet.pk]),
        "my_data": reverse("my_data"),
    }


def posts(scene) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "people sheet": (reverse("network_download", args=["80"]), FORM | {"sheet": "people"}),
        "survey sheet": (reverse("export_download", args=[scene.form.round_id]), FORM | {"sheet": "coordinators"}),
        "tambon sheet": (reverse("export_download", args=[scene.form.round_id]), FORM | {"sheet": "submissions"}),
        "packet contacts": (reverse("packet_contacts", args=[scene.packet.pk]), {"purpose": "โทรนัด", "print": "1"}),
    }


def finds(client, scene) -> set[str]:
    """The surfaces on which somebody finds the number."""
    answers = {name: client.get(url) for name, url in gets(scene).items()}
    answers |= {name: client.post(url, data) for name, (url, data) in posts(scene).items()}
    assert all(one.status_code < 500 for one in answers.values())
    return {name for name, one in answers.items() if TRACES.in_file(io.BytesIO(one.getvalue()))}


@pytest.mark.parametrize("who", ROLES)
def test_before_and_after_consent_is_withdrawn(cast, scene, sign_in, who):
    client = sign_in(getattr(cast, who))
    before = finds(client, scene)
    sign_in(cast.zone3).post(reverse("consent_withdraw", args=[scene.contact.pk]))
    after = finds(client, scene)
    assert ("person_page" in before) is (who != "nobody")
    assert ("person_page" in after) is (who in LINE)
    assert ("people sheet" in after) is (who in SHEETS) and not set(NEVER) & (before | after)
    assert ("packet contacts" in before, "packet contacts" in after) == (who == "staff", False)


@pytest.mark.parametrize("who", ROLES)
def test_while_contacts_are_held_back_only_the_person_finds_them(cast, scene, sign_in, who):
    client = sign_in(getattr(cast, who))
    before = finds(client, scene)
    hold(scene.person, reason="โต้แย้งความถูกต้อง", by=cast.staff, now=timezone.now())
    own = {"person_page", "people sheet", "my_data"} if who == "zone3" else set()
    assert finds(client, scene) == own
    release(scene.person, reason="ถูกต้องแล้ว", by=cast.staff)
    assert finds(client, scene) == before


def test_a_visitor_finds_nothing(scene, client):
    Contact.objects.filter(pk=scene.contact.pk).update(visibility="public")
    assert finds(client, scene) == set()


def test_the_test_can_fail(cast, scene, sign_in):
    found = finds(sign_in(cast.staff), scene)
    assert found >= {"person_page", "people sheet", "survey sheet", "tambon sheet", "submission", "review", "paper"}


def test_the_page_of_a_held_person_says_so_and_history_keeps_why(cast, scene, sign_in):
    client = sign_in(cast.staff)
    client.post(reverse("person_hold", args=[scene.person.pk]), {"reason": "โต้แย้งความถูกต้อง", "wanted": "hold"})
    page = client.get(scene.person.get_absolute_url()).content.decode()
    assert "ระงับตั้งแต่" in page and "โต้แย้งความถูกต้อง" in page


@pytest.mark.parametrize("wanted", ["hold", "release"])
def test_the_same_button_pressed_twice_does_one_thing(cast, scene, sign_in, wanted):
    client, url = sign_in(cast.staff), reverse("person_hold", args=[scene.person.pk])
    if wanted == "release":
        hold(scene.person, reason="โต้แย้งความถูกต้อง", by=cast.staff, now=timezone.now())
    assert client.get(url).context["form"]["wanted"].value() == wanted
    before = AuditEntry.objects.count()
    answers = [client.post(url, {"reason": "โต้แย้งความถูกต้อง", "wanted": wanted}).status_code for _time in range(2)]
    scene.person.refresh_from_db()
    assert answers == [302, 302] and AuditEntry.objects.count() == before + 1
    assert (scene.person.held_at is not None) == (wanted == "hold")


def test_staff_still_reach_somebody_who_left_all_posts(cast, places, sign_in):
    cast.tambon.person.appointments.update(ends_on="2010-01-01")
    contact = cast.tambon.person.contacts.get()
    assert contact in Contact.objects.visible_to(cast.staff)
    assert contact not in Contact.objects.visible_to(cast.zone2)
