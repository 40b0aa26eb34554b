"""The survey's sheets: one definition of their columns, for export, import, templates and codebook alike.

A sheet of tambon (one row each) and one for each roster (one row each of its rows). Every row says in which zone,
district and tambon it is, by code and by name. django-import-export reads the same columns as resources; the workbook
takes the quick road: tuples from the database and a renderer a column, no model instances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets

from nakhon_network.lib.columns import Column, Kind, Style, model_column
from organizations.models import District, Tambon, Zone
from tambon_survey.answers import FIELDS, TOPICS
from tambon_survey.forms.entry import CELLS, HEAD, TOPIC
from tambon_survey.models import ROSTERS, Activity, Coordinator, RosterRow, Submission, Support, TeamMember, Topic

SUBMISSIONS = "submissions"
# Columns that say how somebody is reached; they go out for who may have them and asks for them.
CONTACTS = frozenset({("coordinators", "phone"), ("coordinators", "line"), ("agencies", "contact")})
_WIDTHS = {
    "name": 26,
    "title": 30,
    "what": 44,
    "next_step": 36,
    "group": 26,
    "role": 20,
    "duty": 28,
    "kind": 28,
    "contact": 24,
    "informant": 24,
    "phone": 13,
    "position": 8,
    "since": 17,
    "households": 10,
    "people": 10,
    "needs_other": 22,
}


def _width(name: str) -> int:
    return 30 if name.endswith("_remark") else _WIDTHS.get(name, 14)


def area_columns(prefix: str) -> tuple[Column, ...]:
    """Zone, district and tambon, number or code and name; `prefix` leads from a row to the tambon."""
    district = f"{prefix}tambon__district__"
    return (
        model_column(
            Zone, "number", code="zone_number", path=f"{district}zone__number", label=_("zone number"), width=8
        ),
        model_column(Zone, "name_th", code="zone_name", path=f"{district}zone__name_th", label=_("zone"), width=20),
        model_column(
            District, "code", code="district_code", path=f"{district}code", label=_("district code"), kind=Kind.TEXT,
            width=9,
        ),
        model_column(
            District, "name_th", code="district_name", path=f"{district}name_th", label=_("district"), width=18
        ),
        model_column(
            Tambon, "code", code="tambon_code", path=f"{prefix}tambon__code", label=_("tambon code"), kind=Kind.TEXT,
            width=10,
        ),
        model_column(
            Tambon, "name_th", code="tambon_name", path=f"{prefix}tambon__name_th", label=_("tambon"), width=18
        ),
    )  # fmt: skip


def _submission(name: str) -> Column:
    return model_column(Submission, name, field=HEAD.get(name) or _topic_field(name), width=_width(name))


def _topic_field(name: str) -> Any:
    topic, _under, part = name.partition("_")
    return TOPIC.get(part) if topic in FIELDS else None


_STANDING = ("state", "filled", "readiness")
_SENT = ("submitted_at", "fix_by", "saved_at")


def submission_columns() -> tuple[Column, ...]:
    """One row a tambon: where it stands, who answered, and topic by topic the answer, the remark and the verdict."""
    names = [*_STANDING, *HEAD]
    for topic in TOPICS:
        names += [f"{topic}_{part}" for part in ("answer", "rows", "verdict", "remark")]
    return (*area_columns(""), *(_submission(name) for name in (*names, *_SENT)))


def roster_columns(topic: str) -> tuple[Column, ...]:
    """One row a roster row: its key, its place in the list, and what the entry form asks."""
    model = ROSTERS[Topic(topic)]
    own = (
        model_column(
            model,
            name,
            field=CELLS[topic][name],
            is_contact=(topic, name) in CONTACTS,
            width=_width(name),
        )
        for name in FIELDS[topic]
    )
    return (
        *area_columns("submission__"),
        model_column(model, "position", kind=Kind.PLACE, width=_width("position")),
        *own,
        model_column(model, "standing", width=16),
        model_column(model, "id", label=_("row key"), width=38),
    )


class CellWidget(widgets.Widget):  # type: ignore[misc]  # import-export comes without types
    """One column for django-import-export, both ways."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self._render = column.parts(Style.LABELS)[0].render

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The value a cell means."""
        return value if self.column.field is None else self.column.read(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The cell of a value."""
        return "" if value is None else self._render(value) if self._render else value


class SheetResource(resources.ModelResource):
    """A sheet of the survey. `columns` is all there is to know of it."""

    columns: ClassVar[tuple[Column, ...]] = ()
    topic: ClassVar[str] = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {
            column.code: fields.Field(
                attribute=column.path,
                column_name=column.heading,
                widget=CellWidget(column),
                readonly=column.field is None and column.kind != Kind.KEY,
            )
            for column in self.columns
        }

    @classmethod
    def chosen(cls, *, contacts: bool) -> tuple[Column, ...]:
        """The columns that go out, with or without those that say how somebody is reached."""
        return tuple(column for column in cls.columns if contacts or not column.is_contact)

    @classmethod
    def entered(cls) -> tuple[Column, ...]:
        """The columns a sheet may bring in."""
        return tuple(column for column in cls.columns if column.field is not None)

    @classmethod
    def column(cls, code: str) -> Column:
        """One column by its code."""
        return next(one for one in cls.columns if one.code == code)

    @classmethod
    def tuples(cls, rows: QuerySet[Any], columns: Iterable[Column]) -> Iterable[tuple[Any, ...]]:
        """The values of rows, one a column, read in portions: no model instance is made."""
        return rows.values_list(*(column.path for column in columns)).iterator(chunk_size=2000)


class SubmissionResource(SheetResource):
    """One row a tambon; known by the tambon's code."""

    columns = submission_columns()

    class Meta:
        model = Submission
        fields = ()
        import_id_fields = ("tambon_code",)


class RosterResource(SheetResource):
    """Rows of a roster; known by their UUID."""

    class Meta:
        model: type[RosterRow]
        fields = ()
        import_id_fields = ("id",)


class CoordinatorResource(RosterResource):
    """แกนประสาน."""

    topic = "coordinators"
    columns = roster_columns("coordinators")

    class Meta(RosterResource.Meta):
        model = Coordinator


class ActivityResource(RosterResource):
    """กิจกรรมเด่น."""

    topic = "activities"
    columns = roster_columns("activities")

    class Meta(RosterResource.Meta):
        model = Activity


class TeamResource(RosterResource):
    """คณะทำงาน."""

    topic = "team"
    columns = roster_columns("team")

    class Meta(RosterResource.Meta):
        model = TeamMember


class SupportResource(RosterResource):
    """หน่วยงานสนับสนุน."""

    topic = "agencies"
    columns = roster_columns("agencies")

    class Meta(RosterResource.Meta):
        model = Support


RESOURCES: Mapping[str, type[SheetResource]] = {
    SUBMISSIONS: SubmissionResource,
    **{one.topic: one for one in (CoordinatorResource, ActivityResource, TeamResource, SupportResource)},
}
