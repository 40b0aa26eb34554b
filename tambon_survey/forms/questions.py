"""What the register of questions is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models.discussion import QuestionState
from organizations.models import District, Zone
from tambon_survey.questions import WHERE, Wanted


class QuestionsForm(forms.Form):
    """State, kind of thing and place; what is not offered narrows nothing."""

    show_optional = False

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    where = forms.ChoiceField(label=gettext_lazy("Asked where"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, *args: Any, province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all states")), *QuestionState.choices]
        self.fields["where"].choices = [("", _("everywhere")), *WHERE]
        self.places = _places(province)
        self.fields["place"].choices = [("", _("the whole province")), *self._choices()]

    def _choices(self) -> list[tuple[str, str]]:
        """Zones, and below each its districts."""
        return [
            (key, area.full_name if isinstance(area, Zone) else f"– {area.full_name}")
            for key, area in self.places.items()
        ]

    def wanted(self) -> Wanted:
        """What was asked for, as far as it is offered."""
        self.is_valid()
        typed = self.cleaned_data
        return Wanted(
            state=typed.get("state", ""),
            where=typed.get("where", ""),
            place=self.places.get(typed.get("place", "")),
        )


def _places(province: str) -> dict[str, Zone | District]:
    """Key → zone or district, each zone followed by its districts. Two queries."""
    found: dict[str, Zone | District] = {}
    districts = list(District.objects.filter(province=province).in_thai_order())
    for zone in Zone.objects.filter(province=province):
        found[f"z{zone.pk}"] = zone
        found |= {district.pk: district for district in districts if district.zone_id == zone.pk}
    return found | {district.pk: district for district in districts if district.zone_id is None}
