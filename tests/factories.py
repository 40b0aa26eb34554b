"""Plain functions that make rows for tests; every argument has a sensible default."""

from __future__ import annotations

from datetime import date
from typing import Any

from organizations.models import Appointment, District, Person, Post, Province, Role, Tambon, User, Zone
from organizations.reference import ensure_roles

PASSWORD = "ทดสอบ-รหัสผ่าน-2549"
LONG_AGO = date(2006, 1, 1)


def make_province(code: str = "80", **fields: Any) -> Province:
    """A province."""
    names = {"name_th": "นครศรีธรรมราช", "name_en": "Nakhon Si Thammarat"}
    return Province.objects.create(code=code, **{**names, **fields})


def make_zone(province: Province, number: int, **fields: Any) -> Zone:
    """A zone of a province."""
    names = {"name_th": f"โซนทดสอบ {number}", "name_en": f"Test {number} zone"}
    return Zone.objects.create(province=province, number=number, **{**names, **fields})


def make_district(code: str, name_th: str = "", *, zone: Zone | None = None, **fields: Any) -> District:
    """A district; its province is the one of its code."""
    name = name_th or f"อำเภอทดสอบ{code}"
    return District.objects.create(code=code, name_th=name, province_id=code[:2], zone=zone, **fields)


def make_tambon(code: str, name_th: str = "", **fields: Any) -> Tambon:
    """A tambon; its district is the one of its code."""
    return Tambon.objects.create(code=code, name_th=name_th or f"ทดสอบ{code}", district_id=code[:4], **fields)


def make_post(role: str, area: Any, **fields: Any) -> Post:
    """The post of a default role in an area; made only once."""
    ensure_roles()
    found = Role.objects.get(pk=role)
    post, _ = Post.objects.get_or_create(role=found, **{found.level: area}, defaults={"seats": found.seats, **fields})
    return post


def make_person(first_name: str = "สมหมาย", last_name: str = "ทดสอบ", **fields: Any) -> Person:
    """A person."""
    return Person.objects.create(first_name=first_name, last_name=last_name, **fields)


def make_user(username: str, *, person: Person | None = None, password: str = PASSWORD, **fields: Any) -> User:
    """An account of a person (made when not given)."""
    return User.objects.create_user(
        username, password, person=person or make_person(first_name=username, last_name="ทดสอบ"), **fields
    )


def appoint(person: Person, post: Post, *, since: date = LONG_AGO, until: date | None = None) -> Appointment:
    """A person in a post, written straight to the table."""
    return Appointment.objects.create(person=person, post=post, starts_on=since, ends_on=until, source="ทดสอบ")


def make_holder(username: str, role: str, area: Any, **fields: Any) -> User:
    """An account whose person holds a post."""
    user = make_user(username, **fields)
    appoint(user.person, make_post(role, area))
    return user
