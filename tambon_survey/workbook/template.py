"""The workbook to fill in: what is answered for each tambon, rosters with room for new rows, and the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column, Part, row_writer
from nakhon_network.lib.workbook import About, Sheet
from nakhon_network.templatetags.thai import thai_datetime
from tambon_survey.answers import TOPICS
from tambon_survey.models import Submission, Topic
from tambon_survey.resources import RESOURCES, SUBMISSIONS, area_columns
from tambon_survey.workbook.codebook import code_sheet, codes_of
from tambon_survey.workbook.files import XLSX, Made, make_file
from tambon_survey.workbook.scope import Scope, file_title, foot_of

# Lines for each tambon in each roster; whoever needs more copies one.
ROOM = 5


def make_template(scope: Scope) -> Made:
    """The file, to be sent back by the page it comes from."""
    with translation.override("th"):
        about = About(scope.title, foot_of(scope, made=str(thai_datetime(scope.now))), scope.user.label)
        title = _("To fill in, %(round)s") % {"round": file_title(scope)}
        return make_file(
            [_tambon(scope), *(_roster(topic, scope) for topic in TOPICS), _codes()], about, kind=XLSX, title=title
        )


def _sheet(code: str, title: str, columns: tuple[Column, ...], scope: Scope, rows: Any) -> Sheet:
    own: list[Part] = [column.parts(scope.style)[0] for column in columns]
    return Sheet(code, title, [*scope.place_parts, *own], rows, held=len(scope.place_parts))


def _tambon(scope: Scope) -> Sheet:
    """What stands is in it: an emptied cell of this sheet empties the answer."""
    columns = RESOURCES[SUBMISSIONS].entered()

    def rows() -> Iterator[list[Any]]:
        write = row_writer(columns, scope.style)
        for portion in scope.portions():
            found = Submission.objects.filter(pk__in=portion).values_list("pk", *(one.path for one in columns))
            by_key = {key: values for key, *values in found}
            yield from (scope.places[key] + write(by_key[key]) for key in portion)

    return _sheet(SUBMISSIONS, _("Tambon"), columns, scope, rows)


def _roster(topic: str, scope: Scope) -> Sheet:
    columns = RESOURCES[topic].entered()
    return _sheet(
        topic,
        str(Topic(topic).label),
        columns,
        scope,
        lambda: (place + [None] * len(columns) for place in scope.places.values() for _line in range(ROOM)),
    )


def _codes() -> Sheet:
    def rows() -> Iterator[list[Any]]:
        for code, title in ((SUBMISSIONS, _("Tambon")), *((topic, str(Topic(topic).label)) for topic in TOPICS)):
            yield from codes_of(title, (*area_columns(""), *RESOURCES[code].entered()))

    return code_sheet(rows)
