"""Forms about zones and focus tambon."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import (
    BuddhistDateField,
    DateWarningsMixin,
    ThaiCharField,
    ThaiIntegerField,
)
from organizations.models import District, Zone


class ZoneForm(forms.ModelForm):
    """Number and names of a zone; the province is given by the page."""

    number = ThaiIntegerField(label=_("Number"), min_value=1, max_value=99)

    class Meta:
        model = Zone
        fields = ["number", "name_th", "name_en"]

    def clean(self) -> dict[str, Any]:
        """Refuse a number that another zone of the province has."""
        cleaned = super().clean() or self.cleaned_data
        others = self.instance.province.zones.exclude(pk=self.instance.pk)
        if others.filter(number=cleaned.get("number")).exists():
            self.add_error("number", _("This province already has a zone with that number."))
        return cleaned


class DistrictMoveForm(forms.Form):
    """To which zone a district moves, and why."""

    asked_for = ("zone",)
    zone = forms.ModelChoiceField(
        label=_("New zone"), queryset=Zone.objects.none(), required=False, empty_label=_("No zone for now")
    )
    reason = ThaiCharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One sentence; it stays in the history of the district."),
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zone"]
        field.queryset = district.province.zones.all()
        field.label_from_instance = lambda zone: zone.full_name
        field.initial = district.zone_id


class FocusChooseForm(DateWarningsMixin, forms.Form):
    """From when a tambon is a focus tambon, and why."""

    chosen_on = BuddhistDateField(label=_("Chosen on"), help_text=_("Such as 25 Dec 2549; the day of the decision."))
    reason = ThaiCharField(label=_("Why it was chosen"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen_on"].initial = timezone.localdate


class FocusDropForm(DateWarningsMixin, forms.Form):
    """From when a tambon is no focus tambon any more, and why."""

    dropped_on = BuddhistDateField(
        label=_("Dropped on"), help_text=_("The first day on which it is no longer a focus tambon.")
    )
    reason = ThaiCharField(label=_("Why it was dropped"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dropped_on"].initial = timezone.localdate
