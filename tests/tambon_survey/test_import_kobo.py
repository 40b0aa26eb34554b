"""Data files of Kobo and ODK, as they come of the questionnaire of a round: the place said once reaches every row."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tambon_survey.actions import importing
from tambon_survey.importing import plan_file
from tests.factories import make_round, make_submission
from tests.tambon_survey.test_importing import at_once  # noqa: F401

# The answers of two tambon, zone 3: names of the questionnaire → code, label.
SAID = [
    {
        "district_code": ("8012", "ปากพนัง"),
        "tambon_code": ("801217", "ปากแพรก"),
        "informant": ("กำนัน", "กำนัน"),
        "team_answer": ("has", "มี"),
        "team": [{"name": ("สมศรี", "สมศรี")}, {"name": ("ทองดี", "ทองดี"), "role": ("เลขา", "เลขา")}],
    },
    {
        "district_code": ("8006", "เชียรใหญ่"),
        "tambon_code": ("800601", "เชียรใหญ่"),
        "manner": ("phone", "ทางโทรศัพท์"),
        "agencies_answer": ("has", "มี"),
        "agencies": [{"name": ("อบต.", "อบต."), "sector": ("government", "ราชการ"), "since": ("2566-01-05",) * 2}],
    },
]
FOUND = {
    ("801217", "submissions", ""),
    ("801217", "team", "สมศรี"),
    ("801217", "team", "ทองดี"),
    ("800601", "submissions", ""),
    ("800601", "agencies", "อบต."),
}
MORE = ["start", "end", "_submission_time", "_validation_status", "__version__", "_tags"]


@dataclass
class Part:
    """The main table or a repeat of the questionnaire: (name, path, label) of each question."""

    name: str = ""
    label: str = ""
    questions: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture
def survey_round(places):
    made = make_round(places.province)
    for code in ("801217", "800601", "800304"):
        make_submission(made, places.tambons[code])
    return made


@pytest.fixture
def parts(survey_round, cast, sign_in) -> list[Part]:
    """What the questionnaire asks, read from the form that Kobo and ODK are given."""
    answer = sign_in(cast.zone3).get(reverse("round_xlsform", args=[survey_round.pk]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads, *rows = book["survey"].iter_rows(values_only=True)
    main, groups, found = Part(), [], []
    for row in (dict(zip(heads, one, strict=True)) for one in rows):
        name, label = row["name"], row["label::ไทย (th)"]
        if row["type"].startswith("begin"):
            groups.append(name)
        elif row["type"].startswith("end"):
            groups.pop()
        else:
            (found[-1] if found and found[-1].name in groups else main).questions.append(
                (name, "/".join([*groups, name]), label)
            )
        if row["type"] == "begin repeat":
            found.append(Part(name, label))
    return [main, *found]


@pytest.fixture
def plan(survey_round, cast):
    """What becomes of a file of zone 3: the batch and its findings as (tambon, what it holds, name)."""

    def planned(content: bytes, name: str = "kobo.xlsx"):
        file = ContentFile(content, name=name)
        batch = importing.receive(survey_round, file=file, by=cast.zone3, now=timezone.now())
        batch.refresh_from_db()
        assert batch.state == "shown", batch.problem
        found = plan_file.page(batch, start=0, count=50)
        tambons = dict(survey_round.submissions.values_list("pk", "tambon"))
        return batch, {(tambons.get(one.submission), one.holds, one.name) for one in found}

    return planned


def kobo(parts: list[Part], *, heads: str, said: int, parent: list[str]) -> bytes:
    """A workbook as Kobo gives it: headings by path or label, choices by code (0) or label (1)."""
    book = Workbook()
    for sheet, rows in tables(parts, heads=heads, said=said, parent=parent).items():
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(row)
    del book["Sheet"]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def tables(parts: list[Part], *, heads: str, said: int, parent: list[str]) -> dict[str, list[list[object]]]:
    main, *repeats = parts
    at = {"path": 1, "label": 2}[heads]
    title = "แบบสำรวจตำบล: คณะทำงานและอื่น ๆ"[:31].replace(":", "")
    found = {title: [[*MORE, *(one[at] for one in main.questions), "sector/government", "_id", "_uuid", "_index"]]}
    for number, answer in enumerate(SAID, start=1):
        cells = [answer.get(name, ("", ""))[said] for name, _path, _label in main.questions]
        found[title].append(
            [*("2026-01-01T10:00:00.000+07:00" for _one in MORE), *cells, 1, 500 + number, f"u-{number}", number]
        )
    for repeat in repeats:
        index = 0
        sheet = found.setdefault(
            repeat.name, [[*(one[at] for one in repeat.questions), "_index", *parent, "_submission___version__"]]
        )
        for number, answer in enumerate(SAID, start=1):
            told = {
                "_submission__id": 500 + number,
                "_submission__uuid": f"u-{number}",
                "_parent_index": number,
                "_parent_table_name": title,
            }
            for row in answer.get(repeat.name, []):
                index += 1
                cells = [row.get(name, ("", ""))[said] for name, _path, _label in repeat.questions]
                sheet.append([*cells, index, *(told[one] for one in parent), "v1"])
    return found


def odk(parts: list[Part]) -> bytes:
    """An archive as ODK Central gives it: a file a table, its repeats first as a folder sorts them, and a picture."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("media/1700000000.jpg", b"\xff\xd8")
        for repeat in parts[1:]:
            rows = [
                [*(row.get(name, ("",))[0] for name, _path, _label in repeat.questions), f"uuid:{number}",
                 f"uuid:{number}/{repeat.name}[{at}]"]
                for number, answer in enumerate(SAID)
                for at, row in enumerate(answer.get(repeat.name, []), start=1)
            ]  # fmt: skip
            heads = [*(name for name, _path, _label in repeat.questions), "PARENT_KEY", "KEY"]
            made.writestr(f"tambon_survey_3-{repeat.name}.csv", lines([heads, *rows]))
        names = [name for name, _path, _label in parts[0].questions]
        heads = ["SubmissionDate", *(path.replace("/", "-") for _name, path, _label in parts[0].questions)]
        rows = [
            ["2026-01-01", *(one.get(name, ("",))[0] for name in names), f"uuid:{at}"] for at, one in enumerate(SAID)
        ]
        made.writestr("tambon_survey_3.csv", lines([[*heads, "KEY"], *rows]))
    return target.getvalue()


