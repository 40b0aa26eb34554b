"""The form of a read token."""

from __future__ import annotations

from django import forms

from organizations.models import ReadToken


class ReadTokenForm(forms.ModelForm):
    """What a token is for; everything else is made."""

    class Meta:
        model = ReadToken
        fields = ["name"]
