"""The form fields behind each box of the entry page, one set for all rows; labels and limits come from the models."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import PhoneField, ThaiIntegerField
from tambon_survey.answers import FIELDS
from tambon_survey.models import ROSTERS, Answer, Submission, Topic

MOST_PEOPLE = 1_000_000


class TickField(forms.BooleanField):
    """A box with a tick or without; what a browser sends for either."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "required": False})

    def to_python(self, value: Any) -> bool:
        """True for true, "on", "true" and "1"; False for nothing and everything else."""
        return value is True or str(value).lower() in {"on", "true", "1"}


def _cell(model: Any, name: str) -> forms.Field:
    """The field of one column; nothing is required, since a draft may be saved with holes."""
    column = model._meta.get_field(name)
    if name == "phone":
        return PhoneField(required=False, label=column.verbose_name)
    kind = column.get_internal_type()
    if kind == "BooleanField":
        return TickField(label=column.verbose_name)
    if kind == "PositiveIntegerField":
        return ThaiIntegerField(required=False, max_value=MOST_PEOPLE, label=column.verbose_name)
    field = column.formfield()
    field.required = False
    return field


CELLS: dict[str, dict[str, forms.Field]] = {
    topic: {name: _cell(ROSTERS[Topic(topic)], name) for name in names} for topic, names in FIELDS.items()
}
HEAD: dict[str, forms.Field] = {name: _cell(Submission, name) for name in ("informant", "manner")}
TOPIC: dict[str, forms.Field] = {
    "answer": forms.ChoiceField(label=_("answer"), choices=Answer, required=False),
    "remark": _cell(Submission, "coordinators_remark"),
}
