"""Makes what is measured: `python -m bench.data TAMBON` fills the database of the environment and prints facts as JSON.

50 and 170 tambon are the province's own; more means the whole country, each province with a round over all its tambon.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import timedelta

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
from organizations.models import Province, Tambon, User  # noqa: E402
from organizations.reference import apply_plan, plan_province, province_codes  # noqa: E402
from tambon_survey.answers import TOPICS  # noqa: E402
from tambon_survey.models import (  # noqa: E402
    Activity,
    Coordinator,
    RosterRow,
    Round,
    State,
    Submission,
    Support,
    TeamMember,
)
from tambon_survey.readiness import DEFAULT_RULE  # noqa: E402

OWN = "800304"
ROWS_EACH = 15
TEXT = "กลุ่มออมทรัพย์เพื่อการผลิตของหมู่บ้าน ทำต่อเนื่องมาหลายปี"


def main(tambon: int) -> None:
    """Fill the database; print who signs in how and where the pages are."""
    compile_catalogues()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    with translation.override("th"), transaction.atomic():
        make_demo(password=uuid.uuid4().hex)
        Round.objects.update(closes_at=timezone.now(), on_time_by=timezone.now() - timedelta(minutes=1))
        fill(tambon)
    submission = Submission.objects.select_related("round", "tambon__district").get(
        tambon=OWN, round__name="รอบวัดความเร็ว"
    )
    print(json.dumps(facts(submission)))


def fill(tambon: int) -> None:
    """A round in each province with as many tambon as are asked for, and sixty rows in the tambon that is measured."""
    own = Province.objects.get(pk=OWN[:2])
    if tambon > 170:
        for code in province_codes():
            plan = plan_province(code)
            if plan.added:
                apply_plan(plan)
    for province in Province.objects.all():
        there = Tambon.objects.in_province(province)
        chosen = there.in_focus(timezone.localdate()) if tambon <= 50 else there
        if province == own or tambon > 170:
            open_round(province, list(chosen))
    fill_in(Submission.objects.get(tambon=OWN, round__name="รอบวัดความเร็ว"))


def open_round(province: Province, tambons: list[Tambon]) -> None:
    """Straight into the tables: states in turn, so that boards have something to count."""
    now = timezone.now()
    made = Round.objects.create(
        province=province,
        name="รอบวัดความเร็ว",
        opens_at=now - timedelta(days=1),
        on_time_by=now + timedelta(days=9),
        closes_at=now + timedelta(days=10),
        opened_at=now,
        rule=DEFAULT_RULE,
    )
    states = (State.NOT_STARTED, State.DRAFT, State.SUBMITTED, State.APPROVED)
    Submission.objects.bulk_create(
        Submission(round=made, tambon=tambon, state=State.DRAFT if tambon.pk == OWN else states[at % 4], filled=at % 5)
        for at, tambon in enumerate(tambons)
    )


def fill_in(submission: Submission) -> None:
    """Fifteen rows in each of the four rosters."""
    kinds: list[tuple[type[RosterRow], dict[str, object]]] = [
        (Coordinator, {"name": TEXT[:40], "role": "ผู้ใหญ่บ้าน", "phone": "0812345678"}),
        (Activity, {"title": TEXT[:60], "what": TEXT, "next_step": TEXT, "households": 20, "people": 60}),
        (TeamMember, {"name": TEXT[:40], "role": "กรรมการ", "duty": TEXT[:50]}),
        (Support, {"name": TEXT[:40], "sector": "government", "kind": TEXT[:50]}),
    ]
    for model, values in kinds:
        model.objects.bulk_create(
            model(submission=submission, position=at, **values)
            for at in range(ROWS_EACH)  # type: ignore[misc]
        )
    for topic in TOPICS:
        setattr(submission, f"{topic}_answer", "has")
    submission.summarize(submission.answers())
    submission.save()


def facts(submission: Submission) -> dict[str, object]:
    """What the measuring side needs to know."""
    return {
        "submission": submission.pk,
        "round": submission.round_id,
        "zone": submission.tambon.district.zone_id,
        "activity": str(submission.activities.in_order()[0].pk),
        "team": [str(row.pk) for row in submission.team.in_order()],
        "cookies": {name: session(name) for name in ("tambon", "zone2", "province")},
        "statements": statements(submission),
    }


def statements(submission: Submission) -> dict[str, int]:
    """How often each thing that is measured asks the database, sign-in and access included."""
    board = f"/rounds/{submission.round_id}/"
    zone = f"{board}zones/{submission.tambon.district.zone_id}/"
    pages = [("entry", "tambon", f"/submissions/{submission.pk}/entry/"), ("zone", "zone2", zone)]
    pages += [("province", "province", board), ("home", "province", "/")]
    row = str(submission.team.in_order()[0].pk)
    delta = {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "rows": {row: {"duty": TEXT[:40]}}}
    found = {}
    for name, who, path in [*pages, ("save", "tambon", f"/submissions/{submission.pk}/save/")]:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(User.objects.get(username=who))
        client.get("/account/")  # the first visit writes when it was
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(path, delta, "application/json") if name == "save" else client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        found[name] = len(asked)
    return found


def session(username: str) -> str:
    """The cookie header of a signed-in account."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=username))
    return "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())


if __name__ == "__main__":
    main(int(sys.argv[1]))
