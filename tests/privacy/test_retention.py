"""What was kept long enough vanishes at night; answers and head-counts stay."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meetings.models import MeetingPhoto
from organizations.actions.people import save_contact
from organizations.models import AuditEntry, Breach, Contact
from tambon_survey.actions.entry import save_section
from tambon_survey.forms.delta import Delta
from tambon_survey.models import Coordinator, ImportBatch, Round, Save, Snapshot, Submission
from tests.factories import fill_in, make_attachment, make_copy, make_meeting, make_person, make_round, make_submission
from tests.privacy.searching import everywhere

NUMBER, OTHER = "0891110001", "0891110002"
YEARS = timedelta(days=800)


@pytest.fixture
def form(cast, places):
    """A survey with a number in a row, a save and a copy, of a round closed 800 days ago."""
    form = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    cells = {form.coordinators.all()[0].pk: {"phone": NUMBER}}
    delta = Delta(mutation=uuid.uuid4(), base=form.revision, section="coordinators", rows=cells)
    save_section(form, delta=delta, by=cast.tambon, now=timezone.now())
    form = Submission.objects.get()
    make_copy(form)
    now = timezone.now()
    Round.objects.update(opens_at=now - 3 * YEARS, on_time_by=now - 2 * YEARS, closes_at=now - YEARS)
    return form


@pytest.fixture
def gone(cast):
    """Somebody whose last post ended 800 days ago."""
    person = cast.tambon2.person
    person.contacts.update(created_at=timezone.now() - 2 * YEARS, confirmed_at=timezone.now() - 2 * YEARS)
    person.appointments.update(ends_on=timezone.localdate() - YEARS)
    return person


def run(*options: str) -> str:
    said = StringIO()
    call_command("apply_retention", *options, stdout=said)
    return said.getvalue()


def test_numbers_of_an_old_round_vanish_and_the_head_count_stays(form):
    before = (form.coordinators_rows, form.coordinators_verdict)
    assert len(everywhere(NUMBER)) == 3
    run()
    form.refresh_from_db()
    assert everywhere(NUMBER) == [] and (form.coordinators_rows, form.coordinators_verdict) == before
    assert Save.objects.count() == 1 and len(Snapshot.objects.get().content["topics"]["coordinators"]["rows"]) == 2
    assert Coordinator.objects.filter(phone="").count() == 2


def test_a_round_of_last_year_keeps_them(form):
    Round.objects.update(closes_at=timezone.now() - timedelta(days=300))
    run()
    assert len(everywhere(NUMBER)) == 3


def test_contacts_of_who_left_vanish_and_those_in_post_stay(cast, gone):
    run()
    assert not gone.contacts.exists() and cast.tambon.person.contacts.exists()
    entry = AuditEntry.objects.about(gone)[0]
    assert (entry.verb, entry.by, entry.changes) == ("expire", None, {"contacts": [1, None]})


@pytest.mark.parametrize("change", [{"confirmed_at": timezone.now()}, {"created_at": timezone.now()}])
def test_who_confirmed_a_contact_since_keeps_it(gone, change):
    gone.contacts.update(**change)
    run()
    assert gone.contacts.exists()


def test_values_in_old_history_vanish_what_happened_stays(cast):
    person = make_person()
    contact = save_contact(Contact(person=person, value=NUMBER), by=cast.staff)
    contact.value = OTHER
    now = timezone.now()
    entry = AuditEntry.objects.about(person)[0]
    AuditEntry.objects.bulk_create(
        [AuditEntry(at=now - YEARS, verb="change", kind=entry.kind, key=entry.key, changes={"value": [NUMBER, OTHER]})]
    )
    run()
    old = AuditEntry.objects.get(at__lt=now - timedelta(days=700))
    assert (old.changes, old.verb) == ({}, "change") and old.redacted_at and AuditEntry.objects.about(person)[0].changes


def test_files_that_came_in_vanish(cast, form, django_capture_on_commit_callbacks):
    batch = ImportBatch(round=form.round, made_by=cast.staff, made_at=timezone.now() - YEARS, state="shown")
    batch.file.save("x.upload", ContentFile(NUMBER.encode()), save=False)
    batch.save(force_insert=True)
    storage, name = batch.file.storage, batch.file.name
    with django_capture_on_commit_callbacks(execute=True):
        run()
    batch.refresh_from_db()
    assert not batch.file and batch.erased_at and batch.state == "failed" and not storage.exists(name)


def test_a_dry_run_says_the_same_and_changes_nothing(cast, form, gone):
    told = run("--dry-run")
    assert len(everywhere(NUMBER)) == 3 and gone.contacts.exists()
    assert told.replace("would be ", "") == run() and NUMBER not in told


def test_a_second_run_finds_nothing(form, gone):
    run()
    assert run() == "0 erased\n"


# ---- breaches ----
@pytest.fixture
def breach(cast, places, sign_in):
    """Found two hours ago, with a risk."""
    now = timezone.localtime() - timedelta(hours=2)
    typed = {"found_day": f"{now.day}/{now.month}/{now.year + 543}", "found_hour": f"{now:%H.%M}"}
    typed |= {"what": "โทรศัพท์หาย", "whose": "แกนประสาน 5 คน", "risk": "some", "measures": ""}
    sign_in(cast.staff).post(reverse("breach_add", args=["80"]), typed)
    return Breach.objects.get()


def test_the_clock_runs_72_hours_from_when_it_was_found(breach):
    assert breach.due_at - breach.found_at == timedelta(hours=72)
    assert not breach.is_overdue_at(breach.due_at) and breach.is_overdue_at(breach.due_at + timedelta(seconds=1))


def test_it_waits_on_the_home_of_staff_only(cast, sign_in, breach):
    for who, waits in (("staff", True), ("zone3", False)):
        things = sign_in(getattr(cast, who)).get("/").context["things"]
        assert (breach.get_absolute_url() in [thing.url for thing in things]) is waits


def test_it_is_reported_mended_and_closed_in_that_order(cast, sign_in, breach):
    client = sign_in(cast.staff)
    client.post(reverse("breach_close", args=[breach.pk]))
    breach.refresh_from_db()
    assert breach.closed_at is None
    client.post(reverse("breach_report", args=[breach.pk]))
    Breach.objects.update(measures="เปลี่ยนรหัสแล้ว")
    client.post(reverse("breach_close", args=[breach.pk]))
    breach.refresh_from_db()
    assert breach.reported_by == breach.closed_by == cast.staff and not breach.must_report
    assert client.get(breach.get_absolute_url()).status_code == 200


def test_a_closed_one_is_not_changed(cast, sign_in, breach):
    Breach.objects.update(closed_at=timezone.now(), closed_by=cast.staff)
    from_form = {"found_day": "1/1/2569", "found_hour": "09.00", "what": "อื่น", "whose": "อื่น", "risk": "none"}
    answer = sign_in(cast.staff).post(breach.get_absolute_url(), from_form)
    assert answer.status_code == 422 and Breach.objects.get().what == "โทรศัพท์หาย"


# ---- files that are lost, photos that are hidden ----
def test_a_lost_file_is_not_there(cast, places, sign_in, form):
    meeting = make_meeting(places.province)
    paper = make_attachment(meeting)
    photo = MeetingPhoto.objects.create(meeting=meeting, file="meetings/photos/no.jpg", width=1, height=1)
    own = form.activities.get().photos.create(file="photos/no.jpg", width=1, height=1)
    paper.file.storage.delete(paper.file.name)
    client = sign_in(cast.staff)
    urls = [paper.get_absolute_url(), photo.get_absolute_url(), reverse("activity_photo", args=[own.pk])]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


@pytest.mark.parametrize(
    ("visibility", "visitor", "member"), [("draft", 404, 404), ("network", 404, 200), ("public", 200, 200)]
)
def test_a_hidden_photo_answers_404_at_its_own_address(cast, places, client, sign_in, visibility, visitor, member):
    meeting = make_meeting(places.province, visibility="public")
    photo = MeetingPhoto(meeting=meeting, width=1, height=1, visibility=visibility)
    photo.file.save("x.jpg", ContentFile(b"x"), save=False)
    photo.save()
    for size in ("", "?size=small"):
        assert client.get(photo.get_absolute_url() + size).status_code == visitor
        assert sign_in(cast.member).get(photo.get_absolute_url() + size).status_code == member
