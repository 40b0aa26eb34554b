"""Forms of the minutes: who signs them, which meeting adopted them, what a correction is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.actions.minutes import revision_of
from meetings.models import Meeting, Minutes
from nakhon_network.lib.form_fields import ThaiCharField


class MinutesForm(forms.ModelForm):
    """Who wrote the minutes, who checked them, and the numerals they are printed in."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    class Meta:
        model = Minutes
        fields = ["recorder_name", "recorder_post", "checker_name", "checker_post", "digits"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = revision_of(self.instance)


class AdoptForm(forms.Form):
    """The meeting that adopted the minutes."""

    by_meeting = forms.ModelChoiceField(
        label=_("Adopted by the meeting"),
        queryset=Meeting.objects.none(),
        empty_label=_("Choose the meeting"),
        help_text=_("A later meeting that has taken place."),
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["by_meeting"]
        field.queryset = meetings
        self.meetings = list(meetings)
        field.choices = [("", field.empty_label), *((meeting.pk, str(meeting)) for meeting in self.meetings)]


class CorrectForm(forms.Form):
    """Why adopted minutes are corrected."""

    reason = ThaiCharField(label=_("What is corrected"), max_length=300)
