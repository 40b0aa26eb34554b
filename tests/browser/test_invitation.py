"""An invitation link on a small telephone: opened, a password typed, the own area."""

import pytest
from django.urls import reverse

from organizations.actions.accounts import issue_invitation, revoke_invitation
from organizations.actions.people import save_person
from organizations.models import Person, Post, User


@pytest.fixture
def invited(site, django_db_blocker):
    """`invited(first_name)`: (invitation, path of its link) for a new coordinator of Tambon Kamlon."""

    def invite(first_name):
        with django_db_blocker.unblock():
            by = User.objects.get(username="province")
            person = save_person(Person(first_name=first_name, last_name="ศรีธรรมราช"), by=by)
            post = Post.objects.get(tambon="800304", role="tambon-coordinator")
            invitation, token = issue_invitation(person, post=post, by=by)
        return invitation, reverse("invitation_accept", args=[token])

    return invite


def join(visited, path):
    """The three steps: open the link, type a password, press the one button."""
    visited.open(path)
    visited.page.locator("input[name=password]").fill("ลมทะเลพัดดอกไม้")
    visited.follow(visited.page.locator("main form .button--primary"))


def test_a_link_ends_on_the_own_area_in_three_steps(visit, invited):
    visited = visit(screen="phone")
    join(visited, invited("สมปรารถนา")[1])
    assert visited.page.url.endswith(reverse("tambon_page", args=["800304"]))
    assert "ยินดีต้อนรับ สมปรารถนา" in visited.page.inner_text("main")
    assert visited.problems() == []


def test_a_forgotten_password_is_asked_for_on_the_same_page(visit, invited):
    visited = visit(screen="phone")
    visited.open(invited("ใจเย็น")[1])
    visited.follow(visited.page.locator("main form .button--primary"))
    assert "กรุณากรอกช่องนี้" in visited.page.inner_text("main")
    assert visited.problems(status=422) == []


def test_a_used_link_says_so(visit, invited):
    path = invited("มาก่อน")[1]
    join(visit(screen="phone"), path)
    second = visit(screen="phone")
    assert second.open(path).status == 410
    assert second.page.inner_text("h1") == "ลิงก์นี้ใช้ไปแล้ว"


def test_a_revoked_link_says_so(visit, invited, django_db_blocker):
    invitation, path = invited("เปลี่ยนใจ")
    with django_db_blocker.unblock():
        revoke_invitation(invitation, by=User.objects.get(username="province"))
    visited = visit(screen="phone")
    assert visited.open(path).status == 410
    assert visited.page.inner_text("h1") == "ลิงก์นี้ใช้ไม่ได้แล้ว"


def test_a_link_is_made_and_shown_once(visit, django_db_blocker):
    visited = visit(who="province", screen="laptop")
    with django_db_blocker.unblock():
        post = Post.objects.get(tambon="800304", role="tambon-coordinator").pk
    visited.open(reverse("invitation_issue", args=[post]))
    visited.page.locator("input[name=first_name]").fill("ผู้มาใหม่")
    visited.follow(visited.page.locator("main form[method=post] .button--primary"))
    assert "/join/" in visited.page.inner_text("#invitation-link")
    assert visited.problems() == []
    visited.page.reload()
    assert visited.page.locator("#invitation-link").count() == 0
