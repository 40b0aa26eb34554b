"""The steps of `bench.imports`, each in a process of its own: `python -m bench.import_steps STEP FOLDER [TAMBON]`.

`make` fills the database of the environment, writes its workbook and empties the forms again, as `empty` does; `ours`
and `stock` bring the same rows back in and print what it took.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

import tablib  # type: ignore[import-untyped]  # noqa: E402  # comes without types
from django.db import connection  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from bench.export_steps import make, measured, scope  # noqa: E402
from bench.export_steps import ours as write_workbook  # noqa: E402
from nakhon_network.lib.columns import thai  # noqa: E402
from tambon_survey.actions import importing  # noqa: E402
from tambon_survey.importing import jobs, plan_file  # noqa: E402
from tambon_survey.models import ROSTERS, ImportBatch, Submission, Topic  # noqa: E402
from tambon_survey.resources import RESOURCES, CellWidget  # noqa: E402

State = ImportBatch.State


def prepare(folder: Path, tambon: int) -> None:
    """A workbook of a full round, and the round as if nobody had begun."""
    make(tambon)
    write_workbook(folder)
    empty()


def empty() -> None:
    """The forms as if nobody had begun."""
    for model in ROSTERS.values():
        model.objects.all().delete()
    Submission.objects.update(state="not_started", filled=0, **{f"{topic}_answer": "not_asked" for topic in ROSTERS})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def ours(folder: Path) -> dict[str, float]:
    """Read, planned row by row, and written: what the process behind the page of a file does."""
    jobs.limit()
    found = scope()
    batch = ImportBatch(round=found.round, original_name="ours.xlsx", made_by=found.user, applied_by=found.user)
    batch.file.name = "imports/ours.xlsx"
    plan_file.path_of(batch).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "ours.xlsx", batch.file.path)
    batch.save(force_insert=True)
    took = measured(lambda: _bring_in(batch))
    rows = sum(model.objects.count() for model in ROSTERS.values())
    return took | {"rows": rows, "identical": _is_identical(folder)}


def _is_identical(folder: Path) -> bool:
    """Whether the rosters go out again as they came in."""
    written = folder / "ours.xlsx"
    before = written.rename(folder / "before.xlsx")
    write_workbook(folder)
    books = [CalamineWorkbook.from_path(path) for path in (before, written)]
    return all(
        books[0].get_sheet_by_name(name).to_python() == books[1].get_sheet_by_name(name).to_python()
        for name in map(_sheet_of, ROSTERS)
    )


def _sheet_of(topic: str) -> str:
    return thai(Topic(topic).label)[:31]


def _bring_in(batch: ImportBatch) -> None:
    importing.read_file(batch, now=timezone.now())
    if batch.state != State.SHOWN or set(batch.counts) - {"new", "changed", "same"}:
        raise SystemExit(f"{batch.state} {batch.counts} {batch.problem}")
    batch.state = State.APPLYING
    batch.save()
    importing.apply(batch, now=timezone.now())


class _Form(widgets.Widget):  # type: ignore[misc]
    """The form of the row's tambon, looked up once for all."""

    known: dict[str, Submission] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.known[str(value)]


def stock(folder: Path) -> dict[str, Any]:
    """The rosters of the same file by django-import-export, with the checks of the models.

    As its admin pages do it: a dry run to look at, then the file once more to be kept. Its own reader of workbooks,
    slower than ours, is left out.
    """
    _Form.known = {one.tambon_id: one for one in Submission.objects.all()}
    preview = measured(lambda: _stock_import(folder, dry_run=True))
    return {"preview": preview, "once": measured(lambda: _stock_import(folder, dry_run=False))}


def _stock_import(folder: Path, *, dry_run: bool) -> None:
    book = CalamineWorkbook.from_path(folder / "ours.xlsx")
    for topic, model in ROSTERS.items():
        head, *rows = book.get_sheet_by_name(_sheet_of(topic)).to_python()
        made = _stock_resource(topic, model)
        result = made().import_data(tablib.Dataset(*rows, headers=head), dry_run=dry_run, raise_errors=True)
        if result.has_errors() or result.has_validation_errors():
            raise SystemExit(f"{topic}: {result.row_errors()[:1]}")


def _stock_resource(topic: str, model: Any) -> Any:
    columns = RESOURCES[topic].columns
    own: dict[str, Any] = {
        column.code: fields.Field(attribute=column.code, column_name=column.heading, widget=CellWidget(column))
        for column in columns
        if column.field is not None
    }
    heading = RESOURCES[topic].column("id").heading
    own["id"] = fields.Field(attribute="id", column_name=heading, widget=widgets.CharWidget())
    where = RESOURCES[topic].column("tambon_code").heading
    own["submission"] = fields.Field(attribute="submission", column_name=where, widget=_Form())
    facts = {"model": model, "fields": tuple(own), "import_id_fields": ("id",)}
    meta = type("Meta", (), facts | {"clean_model_instances": True, "skip_unchanged": True})
    return type(f"Stock{topic}", (resources.ModelResource,), own | {"Meta": meta})


if __name__ == "__main__":
    asked, where = sys.argv[1], Path(sys.argv[2])
    with translation.override("th"):
        if asked == "make":
            prepare(where, int(sys.argv[3]))
        elif asked == "empty":
            empty()
        else:
            print(json.dumps({"ours": ours, "stock": stock}[asked](where)))
