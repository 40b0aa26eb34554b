"""Survey rounds in the admin of the provincial staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import BuddhistDateField, BuddhistTimeField
from nakhon_network.templatetags.thai import thai_datetime
from organizations import access
from organizations.access import Level
from organizations.audited_admin import AuditedAdmin, actor
from tambon_survey.models import Round


class RoundForm(ModelForm):
    """Name and times of a round; day and hour apart, the day in พ.ศ."""

    opens_day = BuddhistDateField(label=_("Opens on"))
    opens_hour = BuddhistTimeField(label=_("at"), initial=time(9), help_text=_("Such as 09.00."))
    closes_day = BuddhistDateField(label=_("Closes on"))
    closes_hour = BuddhistTimeField(label=_("at"), initial=time(16), help_text=_("Such as 16.00."))

    class Meta:
        model = Round
        fields = ["province", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens", "closes"):
            moment = getattr(self.instance, f"{name}_at")
            if moment is not None:
                local = timezone.localtime(moment)
                self.initial.update({f"{name}_day": local.date(), f"{name}_hour": local.time()})

    def clean(self) -> dict[str, Any]:
        """Both moments, in the right order."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("opens", "closes"):
            day, hour = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_hour")
            if day is None or hour is None:
                return cleaned
            setattr(self.instance, f"{name}_at", _moment(day, hour))
        if self.instance.closes_at <= self.instance.opens_at:
            raise ValidationError(_("A round closes after it opens."))
        return cleaned


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


@admin.register(Round)
class RoundAdmin(AuditedAdmin):
    """When a province's focus tambon are asked."""

    form = RoundForm
    list_display = ["name", "province", "opens", "closes"]
    list_select_related = ["province"]
    fields = ["province", "name", ("opens_day", "opens_hour"), ("closes_day", "closes_hour")]
    fixed = ("province",)

    def reach(self, request: HttpRequest) -> models.Q:
        """Rounds of the provinces the user manages."""
        return access.of(request.user).managed(Level.PROVINCE, prefix="province__")

    def save_model(self, request: HttpRequest, obj: Round, form: ModelForm, change: bool) -> None:
        """Who entered it stays with it."""
        if not change:
            obj.created_by = actor(request)
        super().save_model(request, obj, form, change)

    def concerns(self, thing: Round) -> Iterable[models.Model]:
        """The province's page shows it."""
        return [thing.province]

    @admin.display(description=_("opens"), ordering="opens_at")
    def opens(self, survey_round: Round) -> str:
        """In พ.ศ."""
        return thai_datetime(survey_round.opens_at)

    @admin.display(description=_("closes"), ordering="closes_at")
    def closes(self, survey_round: Round) -> str:
        """In พ.ศ."""
        return thai_datetime(survey_round.closes_at)
