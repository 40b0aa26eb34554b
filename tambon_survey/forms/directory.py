"""Forms about agencies and about coordinators who get their post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import BuddhistDateField, DateWarningsMixin, ThaiCharField
from organizations.models import Person

NEW = "new"
DAYS_AHEAD = 366


class CoordinatorAppointForm(DateWarningsMixin, forms.Form):
    """Who a coordinator of the survey is, and since when the post is held.

    With `found` persons of that name one of them, or a new record, is chosen: nothing is chosen beforehand.
    """

    who = forms.ChoiceField(
        label=_("Person"),
        widget=forms.RadioSelect,
        help_text=_("The network knows somebody of this name. One and the same, or another person?"),
    )
    starts_on = BuddhistDateField(
        label=_("From"), help_text=_("First day in the post; up to a year ahead, or any day before.")
    )
    source = ThaiCharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, found: Iterable[Person], source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(person.pk): person for person in found}
        self.fields["starts_on"].initial = timezone.localdate
        self.fields["source"].initial = source
        if self.found:
            known = [(key, _label(person)) for key, person in self.found.items()]
            self.fields["who"].choices = [*known, (NEW, gettext("Another person: make a new record"))]
        else:
            del self.fields["who"]

    def clean_starts_on(self) -> date:
        """No further ahead than a year."""
        day: date = self.cleaned_data["starts_on"]
        if day > timezone.localdate() + timedelta(days=DAYS_AHEAD):
            raise ValidationError(gettext("This is more than a year ahead. Please check the year."))
        return day

    def chosen_person(self) -> Person | None:
        """The person on record, or None for a new one."""
        return self.found.get(self.cleaned_data.get("who", NEW))


def _label(person: Person) -> str:
    posts = [appointment.post.title for appointment in getattr(person, "held", [])]
    return " · ".join([person.name, *posts])
