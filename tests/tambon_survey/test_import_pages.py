"""The pages of a file that comes in, as a representative walks them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tambon_survey.models import Coordinator, ImportBatch
from tests.factories import make_round, make_submission
from tests.tambon_survey.test_importing import at_once  # noqa: F401


@pytest.fixture
def survey_round(places):
    found = make_round(places.province)
    for code in ("800304", "801217"):
        make_submission(found, places.tambons[code])
    return found


@pytest.fixture
def send(survey_round, cast, sign_in):
    """A CSV sent by zone 2; (client, its batch)."""

    def sent(text: str, who: str = "zone2"):
        client = sign_in(getattr(cast, who))
        file = SimpleUploadedFile("แกน.csv", text.encode())
        answer = client.post(reverse("import_start", args=[survey_round.pk]), {"file": file})
        assert answer.status_code == 302
        return client, ImportBatch.objects.get()

    return sent


GOOD = "tambon_code,name,role\n800304,คนใหม่,ครู\n"


def step(client, name: str, batch: ImportBatch, **data: object):
    return client.post(reverse(name, args=[batch.pk]), data)


def test_a_file_is_sent_looked_at_confirmed_and_taken_back(send):
    client, batch = send(GOOD)
    shown = client.get(batch.get_absolute_url())
    assert "จะบันทึก 1 แถว" in shown.text and "คนใหม่" in shown.text and not Coordinator.objects.exists()
    assert step(client, "import_confirm", batch, digest=batch.digest).status_code == 302
    assert Coordinator.objects.kept().count() == 1
    assert "บันทึกครบทุกแถวแล้ว" in client.get(batch.get_absolute_url()).text
    step(client, "import_undo", batch)
    assert Coordinator.objects.kept().count() == 0


def test_a_file_with_a_foreign_row_has_no_button_to_write_it(send):
    client, batch = send(GOOD + "801217,คนอื่น,ครู\n")
    page = client.get(batch.get_absolute_url()).text
    assert reverse("import_confirm", args=[batch.pk]) not in page and "ของพื้นที่อื่น" in page
    step(client, "import_confirm", batch, digest=batch.digest)
    assert not Coordinator.objects.exists()


def test_a_second_press_of_confirm_writes_nothing_twice(send):
    client, batch = send(GOOD)
    for _press in range(2):
        step(client, "import_confirm", batch, digest=batch.digest)
    assert Coordinator.objects.count() == 1


def test_unknown_columns_are_asked_for(send):
    client, batch = send("ที่,name,role\nกำโลน,คนใหม่,ครู\n")
    assert "คอลัมน์เหล่านี้หมายถึงอะไร" in client.get(batch.get_absolute_url()).text
    twice = step(client, "import_columns", batch, t0c0="name", t0c1="name", t0c2="role")
    assert twice.status_code == 422
    step(client, "import_columns", batch, t0c0="tambon_name", t0c1="name", t0c2="role")
    assert "จะบันทึก 1 แถว" in client.get(batch.get_absolute_url()).text


def test_nothing_sent_asks_for_a_file(survey_round, cast, sign_in):
    answer = sign_in(cast.zone2).post(reverse("import_start", args=[survey_round.pk]), {"csrfmiddlewaretoken": "x"})
    assert answer.status_code == 422 and "กรุณาเลือกไฟล์" in answer.text


def test_who_fills_in_nothing_here_brings_nothing_in(survey_round, cast, sign_in):
    assert sign_in(cast.member).get(reverse("import_start", args=[survey_round.pk])).status_code == 404


def test_markup_in_a_cell_stays_text(send):
    client, batch = send("tambon_code,name,role\n800304,<b>ก</b>,<script>\n")
    page = client.get(batch.get_absolute_url()).text
    assert "<b>ก</b>" not in page and "&lt;script&gt;" in page


def test_a_page_past_the_last_shows_the_last(send):
    client, batch = send(GOOD)
    assert client.get(batch.get_absolute_url(), {"page": "๙๙"}).status_code == 200
