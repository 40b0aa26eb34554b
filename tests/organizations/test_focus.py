"""Focus tambon: chosen and dropped on a day with a reason, never twice; dates in every spelling."""

from datetime import date

import pytest

from organizations.actions.areas import choose_focus, drop_focus
from organizations.history import history_of
from organizations.models import FocusTambon, Post, Tambon
from organizations.problems import Refused
from tests.factories import LONG_AGO

DAY = date(2006, 12, 25)
CHOOSE, DROP = "/tambons/801201/choose/", "/tambons/801217/drop/"


@pytest.mark.parametrize("typed", [
    "25 ธ.ค. 2549", "๒๕/๑๒/๒๕๔๙", "2006-12-25", "25/12/2549", "25-12-2549",
    "25 ธันวาคม พ.ศ. 2549", "25/12/2006", "2549-12-25",
])  # fmt: skip
def test_one_day_in_many_spellings(cast, places, sign_in, typed):
    """All of them are 25 December 2006."""
    assert sign_in(cast.staff).post(CHOOSE, {"chosen_on": typed, "reason": "พร้อม"}).status_code == 302
    assert FocusTambon.objects.get(tambon="801201").chosen_on == DAY


@pytest.mark.parametrize("typed", ["25/12/49", "๒๕/๑๒/๔๙", "31/02/2549", "เมื่อวาน", "29/02/2560", "25/12/3000", ""])
def test_a_guess_is_refused_in_thai(cast, places, sign_in, typed):
    """No century is guessed; the sentence is Thai and the reason stays in its box."""
    response = sign_in(cast.staff).post(CHOOSE, {"chosen_on": typed, "reason": "เหตุผลเดิม"})
    body = response.content.decode()
    assert response.status_code == 422 and "กรุณา" in body and "เหตุผลเดิม" in body
    assert not FocusTambon.objects.filter(tambon="801201").exists()


def test_chosen_with_a_reason_a_post_and_a_history(cast, places):
    """A new focus tambon has a coordinators' post to fill, and its history says who and why."""
    choose_focus(places.tambons["801201"], on=DAY, reason="พร้อมก่อน", by=cast.staff)
    assert Post.objects.filter(tambon="801201").exists()
    line = history_of(places.tambons["801201"], viewer=cast.staff)[0]
    assert (line.who, line.reason) == (cast.staff.label, "พร้อมก่อน") and "25" in line.changes[0][2]


def test_dropped_on_a_day_with_a_reason(cast, places):
    """The day it is dropped is the first it is no focus tambon; the period stays."""
    drop_focus(places.tambons["801217"], on=DAY, reason="รวมกับตำบลอื่น", by=cast.staff)
    period = FocusTambon.objects.get(tambon="801217")
    assert (period.dropped_on, period.dropped_reason) == (DAY, "รวมกับตำบลอื่น")
    assert Tambon.objects.in_focus(date(2006, 12, 24)).filter(pk="801217").exists()
    assert not Tambon.objects.in_focus(DAY).filter(pk="801217").exists()


def test_a_reason_is_asked_for(cast, places, sign_in):
    """Neither without."""
    client = sign_in(cast.staff)
    assert client.post(CHOOSE, {"chosen_on": "25/12/2549", "reason": " "}).status_code == 422
    assert client.post(DROP, {"dropped_on": "25/12/2549", "reason": ""}).status_code == 422


def test_choosing_twice_is_refused(cast, places, sign_in):
    """On any day of a running or an earlier period."""
    for on in (DAY, LONG_AGO, date(2005, 1, 1)):
        with pytest.raises(Refused, match="เป็นตำบลเป้าหมายในวันนั้นอยู่แล้ว"):
            choose_focus(places.tambons["801217"], on=on, reason="อีกครั้ง", by=cast.staff)
    drop_focus(places.tambons["801217"], on=DAY, reason="พัก", by=cast.staff)
    with pytest.raises(Refused):
        choose_focus(places.tambons["801217"], on=date(2006, 12, 24), reason="อีกครั้ง", by=cast.staff)
    choose_focus(places.tambons["801217"], on=DAY, reason="กลับมา", by=cast.staff)
    assert FocusTambon.objects.filter(tambon="801217").count() == 2


def test_dropping_twice_or_too_early_is_refused(cast, places):
    """Not before it was chosen; not when it is none."""
    with pytest.raises(Refused):
        drop_focus(places.tambons["801217"], on=date(2005, 12, 31), reason="พัก", by=cast.staff)
    drop_focus(places.tambons["801217"], on=DAY, reason="พัก", by=cast.staff)
    with pytest.raises(Refused, match="ไม่ได้เป็นตำบลเป้าหมาย"):
        drop_focus(places.tambons["801217"], on=DAY, reason="พัก", by=cast.staff)


def test_the_list_shows_now_and_before(cast, places, sign_in):
    """Dropped ones stay on the page with their reason."""
    drop_focus(places.tambons["801217"], on=DAY, reason="รวมกับตำบลอื่น", by=cast.staff)
    body = sign_in(cast.staff).get("/provinces/80/focus/").content.decode()
    assert "รวมกับตำบลอื่น" in body and "เชียรใหญ่" in body
