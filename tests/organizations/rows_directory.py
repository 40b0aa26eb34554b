"""The directory: its rows of the permission table, its forms, and what both are asked with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from organizations.models import Need, Offer, Organization, OrganizationContact, Relation

# A body at home in tambon 801217: kept by who works for it or above.
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
KEPT = "302  404  403  200  403  200  403  200  200"
READ = "302  404  200  200  200  200  200  200  200"
STAFF_ONLY = "302  403  403  403  403  403  403  403  200"
# Who holds no post does not see that a body is there.
STAFF_OF_A_BODY = "302  404  403  403  403  403  403  403  200"
ROWS: list[tuple[str, str, str, str]] = [
    ("organization_list", "-", "safe",        "302  403  200  200  200  200  200  200  200"),
    ("organization_add", "-", "edit",         "302  403  403  200  200  200  200  200  200"),
    ("organization_page", "body", "safe",     READ),
    ("organization_page", "homeless body", "safe", READ),
    ("organization_edit", "body", "edit",     KEPT),
    ("organization_edit", "homeless body", "edit", "302 404 403 403  200  403  403  403  200"),
    ("organization_agree", "body", "edit",    STAFF_OF_A_BODY),
    ("organization_duplicates", "-", "safe",  STAFF_ONLY),
    ("organization_twin", "body", "safe",     STAFF_OF_A_BODY),
    ("organization_merge", "bodies", "edit",  STAFF_ONLY),
    *((f"{thing}_add", "body", "edit", KEPT) for thing in ("offer", "need", "relation", "organization_contact")),
    *((f"{thing}_{verb}", f"body {thing}", "ticks" if (thing, verb) == ("relation", "edit") else "edit", KEPT)
      for thing in ("offer", "need", "relation") for verb in ("edit", "remove")),
    ("organization_contact_edit", "shared contact", "edit", KEPT),
    ("organization_contact_edit", "kept contact", "edit", KEPT.replace("403", "404")),
    ("organization_contact_remove", "kept contact", "edit", KEPT.replace("403", "404")),
    ("organization_contact_confirm", "kept contact", "post", KEPT.replace("403", "404").replace("200", "302")),
]  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "organization_add": {"name": "กลุ่มใหม่", "kind": "group", "status": "existing", "area": "", "another": ""},
    "organization_edit": {"name": "กลุ่มเดิม", "kind": "group", "status": "forming", "area": "tambon:801217"},
    "organization_agree": {"agrees": "yes", "reason": "หนังสือตอบรับ"},
    "organization_merge": {"reason": "องค์กรเดียวกัน"},
    "offer_add": {"kind": "funding", "text": "เงินสมทบ", "starts_on": "1/1/2550", "ends_on": "1/1/2580"},
    "offer_edit": {"kind": "funding", "text": "เงินสมทบ", "starts_on": "", "ends_on": ""},
    "offer_remove": {"reason": "ผิด"},
    "need_add": {"kind": "market", "text": "ที่ขายของ", "starts_on": "", "ends_on": "", "themes": ""},
    "need_edit": {"kind": "market", "text": "ที่ขายของ"},
    "need_remove": {"reason": "ผิด"},
    "relation_add": {"kind": "supports", "other": "1", "starts_on": "1/1/2550", "ends_on": "", "note": ""},
    "relation_edit": {"starts_on": "1/1/2550", "ends_on": "", "note": ""},
    "relation_remove": {"reason": "ผิด"},
    "organization_contact_add": {"kind": "phone", "value": "075341234", "visibility": "network"},
    "organization_contact_edit": {"kind": "phone", "value": "075341234", "visibility": "network"},
    "organization_contact_remove": {"reason": "เลิกใช้"},
}  # fmt: skip
BUTTONS = {"organization_contact_confirm"}
ASKED_WITH = {name: what for name, what, kind, _statuses in reversed(ROWS) if kind in ("edit", "ticks")}


def objects(cast: SimpleNamespace, places: SimpleNamespace) -> dict[str, list[Any]]:
    """A body at home in tambon 801217 with one of everything, and one without a home that tambon2 entered."""
    body = Organization(name="กลุ่มออมทรัพย์ปากแพรก")
    body.area = places.tambons["801217"]
    body.save()
    homeless = Organization.objects.create(name="กองทุนที่อยู่ที่อื่น", created_by=cast.tambon2)
    contact = OrganizationContact.objects.create
    facts = {"organization": body, "kind": "phone"}
    return {
        "-": [],
        "body": [body.pk],
        "homeless body": [homeless.pk],
        "bodies": [body.pk, homeless.pk],
        "body offer": [Offer.objects.create(organization=body, kind="place", text="ศูนย์เรียนรู้").pk],
        "body need": [Need.objects.create(organization=body, kind="market", text="ที่ขาย").pk],
        "body relation": [Relation.objects.create(organization=body, other=homeless, kind="supports").pk],
        "shared contact": [contact(value="075341235", visibility="network", **facts).pk],
        "kept contact": [contact(value="075341236", **facts).pk],
    }
