"""The workbooks to fill in: of a round, what is answered for each tambon and rosters with room for new rows; of the
directory, room for bodies and what they offer and need. Behind both the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from nakhon_network.lib.columns import Column, Part, Style, row_writer
from nakhon_network.lib.workbook import About, Sheet
from nakhon_network.templatetags.thai import thai_datetime
from organizations.models import User
from tambon_survey.answers import TOPICS
from tambon_survey.directory_resources import DIRECTORY, INCOMING, TITLES, home_columns
from tambon_survey.models import Submission, Topic
from tambon_survey.resources import RESOURCES, SUBMISSIONS, area_columns
from tambon_survey.workbook.codebook import code_sheet, codes_of
from tambon_survey.workbook.files import XLSX, Made, make_file
from tambon_survey.workbook.scope import Scope, file_title, foot_of

# Lines for each tambon in each roster; whoever needs more copies one.
ROOM = 5
# Lines for bodies, offers and needs.
ROOM_OF_DIRECTORY = 200


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


def make_directory_template(*, by: User, now: datetime) -> Made:
    """The workbook of bodies, offers and needs, empty."""
    with translation.override("th"):
        title = _("Organizations to fill in")
        foot = _("made %(when)s by %(who)s") % {"when": thai_datetime(now), "who": by.label}
        sheets = [_empty(code) for code in INCOMING]
        codebook = code_sheet(
            lambda: (row for code in INCOMING for row in codes_of(_title(code), columns_to_fill(code)))
        )
        return make_file([*sheets, codebook], About(title, foot, by.label), kind=XLSX, title=title)


def columns_to_fill(code: str) -> tuple[Column, ...]:
    """What a person writes of a body, an offer or a need: without keys and what only goes out."""
    wanted = {*(one.code for one in home_columns()), "organization"}
    return tuple(one for one in DIRECTORY[code].columns if one.field is not None or one.code in wanted)


def _title(code: str) -> str:
    return str(TITLES[code])


def _empty(code: str) -> Sheet:
    # One column for a date: whoever fills it in writes it once.
    parts = [column.parts(Style.LABELS)[0] for column in columns_to_fill(code)]
    return Sheet(code, _title(code), parts, lambda: ([None] * len(parts) for _line in range(ROOM_OF_DIRECTORY)), held=1)
