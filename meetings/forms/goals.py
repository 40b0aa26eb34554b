"""The form of a goal."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import Goal


class GoalForm(forms.ModelForm):
    """What is to be reached, and what was said about it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    class Meta:
        model = Goal
        fields = ["title", "discussion"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
