"""The form of a meeting's own facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.doubts import doubts_of_count, doubts_of_day
from meetings.forms.asking import NEW, NamesMixin, SureMixin, which_box
from meetings.forms.places import find_tambons, shown, tambons_of
from meetings.models import Facilitation, Meeting, Series
from meetings.models.meetings import whole_day
from nakhon_network.lib.form_fields import (
    BuddhistDateField,
    BuddhistTimeField,
    DateWarningsMixin,
    ThaiCharField,
    ThaiIntegerField,
)
from nakhon_network.lib.thai_dates import BANGKOK
from organizations.models import Organization, Province, Tambon

MOST_TAGS = 20
LONGEST_TAG = 60
MOST_IN_A_ROLE = 30
LONGEST_NAME = 200
PROPOSED_HOSTS = 30
TYPED_NAME = {"autocomplete": "off"}
TEAM = dict(Facilitation.Role.choices)
# The parts of the form as they stand on the page: heading, boxes.
GROUPS = (
    (gettext_lazy("What and when"), (
        "title", "kind", "format", "series", "new_series", "new_series_numbering", "number", "held_on", "ends_on",
        "starts_at", "ends_at")),
    (gettext_lazy("Where and by whom"), (
        "venue", "venue_tambon_name", "venue_tambon_name_which", "convened_by_name", "convened_by_name_which")),
    (gettext_lazy("How many, and who carried the talk"), (
        "head_count", "head_count_is_approximate", *Facilitation.Role.values)),
    (gettext_lazy("In words"), ("purpose", "summary", "secretary_note", "tags")),
    (gettext_lazy("Where this record comes from"), (
        "source_url", "source_licence", "written_day", "written_hour", "edited_day", "edited_hour")),
    (gettext_lazy("Who may read it"), ("visibility", "sure")),
)  # fmt: skip


def _lines(label: Any) -> ThaiCharField:
    return ThaiCharField(
        label=label, required=False, multiline=True, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MeetingForm(NamesMixin, SureMixin, DateWarningsMixin, forms.ModelForm):
    """What is known of a meeting; everything but the title may stay empty.

    Tambon and convening organization are typed by name. `new_organization`, `new_series_numbering` and `team` say what
    the action writes down beside the meeting.
    """

    new_series = ThaiCharField(
        label=gettext_lazy("Or a new series"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it stands in the title of the minutes, e.g. คณะทำงานระดับจังหวัด."),
    )
    new_series_numbering = forms.ChoiceField(
        label=gettext_lazy("The count of the new series starts again"),
        choices=Series.Numbering.choices,
        required=False,
        initial=Series.Numbering.CALENDAR,
    )
    number = ThaiIntegerField(
        label=gettext_lazy("Meeting number"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=gettext_lazy("Leave empty when it is not known."),
    )
    starts_at = BuddhistTimeField(label=gettext_lazy("Starts at"), required=False)
    ends_at = BuddhistTimeField(label=gettext_lazy("Ends at"), required=False)
    venue_tambon_name = ThaiCharField(
        label=gettext_lazy("Tambon of the venue"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("Type the name, with the district where several tambon share it."),
        widget=forms.TextInput(attrs={"list": "tambons", **TYPED_NAME}),
    )
    venue_tambon_name_which = which_box(gettext_lazy("Which tambon is meant"))
    convened_by_name = ThaiCharField(
        label=gettext_lazy("Convened by"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("Name of the organization. One that is not known yet can be added."),
        widget=forms.TextInput(attrs={"list": "hosts", **TYPED_NAME}),
    )
    convened_by_name_which = which_box(gettext_lazy("Which organization is meant"))
    head_count = ThaiIntegerField(
        label=gettext_lazy("Number of people"), min_value=0, max_value=100_000, required=False
    )
    sponsor = _lines(TEAM["sponsor"])
    facilitator = _lines(TEAM["facilitator"])
    practitioner = _lines(TEAM["practitioner"])
    note_taker = _lines(TEAM["note_taker"])
    tags = ThaiCharField(
        label=gettext_lazy("Tags"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Words or phrases, parted by commas."),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Source"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Address of the page or paper that this record is taken from."),
    )
    written_day = BuddhistDateField(label=gettext_lazy("Report written on"), required=False)
    written_hour = BuddhistTimeField(label=gettext_lazy("Hour it was written"), required=False)
    edited_day = BuddhistDateField(label=gettext_lazy("Report last edited on"), required=False)
    edited_hour = BuddhistTimeField(label=gettext_lazy("Hour it was edited"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    asked_for = ("sure", "venue_tambon_name_which", "convened_by_name_which")

    class Meta:
        model = Meeting
        fields = [
            "title", "kind", "format", "series", "number", "held_on", "ends_on", "starts_at", "ends_at", "venue",
            "head_count", "head_count_is_approximate", "purpose", "summary", "secretary_note", "source_url",
            "source_licence", "visibility",
        ]  # fmt: skip
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 6}),
            "secretary_note": forms.Textarea(attrs={"rows": 4}),
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args: Any, province: Province, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.new_organization = ""
        self.instance.province = province
        self.tambons = tambons_of(province)
        self.fields["facilitator"].help_text = _("Names, one on each line.")
        self.fields["series"].queryset = Series.objects.filter(province=province)
        self.initial["revision"] = self.instance.revision
        if self.instance.pk:
            self.initial.update(_initial(self.instance))

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(heading, boxes) of each part; hidden boxes stand in their part."""
        for heading, names in GROUPS:
            yield str(heading), [self[name] for name in names]

    @property
    def tambon_names(self) -> list[str]:
        """Proposed while one types."""
        return [shown(tambon) for tambon in self.tambons]

    @property
    def host_names(self) -> Iterable[str]:
        """Organizations that convened meetings before, proposed while one types."""
        hosts = Organization.objects.standing().filter(meetings__province=self.instance.province).distinct()
        return hosts.in_thai_order().values_list("name", flat=True)[:PROPOSED_HOSTS]

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
        """Who and where are found by name; what cannot be is refused, what is odd is asked about once."""
        cleaned = super().clean() or self.cleaned_data
        self._find_venue(cleaned.get("venue_tambon_name", ""))
        self._find_host(cleaned.get("convened_by_name", ""))
        self._check_order(cleaned)
        self._check_team(cleaned)
        for name in ("written", "edited"):
            day, hour = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_hour")
            setattr(self.instance, f"{name}_at", _moment(day, hour))
            if hour is not None and day is None and f"{name}_day" not in self.errors:
                self.add_error(f"{name}_day", _("Please give the day too."))
        if cleaned.get("series") and cleaned.get("new_series"):
            self.add_error("new_series", _("Choose a series above or type a new one, not both."))
        return cleaned

    def _post_clean(self) -> None:
        """With the instance filled in: the number, which must be free, and doubts."""
        super()._post_clean()  # type: ignore[misc]
        if "number" not in self.errors and self.instance.shares_its_number():
            self.add_error("number", _("Another meeting of the series has this number."))
        if not self.errors:
            self.ask_about(self._doubts())

    def _doubts(self) -> list[str]:
        meeting = self.instance
        there = meeting.attendance.came().count() if meeting.pk else 0
        happened = bool(there or meeting.head_count or (meeting.pk and meeting.resolutions.exists()))
        beside = Meeting.objects.beside(meeting)
        weekday = BuddhistDateField().weekday_warning(self["held_on"].data)
        return [
            *([weekday] if weekday else []),
            *self.date_warnings().values(),
            *doubts_of_day(
                meeting.held_on,
                today=self.today,
                has_happened=happened,
                written_on=self.cleaned_data.get("written_day"),
                neighbours=[(one.title, one.held_on) for one in beside],
            ),
            *doubts_of_count(meeting.head_count, is_approximate=meeting.head_count_is_approximate, named=there),
        ]

    def _find_venue(self, typed: str) -> None:
        self.instance.venue_tambon = None
        if typed:
            exact, near = find_tambons(typed, self.tambons)
            unknown = _("No tambon of the province is called “%(name)s”. Please check the spelling.") % {"name": typed}
            found = self.choose("venue_tambon_name", exact=exact, near=near, unknown=unknown, label_of=shown)
            self.instance.venue_tambon = found if isinstance(found, Tambon) else None

    def _find_host(self, typed: str) -> None:
        self.instance.convened_by = None
        if not typed:
            return
        standing = Organization.objects.standing()
        found = self.choose(
            "convened_by_name",
            exact=list(standing.called(typed)[:PROPOSED_HOSTS]),
            near=list(standing.matching(typed).in_thai_order()[:PROPOSED_HOSTS]),
            unknown=_("No organization called “%(name)s” is known.") % {"name": typed},
            offer=_("Add “%(name)s” to the organizations") % {"name": typed},
        )
        if found == NEW:
            self.new_organization = typed
        elif isinstance(found, Organization):
            self.instance.convened_by = found

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        """Refuse an end before the start."""
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        last = cleaned.get("ends_on")
        first_day = whole_day(cleaned.get("held_on"))
        if last and first_day and last < first_day:
            self.add_error("ends_on", _("The last day lies before the first."))
        several_days = bool(last and first_day and last > first_day)
        if starts and ends and ends <= starts and not several_days:
            self.add_error("ends_at", _("The meeting ends before it starts. Please check both times."))

    def _check_team(self, cleaned: dict[str, Any]) -> None:
        self.team: dict[str, list[str]] = {}
        for role in Facilitation.Role.values:
            names = list(dict.fromkeys(line for line in cleaned.get(role, "").splitlines() if line.strip()))
            if any(len(name) > LONGEST_NAME for name in names) or len(names) > MOST_IN_A_ROLE:
                self.add_error(role, _("At most 30 names, one on each line, each of at most 200 letters."))
            self.team[role] = names


def _moment(day: date | None, hour: Any) -> datetime | None:
    """The moment in Bangkok; midnight where the hour is not known."""
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, hour.hour if hour else 0, hour.minute if hour else 0, tzinfo=BANGKOK)


def _initial(meeting: Meeting) -> dict[str, Any]:
    """What stands in the boxes that are no field of the meeting."""
    team: dict[str, list[str]] = {}
    for one in meeting.facilitation.all():
        team.setdefault(one.role, []).append(one.name)
    found: dict[str, Any] = {role: "\n".join(names) for role, names in team.items()}
    found["tags"] = ", ".join(tag.name for tag in meeting.tags.all())
    found["venue_tambon_name"] = shown(meeting.venue_tambon) if meeting.venue_tambon else ""
    found["convened_by_name"] = meeting.convened_by.name if meeting.convened_by else ""
    for name in ("written", "edited"):
        moment = getattr(meeting, f"{name}_at")
        if moment is not None:
            local = timezone.localtime(moment).replace(tzinfo=None)
            found |= {f"{name}_day": local.date(), f"{name}_hour": local.time()}
    return found
