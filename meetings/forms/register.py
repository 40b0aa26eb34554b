"""What the register of tasks is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Task
from organizations.models import Zone

ALL = "all"
SOONEST, NEWEST, LAST_CLOSED = "due", "new", "closed"


class RegisterForm(forms.Form):
    """Filters of the register; an answer that is none of the offered counts as not given."""

    show_optional = False
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("to do")), (ALL, _("all")), *Task.State.choices[1:]]
    )
    zone = forms.ModelChoiceField(label=_("Zone"), required=False, queryset=Zone.objects.none(), empty_label=_("all"))
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(SOONEST, _("due first")), (NEWEST, _("newest first")), (LAST_CLOSED, _("closed last first"))],
    )
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = Zone.objects.filter(province=province)

    def wanted(self) -> dict[str, Any]:
        """Name → answer, of those that hold."""
        self.is_valid()
        return self.cleaned_data
