"""Forms about telling people, holding contacts back, giving out and erasing data, and breaches."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import BuddhistDateField, BuddhistTimeField, ThaiCharField
from organizations.forms.keeping import KeptMixin
from organizations.forms.people import ReasonForm
from organizations.models import Breach
from organizations.models.privacy import How


class TellForm(forms.Form):
    """How and when the person was told."""

    how = forms.ChoiceField(label=_("How the person was told"), choices=How.choices, widget=forms.RadioSelect)
    told_on = BuddhistDateField(label=_("On"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["told_on"].initial = today

    def clean_told_on(self) -> date:
        """Not in the future."""
        day = self.cleaned_data["told_on"]
        if day > self.today:
            raise ValidationError(gettext("This day is still to come."))
        return day


class GiveForm(forms.Form):
    """Why a copy of a person's data is made, and in which shape."""

    reason = ThaiCharField(
        label=_("Who asked for it, and how"),
        max_length=300,
        help_text=_("One sentence; it stays in the history. Make sure that it is the person who asks."),
    )
    shape = forms.ChoiceField(
        label=_("Shape"),
        choices=[("page", _("a page to read and print")), ("file", _("a file (JSON)"))],
        widget=forms.RadioSelect,
        initial="page",
    )


class HoldForm(ReasonForm):
    """Why contacts are held back or used again; which of both, the page said on which the button was pressed."""

    wanted = forms.ChoiceField(
        label=_("what"), choices=[("hold", "hold"), ("release", "release")], widget=forms.HiddenInput
    )


class EraseForm(forms.Form):
    """Why somebody's data is erased, and the tick that it is meant."""

    reason = ThaiCharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as: asked for it by telephone. No name and no number: this sentence stays."),
    )
    is_sure = forms.BooleanField(label=_("I have read what goes. It cannot be taken back."))


class BreachForm(KeptMixin, forms.ModelForm):
    """What happened, whose data, the risk, and what was done."""

    found_day = BuddhistDateField(label=_("Found on"))
    found_hour = BuddhistTimeField(label=_("Hour"), help_text=_("Such as 09.00. The 72 hours count from here."))

    class Meta:
        model = Breach
        fields = ["what", "whose", "risk", "measures"]
        widgets = {"risk": forms.RadioSelect, "measures": forms.Textarea(attrs={"rows": 4})}

    field_order = ["found_day", "found_hour", "what", "whose", "risk", "measures"]

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        shown = timezone.localtime(self.instance.found_at if self.instance.pk else now)
        self.initial.update({"found_day": shown.date(), "found_hour": time(shown.hour, shown.minute)})

    def clean(self) -> dict[str, Any]:
        """The moment of day and hour, not in the future."""
        cleaned = super().clean() or self.cleaned_data
        day, hour = cleaned.get("found_day"), cleaned.get("found_hour")
        if day and hour is not None:
            moment = timezone.make_aware(datetime.combine(day, hour))
            if moment > self.now:
                self.add_error("found_day", gettext("This moment is still to come."))
            self.instance.found_at = moment
        return cleaned
