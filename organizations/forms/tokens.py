"""The form of a read token."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import ReadToken
from organizations.models.tokens import LASTS_AT_MOST


class ReadTokenForm(forms.ModelForm):
    """What a token is for, and until when it opens; everything else is made."""

    class Meta:
        model = ReadToken
        fields = ["name", "expires_on"]

    def clean_expires_on(self) -> date:
        """Not over already, and not for ever."""
        day, today = self.cleaned_data["expires_on"], timezone.localdate()
        if day < today:
            raise ValidationError(_("This day is over already. Please check the year."))
        if day > today + LASTS_AT_MOST:
            raise ValidationError(_("At most three years from today; it can be renewed."))
        return day
