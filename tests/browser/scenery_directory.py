"""A body of the directory with one of everything, for the pages that are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from organizations.actions.directory import (
    save_exchange,
    save_organization,
    save_organization_contact,
    save_relation,
)
from organizations.models import Need, Offer, Organization, OrganizationContact, Relation, Tambon

NAME = "กลุ่มตัวอย่างของหน้าสารบบ"


def make_directory_scenery() -> None:
    """A body, what it offers and needs, another it supports, and a telephone of nobody."""
    body = Organization(name=NAME, kind="group", is_sample=True)
    body.area = Tambon.objects.get(pk="800304")
    save_organization(body, themes=[], by=None)
    other = save_organization(Organization(name="เครือข่ายตัวอย่างของหน้าสารบบ"), themes=[], by=None)
    save_exchange(Offer(organization=body, kind="place", text="ให้ดูงานฝายมีชีวิต"), themes=[], by=None)
    save_exchange(Need(organization=body, kind="market", text="ที่วางขายสมุนไพร"), themes=[], by=None)
    save_relation(Relation(organization=body, other=other, kind="member_of"), by=None)
    save_organization_contact(OrganizationContact(organization=body, value="075000000"), by=None)


def _body() -> Organization:
    return Organization.objects.get(name=NAME)


DIRECTORY_KEYS: dict[str, Callable[[], Any]] = {
    "@body": lambda: _body().pk,
    "@body-offer": lambda: _body().offers.get().pk,
    "@body-need": lambda: _body().needs.get().pk,
    "@body-relation": lambda: _body().relations.get().pk,
    "@body-organization_contact": lambda: _body().contacts.get().pk,
}
