"""Forms of introductions: recording one, saying how it went, giving the work that follows, narrowing the register."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.actions.tasks import Order
from meetings.models import Reach
from nakhon_network.lib.form_fields import BuddhistDateField, DateWarningsMixin, ThaiCharField
from organizations.models import Help, Zone
from tambon_survey.models import Introduction
from tambon_survey.models.introductions import MOVES
from tambon_survey.quarters import Quarter

_QUARTER = re.compile(r"([0-9]{4})-([1-4])")


class IntroduceForm(DateWarningsMixin, forms.Form):
    """What for, and since when the two know of each other."""

    purpose = ThaiCharField(
        label=gettext_lazy("What for"), multiline=True, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    made_on = BuddhistDateField(label=gettext_lazy("Introduced on"))

    def clean_made_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future. Please check the year."))
        return day


class MoveForm(forms.ModelForm):
    """How an introduction went: its state, what came of it, and how far that reaches."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    class Meta:
        model = Introduction
        fields = ["state", "outcome", "reach"]
        widgets = {"state": forms.RadioSelect, "outcome": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"outcome": gettext_lazy("What was agreed, or why it did not work out.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        follows = MOVES[self.instance.state]
        self.fields["state"].choices = [(key, Introduction.State(key).label) for key in follows]
        self.fields["revision"].initial = self.instance.revision
        self.fields["reach"] = forms.ChoiceField(
            label=gettext_lazy("How far the result reaches"),
            choices=[("", gettext_lazy("not known yet")), *Reach.choices],
            required=False,
            help_text=gettext_lazy("Only for what was agreed."),
        )

    def clean(self) -> dict[str, Any]:
        """A failure says why; only what was agreed reaches anybody."""
        cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("state")
        if state == Introduction.State.FAILED and not cleaned.get("outcome"):
            self.add_error("outcome", _("Say why it did not work out: others learn from it."))
        if cleaned.get("reach") and state and state != Introduction.State.AGREED:
            self.add_error("reach", _("How far a result reaches is said of what was agreed."))
        return cleaned


class FollowUpForm(DateWarningsMixin, forms.Form):
    """Work that follows: what, by whom, until when. `receivers` are those who may be given it, by key."""

    text = ThaiCharField(
        label=gettext_lazy("What is to be done"),
        multiline=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.ChoiceField(label=gettext_lazy("Who is given the work"), widget=forms.RadioSelect)
    due_on = BuddhistDateField(label=gettext_lazy("Due on"), required=False)
    is_urgent = forms.BooleanField(label=gettext_lazy("urgent"), required=False)
    order = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, receivers: dict[str, tuple[str, Any]], since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers, self.since = receivers, since
        self.fields["to"].choices = [(key, label) for key, (label, _thing) in receivers.items()]
        self.fields["order"].initial = uuid.uuid4

    def clean_due_on(self) -> date | None:
        """Not before the two were introduced."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < self.since:
            raise ValidationError(_("This day lies before the introduction. Please check the year."))
        return day

    @property
    def receiver(self) -> Any:
        """The post, person or organization."""
        return self.receivers[self.cleaned_data["to"]][1]

    def to_order(self) -> Order:
        """What the action needs."""
        data = self.cleaned_data
        return Order(key=data["order"], text=data["text"], due_on=data["due_on"], is_urgent=data["is_urgent"])


class HelpForm(forms.Form):
    """One kind of help, of those that are looked for."""

    show_optional = False
    kind = forms.ChoiceField(label=gettext_lazy("Kind of help"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [(kind, Help(kind).label) for kind in kinds]
        self.fields["kind"].choices = [("", gettext_lazy("all it looks for")), *wanted]


class IntroductionListForm(forms.Form):
    """Filters of the register; an answer that is none of the offered counts as not given."""

    show_optional = False
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *Introduction.State.choices],
    )
    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of help"), required=False, choices=[("", gettext_lazy("all")), *Help.choices]
    )
    zone = forms.ModelChoiceField(
        label=gettext_lazy("Zone"), required=False, queryset=Zone.objects.none(), empty_label=gettext_lazy("all")
    )

    def __init__(self, *args: Any, quarters: list[Quarter], province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, f"{one.label} ({one.names})") for one in quarters]
        self.fields["quarter"].choices = [("", gettext_lazy("all")), *known]
        self.fields["zone"].queryset = Zone.objects.filter(province=province)

    def narrow(self, rows: Any) -> Any:
        """The rows that the answers leave."""
        self.is_valid()
        wanted = self.cleaned_data
        rows = rows.in_state(wanted["state"]) if wanted.get("state") else rows
        rows = rows.of_help(wanted["kind"]) if wanted.get("kind") else rows
        rows = rows.in_zone(wanted["zone"]) if wanted.get("zone") else rows
        found = _QUARTER.fullmatch(wanted.get("quarter") or "")
        return rows.in_quarter(int(found[1]), int(found[2])) if found else rows

    @property
    def is_narrowed(self) -> bool:
        """Whether any answer holds."""
        return any(self.cleaned_data.values())
