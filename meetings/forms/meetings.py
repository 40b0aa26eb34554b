"""The form of a meeting's own facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Series
from meetings.models.meetings import whole_day
from nakhon_network.lib.form_fields import BuddhistTimeField, DateWarningsMixin, ThaiCharField, ThaiIntegerField
from organizations.models import Organization, Province, Tambon

MOST_TAGS = 20
LONGEST_TAG = 60


class MeetingForm(DateWarningsMixin, forms.ModelForm):
    """What is known of a meeting; everything but the title may stay empty.

    The convening organization and the tambon of the venue are typed by name; an organization that is not known yet
    is written down by the action of the view.
    """

    number = ThaiIntegerField(
        label=gettext_lazy("Meeting number"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=gettext_lazy("Leave empty when it is not known."),
    )
    starts_at = BuddhistTimeField(label=gettext_lazy("Starts at"), required=False)
    ends_at = BuddhistTimeField(label=gettext_lazy("Ends at"), required=False)
    head_count = ThaiIntegerField(
        label=gettext_lazy("Number of people"), min_value=0, max_value=100_000, required=False
    )
    tags = ThaiCharField(
        label=gettext_lazy("Tags"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Words or phrases, parted by commas."),
    )
    source_url = forms.URLField(label=gettext_lazy("Source"), max_length=500, required=False, assume_scheme="https")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Meeting
        fields = [
            "title",
            "kind",
            "format",
            "series",
            "number",
            "convened_by",
            "held_on",
            "ends_on",
            "starts_at",
            "ends_at",
            "venue",
            "venue_tambon",
            "head_count",
            "head_count_is_approximate",
            "purpose",
            "summary",
            "secretary_note",
            "source_url",
            "source_licence",
            "visibility",
        ]

    def __init__(self, *args: Any, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.province = province
        self.fields["series"].queryset = Series.objects.filter(province=province)
        self.fields["convened_by"].queryset = Organization.objects.standing().in_thai_order()
        self.fields["convened_by"].required = False
        self.fields["venue_tambon"].queryset = Tambon.objects.in_province(province).with_areas().in_thai_order()
        self.fields["revision"].initial = self.instance.revision
        if self.instance.pk:
            self.fields["tags"].initial = ", ".join(tag.name for tag in self.instance.tags.all())

    def clean_tags(self) -> list[str]:
        """The tags one by one; refuses one that is too long, or too many."""
        names = [part.strip() for part in self.cleaned_data["tags"].split(",") if part.strip()]
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("At most %(count)s tags.") % {"count": MOST_TAGS})
        for name in names:
            if len(name) > LONGEST_TAG:
                raise forms.ValidationError(_("A tag holds at most %(count)s letters.") % {"count": LONGEST_TAG})
        return names

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        last = cleaned.get("ends_on")
        first_day = whole_day(cleaned.get("held_on"))
        if last and first_day and last < first_day:
            self.add_error("ends_on", _("The last day lies before the first."))
        several_days = bool(last and first_day and last > first_day)
        if starts and ends and ends <= starts and not several_days:
            self.add_error("ends_at", _("The meeting ends before it starts. Please check both times."))
        return cleaned
