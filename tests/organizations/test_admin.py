"""The rulebook of the admin: staff only, within the province, everything written down, dates in พ.ศ."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from organizations import resources
from organizations.audited_admin import ScopedAdmin
from organizations.models import AuditEntry, DistrictStatus, Person, Post, Role, Tambon, Zone
from tests.factories import make_district, make_post, make_province, make_tambon, make_zone

TABLES = [model for model in admin.site._registry if model._meta.app_label in {"organizations", "tambon_survey"}]
READ_ONLY = ("person", "appointment", "contact", "focustambon", "auditentry")
TAMBON = {"name_th": "ปากแพรกใหม่", "name_en": "", "latitude": "8.4", "longitude": "100.2"}


def url(model: str, page: str, *args: object, app: str = "organizations") -> str:
    return reverse(f"admin:{app}_{model}_{page}", args=args)


@pytest.fixture
def foreign(db):
    """A tambon of another province."""
    province = make_province("81", name_th="กระบี่", name_en="Krabi")
    make_district("8101", "เมืองกระบี่", zone=make_zone(province, 1))
    return make_tambon("810101", "ปากน้ำกระบี่")


@pytest.mark.parametrize("who", ["zone3", "district", "tambon", "member", "nobody"])
def test_the_admin_opens_for_province_staff_only(cast, sign_in, who):
    assert sign_in(getattr(cast, who)).get(reverse("admin:index"), follow=True).status_code == 403
    assert sign_in(cast.staff).get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_every_table_opens_and_asks_little(cast, sign_in, model, django_assert_max_num_queries):
    client = sign_in(cast.staff)
    with django_assert_max_num_queries(14):
        answer = client.get(url(model._meta.model_name, "changelist", app=model._meta.app_label))
    assert answer.status_code == 200


def test_a_table_that_says_nothing_of_its_reach_shows_nothing(cast):
    request = RequestFactory().get("/")
    request.user = cast.staff
    assert not ScopedAdmin(Zone, admin.site).get_queryset(request).exists()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_every_row_of_a_table_opens(cast, sign_in, model):
    AuditEntry.objects.record("change", cast.tambon.person, by=cast.staff, changes={"aliases": ["ก", "ข"]})
    request = RequestFactory().get("/")
    request.user = cast.staff
    row = admin.site._registry[model].get_queryset(request).first()
    if row is not None:
        page = url(model._meta.model_name, "change", row.pk, app=model._meta.app_label)
        assert sign_in(cast.staff).get(page).status_code == 200


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_visitor_reaches_no_row(cast, model):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    if model is not Role:
        assert not admin.site._registry[model].get_queryset(request).exists()


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_has_rules_is_only_read(cast, sign_in, model):
    client = sign_in(cast.staff)
    assert client.get(url(model, "add")).status_code == 403
    row = next(one for one in TABLES if one._meta.model_name == model).objects.first()
    if row is not None:
        assert client.post(url(model, "change", row.pk), {}).status_code == 403
        assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_change_is_written_down(cast, sign_in, places):
    tambon = places.tambons["801217"]
    assert sign_in(cast.staff).post(url("tambon", "change", tambon.pk), TAMBON).status_code == 302
    entry = AuditEntry.objects.about(tambon).get()
    assert (entry.by, entry.verb) == (cast.staff, "change")
    assert entry.changes["name_th"] == ["ปากแพรก", "ปากแพรกใหม่"]
    assert Tambon.objects.matching("ปากแพรกใหม่").get() == tambon


def test_saving_without_a_change_writes_nothing(cast, sign_in, places):
    tambon = places.tambons["801217"]
    typed = {"name_th": tambon.name_th, "name_en": "", "latitude": "", "longitude": ""}
    sign_in(cast.staff).post(url("tambon", "change", tambon.pk), typed)
    assert not AuditEntry.objects.about(tambon).exists()


def test_the_code_of_a_row_does_not_change(cast, sign_in, places):
    typed = {**TAMBON, "code": "800399", "district": "8003"}
    sign_in(cast.staff).post(url("tambon", "change", "801217"), typed)
    assert Tambon.objects.get(pk="801217").district_id == "8012"
    assert not Tambon.objects.filter(pk="800399").exists()


def test_another_provinces_areas_are_not_there(cast, sign_in, foreign):
    client = sign_in(cast.staff)
    assert foreign.name_th not in client.get(url("tambon", "changelist")).content.decode()
    assert client.post(url("tambon", "change", foreign.pk), TAMBON).status_code == 302
    foreign.refresh_from_db()
    assert foreign.name_th == "ปากน้ำกระบี่"


def test_no_area_is_put_into_another_province(cast, sign_in, foreign):
    typed = {**TAMBON, "code": "810199", "district": "8101"}
    assert sign_in(cast.staff).post(url("tambon", "add"), typed).status_code == 200
    assert not Tambon.objects.filter(pk="810199").exists()


def test_a_status_typed_in_thai_is_kept_and_written_down(cast, sign_in, places):
    district = places.districts["8012"]
    rows = {"statuses-TOTAL_FORMS": "1", "statuses-INITIAL_FORMS": "0", "statuses-0-kind": "full"}
    typed = {**rows, "statuses-0-since": "8 ก.ย. 2550", "statuses-0-source": "พ.ร.ฎ.", "name_th": district.name_th}
    answer = sign_in(cast.staff).post(url("district", "change", district.pk), {**typed, "statuses-0-district": "8012"})
    assert answer.status_code == 302
    assert DistrictStatus.objects.get(district=district).since == date(2007, 9, 8)
    assert AuditEntry.objects.about(district).get().changes["since"] == [None, "2007-09-08"]


def test_a_status_that_is_deleted_is_written_down(cast, sign_in, places):
    district = places.districts["8012"]
    status = DistrictStatus.objects.create(district=district, kind="minor")
    rows = {"statuses-TOTAL_FORMS": "1", "statuses-INITIAL_FORMS": "1", "statuses-0-id": status.pk}
    typed = {**rows, "statuses-0-DELETE": "on", "statuses-0-kind": "minor", "name_th": district.name_th}
    sign_in(cast.staff).post(url("district", "change", district.pk), {**typed, "statuses-0-district": "8012"})
    assert not DistrictStatus.objects.exists()
    assert AuditEntry.objects.about(district).get().verb == "remove"


def test_a_new_zone_gets_its_posts(cast, sign_in):
    typed = {"province": "80", "number": "9", "name_th": "โซนใหม่", "name_en": "", "latitude": "", "longitude": ""}
    sign_in(cast.staff).post(url("zone", "add"), typed)
    assert Post.objects.filter(zone__number=9, role="zone-representative").count() == 1
    assert AuditEntry.objects.about(Zone.objects.get(number=9)).get().verb == "add"


def test_a_post_keeps_as_many_seats_as_are_held(cast, sign_in, places):
    post = make_post("zone-representative", places.zone3)
    client = sign_in(cast.staff)
    assert client.post(url("post", "change", post.pk), {"seats": "3"}).status_code == 302
    assert client.post(url("post", "change", post.pk), {"seats": "0"}).status_code == 200
    post.refresh_from_db()
    assert post.seats == 3


def test_the_level_and_authority_of_a_role_are_settled(cast, sign_in):
    typed = {"name_th": "ภาคีเครือข่าย", "name_en": "Member", "seats": "", "order": "5", "authority": "manage"}
    sign_in(cast.staff).post(url("role", "change", "member"), {**typed, "level": "tambon"})
    role = Role.objects.get(pk="member")
    assert (role.name_th, role.level, role.authority) == ("ภาคีเครือข่าย", "province", "read")


def test_the_trail_shows_what_changed_and_nothing_of_another_province(cast, sign_in, foreign):
    own = AuditEntry.objects.record("change", cast.tambon.person, by=cast.zone3, reason="ในจังหวัด")
    AuditEntry.objects.record("change", foreign, by=None, reason="ต่างจังหวัด")
    client = sign_in(cast.staff)
    page = client.get(url("auditentry", "changelist")).content.decode()
    assert own.reason in page and "ต่างจังหวัด" not in page


# ---- sheets -------------------------------------------------------------------------------------------------------
def sheet(client, model: str, text: str, *, encoding: str = "utf-8-sig"):
    """Upload a sheet and, when the preview has no error, confirm it; the answer of the last step."""
    file = SimpleUploadedFile("แผ่นงาน.csv", text.encode(encoding), content_type="text/csv")
    answer = client.post(url(model, "import"), {"import_file": file, "format": "0"})
    if "confirm_form" not in answer.context:
        return answer
    return client.post(url(model, "process_import"), answer.context["confirm_form"].initial)


def test_a_sheet_goes_out_and_comes_back_without_a_change(cast, sign_in):
    client = sign_in(cast.staff)
    text = client.get(url("tambon", "export")).content.decode("utf-8-sig")
    assert "ชื่อภาษาไทย" in text.splitlines()[0] and "ปากแพรก" in text
    assert sheet(client, "tambon", text).status_code == 302
    assert not AuditEntry.objects.filter(verb="import").exists()


@pytest.mark.parametrize("heads", ["รหัส,ชื่อภาษาไทย", "code,name_th", "Code,Thai name"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_sheet_changes_rows_by_their_code_and_is_written_down(cast, sign_in, heads, encoding):
    answer = sheet(sign_in(cast.staff), "tambon", f"{heads}\n801217,ปากแพรกใหม่\n801201,ปากพนัง\n", encoding=encoding)
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(verb="import")
    assert (entry.key, entry.by, entry.reason) == ("801217", cast.staff, "แผ่นงาน.csv")
    assert entry.changes["name_th"] == ["ปากแพรก", "ปากแพรกใหม่"]


def test_a_sheet_with_another_provinces_row_changes_nothing(cast, sign_in, foreign):
    sheet(sign_in(cast.staff), "tambon", "code,name_th\n801217,เปลี่ยน\n810101,เปลี่ยน\n")
    assert not Tambon.objects.filter(name_th="เปลี่ยน").exists()
    assert not AuditEntry.objects.filter(verb="import").exists()


def test_a_sheet_moves_no_district_into_another_zone(cast, sign_in, places):
    sheet(sign_in(cast.staff), "district", f"code,zone\n8012,{places.zone2.pk}\n")
    places.districts["8012"].refresh_from_db()
    assert places.districts["8012"].zone == places.zone3


def test_a_sheet_gives_no_role_more_authority(cast, sign_in):
    sheet(sign_in(cast.staff), "role", "code,authority\nmember,manage\n")
    assert Role.objects.get(pk="member").authority == "read"


def test_dates_of_a_sheet_are_thai(cast, sign_in):
    client = sign_in(cast.staff)
    sheet(client, "districtstatus", "district,kind,since,source\n8012,full,8 ก.ย. 2550,พ.ร.ฎ.\n")
    assert DistrictStatus.objects.get().since == date(2007, 9, 8)
    assert "8 ก.ย. 2550" in client.get(url("districtstatus", "export")).content.decode("utf-8-sig")


@pytest.mark.parametrize("text", ["", "\x00", "ก,ข\n1,2\n", "code,name_th\n" + "9" * 5000 + ",ก\n"])
def test_an_odd_sheet_is_answered_with_a_sentence(cast, sign_in, text):
    assert sheet(sign_in(cast.staff), "tambon", text).status_code == 200


def test_a_sheet_that_was_never_uploaded_is_not_there(cast, sign_in):
    typed = {"import_file_name": "passwd", "original_file_name": "a.csv", "format": "0", "resource": ""}
    assert sign_in(cast.staff).post(url("tambon", "process_import"), typed).status_code == 404


@pytest.mark.parametrize(("text", "out"), [("=1+1", "'=1+1"), ("@ก", "'@ก"), ("-8.43", "-8.43"), ("ก", "ก")])
def test_no_cell_is_a_formula(text, out):
    assert resources._harmless(text) == out


def test_persons_are_found_forgivingly_in_the_admin(cast, sign_in):
    Person.objects.create(first_name="ท่าศาลา", last_name="ทดสอบ")
    page = sign_in(cast.staff).get(url("person", "changelist"), {"q": "ทาศาลา"}).content.decode()
    assert "ท่าศาลา ทดสอบ" in page
