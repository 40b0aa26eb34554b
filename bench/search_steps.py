"""What `bench.search` does in a process of its own: fills the database of the environment, asks, prints JSON."""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import time
import uuid
from datetime import date, timedelta
from itertools import cycle, product
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from nakhon_network.catalogue import compile_catalogues  # noqa: E402
from organizations.demo import make_demo  # noqa: E402
from organizations.models import Appointment, Organization, Person, Post, Province, Role, Tambon, User  # noqa: E402
from organizations.reference import apply_plan, plan_province, province_codes  # noqa: E402
from tambon_survey.models import Activity, Round, State, Submission  # noqa: E402
from tambon_survey.readiness import DEFAULT_RULE  # noqa: E402
from tests.project.search_vectors import VECTORS  # noqa: E402

OWN = "80"
ORGANIZATIONS, ACTIVITIES, PERSONS, ROUNDS = 20_000, 50_000, 10_000, 30
KINDS = ("กลุ่ม", "วิสาหกิจชุมชน", "เครือข่าย", "ศูนย์เรียนรู้", "กองทุน", "สภาองค์กรชุมชน", "ชมรม", "สหกรณ์")
DOINGS = (
    *("ออมทรัพย์เพื่อการผลิต", "เกษตรอินทรีย์", "จักสานย่านลิเภา", "สวัสดิการชุมชน", "ท่องเที่ยวโดยชุมชน", "แปรรูปมังคุด"),
    *("ธนาคารต้นไม้", "ประมงพื้นบ้าน", "จัดการน้ำ", "ดูแลผู้สูงอายุที่บ้าน", "เมล็ดพันธุ์พื้นเมือง", "ปลูกป่าชายเลน"),
)
TEXT = "ทำต่อเนื่องมาหลายปีโดยคนในหมู่บ้านช่วยกัน มีการประชุมทุกเดือนและแบ่งปันผลให้สมาชิกทุกครัวเรือนที่เข้าร่วม " * 2
RESULT = re.compile(r"<a [^>]*data-result><span>([^<]*)</span></a>")


def fill() -> str:
    """The whole country's areas; what is to be found beside very many of its like."""
    compile_catalogues()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    with translation.override("th"), transaction.atomic():
        make_demo(password=uuid.uuid4().hex)
        for code in province_codes():
            plan = plan_province(code)
            if plan.added:
                apply_plan(plan)
        names = [" ".join(parts) for parts in product(KINDS, DOINGS)]
        places = list(Tambon.objects.order_by("pk"))
        _organizations(names, places)
        _activities(names)
        _persons()
    if connection.vendor == "postgresql":  # as its autovacuum does; SQLite's planner goes without statistics
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    told = {model._meta.model_name: model.objects.count() for model in (Tambon, Organization, Activity, Person)}
    return ", ".join(f"{number:,} {name}" for name, number in told.items())


def _organizations(names: list[str], places: list[Tambon]) -> None:
    rows = [Organization(name=record) for record in _records()]
    for at, (name, place) in zip(range(ORGANIZATIONS), cycle(product(names, places[::11])), strict=False):
        rows.append(Organization(name=f"{name}{place.full_name} {at}", tambon=place))
    for row in rows:
        row.refresh_keys()
    Organization.objects.bulk_create(rows, batch_size=500)


def _activities(names: list[str]) -> None:
    """Rounds of one province, each with its activities; a record of each text in the last."""
    submissions = _submissions()
    rows = [Activity(submission=submissions[-1], title=record, position=at) for at, record in enumerate(_records())]
    for at, submission in zip(range(ACTIVITIES), cycle(submissions), strict=False):
        title = f"{names[at % len(names)]}{submission.tambon.name} {at}"
        rows.append(Activity(submission=submission, title=title, group=names[at // 7 % len(names)], what=TEXT))
    for row in rows:
        row.next_step = TEXT
        row.refresh_keys()
    Activity.objects.bulk_create(rows, batch_size=500)


def _submissions() -> list[Submission]:
    own, now = Province.objects.get(pk=OWN), timezone.now()
    tambons = list(Tambon.objects.in_province(own))
    for number in range(ROUNDS):
        moment = now - timedelta(days=90 * (ROUNDS - number))
        made = Round.objects.create(
            province=own,
            name=f"รอบวัดความเร็ว {number}",
            opens_at=moment,
            on_time_by=moment + timedelta(days=9),
            closes_at=moment + timedelta(days=10),
            opened_at=moment,
            rule=DEFAULT_RULE,
        )
        Submission.objects.bulk_create(Submission(round=made, tambon=one, state=State.APPROVED) for one in tambons)
    return list(Submission.objects.filter(round__name__startswith="รอบวัดความเร็ว").select_related("tambon"))


def _persons() -> None:
    """Half of them held a post, and somebody manages every province."""
    rows = [Person(first_name=f"บุคคลทดสอบ{at}", last_name=f"ทดลอง{at % 97}") for at in range(PERSONS)]
    for row in rows:
        row.refresh_keys()
    rows = Person.objects.bulk_create(rows, batch_size=500)
    post = Post.objects.filter(tambon__district__province=OWN).first()
    since = date(2015, 1, 1)
    Appointment.objects.bulk_create(
        Appointment(person=row, post=post, starts_on=since, ends_on=since + timedelta(days=9), source="bench")
        for row in rows[::2]
    )
    role = Role.objects.filter(level="province", authority="manage").first()
    everywhere = Person.objects.create(first_name="ทุกจังหวัด", last_name="ทดลอง")
    for province in Province.objects.all():
        post, _made = Post.objects.get_or_create(role=role, province=province, defaults={"seats": 9})
        Appointment.objects.create(person=everywhere, post=post, starts_on=since, source="bench")
    User.objects.create(username="country", person=everywhere)


def _records() -> list[str]:
    return list(dict.fromkeys(record for _typed, record in VECTORS))


def ask(reader: str, typed: str, record: str, times: int) -> dict[str, Any]:
    """One text as one reader: milliseconds, statements, results, and whether its record stands on the page."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=reader))
    client.get("/search/")  # the first visit writes when it was
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/search/", {"q": typed})
    statements = len(asked)
    titles = RESULT.findall(answer.content.decode().replace("<mark>", "").replace("</mark>", ""))
    took, worked = [], []
    for _time in range(times):
        began, used = time.perf_counter(), time.process_time()
        client.get("/search/", {"q": typed})
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - used) * 1000)
    return {
        "reader": reader,
        "typed": typed,
        "record": record,
        "median": statistics.median(took),
        "worked": statistics.median(worked),
        "p95": sorted(took)[min(len(took) - 1, round(len(took) * 0.95))],
        "statements": statements,
        "found": answer.status_code == 200 and any(record in title for title in titles),
    }


def main(times: int) -> None:
    """Everything, as one line of JSON."""
    counts = fill()
    with translation.override("th"):
        lines = [ask(who, *pair, times) for who in ("province", "country") for pair in VECTORS]
    print(json.dumps({"counts": counts, "lines": lines}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
