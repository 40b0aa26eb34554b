"""The register of questions over meetings, stories and activities: those nobody answered first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from meetings.discussion import name_of
from meetings.models import Comment
from meetings.models.discussion import QuestionState, Said
from nakhon_network.lib.thai_text import truncate
from organizations.models import District, User, Zone
from organizations.models.areas import Area
from tambon_survey.models import Remark

SHOWN = 160
MEETINGS, STORIES, ACTIVITIES = "meetings", "stories", "activities"
WHERE = ((MEETINGS, _("at meetings")), (STORIES, _("about stories")), (ACTIVITIES, _("about activities")))
_LABELS = {MEETINGS: _("Meeting"), STORIES: _("Story"), ACTIVITIES: _("Activity")}


@dataclass(frozen=True)
class Asked:
    """One question of the register: the row, its beginning, who asked as far as the reader learns it, how many whole
    days it waits."""

    question: Said
    text: str
    name: str
    kind: str
    days: int


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed to; empty: all."""

    state: str = ""
    where: str = ""
    place: Zone | District | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.state or self.where or self.place)


def _narrowed(found: Any, wanted: Wanted) -> Any:
    found = found.questions().in_state(wanted.state)
    if isinstance(wanted.place, Zone):
        return found.in_zone(wanted.place)
    return found.in_district(wanted.place) if wanted.place is not None else found


def _sources(user: User, wanted: Wanted) -> dict[str, Any]:
    """The questions one may read, as far as they are wanted, by where they were asked."""
    remarks = Remark.objects.visible_to(user)
    sources = {
        MEETINGS: Comment.objects.visible_to(user),
        STORIES: remarks.on_stories(),
        ACTIVITIES: remarks.on_activities(),
    }
    return {source: _narrowed(found, wanted) for source, found in sources.items() if wanted.where in ("", source)}


def register(user: User, wanted: Wanted) -> models.QuerySet[Any, dict[str, Any]]:
    """Keys of the questions one may read, (source, pk) in order: open ones, the longest silence first; then the
    others, the last first. One query."""
    rows = [_rows(found, source) for source, found in _sources(user, wanted).items()]
    return rows[0].union(*rows[1:], all=True).order_by("rank", "age", "-said_at", "source", "-pk")


def _rows(found: Any, source: str) -> Any:
    is_open = models.Q(state=QuestionState.OPEN)
    rank = models.Case(models.When(is_open, then=models.Value(0)), default=models.Value(1))
    age = models.Case(models.When(is_open, then="written_at"))
    return (
        found.order_by()
        .annotate(source=models.Value(source), rank=rank, age=age, said_at=models.F("written_at"))
        .values("source", "pk", "rank", "age", "said_at")
    )


def shown(rows: Iterable[dict[str, Any]], *, viewer: User, now: datetime) -> list[Asked]:
    """The questions of these rows of the register, in their order. Two queries at most."""
    rows = list(rows)
    models_of: dict[str, Any] = {MEETINGS: Comment, STORIES: Remark, ACTIVITIES: Remark}
    found: dict[tuple[str, int], Said] = {}
    for model in (Comment, Remark):
        keys = [row["pk"] for row in rows if models_of[row["source"]] is model]
        if keys:
            questions: Any = model.objects
            found |= {(model.__name__, one.pk): one for one in questions.of_keys(keys).with_people()}
    return [
        Asked(
            question=question,
            text=truncate(question.text, SHOWN),
            name=name_of(question, viewer),
            kind=str(_LABELS[row["source"]]),
            days=(now - question.written_at).days,
        )
        for row in rows
        if (question := found.get((models_of[row["source"]].__name__, row["pk"]))) is not None
    ]


def count_waiting(user: User) -> int:
    """How many questions one may read have no answer yet. One query."""
    return register(user, Wanted(state=QuestionState.OPEN)).count()


def number_waiting(user: User, area: Area) -> Any:
    """How many of a province, a zone or a district have no answer yet, as a column of another query."""
    place = area if isinstance(area, Zone | District) else None
    number: Any = models.Value(0)
    for found in _sources(user, Wanted(state=QuestionState.OPEN, place=place)).values():
        counted = found.order_by().values(all=models.Value(1)).annotate(number=models.Count("pk")).values("number")
        number = number + Coalesce(models.Subquery(counted), 0)
    return number
