"""Photos of a meeting: twenty at once, cleaned, in order with captions, each with its own visibility."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from meetings.actions import photos as actions
from meetings.models import Meeting, MeetingPhoto, Minutes
from nakhon_network.lib.photos import clean_photo
from organizations.models import AuditEntry
from organizations.problems import Refused
from tests.factories import make_meeting
from tests.tambon_survey.test_photos import picture, with_camera_data

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"


@pytest.fixture
def meeting(cast, places) -> Meeting:
    return make_meeting(places.province, visibility="public")


def upload(content: bytes | None = None, name: str = "ภาพ.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def send(client, meeting, *uploads, key=None, visibility="network", **headers):
    body = {"key": str(key or uuid.uuid4()), "photos": list(uploads), "visibility": visibility}
    return client.post(reverse("meeting_photos", args=[meeting.pk]), body, **headers)


def add(meeting, *, visibility="network", size=(40, 30)) -> MeetingPhoto:
    photo, key = clean_photo(io.BytesIO(picture(size)), size=1), uuid.uuid4()
    facts = {"original_name": "ภาพ.jpg", "visibility": visibility, "by": None, "now": NOW}
    return actions.add_photo(meeting, key=key, photo=photo, **facts)


def arrange(client, meeting, **boxes):
    return client.post(reverse("meeting_photos_edit", args=[meeting.pk]), boxes)


def shown(photo, **typed) -> dict[str, str]:
    """The boxes of a photo as its page sends them back, with what was typed."""
    found = {}
    for name in ("caption", "visibility"):
        found[f"initial-{name}-{photo.pk}"] = getattr(photo, name)
        found[f"{name}-{photo.pk}"] = typed.get(name, getattr(photo, name))
    return found


# ---- adding ----
def test_twenty_at_once_stand_in_the_order_they_were_sent(meeting, cast, sign_in):
    answer = send(sign_in(cast.staff), meeting, *[upload(name=f"{number}.jpg") for number in range(20)])
    assert answer.status_code == 302
    assert [one.original_name for one in meeting.photos.all()] == [f"{number}.jpg" for number in range(20)]


def test_a_photo_is_turned_upright_and_says_nothing_of_where_it_was_taken(meeting, cast, sign_in):
    send(sign_in(cast.staff), meeting, upload(with_camera_data()))
    photo = meeting.photos.get()
    large, small = (photo.open_file(small=small).read() for small in (False, True))
    assert (photo.width, photo.height) == (30, 40)
    assert not any(Image.open(io.BytesIO(one)).getexif() or "บ้านเลขที่".encode() in one for one in (large, small))


def test_names_that_differ_in_a_mark_live_side_by_side(meeting, cast, sign_in):
    send(sign_in(cast.staff), meeting, upload(name="ที่ประชุม.jpg"), upload(name="ทีประชุม.jpg"))
    assert {one.original_name for one in meeting.photos.all()} == {"ที่ประชุม.jpg", "ทีประชุม.jpg"}
    assert len({one.file.name for one in meeting.photos.all()}) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SVG, "ไม่ใช่ภาพถ่าย"),
        (picture()[:80], "ไม่ใช่ภาพถ่าย"),
        (picture((8000, 5000), "PNG"), "25 ล้านจุด"),
        (b"\xff" * (11 * 1024 * 1024), "ใหญ่กว่า 10 MB"),
        (b"", "ว่างเปล่า"),
    ],
    ids=["svg", "broken", "40 megapixels", "11 MB", "empty"],
)
def test_a_bad_one_among_others_is_named_and_the_others_are_kept(meeting, cast, sign_in, content, told):
    answer = send(sign_in(cast.staff), meeting, upload(), upload(content, "เสีย.jpg"), upload())
    body = answer.content.decode()
    assert answer.status_code == 422 and "เสีย.jpg" in body and told in body
    assert meeting.photos.count() == 2


def test_a_file_of_200_megabytes_is_refused_without_being_decoded():
    with pytest.raises(ValueError, match="10 MB"):
        clean_photo(io.BytesIO(b"none of it is read"), size=200 * 1024 * 1024)


def test_the_same_upload_twice_is_the_same_photos(meeting, cast, sign_in):
    key = uuid.uuid4()
    for _ in range(2):
        assert send(sign_in(cast.staff), meeting, upload(), upload(), key=key).status_code == 302
    assert meeting.photos.count() == 2


def test_a_script_gets_one_sentence_for_one_photo(meeting, cast, sign_in):
    client, json = sign_in(cast.staff), {"headers": {"Accept": "application/json"}}
    good, bad = send(client, meeting, upload(), **json), send(client, meeting, upload(SVG), **json)
    assert (good.status_code, good.json()) == (201, {"said": ""})
    assert bad.status_code == 422 and "ไม่ใช่ภาพถ่าย" in bad.json()["said"]


def test_past_twenty_at_once_the_rest_is_asked_for_again(meeting, cast, sign_in):
    answer = send(sign_in(cast.staff), meeting, *[upload() for _ in range(22)])
    assert answer.status_code == 422 and answer.content.decode().count("ครั้งละ 20 ภาพ") == 2
    assert meeting.photos.count() == 20


def test_a_meeting_holds_two_hundred_photos(meeting):
    photo = add(meeting)
    MeetingPhoto.objects.bulk_create(
        MeetingPhoto(meeting=meeting, file=photo.file.name, width=1, height=1) for _ in range(199)
    )
    with pytest.raises(Refused, match="ไม่เกิน 200 ภาพ"):
        add(meeting)


def test_no_photo_chosen_is_told(meeting, cast, sign_in):
    answer = send(sign_in(cast.staff), meeting)
    assert answer.status_code == 422 and "กรุณาเลือกอย่างน้อยหนึ่งภาพ" in answer.content.decode()


# ---- who sees which ----
def test_each_photo_is_seen_by_whom_it_is_for_and_else_not_there(meeting, cast, sign_in, client):
    users = {
        "visitor": client,
        "member": sign_in(cast.member),
        "nobody": sign_in(cast.nobody),
        "staff": sign_in(cast.staff),
    }
    seen = {}
    for visibility in ("draft", "network", "public"):
        url = add(meeting, visibility=visibility).get_absolute_url()
        seen[visibility] = [who for who, one in users.items() if one.get(url).status_code == 200]
    assert seen["draft"] == ["staff"]
    assert seen["network"] == ["member", "staff"]
    assert seen["public"] == ["visitor", "member", "nobody", "staff"]


@pytest.mark.parametrize("visibility", ["draft", "network"])
def test_a_public_photo_of_a_meeting_that_is_not_public_is_not_there_for_visitors(meeting, client, visibility):
    url = add(meeting, visibility="public").get_absolute_url()
    Meeting.objects.update(visibility=visibility)
    assert client.get(url).status_code == client.get(f"{url}?size=small").status_code == 404


def test_the_file_travels_with_care(meeting, cast, sign_in, client):
    public, network = add(meeting, visibility="public"), add(meeting)
    answer = client.get(public.get_absolute_url())
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert sign_in(cast.member).get(network.get_absolute_url()).headers["Cache-Control"] == "no-store"


def test_the_page_shows_small_pictures(meeting, cast, sign_in):
    photo = add(meeting, size=(1500, 1000))
    small = sign_in(cast.staff).get(f"{photo.get_absolute_url()}?size=small")
    assert Image.open(io.BytesIO(b"".join(small.streaming_content))).size == (480, 320)


def test_the_meeting_page_shows_each_reader_the_own_photos_in_order_in_one_query(meeting, cast, sign_in, client):
    for visibility in ("public", "draft", "network"):
        add(meeting, visibility=visibility)
    for who, count in ((client, 1), (sign_in(cast.member), 2), (sign_in(cast.staff), 3)):
        assert who.get(meeting.get_absolute_url()).content.decode().count("?size=small") == count
    with CaptureQueriesContext(connection) as asked:
        list(meeting.photos.visible_to(cast.staff))
    assert sum("meetings_meetingphoto" in one["sql"] for one in asked) == 1


# ---- order, captions, removal ----
def test_captions_and_visibility_are_saved_and_told_in_the_history(meeting, cast, sign_in):
    photo = add(meeting)
    answer = arrange(sign_in(cast.staff), meeting, **shown(photo, caption="เปิดประชุม", visibility="public"))
    photo.refresh_from_db()
    assert answer.status_code == 302 and (photo.caption, photo.visibility) == ("เปิดประชุม", "public")
    entry = AuditEntry.objects.about(meeting)[0]
    assert entry.changes == {"caption": [None, "เปิดประชุม"], "visibility": ["network", "public"]}


def test_two_who_write_captions_do_not_undo_each_other(meeting, cast, sign_in):
    first, second = add(meeting), add(meeting)
    as_shown = {**shown(first), **shown(second)}
    arrange(sign_in(cast.staff), meeting, **as_shown | {f"caption-{first.pk}": "หนึ่ง"})
    arrange(sign_in(cast.staff), meeting, **as_shown | {f"caption-{second.pk}": "สอง"})
    assert [one.caption for one in meeting.photos.all()] == ["หนึ่ง", "สอง"]


def test_an_arrow_moves_a_photo_and_saves_what_is_typed(meeting, cast, sign_in):
    first, second = add(meeting), add(meeting)
    answer = arrange(sign_in(cast.staff), meeting, **shown(second, caption="ปิดประชุม"), up=str(second.pk))
    assert answer.url.endswith(f"#photo-{second.pk}")
    assert [one.pk for one in meeting.photos.all()] == [second.pk, first.pk]
    assert meeting.photos.all()[0].caption == "ปิดประชุม"


def test_too_long_a_caption_is_refused_and_kept_in_its_box(meeting, cast, sign_in):
    answer = arrange(sign_in(cast.staff), meeting, **shown(add(meeting), caption="ก" * 301))
    assert answer.status_code == 422 and "ก" * 301 in answer.content.decode()


def test_a_removed_photo_is_not_there_even_for_staff(meeting, cast, sign_in):
    photo, client = add(meeting, visibility="public"), sign_in(cast.staff)
    assert client.post(reverse("meeting_photo_remove", args=[photo.pk])).status_code == 302
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert AuditEntry.objects.about(meeting)[0].verb == "remove"


def test_a_photo_can_go_although_the_minutes_are_adopted(meeting, cast, sign_in):
    photo = add(meeting)
    Minutes.objects.create(meeting=meeting, state="adopted", document={}, adopted_by_meeting=meeting)
    sign_in(cast.staff).post(reverse("meeting_photo_remove", args=[photo.pk]))
    assert not meeting.photos.kept().exists()
