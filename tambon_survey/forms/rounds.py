"""Forms about rounds, whom they count on, and more time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Resolution
from nakhon_network.lib.form_fields import (
    BuddhistDateField,
    BuddhistTimeField,
    DateWarningsMixin,
    SearchField,
    ThaiCharField,
)
from organizations.models import Tambon, User
from tambon_survey.models import Round, Submission

MOMENTS = ("opens", "on_time", "closes")
STORED = {"opens": "opens_at", "on_time": "on_time_by", "closes": "closes_at"}
# What a new round starts from: opens tomorrow, to be sent on time in two weeks, closes a week later.
OPENS, ON_TIME, CLOSES = timedelta(days=1), timedelta(days=15), timedelta(days=22)
MORNING, AFTERNOON = time(9), time(16)
MORE_TIME = timedelta(days=3)
# How many resolutions and meetings the lists of a round's form offer, the newest first.
OFFERED = 50


class RoundForm(DateWarningsMixin, forms.ModelForm):
    """The plan of a round; days in พ.ศ. and hours apart. Of an opened one only what may still change."""

    opens_day = BuddhistDateField(label=_("Opens on"))
    opens_hour = BuddhistTimeField(label=_("Hour it opens"), help_text=_("Such as 09.00."))
    on_time_day = BuddhistDateField(label=_("On time until"), help_text=_("Whoever sends later is marked as late."))
    on_time_hour = BuddhistTimeField(label=_("Hour on that day"), help_text=_("Such as 16.00."))
    closes_day = BuddhistDateField(label=_("Closes on"), help_text=_("From then on no answers are taken."))
    closes_hour = BuddhistTimeField(label=_("Hour it closes"), help_text=_("Such as 16.00."))
    planning_meeting_on = BuddhistDateField(
        label=_("Planning meeting on"),
        required=False,
        help_text=_("Only where the meeting is not in the list above, or its day is not known there."),
    )

    class Meta:
        model = Round
        fields = ["name", "resolution", "ordered_by", "follows", "planning_meeting", "planning_meeting_on"]
        help_texts = {"ordered_by": _("In words, where the resolution is not in the list above.")}

    def __init__(self, *args: Any, today: date, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_meetings(viewer)
        earlier = self.instance.province.rounds.opened().newest_first().exclude(pk=self.instance.pk)
        field = self.fields["follows"]
        field.queryset, field.empty_label = earlier, _("None: every tambon starts from an empty form")
        if self.instance.pk is None:
            self.initial["follows"] = earlier.first()
        for name, moment in self._moments_to_show(today).items():
            shown = timezone.localtime(moment).replace(second=0, microsecond=0, tzinfo=None)
            self.initial.update({f"{name}_day": shown.date(), f"{name}_hour": shown.time()})
        if self.instance.opened_at is not None:
            for name in ("follows", "opens_day", "opens_hour"):
                del self.fields[name]

    def _offer_meetings(self, viewer: User) -> None:
        """The newest resolutions and planning meetings that the person may read, and those chosen before."""
        planning = Meeting.objects.visible_to(viewer).of_kind(Meeting.Kind.PLANNING)
        meetings = planning.filter(province=self.instance.province).newest_first()
        resolutions = Resolution.objects.visible_to(viewer).standing().of_province(self.instance.province)
        for name, seen, newest in (
            ("resolution", Resolution.objects.with_facts().newest_first(), resolutions.newest_first()),
            ("planning_meeting", Meeting.objects.newest_first(), meetings),
        ):
            offered = {*newest.values_list("pk", flat=True)[:OFFERED], getattr(self.instance, f"{name}_id")}
            self.fields[name].queryset = seen.filter(pk__in=offered - {None})
            self.fields[name].empty_label = _("None of those recorded here")

    def _moments_to_show(self, today: date) -> dict[str, datetime]:
        if self.instance.pk is not None:
            return {name: getattr(self.instance, STORED[name]) for name in MOMENTS}
        return {
            "opens": moment_of(today + OPENS, MORNING),
            "on_time": moment_of(today + ON_TIME, AFTERNOON),
            "closes": moment_of(today + CLOSES, AFTERNOON),
        }

    def clean(self) -> dict[str, Any]:
        """The moments, in their order; one that was not touched keeps its seconds."""
        cleaned = super().clean() or self.cleaned_data
        for name in MOMENTS:
            day, hour = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_hour")
            touched = {f"{name}_day", f"{name}_hour"} & set(self.changed_data)
            if day is not None and hour is not None and (touched or self.instance.pk is None):
                setattr(self.instance, STORED[name], moment_of(day, hour))
        heard = cleaned.get("planning_meeting")
        if heard is not None and heard.day is not None:
            cleaned["planning_meeting_on"] = None  # the record of the meeting says the day
        if not self.errors:
            self._check_order()
        return cleaned

    def _check_order(self) -> None:
        planned = self.instance
        if planned.closes_at <= planned.opens_at:
            self.add_error("closes_day", _("A round closes after it opens."))
        elif not planned.opens_at < planned.on_time_by <= planned.closes_at:
            self.add_error("on_time_day", _("The last moment to be on time lies between opening and closing."))


class TambonFindForm(forms.Form):
    """Looks for a tambon to add."""

    show_optional = False
    q = SearchField(label=_("Name of the tambon"))


class ExpectedAddForm(forms.Form):
    """Which tambon is asked too, and why."""

    tambon = forms.ModelChoiceField(
        label=_("Tambon"), queryset=Tambon.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    reason = ThaiCharField(
        label=_("Why it is asked too"), max_length=300, help_text=_("One sentence; it stays in the history.")
    )

    def __init__(self, *args: Any, survey_round: Round, found: Iterable[Tambon], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [one for one in [self.data.get("tambon", "")] if one.isascii() and one.isdecimal() and len(one) == 6]
        offered = [*(tambon.pk for tambon in found), *chosen]
        field = self.fields["tambon"]
        tambons = Tambon.objects.in_province(survey_round.province).select_related("district")
        field.queryset = tambons.filter(pk__in=offered).in_thai_order()
        field.label_from_instance = lambda tambon: f"{tambon.full_name} {tambon.district.full_name}"


class ExpectedDropForm(forms.Form):
    """Why a tambon is not asked any more."""

    reason = ThaiCharField(
        label=_("Why it is not asked any more"), max_length=300, help_text=_("One sentence; it stays in the history.")
    )


class ExtendForm(DateWarningsMixin, forms.Form):
    """Until when one tambon may answer, and why."""

    day = BuddhistDateField(label=_("More time until"))
    hour = BuddhistTimeField(label=_("Hour on that day"), initial=AFTERNOON, help_text=_("Such as 16.00."))
    reason = ThaiCharField(
        label=_("Why it gets more time"), max_length=300, help_text=_("One sentence; it stays in the history.")
    )

    def __init__(self, *args: Any, submission: Submission, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = max(submission.closes_at(), now)
        self.fields["day"].initial = timezone.localdate(latest) + MORE_TIME

    def until(self) -> datetime:
        """The moment, of a valid form."""
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])


def moment_of(day: date, hour: time) -> datetime:
    """A day and an hour in Bangkok."""
    return timezone.make_aware(datetime.combine(day, hour))
