"""Above every form that takes a person's data stands a short notice, and its version is kept with what it saves."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from nakhon_network.privacy_policy import NOTICE_VERSION
from organizations.actions.accounts import issue_invitation
from organizations.actions.people import save_contact
from organizations.models import Contact, Person
from tambon_survey.actions.entry import save_section
from tambon_survey.forms.delta import Delta
from tambon_survey.models import Activity, Coordinator, Save
from tests import rows
from tests.factories import fill_in, make_person, make_post, make_round, make_submission
from tests.meetings.forms_walked import ASKED_WITH, MEETING_FORMS
from tests.meetings.forms_walked import ONLY_SENT as MEETINGS_ONLY_SENT
from tests.test_fuzz import pages

# Boxes in which a person's data is typed; "value" is that of a contact.
BOXES = {
    "first_name", "last_name", "nickname", "aliases", "phone", "email", "value", "author_name", "recorder_name",
    "checker_name", "informant", "photos", "photo",
}  # fmt: skip
# Asked of the one who signs in, about nothing but the account that is there already.
WITHOUT = {"account_reset_password", "set_language", "usersessions_list"}
MARK = f'data-notice="{NOTICE_VERSION}"'
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"")


def unnoticed(name: str, page: str) -> list[str]:
    """The page's boxes for a person's data that stand above the notice, or on a page without one."""
    mark = page.find(MARK)
    boxes = {box.rpartition(".")[2]: at.start() for at in FIELD.finditer(page) for box in [at[1]]}
    return [f"{name}: {box}" for box, at in boxes.items() if box in BOXES and (mark < 0 or at < mark)]


def test_forms_about_people_and_accounts(cast, places, sign_in):
    client, found = sign_in(cast.staff), []
    for name, url in pages(cast, places, "staff").items():
        if name not in WITHOUT:
            found += unnoticed(name, client.get(url).content.decode())
    assert found == []


def test_forms_of_meetings(cast, places, sign_in):
    objects, found = rows.objects(cast, places, hidden="คนซ่อน") | {"p": ["80"], "-": []}, []
    for name in set(MEETING_FORMS) - MEETINGS_ONLY_SENT:
        url = reverse(name, args=objects[ASKED_WITH[name]])
        found += unnoticed(name, sign_in(cast.staff).get(url).content.decode())
    lists = sign_in(cast.staff).get(reverse("attendance_edit", args=objects["draft meeting"])).content.decode()
    assert found == [] and MARK in lists


@pytest.fixture
def form(places):
    return fill_in(make_submission(make_round(places.province), places.tambons["801217"]))


def test_the_entry_form_shows_it_above_the_coordinators_and_the_team(cast, sign_in, form):
    page = sign_in(cast.tambon).get(reverse("submission_entry", args=[form.pk])).content.decode()
    for topic in ("coordinators", "team"):
        section = page[page.index(f'id="{topic}"') :]
        assert MARK in section[: section.index("data-roster")]


@pytest.mark.parametrize("name", ["import_start", "activity_photos", "coordinator_appoint"])
def test_other_forms_of_the_survey(cast, sign_in, form, name):
    form.state = "approved" if name == "coordinator_appoint" else "draft"
    form.save()
    args = {
        "import_start": [form.round_id],
        "activity_photos": [form.pk, Activity.objects.get().pk],
        "coordinator_appoint": [Coordinator.objects.all()[0].pk],
    }
    assert MARK in sign_in(cast.staff).get(reverse(name, args=args[name])).content.decode()


def test_who_is_invited_reads_it_too(cast, places, client):
    post = make_post("tambon-coordinator", places.tambons["800601"])
    _invitation, token = issue_invitation(make_person("ใหม่"), post=post, by=cast.zone3)
    assert MARK in client.get(reverse("invitation_accept", args=[token])).content.decode()


def test_its_version_is_kept_with_a_contact_and_a_person(cast, sign_in):
    url = reverse("contact_add", args=[cast.tambon.person_id])
    typed = {"kind": "phone", "value": "0812345678", "visibility": "coordinators", "consent": "not_asked"}
    sign_in(cast.zone3).post(url, typed)
    sign_in(cast.zone3).post(reverse("person_add"), {"first_name": "ใหม่"})
    assert Contact.objects.get(value="0812345678").notice_version == NOTICE_VERSION
    assert Person.objects.get(first_name="ใหม่").notice_version == NOTICE_VERSION


@pytest.mark.parametrize(("section", "kept"), [("coordinators", NOTICE_VERSION), ("activities", "")])
def test_its_version_is_kept_with_a_save_that_names_people(cast, form, section, kept):
    delta = Delta(mutation=uuid.uuid4(), base=form.revision, section=section, head={"remark": "ถามแล้ว"})
    save_section(form, delta=delta, by=cast.tambon, now=timezone.now())
    assert Save.objects.get().notice_version == kept


def test_another_number_is_another_thing_to_tell(cast):
    contact = save_contact(Contact(person=cast.tambon.person, value="0812345678"), by=cast.zone3)
    contact.told_on, contact.value = timezone.localdate(), "0812345679"
    assert save_contact(contact, by=cast.zone3).told_on is None
