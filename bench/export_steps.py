"""The steps of `bench.export`, each in a process of its own: `python -m bench.export_steps STEP FOLDER [TAMBON]`.

`make` fills the database of the environment; `ours`, `bare` and `stock` write the same cells and print what it took.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

import xlsxwriter  # type: ignore[import-untyped]  # noqa: E402  # comes without types
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from import_export.formats.base_formats import XLSX  # noqa: E402

from nakhon_network.lib.workbook import About, write_xlsx  # noqa: E402
from organizations.models import District, Tambon, User  # noqa: E402
from tambon_survey.answers import TOPICS  # noqa: E402
from tambon_survey.models import ROSTERS, Round, Submission, Topic  # noqa: E402
from tambon_survey.readiness import DEFAULT_RULE  # noqa: E402
from tambon_survey.resources import RESOURCES  # noqa: E402
from tambon_survey.workbook.files import round_sheets  # noqa: E402
from tambon_survey.workbook.scope import Scope  # noqa: E402
from tests.factories import make_holder, make_province, make_zone  # noqa: E402

PROVINCE, ZONES, TAMBON_IN_DISTRICT, ROWS_EACH = "80", 5, 100, 5
TEXT = "กลุ่มออมทรัพย์เพื่อการผลิตของหมู่บ้าน ทำต่อเนื่องมาหลายปี"
ROWS: dict[str, dict[str, Any]] = {
    "coordinators": {"name": TEXT[:30], "role": "ผู้ใหญ่บ้าน", "phone": "0812345678", "line": "namchai"},
    "activities": {"title": TEXT[:40], "what": TEXT, "since": "2006-12", "people": 60, "next_step": TEXT},
    "team": {"name": TEXT[:30], "role": "กรรมการ", "duty": TEXT[:40]},
    "agencies": {"name": TEXT[:40], "sector": "government", "kind": TEXT[:40], "since": "2006", "contact": TEXT[:20]},
}
# What is another in every row, as in life; the rest is said again and again.
OF_ITS_OWN = ("name", "title", "what", "next_step", "duty", "line", "contact")


# ---- the database ----------------------------------------------------------------------------------------------------
def make(tambon: int) -> None:
    """A round of one large province, every tambon with five rows in each roster."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    with transaction.atomic():
        province = make_province(PROVINCE)
        zones = [make_zone(province, number) for number in range(1, ZONES + 1)]
        make_holder("staff", "provincial-team", province)
        districts = [
            District(code=f"{PROVINCE}{at:02}", name_th=f"อำเภอ{at}", province=province, zone=zones[at % ZONES])
            for at in range(-(-tambon // TAMBON_IN_DISTRICT))
        ]
        tambons = [
            Tambon(code=f"{districts[at // TAMBON_IN_DISTRICT].pk}{at % TAMBON_IN_DISTRICT:02}", name_th=f"ตำบล{at}")
            for at in range(tambon)
        ]
        for area in [*districts, *tambons]:
            area.refresh_keys()
        for area in tambons:
            area.district_id = area.pk[:4]
        District.objects.bulk_create(districts)
        Tambon.objects.bulk_create(tambons)
        open_round(tambons)


def open_round(tambons: list[Tambon]) -> None:
    """Straight into the tables."""
    now = timezone.now()
    made = Round.objects.create(
        province_id=PROVINCE,
        name="รอบวัดความเร็ว",
        opens_at=now - timedelta(days=1),
        on_time_by=now + timedelta(days=9),
        closes_at=now + timedelta(days=10),
        opened_at=now,
        rule=DEFAULT_RULE,
    )
    facts: dict[str, Any] = {f"{topic}_answer": "has" for topic in TOPICS}
    facts |= {f"{topic}_rows": ROWS_EACH for topic in TOPICS}
    asked = [Submission(round=made, tambon=one, state="draft", filled=4, **facts) for one in tambons]
    Submission.objects.bulk_create(asked)
    for topic, values in ROWS.items():
        model: Any = ROSTERS[Topic(topic)]
        rows = (
            model(submission=one, position=at, **_own(values, one.pk, at)) for one in asked for at in range(ROWS_EACH)
        )
        model.objects.bulk_create(rows, batch_size=500)


def _own(values: dict[str, Any], number: int, at: int) -> dict[str, Any]:
    own = {name: f"{text} {number}/{at}" for name, text in values.items() if name in OF_ITS_OWN}
    return values | own | ({"phone": f"08{number * ROWS_EACH + at:08}"} if "phone" in values else {})


# ---- what is measured ------------------------------------------------------------------------------------------------
def scope() -> Scope:
    """The whole round with contacts, as province staff."""
    return Scope(Round.objects.get(), User.objects.get(username="staff"), timezone.now(), contacts=True)


def ours(folder: Path) -> dict[str, float]:
    """The workbook as it is downloaded."""
    return measured(lambda: _write(folder))


def _write(folder: Path) -> None:
    with (folder / "ours.xlsx").open("wb") as file:
        write_xlsx(file, round_sheets(scope()), About("", ""))


def bare(folder: Path) -> dict[str, float]:
    """The same cells, ready in memory, by XlsxWriter and nothing else."""
    sheets = [
        ([part.heading for part in one.parts], [list(row) for row in one.rows()]) for one in round_sheets(scope())
    ]
    took = measured(lambda: _write_bare(folder, sheets))
    counted = [row for _heads, rows in sheets for row in rows]
    return took | {"rows": len(counted), "cells": sum(cell not in (None, "") for row in counted for cell in row)}


def _write_bare(folder: Path, sheets: list[tuple[list[str], list[list[Any]]]]) -> None:
    book = xlsxwriter.Workbook(str(folder / "bare.xlsx"), {"constant_memory": True})
    for heads, rows in sheets:
        page = book.add_worksheet()
        for number, row in enumerate([heads, *rows]):
            for at, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    page.write_string(number, at, cell)
                elif isinstance(cell, int):
                    page.write_number(number, at, cell)
    book.close()


def stock(folder: Path) -> dict[str, float]:
    """The same resources by django-import-export's own export to XLSX."""
    return measured(lambda: _write_stock(folder))


def _write_stock(folder: Path) -> None:
    for name, made in RESOURCES.items():
        model: Any = made._meta.model
        path = "tambon__district__zone" if model is Submission else "submission__tambon__district__zone"
        dataset = made().export(model.objects.select_related(path))
        (folder / f"{name}.xlsx").write_bytes(XLSX().export_data(dataset))


def measured(work: Callable[[], None]) -> dict[str, float]:
    """Seconds of processor time and by the clock, and by how many megabytes the process grew at its largest."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    before = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    began, clock = time.process_time(), time.monotonic()
    work()
    seconds, waited = time.process_time() - began, time.monotonic() - clock
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": seconds, "waited": waited, "megabytes": grown}


if __name__ == "__main__":
    asked, where = sys.argv[1], Path(sys.argv[2])
    with translation.override("th"):
        if asked == "make":
            make(int(sys.argv[3]))
        else:
            print(json.dumps({"ours": ours, "bare": bare, "stock": stock}[asked](where)))
