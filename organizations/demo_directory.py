"""The demo's directory: public bodies by what everybody knows of them, and sample bodies that offer and need."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from organizations.actions.directory import save_exchange, save_organization, save_relation, set_agreement
from organizations.actions.knowledge import save_knowledge
from organizations.forms.directory import area_of
from organizations.models import Need, Offer, Organization, Relation, Theme, User
from organizations.reference import ensure_themes, read_csv

SOURCE = "ข้อมูลที่รู้กันทั่วไป"
SAMPLE_SOURCE = "ข้อมูลตัวอย่าง ไม่ใช่องค์กรจริง"
YEAR = timedelta(days=365)
# Demo account, theme, what its fictional person can be asked about.
KNOWERS = [
    ("tambon", "forest-water", "พาดูฝายมีชีวิตและเล่าวิธีชวนคนมาทำ (ตัวอย่าง)"),
    ("district", "farming", "ทำปุ๋ยหมักจากของเหลือในสวน (ตัวอย่าง)"),
    ("zone3", "farming", ""),
    ("zone3", "coast", "เล่าเรื่องธนาคารปู (ตัวอย่าง)"),
]


@transaction.atomic
def make_directory_demo(*, today: date) -> None:
    """Themes and some thirty bodies; runs again without harm."""
    ensure_themes()
    if Organization.objects.filter(source=SAMPLE_SOURCE).exists():
        return
    themes = Theme.objects.in_bulk()
    rows = read_csv("sample_organizations")
    made = {row["name"]: _body(row, themes, today=today) for row in rows}
    for row in rows:
        if row["relations"]:
            kind, other = row["relations"].split(":")
            save_relation(Relation(organization=made[row["name"]], other=made[other], kind=kind), by=None)
    for user in User.objects.filter(username__in=[name for name, *_rest in KNOWERS]).select_related("person"):
        known = {themes[code]: text for name, code, text in KNOWERS if name == user.username}
        if user.person:
            save_knowledge(user.person, known=known, by=None)


def _body(row: dict[str, str], themes: dict[str, Theme], *, today: date) -> Organization:
    is_sample = bool(row["sample"])
    body = Organization(is_sample=is_sample, source=SAMPLE_SOURCE if is_sample else SOURCE)
    for field in ("name", "short_name", "kind", "status", "about"):
        setattr(body, field, row[field])
    body.area = area_of(row["area"])
    save_organization(body, themes=_of(row["themes"], themes), by=None)
    if is_sample:
        set_agreement(body, agrees=True, reason=SAMPLE_SOURCE, by=None)
    if row["offers"]:
        kind, text, conditions, about, years = row["offers"].split(":")
        offer = Offer(organization=body, kind=kind, text=text, conditions=conditions)
        if years:
            offer.starts_on, offer.ends_on = today - 2 * YEAR, today + int(years) * YEAR
        save_exchange(offer, themes=_of(about, themes), by=None)
    if row["needs"]:
        kind, text, *_open, about = row["needs"].split(":")
        save_exchange(Need(organization=body, kind=kind, text=text), themes=_of(about, themes), by=None)
    return body


def _of(codes: str, themes: dict[str, Theme]) -> list[Theme]:
    return [themes[code] for code in codes.split("|") if code]
