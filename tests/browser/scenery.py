"""What the pages looked at need beyond the demo, and the keys of what the demo made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from organizations.actions.accounts import issue_invitation, revoke_invitation
from organizations.actions.people import save_contact, save_person
from organizations.models import (
    Appointment,
    Breach,
    Contact,
    Invitation,
    Organization,
    Person,
    Post,
    Tambon,
    User,
    Zone,
)
from tambon_survey.actions.packets import make_packet
from tambon_survey.actions.rounds import save_round
from tambon_survey.importing import plan_file
from tambon_survey.importing.planning import CHANGED, DOUBTFUL, NEW, UNMATCHED, Finding
from tambon_survey.models import ImportBatch, Packet, Round, Submission
from tests.browser.scenery_directory import DIRECTORY_KEYS, make_directory_scenery
from tests.browser.scenery_introductions import INTRODUCTION_KEYS
from tests.browser.scenery_knowledge import KNOWLEDGE_KEYS, make_knowledge_scenery
from tests.browser.scenery_learning import LEARNING_KEYS
from tests.browser.scenery_meetings import MEETING_KEYS, make_meeting_scenery
from tests.browser.scenery_unlinked import UNLINKED_KEYS

TWICE = "พระครูสังฆรักษ์ธรรมรัตน์มหาวีรานุวัตร"  # a long first name, on two records
PLANNED = "สำรวจตำบลเป้าหมายเพิ่มเติมหลังฤดูเก็บเกี่ยว ตามข้อเสนอของที่ประชุมเครือข่ายประสานงาน"  # a long name
FILES = ("shown", "failed", "asking", "applied")
OPEN, USED, REVOKED, EXPIRED = "an-open-link", "a-used-link", "a-revoked-link", "an-expired-link"


def make_scenery() -> None:
    """One invitation of each state, two records of one long name, a planned round, two accounts with second steps."""
    province = User.objects.get(username="province")
    post = _vacant_post()
    for number, token in enumerate((OPEN, USED, REVOKED, EXPIRED)):
        person = save_person(Person(prefix="นางสาว", first_name=f"เพ็ญพิชญาณัฏฐ์{number}"), by=province)
        invitation, _token = issue_invitation(person, post=post, by=province)
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=Invitation.hash_of(token))
    Invitation.objects.by_token(USED).update(used_at=timezone.now(), used_by=province)
    Invitation.objects.by_token(EXPIRED).update(expires_at=timezone.now())
    revoke_invitation(Invitation.objects.get(token_hash=Invitation.hash_of(REVOKED)), by=province)
    for _number in range(2):
        person = save_person(Person(first_name=TWICE, last_name="ณ ถลางบางช้างมหาสมุทร"), by=province)
        save_contact(Contact(person=person, kind=Contact.Kind.PHONE, value="0812345678"), by=province)
    _plan_a_round(province)
    _send_files(province)
    make_directory_scenery()
    make_knowledge_scenery()
    make_meeting_scenery(province)
    make_packet(Round.objects.earliest("opens_at"), explanation="", by=province, now=timezone.now())
    careful = User.objects.get(username="zone2")
    TOTP.activate(careful, generate_totp_secret())
    RecoveryCodes.activate(careful)
    data = {"name": "โทรศัพท์ของสำนักงาน", "credential": {}}  # opens nothing: only named, renamed and removed
    Authenticator.objects.create(
        user=User.objects.get(username="district"), type=Authenticator.Type.WEBAUTHN, data=data
    )


def _plan_a_round(by: User) -> None:
    """One that nobody is asked in yet, after the demo's open one."""
    last = Round.objects.latest("opens_at")
    opens = last.closes_at + timedelta(days=30)
    closes = {"on_time_by": opens + timedelta(days=14), "closes_at": opens + timedelta(days=21)}
    save_round(Round(province=last.province, name=PLANNED, follows=last, opens_at=opens, **closes), by=by)


def _send_files(by: User) -> None:
    """A file in each state a page shows; nothing works on them."""
    now, columns = timezone.now(), ["ที่ตั้งของกลุ่ม", "ชื่อ สกุล", "บทบาทในชุมชน"]
    layout = {"holds": "coordinators", "heading_row": 0, "headings": columns, "meanings": ["", "name", "role"]}
    facts: dict[str, Any] = {"round": _round(), "made_by": by, "layouts": [layout]}
    files = {state: ImportBatch(original_name=f"{state}.xlsx", state=state, **facts) for state in FILES}
    files["failed"].problem = "ไฟล์นี้เสียหาย กรุณาบันทึกใหม่แล้วส่งไฟล์ใหม่"
    files["applied"].applied_at, files["applied"].applied_by = now, by
    files["applied"].problem = "มีคนทำงานต่อแล้วใน: ตำบลกำโลน, ตำบลปากแพรก จึงถอนไฟล์นี้กลับไม่ได้อีก"
    stopped = ImportBatch(original_name="stopped.xlsx", heard_at=now - timedelta(days=1), **facts)
    ImportBatch.objects.bulk_create([*files.values(), stopped])
    shown, cells = files["shown"], {"name": [None, TWICE], "role": ["ผู้ใหญ่บ้าน", "ประธานกลุ่มออมทรัพย์เพื่อการผลิต"]}
    near = ("ตำบลปากแพรก อำเภอทุ่งสง", "ตำบลปากแพรก อำเภอปากพนัง")
    found = [
        Finding("แกนประสาน", 2, UNMATCHED, "coordinators", place="ปากแพรก", text="มีหลายตำบล", suggestions=near),
        Finding("แกนประสาน", 3, CHANGED, "coordinators", place="ตำบลกำโลน", name=TWICE, cells=cells),
    ]
    shown.counts, shown.digest = plan_file.write(shown, found)
    shown.save()
    _send_bodies(by)


