"""The search box: forgiving about spelling, strict about reach."""

import pytest

from organizations.reference import apply_plan, ensure_zones, plan_province
from tests.factories import appoint, make_holder, make_person, make_post


@pytest.fixture
def staff(db, sign_in):
    """Province staff of the real province."""
    from organizations.models import Province

    apply_plan(plan_province("80"))
    province = Province.objects.get()
    ensure_zones(province)
    return sign_in(make_holder("staff", "provincial-team", province))


@pytest.mark.parametrize(("typed", "url"), [
    ("ต.ปากแพรก", "/tambons/801217/"),
    ("ปากแพรก", "/tambons/801217/"),
    ("ตำบลปากแพรก", "/tambons/801217/"),
    ("ต. ปากแพรก", "/tambons/801217/"),
    ("ปาก\u200bแพรก", "/tambons/801217/"),
    ("นบพิตํา", "/districts/8021/"),
    ("อำเภอนบพิตำ", "/districts/8021/"),
    ("ทาศาลา", "/districts/8008/"),
    ("อ.ท่าศาลา", "/districts/8008/"),
    ("อ.เมือง", "/districts/8001/"),
    ("Pak phraek", "/tambons/801217/"),
])  # fmt: skip
def test_found(staff, typed, url):
    """Prefixes, slips of the keyboard and capitals do not matter."""
    assert f'href="{url}"' in staff.get("/search/", {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["", "   ", ".", "\u200b", "ไม่มีที่ไหนชื่อนี้", "%", "_", "*"])
def test_nothing_found_says_so(staff, typed):
    """An empty or meaningless word finds nothing, not everything."""
    response = staff.get("/search/", {"q": typed})
    assert response.status_code == 200 and response.context["groups"] == []


def test_long_lists_are_cut(staff):
    """Twenty of a kind and a word that there are more, in Thai order."""
    groups = staff.get("/search/", {"q": "บ"}).context["groups"]
    for _, rows, more in groups:
        assert len(rows) <= 20 and (len(rows) == 20 or not more)
        assert [bytes(one.sort_key) for one in rows] == sorted(bytes(one.sort_key) for one in rows)
    assert any(more for _, _, more in groups)


def test_only_what_one_may_see(cast, places, sign_in):
    """Zone 3 finds its own, not zone 2's; nor its people."""
    appoint(make_person("ดาวเรือง"), make_post("tambon-coordinator", places.tambons["800304"]))
    for name, found in (("zone2", True), ("zone3", False), ("member", False), ("nobody", False)):
        client = sign_in(getattr(cast, name))
        for typed in ("ลานสกา", "กำโลน", "ดาวเรือง"):
            assert bool(client.get("/search/", {"q": typed}).context["groups"]) == found, (name, typed)


def test_what_was_typed_is_still_there(staff):
    """Escaped, in its box."""
    body = staff.get("/search/", {"q": '<b>"ปาก"'}).content.decode()
    assert "<b>" not in body and "&lt;b&gt;&quot;ปาก&quot;" in body
