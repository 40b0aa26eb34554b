"""Photos of an activity: cleaned, bounded, behind the gate."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tambon_survey.models import ActivityPhoto, Submission
from tests.factories import fill_in, make_round, make_submission


def picture(size=(40, 30), kind="JPEG", **options) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, kind, **options)
    return written.getvalue()


def with_camera_data() -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "บ้านเลขที่ 9", 6
    return picture(exif=exif)


@pytest.fixture
def activity(cast, places):
    submission = fill_in(make_submission(make_round(places.province), places.tambons["801217"]))
    return submission.activities.get()


def send(client, activity, content=None, name="ภาพ.jpg", key=None):
    upload = SimpleUploadedFile(name, picture() if content is None else content)
    url = reverse("activity_photos", args=[activity.submission_id, activity.pk])
    return client.post(url, {"key": str(key or uuid.uuid4()), "photo": upload})


def test_a_photo_is_turned_upright_and_says_nothing_of_the_camera(activity, cast, sign_in):
    client = sign_in(cast.tambon)
    assert send(client, activity, with_camera_data()).status_code == 302
    photo = ActivityPhoto.objects.get()
    kept = client.get(reverse("activity_photo", args=[photo.pk]))
    content = b"".join(kept.streaming_content)
    assert (photo.width, photo.height, photo.original_name) == (30, 40, "ภาพ.jpg")
    assert not Image.open(io.BytesIO(content)).getexif() and "บ้านเลขที่".encode() not in content
    assert "sandbox" in kept.headers["Content-Security-Policy"] and kept.headers["X-Content-Type-Options"] == "nosniff"


def test_names_that_differ_in_a_mark_live_side_by_side(activity, cast, sign_in):
    for name in ("ที่ประชุม.jpg", "ทีประชุม.jpg"):
        send(sign_in(cast.tambon), activity, name=name)
    assert {one.original_name for one in ActivityPhoto.objects.all()} == {"ที่ประชุม.jpg", "ทีประชุม.jpg"}
    assert len({one.file.name for one in ActivityPhoto.objects.all()}) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "ไม่ใช่ภาพถ่าย"),
        (b"\x00" * 200, "ไม่ใช่ภาพถ่าย"),
        (picture()[:80], "ไม่ใช่ภาพถ่าย"),
        (picture((8000, 5000), "PNG"), "25 ล้านจุด"),
        (b"", "ว่างเปล่า"),
    ],
    ids=["svg", "zeros", "broken", "40 megapixels", "empty"],
)
def test_what_is_no_photo_is_refused_in_thai(activity, cast, sign_in, content, told):
    answer = send(sign_in(cast.tambon), activity, content)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not ActivityPhoto.objects.exists()


def test_the_same_upload_twice_is_one_photo_and_the_seventh_is_refused(activity, cast, sign_in):
    client, key = sign_in(cast.tambon), uuid.uuid4()
    for _ in range(2):
        send(client, activity, key=key)
    assert ActivityPhoto.objects.count() == 1
    answers = [send(client, activity).status_code for _ in range(6)]
    assert answers == [302] * 5 + [422]


def test_a_photo_of_another_zone_is_not_there(activity, cast, sign_in):
    send(sign_in(cast.tambon), activity)
    address = reverse("activity_photo", args=[ActivityPhoto.objects.get().pk])
    seen = [sign_in(user).get(address).status_code for user in (cast.zone3, cast.zone2, cast.tambon2, cast.member)]
    assert seen == [200, 404, 404, 404]


def test_a_removed_photo_is_not_there_either(activity, cast, sign_in):
    client = sign_in(cast.tambon)
    send(client, activity)
    pk = ActivityPhoto.objects.get().pk
    assert client.post(reverse("activity_photo_remove", args=[pk])).status_code == 302
    assert client.get(reverse("activity_photo", args=[pk])).status_code == 404


def test_photos_rest_once_the_form_was_sent(activity, cast, sign_in):
    Submission.objects.update(state="submitted")
    assert send(sign_in(cast.tambon), activity).status_code == 422
    assert not ActivityPhoto.objects.exists()
