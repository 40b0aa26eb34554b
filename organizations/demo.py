"""The demo's people: fictional holders named by their post, made through the real actions."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from organizations.actions.areas import choose_focus
from organizations.actions.people import save_contact, save_person
from organizations.actions.posts import appoint
from organizations.models import Contact, Person, Post, Province, Tambon, User
from organizations.reference import (
    apply_plan,
    ensure_posts,
    ensure_roles,
    ensure_zones,
    plan_province,
    read_csv,
)

NAMED_ON = date(2006, 12, 25)
SOURCE = "ข้อมูลตัวอย่าง ไม่ใช่การแต่งตั้งจริง"
# user name, role, (level, key of the area by number or code), last name, what it is.
ACCOUNTS = [
    ("province", "provincial-team", "80", "คนที่ 1", "คณะทำงานระดับจังหวัด"),
    ("zone2", "zone-representative", "2", "คนที่ 1", "ตัวแทนโซน 2"),
    ("zone3", "zone-representative", "3", "คนที่ 1", "ตัวแทนโซน 3"),
    ("district", "district-coordinator", "8003", "", "ผู้ประสานงานอำเภอลานสกา"),
    ("tambon", "tambon-coordinator", "800304", "คนที่ 1", "แกนประสานตำบลกำโลน"),
    ("member", "member", "80", "", "ภาคี"),
]
# What a fictional holder is called, before the name of the area.
MEMBER = "ภาคี"
CALLED = {"province": "คณะทำงาน", "zone": "ตัวแทน", "district": "ผู้ประสานงาน", "tambon": "แกนประสาน"}
PHRASES = {"documented": "มีกิจกรรมที่เผยแพร่ต่อสาธารณะ", "fill-by-code": "เติมให้ครบจำนวนตามลำดับรหัส"}


@transaction.atomic
def make_demo(*, password: str) -> list[tuple[str, str]]:
    """Load the province, the assumed zones, the sample of focus tambon and some holders; returns (user name, what).

    Runs again without harm: what exists is left alone.
    """
    code = settings.HOME_PROVINCE
    plan = plan_province(code)
    if not plan.is_empty and not Province.objects.filter(pk=code).exists():
        apply_plan(plan)
    ensure_roles()
    province = Province.objects.get(pk=code)
    if not User.objects.filter(username="province").exists():
        ensure_zones(province)
        _choose_sample(province)
        ensure_posts(province)
        _fill_posts(province)
        for username, role, key, last, _what in ACCOUNTS:
            _make_account(province, username, role=role, key=key, last=last, password=password)
    return [(username, what) for username, _role, _key, _last, what in ACCOUNTS]


def set_passwords(password: str) -> None:
    """One password for every demo account that has another."""
    for user in User.objects.filter(username__in=[username for username, *_rest in ACCOUNTS]):
        if not user.check_password(password):
            user.set_password(password)
            user.save()


def _choose_sample(province: Province) -> None:
    tambons = Tambon.objects.in_province(province).with_areas().in_bulk()
    for row in read_csv("focus_sample"):
        reason = f"{PHRASES[row['why']]} (ตัวอย่าง)"
        choose_focus(tambons[row["tambon_code"]], on=NAMED_ON, reason=reason, by=None, is_sample=True)


def _post(province: Province, role: str, key: str) -> Post:
    posts = Post.objects.of_province(province).with_areas()
    field = {"zone-representative": "zone__number"}.get(role)
    if field is None:
        field = {"80": "province", "8003": "district"}.get(key, "tambon")
    return posts.get(role=role, **{field: key})


def _fill_posts(province: Province) -> None:
    """Most seats get a fictional holder; every fourth district or tambon and zone 5's second seat stay vacant."""
    posts = Post.objects.of_province(province).expected().with_areas().order_by("role__order", "pk")
    for number, post in enumerate(posts):
        wanted = post.seats or 1
        if post.zone_id and post.zone.number == 5:
            wanted = 1
        elif not post.zone_id and not post.province_id and number % 4 == 0 and post.area.pk not in {"8003", "800304"}:
            wanted = 0
        for seat in range(1, wanted + 1):
            person = _holder(post, last=f"คนที่ {seat}" if post.seats != 1 else "")
            appoint(person, post=post, starts_on=NAMED_ON, source=SOURCE, by=None)


def _holder(post: Post, *, last: str) -> Person:
    called = MEMBER if post.role.pk == "member" else CALLED[post.role.level]
    called += f"โซน {post.zone.number}" if post.zone else post.area.full_name
    return save_person(Person(first_name=called, last_name=f"{last} (ตัวอย่าง)".strip()), by=None)


def _make_account(province: Province, username: str, *, role: str, key: str, last: str, password: str) -> None:
    post = _post(province, role, key)
    appointment = post.appointments.select_related("person").first()
    if appointment is None:
        appointment = appoint(_holder(post, last=last), post=post, starts_on=NAMED_ON, source=SOURCE, by=None)
    user = User.objects.create_user(username, password, person=appointment.person)
    number = f"08000000{len(username):02d}"
    contact = Contact(person=appointment.person, kind=Contact.Kind.PHONE, value=number)
    save_contact(contact, by=user)
