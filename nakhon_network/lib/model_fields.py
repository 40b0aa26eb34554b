"""Model fields for Thai text and dates."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib import form_fields, thai_dates
from nakhon_network.lib.thai_dates import END_OF_DATES, DateProblem, PartialDate
from nakhon_network.lib.thai_text import clean

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
    _PartialCharField = models.CharField[PartialDate | str, PartialDate]
    _DateField = models.DateField[date | str, date]
    _BinaryField = models.BinaryField[bytes, bytes]
else:
    _CharField = _PartialCharField = models.CharField
    _TextField = models.TextField
    _DateField = models.DateField
    _BinaryField = models.BinaryField


class SortKeyField(_BinaryField):
    """A stored key of `thai_text.sort_key` or `names.person_sort_key`; the value is always `bytes`.

    Binary, because PostgreSQL text cannot hold the NUL between the parts of a key, and binary order is
    the same on every database, whatever its collation. Not editable; may be indexed.
    """

    def from_db_value(self, value: Any, *_database: Any) -> bytes | None:
        """`bytes`, where PostgreSQL's driver gives a memoryview."""
        return None if value is None else bytes(value)


class CleanCharField(_CharField):
    """A one-line text, stored as `thai_text.clean` leaves it."""

    def to_python(self, value: Any) -> Any:
        """The cleaned text."""
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean, so that the instance holds what the database does."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        """A `ThaiCharField`, unless there are choices."""
        return super().formfield(**{"form_class": form_fields.ThaiCharField, **kwargs})


class CleanTextField(_TextField):
    """A text of several lines, stored as `thai_text.clean` leaves it; `max_length` is held by forms."""

    def to_python(self, value: Any) -> Any:
        """The cleaned text."""
        value = super().to_python(value)
        return clean(value, multiline=True) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean, so that the instance holds what the database does."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        """A `ThaiCharField` of several lines, unless there are choices."""
        return super().formfield(**{"form_class": form_fields.ThaiCharField, "multiline": True, **kwargs})


class PartialDateField(_PartialCharField):
    """A `PartialDate`, stored as its ISO text, so that the column's order is the order of the dates."""

    empty_values = [*models.Field.empty_values, PartialDate()]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("default", PartialDate)
        super().__init__(*args, **kwargs)
        # The length is that of the stored text; a `PartialDate` has none.
        self.validators = [one for one in self.validators if not isinstance(one, MaxLengthValidator)]

    def deconstruct(self) -> Any:
        """Without what is always the same."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        if kwargs.get("default") is PartialDate:
            del kwargs["default"]
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        """A `PartialDate` from ISO text or a date; ValidationError for anything else."""
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.from_iso(value.isoformat() if isinstance(value, date) else str(value))
        except DateProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem

    def from_db_value(self, value: Any, *_database: Any) -> PartialDate | None:
        """A `PartialDate` from the stored text."""
        return None if value is None else PartialDate.from_iso(value)

    def get_prep_value(self, value: Any) -> Any:
        """ISO text; other text as it is, since one may look for the beginning of a date."""
        return value if value is None or isinstance(value, str) else self.to_python(value).to_iso()

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What is stored must be a date."""
        if isinstance(value, str):
            value = self.to_python(value)
        return super().get_db_prep_save(value, connection)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Settle the attribute, so that the instance holds what the database does."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """ISO text, for serializers."""
        value = self.to_python(self.value_from_object(obj))
        return value.to_iso() if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        """The form field of the same name."""
        shown = {
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "initial": self.get_default(),
        }
        return form_fields.PartialDateField(**{"required": not self.blank, **shown, **kwargs})


class BoundedDateField(_DateField):
    """A date from 1900 to 2199 CE, typed by people in พ.ศ.; give the model a `date_bounds_constraint` too."""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what the constraint would."""
        super().validate(value, model_instance)
        if value is not None:
            try:
                thai_dates.check_bounds(value)
            except DateProblem as problem:
                raise ValidationError(problem.message, code=problem.code) from problem

    def formfield(self, **kwargs: Any) -> Any:
        """The one date field; a picker that somebody puts in its place (the admin site does) is put aside."""
        widget = kwargs.get("widget")
        kind = widget if isinstance(widget, type) else type(widget)
        if issubclass(kind, forms.DateInput) and not issubclass(kind, form_fields.BuddhistDateInput):
            kwargs["widget"] = form_fields.BuddhistAdminDateInput
        return super().formfield(**{"form_class": form_fields.BuddhistDateField, **kwargs})


def date_bounds_constraint(field_name: str) -> models.CheckConstraint:
    """The date stays before 2200-01-01, which stops a Buddhist year stored as CE; for abstract `Meta` too."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field_name}__lt": END_OF_DATES}),
        name=f"%(app_label)s_%(class)s_{field_name}_before_2200",
        violation_error_code="out_of_bounds",
        violation_error_message=_("Please check the year: the date must be before 2743 BE (2200 CE)."),
    )
