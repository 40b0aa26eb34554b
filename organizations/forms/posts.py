"""Forms about filling and emptying posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import BuddhistDateField, DateWarningsMixin, SearchField, ThaiCharField
from organizations.forms.people import COMMON_PREFIXES, SameNameMixin
from organizations.models import Person, User

DAYS_AHEAD = 366


class OnDayForm(DateWarningsMixin, forms.Form):
    """As of which day a page is shown."""

    show_optional = False
    on = BuddhistDateField(label=_("As of"), required=False)


class PersonChoiceField(forms.ModelChoiceField):
    """A person among others, each with what tells the bearers of one name apart."""

    def label_from_instance(self, person: Person) -> str:
        """Name, nickname and, where the set was read `with_posts_on`, the posts held."""
        nickname = f" ({person.nickname})" if person.nickname else ""
        posts = [appointment.post.title for appointment in getattr(person, "held", [])]
        return " · ".join([f"{person.name}{nickname}", *posts])


class PersonChoiceForm(DateWarningsMixin, SameNameMixin, forms.Form):
    """A person found by name, or the names of a new one."""

    prefixes = COMMON_PREFIXES
    asked_for = ("person", "first_name")  # one of the two
    person = PersonChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=_("None of these: a new person"),
        help_text=_("Choose a person found here, or type the names of a new one below."),
    )
    prefix = ThaiCharField(
        label=_("Prefix"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "prefixes", "autocomplete": "off"}),
    )
    first_name = ThaiCharField(label=_("First name"), max_length=100, required=False)
    last_name = ThaiCharField(label=_("Last name"), max_length=100, required=False)
    field_order = ["person", "prefix", "first_name", "last_name", "another_person"]

    def __init__(self, *args: Any, user: User, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["person"].queryset = people
        if not people.exists():
            del self.fields["person"]

    def narrow_people(self, chosen: str | None, *, found: Iterable[Person] = ()) -> None:
        """Offer those `found` and the person chosen before, not everybody one may see."""
        field = self.fields.get("person")
        if field is None:
            return
        offered = [person.pk for person in found]
        if chosen and chosen.isascii() and chosen.isdecimal() and len(chosen) < 19:
            offered.append(int(chosen))
        if offered:
            field.queryset = field.queryset.filter(pk__in=offered)
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """One of the two, and a warning for a new person whose name is known."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") and cleaned.get("first_name"):
            self.add_error(
                "first_name",
                gettext(
                    "A person is chosen above and another is typed here. Empty these boxes, or choose “None of these”."
                ),
            )
        if cleaned.get("person") or "person" in self.errors or "first_name" in self.errors:
            return cleaned
        if not cleaned.get("first_name"):
            self.add_error("first_name", gettext("Choose a person above, or type the first name of a new one."))
        else:
            self.check_name(user=self.user, first_name=cleaned["first_name"], last_name=cleaned.get("last_name", ""))
        return cleaned

    def chosen_person(self) -> Person:
        """The person found, or an unsaved new one."""
        names = {name: self.cleaned_data.get(name, "") for name in ("prefix", "first_name", "last_name")}
        return self.cleaned_data.get("person") or Person(**names)


class AppointForm(PersonChoiceForm):
    """Who takes the post, from when, by which source."""

    starts_on = BuddhistDateField(
        label=_("From"), help_text=_("First day in the post; up to a year ahead, or any day before.")
    )
    source = ThaiCharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The meeting or letter that says so, such as: meeting of 25 Dec 2549."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_starts_on(self) -> date:
        """No further ahead than a year."""
        return _not_far_ahead(self.cleaned_data["starts_on"])


class EndForm(DateWarningsMixin, forms.Form):
    """From which day the post is left, and why."""

    ends_on = BuddhistDateField(label=_("Left on"), help_text=_("The first day no longer in the post."))
    reason = ThaiCharField(label=_("Reason"), max_length=300, help_text=_("One sentence; it stays in the history."))

    def __init__(self, *args: Any, not_before: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = max(timezone.localdate(), not_before)

    def clean_ends_on(self) -> date:
        """No further ahead than a year."""
        return _not_far_ahead(self.cleaned_data["ends_on"])


def _not_far_ahead(day: date) -> date:
    if day > timezone.localdate() + timedelta(days=DAYS_AHEAD):
        raise ValidationError(gettext("This is more than a year ahead. Please check the year."))
    return day


class PersonFindForm(forms.Form):
    """Finds the person who takes a post."""

    show_optional = False
    q = SearchField(label=_("Find a person by name"), required=False, max_length=100)
