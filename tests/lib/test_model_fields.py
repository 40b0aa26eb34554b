"""Rules of model fields: what is stored, in what order, and what can never be stored."""

from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from nakhon_network.lib import form_fields
from nakhon_network.lib.model_fields import (
    BoundedDateField,
    CleanCharField,
    CleanTextField,
    PartialDateField,
    SortKeyField,
    date_bounds_constraint,
)
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import sort_key
from tests.lib.test_thai_text import DISTRICTS

with isolate_apps():

    class Founded(models.Model):
        """What an abstract model brings: a date and its constraint."""

        founded_on = BoundedDateField(null=True, blank=True)

        class Meta:
            abstract = True
            constraints = (date_bounds_constraint("founded_on"),)

    class Village(Founded):
        """One field of each kind."""

        name = CleanCharField(max_length=50)
        story = CleanTextField(max_length=200, blank=True)
        settled = PartialDateField(blank=True)
        sort_key = SortKeyField(db_index=True)

        class Meta(Founded.Meta):
            app_label = "lib_tests"

        def __str__(self) -> str:
            return self.name


FIELDS = [
    CleanCharField(max_length=50),
    CleanTextField(),
    PartialDateField(blank=True),
    SortKeyField(),
    BoundedDateField(),
]


@pytest.fixture
def villages(transactional_db: None) -> Iterator[models.Manager[Village]]:
    """The table of villages, for one test."""
    with connection.schema_editor() as editor:
        editor.create_model(Village)
    yield Village.objects
    with connection.schema_editor() as editor:
        editor.delete_model(Village)


def test_texts_are_stored_clean_and_the_instance_shows_it(villages: models.Manager[Village]) -> None:
    village = villages.create(name=" น้ํา\x00ตก ", story="หนึ่ง\r\nสอง\u200b")
    assert (village.name, village.story) == ("น้ำตก", "หนึ่ง\nสอง")
    assert villages.get(name="นํ้าตก").story == "หนึ่ง\nสอง"


def test_writing_many_at_once_cleans_too(villages: models.Manager[Village]) -> None:
    villages.bulk_create([Village(name="น้ํา"), Village(name="เเก้")])
    villages.filter(name="แก้").update(story="\u200bท่ี")
    assert list(villages.order_by("pk").values_list("name", "story")) == [("น้ำ", ""), ("แก้", "ที่")]


def test_the_database_sorts_by_the_stored_key(villages: models.Manager[Village]) -> None:
    villages.bulk_create([Village(name=name, sort_key=sort_key(name)) for name in sorted(DISTRICTS)])
    assert list(villages.order_by("sort_key").values_list("name", flat=True)) == DISTRICTS


def test_a_stored_key_comes_back_as_bytes(villages: models.Manager[Village]) -> None:
    villages.create(name="ขนอม", sort_key=sort_key("ขนอม"))
    assert villages.get(sort_key=sort_key("ขนอม")).sort_key == sort_key("ขนอม")
    assert isinstance(villages.get().sort_key, bytes)


def test_partial_dates_are_stored_and_sorted(villages: models.Manager[Village]) -> None:
    partials = [
        PartialDate(),
        PartialDate(2006),
        PartialDate(2006, 12),
        PartialDate(2006, 12, 25),
        PartialDate(2007),
    ]
    villages.bulk_create([Village(settled=partial) for partial in reversed(partials)])
    assert list(villages.order_by("settled").values_list("settled", flat=True)) == partials
    assert villages.filter(settled__startswith="2006").count() == 3
    assert villages.filter(settled__gte=PartialDate(2006, 12)).count() == 3


def test_a_partial_date_may_be_given_as_iso_text_but_not_as_anything_else(
    villages: models.Manager[Village],
) -> None:
    assert villages.create(settled="2006-12").settled == PartialDate(2006, 12)
    with pytest.raises(ValidationError):
        villages.create(settled="12/2549")
    with pytest.raises(ValidationError):
        villages.update(settled="2549")


def test_a_year_of_the_buddhist_era_cannot_be_stored_as_a_date(villages: models.Manager[Village]) -> None:
    villages.create(founded_on=date(2199, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        villages.create(founded_on=date(2200, 1, 1))
    villages.create(founded_on=None)


def test_the_constraint_is_named_after_each_model_that_inherits_it() -> None:
    assert [one.name for one in Village._meta.constraints] == ["lib_tests_village_founded_on_before_2200"]


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2549, 12, 25)])
def test_a_model_refuses_an_impossible_date_with_a_sentence(day: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        Village(name="ก", sort_key=b"1", founded_on=day).clean_fields()
    assert list(refusal.value.error_dict) == ["founded_on"]


def test_a_complete_model_is_accepted() -> None:
    village = Village(name="ก", story="ข", sort_key=b"1", founded_on=date(2006, 12, 25), settled=PartialDate(2006))
    village.clean_fields()
    assert village.settled == PartialDate(2006)


def test_an_unknown_partial_date_is_refused_where_one_is_required() -> None:
    with pytest.raises(ValidationError):
        PartialDateField().clean(PartialDate(), None)
    assert PartialDateField(blank=True).clean("", None) == PartialDate()


def test_a_new_model_has_an_unknown_partial_date() -> None:
    assert Village().settled == PartialDate()
    assert Village._meta.get_field("settled").value_to_string(Village(settled=PartialDate(2006))) == "2006"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_a_field_can_be_written_in_a_migration_and_made_again(field: models.Field) -> None:
    _, path, args, kwargs = field.deconstruct()
    assert path == f"nakhon_network.lib.model_fields.{type(field).__name__}"
    assert type(field)(*args, **kwargs).deconstruct()[1:] == field.deconstruct()[1:]
    assert path in MigrationWriter.serialize(field)[0]


def test_forms_of_a_model_have_the_fields_of_the_house() -> None:
    fields = forms.modelform_factory(Village, fields="__all__")().fields
    assert {name: type(field) for name, field in fields.items()} == {
        "founded_on": form_fields.BuddhistDateField,
        "name": form_fields.ThaiCharField,
        "story": form_fields.ThaiCharField,
        "settled": form_fields.PartialDateField,
    }
    assert isinstance(fields["story"].widget, forms.Textarea)


def test_choices_keep_their_own_form_field() -> None:
    field = CleanCharField(max_length=5, choices=[("a", "ก")]).formfield()
    assert isinstance(field, forms.TypedChoiceField)


@pytest.mark.parametrize("widget", [AdminDateWidget, AdminDateWidget(), forms.DateInput])
def test_no_date_picker_takes_the_place_of_the_date_box(widget: object) -> None:
    assert isinstance(BoundedDateField().formfield(widget=widget).widget, form_fields.BuddhistDateInput)


def test_a_hidden_date_stays_hidden() -> None:
    assert isinstance(BoundedDateField().formfield(widget=forms.HiddenInput).widget, forms.HiddenInput)


def test_a_form_saves_what_people_typed(villages: models.Manager[Village]) -> None:
    form = forms.modelform_factory(Village, fields="__all__")(
        {"name": "บ้านน้ํา", "founded_on": "๒๕/๑๒/๒๕๔๙", "settled": "2549"}
    )
    assert form.is_valid(), form.errors
    village = villages.get(pk=form.save().pk)
    assert (village.name, village.founded_on, village.settled) == (
        "บ้านน้ำ",
        date(2006, 12, 25),
        PartialDate(2006),
    )
