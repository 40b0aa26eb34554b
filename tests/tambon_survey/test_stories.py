"""The shelf: who writes, who publishes, how it is found, what is never let in."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from organizations.models import AuditEntry
from tambon_survey.actions.stories import remove_story
from tambon_survey.models import Activity, Story
from tests.factories import make_meeting, make_round, make_story, make_submission
from tests.tambon_survey.rows_learning import STORY


@pytest.fixture
def story(cast, places) -> Story:
    return make_story(places.tambons["801217"])


def typed(**changes) -> dict[str, str]:
    return {**STORY, **changes}


def add(client, told_of: str = "", **changes):
    return client.post(f"{reverse('story_add')}{told_of}", typed(**changes))


def test_whoever_works_for_a_tambon_tells_its_story(cast, sign_in):
    add(sign_in(cast.tambon))
    story = Story.objects.get()
    assert (story.tambon_id, story.written_by, story.visibility) == ("801217", cast.tambon, "network")
    assert sorted(tag.name for tag in story.tags.all()) == ["กลุ่ม", "ออม"]


def test_nobody_tells_the_story_of_a_tambon_one_does_not_work_for(cast, sign_in):
    response = add(sign_in(cast.tambon), tambon_name="กำโลน")
    assert (response.status_code, Story.objects.count()) == (422, 0)


def test_only_the_province_tells_a_story_without_a_tambon(cast, sign_in):
    assert add(sign_in(cast.zone3), tambon_name="").status_code == 422
    add(sign_in(cast.staff), tambon_name="")
    assert Story.objects.get().tambon is None


@pytest.mark.parametrize(("who", "status"), [("tambon", 422), ("district", 422), ("zone3", 302), ("staff", 302)])
def test_who_represents_the_zone_shows_it_to_everybody(cast, sign_in, who, status):
    assert add(sign_in(getattr(cast, who)), visibility="public").status_code == status


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_are_links(cast, sign_in, link):
    response = add(sign_in(cast.staff), kind="link", source_url=link, licence="CC BY 4.0")
    assert (response.status_code, Story.objects.count()) == (422, 0)


def test_the_database_keeps_other_addresses_out_too(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(source_url="javascript:alert(1)", licence="x")


def test_a_source_says_its_licence(cast, sign_in):
    response = add(sign_in(cast.staff), source_url="https://example.org/1")
    assert response.status_code == 422 and "id_licence" in response.text
    assert add(sign_in(cast.staff), source_url="HTTPS://example.org/1", licence="CC BY 4.0").status_code == 302
    assert Story.objects.get().source_url == "https://example.org/1"


@pytest.mark.parametrize("box", [{"title": "ก" * 5000}, {"title": " "}, {"text": "", "source_url": ""}])
def test_what_cannot_be_kept_is_told_and_nothing_typed_is_lost(cast, sign_in, box):
    response = add(sign_in(cast.tambon), credit="ผู้เล่าคนหนึ่ง", **box)
    assert response.status_code == 422 and "ผู้เล่าคนหนึ่ง" in response.text


def test_a_story_begun_at_a_meeting_knows_meeting_and_tambon(cast, places, sign_in):
    meeting = make_meeting(places.province, venue_tambon=places.tambons["801217"])
    told_of = f"?meeting={meeting.pk}"
    assert "ปากแพรก" in sign_in(cast.tambon).get(f"{reverse('story_add')}{told_of}").text
    add(sign_in(cast.tambon), told_of, meeting=str(meeting.pk))
    assert Story.objects.get().meeting == meeting


def test_a_story_begun_at_an_activity_belongs_to_its_tambon(cast, places, sign_in):
    submission = make_submission(make_round(places.province), places.tambons["801217"])
    activity = Activity.objects.create(submission=submission, title="ออมทรัพย์")
    assert "ปากแพรก" in sign_in(cast.tambon).get(f"{reverse('story_add')}?activity={activity.pk}").text
    assert sign_in(cast.tambon2).get(f"{reverse('story_add')}?activity={activity.pk}").status_code == 404
    add(sign_in(cast.tambon), f"?activity={activity.pk}", activity=str(activity.pk))
    assert list(Story.objects.of_activity(activity)) == [Story.objects.get()]


@pytest.mark.parametrize("told_of", ["?tambon=zzz", "?activity=no", "?meeting=x", "?meeting=99999999999999999999"])
def test_an_odd_address_is_not_there_or_tells_of_nothing(cast, sign_in, told_of):
    assert sign_in(cast.staff).get(f"{reverse('story_add')}{told_of}").status_code in (200, 404)


def test_of_two_who_write_the_second_sees_both(story, cast, sign_in):
    url = reverse("story_edit", args=[story.pk])
    sign_in(cast.staff).post(url, typed(title="ของคนแรก"))
    response = sign_in(cast.zone3).post(url, typed(title="ของคนที่สอง"))
    assert response.status_code == 409 and "ของคนแรก" in response.text and "ของคนที่สอง" in response.text
    story.refresh_from_db()
    assert story.title == "ของคนแรก"


@pytest.mark.parametrize("words", ["สิบคน", "สิบ คน", "เล่าด้วยคำ", "เเล้วเล่าด้วย"])
def test_forgiving_words_find_title_and_text(story, client, words):
    Story.objects.update(visibility="public")
    story.text = "แล้วเล่าด้วยคำของตนเอง"
    Story.save(Story.objects.get())
    found = Story.objects.get()
    found.text = story.text
    found.save()
    assert found.title in client.get(reverse("story_list"), {"q": words}).text


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "%%%"])
def test_signs_of_the_database_find_nothing_else(story, cast, sign_in, words):
    response = sign_in(cast.member).get(reverse("story_list"), {"q": words})
    assert response.status_code == 200 and story.title not in response.text


def test_the_shelf_of_a_tambon_holds_what_the_reader_may_see(story, cast, places):
    make_story(places.tambons["801217"], title="ร่าง", visibility="draft")
    home = places.tambons["801217"]
    assert Story.objects.visible_to(cast.member).of_tambon(home).count() == 1
    assert Story.objects.visible_to(cast.tambon).of_tambon(home).count() == 2
    assert not Story.objects.visible_to(cast.tambon).of_tambon(places.tambons["800304"]).exists()


def test_what_is_taken_down_is_read_by_nobody_and_says_why(story, cast, sign_in):
    sign_in(cast.tambon).post(reverse("story_remove", args=[story.pk]), {"reason": "เจ้าของเรื่องขอ"})
    assert sign_in(cast.staff).get(story.get_absolute_url()).status_code == 404
    entry = AuditEntry.objects.about(story)[0]
    assert (entry.verb, entry.reason, entry.by) == ("remove", "เจ้าของเรื่องขอ", cast.tambon)


def test_photos_go_with_the_story(story, cast, sign_in):
    client = sign_in(cast.tambon)
    send(client, story, picture())
    url = story.photos.get().get_absolute_url()
    assert client.get(url).status_code == 200
    remove_story(story, reason="ขอ", by=cast.staff, now=timezone.now())
    assert client.get(url).status_code == 404


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    return written.getvalue()


def send(client, story, content: bytes, name: str = "ภาพ.jpg"):
    told = {"key": str(uuid.uuid4()), "visibility": "public", "photos": SimpleUploadedFile(name, content)}
    return client.post(reverse("story_photos", args=[story.pk]), told)


def test_a_drawing_with_script_is_no_photo(story, cast, sign_in):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    assert send(sign_in(cast.tambon), story, drawing, "x.svg").status_code == 422
    assert send(sign_in(cast.tambon), story, drawing, "x.jpg").status_code == 422
    assert not story.photos.exists()


def test_who_wrote_it_is_named_to_the_network_only(cast, sign_in, client):
    add(sign_in(cast.zone3), visibility="public")
    url = Story.objects.get().get_absolute_url()
    assert cast.zone3.label in sign_in(cast.member).get(url).text
    assert cast.zone3.label not in client.get(url).text


@pytest.mark.parametrize("many", [1, 15])
def test_the_shelf_asks_as_little_of_many_as_of_one(cast, places, sign_in, django_assert_max_num_queries, many):
    for number in range(many):
        make_story(places.tambons["801217"], title=f"เรื่อง {number}")
    client = sign_in(cast.member)
    client.get(reverse("story_list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("story_list"))