def lines(rows: list[list[object]]) -> str:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize(
    ("heads", "said", "parent"),
    [
        ("path", 0, ["_parent_table_name", "_parent_index"]),
        ("label", 0, ["_parent_index"]),
        ("path", 1, ["_submission__uuid", "_parent_table_name", "_parent_index"]),
        ("label", 1, ["_submission__id"]),
    ],
)
def test_rows_of_repeats_are_of_the_place_of_their_answer(parts, plan, heads, said, parent):
    batch, found = plan(kobo(parts, heads=heads, said=said, parent=parent))
    assert found == FOUND and set(batch.counts) == {"new", "changed"}


def test_the_tables_may_come_as_an_archive_of_csv(parts, plan):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        found = tables(parts, heads="path", said=1, parent=["_parent_table_name", "_parent_index"])
        for name, rows in sorted(found.items()):
            made.writestr(f"export/{name}.csv", "\ufeff" + lines(rows))
    _batch, found = plan(target.getvalue(), "kobo.zip")
    assert found == FOUND


def test_odk_files_come_in_any_order_and_with_their_pictures(parts, plan):
    _batch, found = plan(odk(parts), "odk.zip")
    assert found == FOUND


def test_what_a_tool_notes_for_itself_is_left_out_and_named(parts, plan):
    batch, _found = plan(kobo(parts, heads="path", said=0, parent=["_submission__uuid"]))
    main, *_repeats = importing.layouts_of(batch)
    assert main.unread == [*MORE, "sector/government"]


def test_a_column_for_each_answer_of_a_question_is_no_question(plan):
    said = "tambon_code,manner,manner/phone,manner/team_remark\n801217,phone,1,0\n"
    batch, found = plan(said.encode(), "แบบสำรวจ.csv")
    assert importing.layouts_of(batch)[0].meanings == ("tambon_code", "manner", "", "")
    assert found == {("801217", "submissions", "")}


def test_a_row_whose_answer_is_not_in_the_file_is_of_no_place(parts, plan):
    content = kobo(parts, heads="path", said=0, parent=["_submission__uuid"])
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0].delete_rows(3)
    target = io.BytesIO()
    book.save(target)
    batch, found = plan(target.getvalue())
    assert batch.counts["unmatched"] == 1 and (None, "agencies", "") in found


def test_two_answers_about_one_tambon_are_not_mixed(plan):
    said = "tambon_code,informant,manner\n801217,ก,phone\n801217,ข,phone\n"
    batch, _found = plan(said.encode(), "แบบสำรวจ.csv")
    assert batch.counts == {"changed": 1, "error": 1}
