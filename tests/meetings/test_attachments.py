"""Papers of a meeting: what is kept, what is refused, and who may open them."""

from __future__ import annotations

import io
import uuid
import zipfile
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from meetings.models import Attachment
from nakhon_network.lib.papers import MOST_BYTES, PaperProblem, clean_paper
from nakhon_network.lib.uploads import MOST_KEPT, BoundedUploadHandler
from tests.factories import make_attachment, make_meeting


@pytest.fixture
def meeting(places):
    """A public meeting."""
    return make_meeting(places.province, visibility="public")


@pytest.fixture
def staff(cast, sign_in):
    """A client of who keeps the record."""
    return sign_in(cast.staff)


def archive(*names: str, mimetype: str = "") -> bytes:
    """A zip archive with parts of those names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as kept:
        if mimetype:
            kept.writestr("mimetype", mimetype)
        for name in names:
            kept.writestr(name, "x")
    return written.getvalue()


def picture(kind: str, **options) -> bytes:
    """A small picture."""
    written = io.BytesIO()
    Image.new("RGB", (20, 10)).save(written, kind, **options)
    return written.getvalue()


def kind_of(content: bytes) -> str:
    """What a file is taken for."""
    return clean_paper(io.BytesIO(content), size=len(content)).extension


def send(client, meeting, content: bytes, name: str, **typed):
    """An upload."""
    answers = {"key": str(uuid.uuid4()), "kind": "document", "visibility": "network", "title": "", **typed}
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("attachments", args=[meeting.pk]), answers | {"paper": file})


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("ppt/presentation.xml"), "pptx"),
        (archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        ("กำหนดการ".encode("cp874"), "txt"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
    ],
)
def test_a_file_is_what_its_content_says(content, extension):
    assert kind_of(content) == extension


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        archive("readme.txt"),
        archive("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04broken",
        b"\xff\xd8\xffbroken",
        b"\x00\x01\x02",
        b"   ",
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(PaperProblem):
        kind_of(content)


def test_a_picture_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    content = picture("JPEG", exif=exif.tobytes())
    assert b"CameraMaker" in content
    assert b"CameraMaker" not in clean_paper(io.BytesIO(content), size=len(content)).file.read()


def test_a_thai_text_of_the_old_code_page_is_kept_readable():
    content = "กำหนดการ".encode("cp874")
    assert clean_paper(io.BytesIO(content), size=len(content)).file.read().decode() == "กำหนดการ"


def test_a_file_that_is_too_large_is_answered_in_words_and_the_rest_is_kept(staff, meeting):
    answer = send(staff, meeting, b"%PDF-" + b"0" * MOST_BYTES, "ใหญ่.pdf", title="กำหนดการเต็ม")
    assert answer.status_code == 422 and Attachment.objects.count() == 0
    assert "ใหญ่เกิน 20 เมกะไบต์" in answer.content.decode() and "กำหนดการเต็ม" in answer.content.decode()


def test_of_a_huge_upload_no_more_is_kept_than_is_needed_to_refuse_it():
    handler = BoundedUploadHandler()
    piece, stored = b"0" * 1024 * 1024, 0
    for start in range(0, 200 * 1024 * 1024, len(piece)):
        stored += len(handler.receive_data_chunk(piece, start) or b"")
    assert MOST_BYTES < stored <= MOST_KEPT


def test_two_names_that_differ_in_a_mark_live_side_by_side(staff, meeting):
    for name in ("ที่ประชุม.pdf", "ทีประชุม.pdf"):
        assert send(staff, meeting, b"%PDF-1.7", name).status_code == 302
    assert [one.original_name for one in meeting.attachments.all()] == ["ที่ประชุม.pdf", "ทีประชุม.pdf"]
    assert len({one.file.name for one in meeting.attachments.all()}) == 2


def test_the_same_upload_twice_is_one(staff, meeting):
    key = str(uuid.uuid4())
    for _time in range(2):
        assert send(staff, meeting, b"%PDF-1.7", "ก.pdf", key=key).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_misleading_ending_is_put_right(staff, meeting):
    send(staff, meeting, b"%PDF-1.7", "กำหนดการ.exe")
    assert Attachment.objects.get().original_name == "กำหนดการ.exe.pdf"


# ---- the file itself ----
def test_the_file_comes_with_its_thai_name_and_runs_nothing(client, meeting):
    kept = make_attachment(meeting, visibility="public", original_name="ที่ประชุม.txt")
    answer = client.get(kept.get_absolute_url())
    assert answer.getvalue() == b"paper"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('ที่ประชุม.txt')}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_files_of_a_draft_are_hidden_with_it(client, places, cast, sign_in):
    kept = make_attachment(make_meeting(places.province, visibility="draft"), visibility="public")
    for visitor in (client, sign_in(cast.member), sign_in(cast.zone3)):
        assert visitor.get(kept.get_absolute_url()).status_code == 404
    assert sign_in(cast.staff).get(kept.get_absolute_url()).status_code == 200


def test_a_paper_hidden_later_is_gone_at_its_address(staff, client, meeting):
    kept = make_attachment(meeting, visibility="public")
    assert client.get(kept.get_absolute_url()).status_code == 200
    staff.post(reverse("attachment_edit", args=[kept.pk]), {"kind": "other", "visibility": "draft", "title": ""})
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_removed_paper_is_gone_for_everybody(staff, meeting):
    kept = make_attachment(meeting, visibility="public")
    staff.post(reverse("attachment_remove", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.removed_by is not None and staff.get(kept.get_absolute_url()).status_code == 404


def test_the_page_names_only_papers_one_may_open(client, meeting):
    make_attachment(meeting, visibility="public", title="เปิดเผย")
    make_attachment(meeting, visibility="network", title="ของเครือข่าย")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "เปิดเผย" in page and "ของเครือข่าย" not in page