def _send_bodies(by: User) -> None:
    """A file for the directory with a doubtful row and a new one."""
    bodies = ImportBatch(original_name="bodies.xlsx", state="shown", province=_round().province, made_by=by)
    perhaps = (("1", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านใหม่ · ตำบลกำโลน"),)
    cells = {"name": [None, TWICE], "kind": [None, "group"], "themes": [None, []]}
    found = [
        Finding(
            "องค์กร",
            2,
            DOUBTFUL,
            "organizations",
            name=TWICE,
            place="ตำบลกำโลน",
            text="อาจเป็นแห่งเดียวกัน",
            perhaps=perhaps,
        ),
        Finding("องค์กร", 3, NEW, "organizations", name=TWICE, place="ตำบลปากแพรก", cells=cells),
    ]
    bodies.counts, bodies.digest = plan_file.write(bodies, found)
    bodies.save()


def _vacant_post() -> Post:
    """A tambon's post without a holder."""
    posts = Post.objects.filter(tambon__isnull=False, appointments=None)
    return posts.select_related("tambon").order_by("pk")[0]


def _round() -> Round:
    return Round.objects.get(name__startswith="สำรวจซ้ำ")


def _form(**which: Any) -> Submission:
    return Submission.objects.filter(round=_round(), **which).order_by("pk")[0]


def _file(state: str) -> Any:
    return ImportBatch.objects.get(original_name=f"{state}.xlsx").pk


def _agency(number: int) -> int:
    """One that tambon named as their supporter."""
    return Organization.objects.exclude(supports=None).order_by("pk").distinct()[number].pk


def _person(username: str) -> Person:
    return User.objects.get(username=username).person


def _appointment(username: str) -> Appointment:
    return _person(username).appointments.get()


def _contact(username: str) -> int:
    return _person(username).contacts.get().pk


KEYS: dict[str, Callable[[], Any]] = {
    "@zone": lambda: Zone.objects.get(number=3).pk,
    "@zone2": lambda: Zone.objects.get(number=2).pk,
    "@tambon-not-in-focus": lambda: Tambon.objects.get(pk="800302").pk,
    "@province-person": lambda: _person("province").pk,
    "@zone-person": lambda: _person("zone3").pk,
    "@tambon-person": lambda: _person("tambon").pk,
    "@contact": lambda: _contact("tambon"),
    "@post": lambda: _appointment("tambon").post_id,
    "@zone-post": lambda: _appointment("zone3").post_id,
    "@vacant-post": lambda: _vacant_post().pk,
    "@appointment": lambda: _appointment("tambon").pk,
    "@invitation": lambda: Invitation.objects.by_token(OPEN).get().pk,
    "@used-invitation": lambda: Invitation.objects.by_token(USED).get().pk,
    "@twice-1": lambda: Person.objects.filter(first_name=TWICE).order_by("pk")[0].pk,
    "@twice-2": lambda: Person.objects.filter(first_name=TWICE).order_by("pk")[1].pk,
    "@round": lambda: _round().pk,
    "@packet": lambda: Packet.objects.get().pk,
    "@first-round": lambda: Round.objects.earliest("opens_at").pk,
    "@planned": lambda: Round.objects.get(name=PLANNED).pk,
    "@zone1": lambda: Zone.objects.get(number=1).pk,
    "@untouched": lambda: _form(state="not_started", activities_answer="has").pk,
    "@draft": lambda: _form(state="draft", tambon__district__zone__number=3).pk,
    "@own-form": lambda: _form(tambon="800304").pk,
    "@own-activity": lambda: _form(tambon="800304").activities.kept()[0].pk,
    "@sent": lambda: _form(state="submitted", tambon__district__zone__number=3).pk,
    "@approved": lambda: _form(state="approved").pk,
    "@coordinator": lambda: _form(state="approved").coordinators.kept()[0].pk,
    **{f"@import-{one}": partial(_file, one) for one in (*FILES, "stopped", "bodies")},
    "@agency": lambda: _agency(0),
    "@agency-2": lambda: _agency(1),
    **MEETING_KEYS,
    **INTRODUCTION_KEYS,
    **LEARNING_KEYS,
    **UNLINKED_KEYS,
    "@breach": lambda: (
        Breach.objects.get_or_create(
            province_id="80",
            defaults={"what": "โทรศัพท์ของผู้ประสานงานหาย มีรายชื่อแกนประสานของตำบล", "whose": "แกนประสานราว 5 คน"},
        )[0].pk
    ),
    **DIRECTORY_KEYS,
    **KNOWLEDGE_KEYS,
    "@passkey": lambda: Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk,
}


def keys(arguments: tuple[str, ...]) -> list[Any]:
    """Arguments of an address with the keys of this database in place of their names."""
    return [KEYS[one]() if one.startswith("@") else one for one in arguments]


def signed_in_cookies(username: str, address: str) -> list[dict[str, Any]]:
    """Cookies of a demo account that has just typed its password, as Playwright takes them."""
    client = Client(HTTP_HOST=address.removeprefix("http://"))
    user = User.objects.get(username=username)
    client.force_login(user)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, "password", reauthenticated=True)  # type: ignore[arg-type]
    session.save()
    return [{"name": one.key, "value": one.value, "url": address} for one in client.cookies.values()]
